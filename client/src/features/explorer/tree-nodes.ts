import type { Location, ProjectTreeResult } from '../../../../server/src/protocol/index.ts';
import type { Row, Rows } from '../../changed-rows.ts';

/** How metrics are grouped. */
export const GROUPINGS = ['stage', 'owner', 'file'] as const;
export type Grouping = (typeof GROUPINGS)[number];

export type Section = 'metrics' | 'segments' | 'targets' | 'sources' | 'journeys';

type MetricItem = ProjectTreeResult['metrics'][number];
type SegmentItem = ProjectTreeResult['segments'][number];
type TargetItem = ProjectTreeResult['targets'][number];
type SourceItem = ProjectTreeResult['sources'][number];
type JourneyItem = ProjectTreeResult['journeys'][number];
type StageItem = JourneyItem['stages'][number];

/** What a row of the explorer is about, without words of its own. */
export type Content =
  | { readonly kind: 'project'; readonly name: string }
  | {
      readonly kind: 'section';
      readonly section: Section;
      readonly count: number;
      readonly groupBy: Grouping | null;
    }
  /** A null `name` is of what has none: metrics without an owner, or in no stage. */
  | {
      readonly kind: 'group';
      readonly groupBy: Grouping;
      readonly name: string | null;
      readonly count: number;
    }
  | { readonly kind: 'part'; readonly first: string; readonly last: string; readonly count: number }
  | { readonly kind: 'metric'; readonly item: MetricItem }
  | { readonly kind: 'segment'; readonly item: SegmentItem }
  | { readonly kind: 'target'; readonly item: TargetItem }
  | { readonly kind: 'source'; readonly item: SourceItem }
  | { readonly kind: 'journey'; readonly item: Omit<JourneyItem, 'stages'>; readonly count: number }
  | { readonly kind: 'stage'; readonly item: StageItem };

/** One row. */
export interface Node extends Row<Content> {
  /** The URI by which requests name its project. */
  readonly project: string;
}

/** All rows by id. */
export type Forest = Rows<Node>;

/** A project that is shown. */
export interface ShownProject {
  readonly uri: string;
  readonly name: string;
  readonly tree: ProjectTreeResult;
}

/** A list of more rows than this is shown in parts: only those of an open part are computed. */
export const MAX_ROWS = 100;

/**
 * The rows of projects: their metrics in groups, and their other definitions. The level of projects is left out where there is one.
 *
 * @param filter only definitions with these words are left; empty for all
 */
export function forestOf(projects: readonly ShownProject[], groupBy: Grouping, filter: string): Forest {
  const nodes = new Map<string, Node>();
  const single = projects.length === 1;
  const roots = projects.flatMap((project) => {
    const matches = matcher(filter);
    const id = `project:${project.uri}`;
    const grow = new Grower(nodes, project.uri);
    const sections = sectionsOf(grow, project.tree, single ? undefined : id, groupBy, matches);
    if (single) return sections;
    if (sections.length === 0 && filter !== '') return [];
    return [grow.add(id, undefined, { kind: 'project', name: project.name }, sections)];
  });
  return { roots, nodes };
}

/** The definition whose name stands at a line of a file or, of those above it, the nearest. */
export function definitionAt({ nodes }: Forest, uri: string, line: number): Node | undefined {
  let found: { readonly node: Node; readonly line: number } | undefined;
  for (const node of nodes.values()) {
    const at = locationOf(node);
    if (at === undefined || node.content.kind === 'stage' || at.uri !== uri) continue;
    const start = at.range.start.line;
    if (start <= line && (found === undefined || start > found.line)) found = { node, line: start };
  }
  return found?.node;
}

/** Where the name of a row's definition stands; undefined for a heading. */
export function locationOf({ content }: Node): Location | undefined {
  return 'item' in content ? content.item.at : undefined;
}

/** What of a definition is looked through; what a kind does not have is left out. */
interface Searched {
  readonly name: string;
  readonly label: string;
  readonly description: string | null;
  readonly owner: string | null;
  readonly type?: string | null;
  readonly tags?: readonly string[];
}

type Matches = (item: Searched) => boolean;

/** Whether a definition has all words of the filter, in its name, label, description, owner, type or tags. */
function matcher(filter: string): Matches {
  const words = filter.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return () => true;
  return ({ name, label, description, owner, type, tags = [] }) => {
    const text = [name, label, description, owner, type, ...tags].join('\n').toLowerCase();
    return words.every((word) => text.includes(word));
  };
}

/** Adds the rows of one project. */
class Grower {
  readonly #nodes: Map<string, Node>;
  readonly #project: string;

  constructor(nodes: Map<string, Node>, project: string) {
    this.#nodes = nodes;
    this.#project = project;
  }

  add(id: string, parent: string | undefined, content: Content, children: readonly string[] = []): string {
    this.#nodes.set(id, { id, parent, project: this.#project, content, children });
    return id;
  }

  /** Rows below one another, in parts where they are many. */
  list(parent: string, contents: readonly Exclude<Content, { kind: 'project' | 'section' }>[]): string[] {
    const one = (content: Content, above: string): string => {
      const name = 'item' in content ? content.item.name : '';
      return this.add(`${above}/${content.kind}:${name}`, above, content);
    };
    if (contents.length <= MAX_ROWS) return contents.map((content) => one(content, parent));
    const parts: string[] = [];
    for (let start = 0; start < contents.length; start += MAX_ROWS) {
      const own = contents.slice(start, start + MAX_ROWS);
      const label = (content: Content | undefined): string =>
        content !== undefined && 'item' in content ? content.item.label : '';
      const id = `${parent}/part:${start / MAX_ROWS}`;
      const part = {
        kind: 'part',
        first: label(own[0]),
        last: label(own.at(-1)),
        count: own.length,
      } as const;
      parts.push(
        this.add(
          id,
          parent,
          part,
          own.map((content) => one(content, id)),
        ),
      );
    }
    return parts;
  }
}

function sectionsOf(
  grow: Grower,
  tree: ProjectTreeResult,
  parent: string | undefined,
  groupBy: Grouping,
  matches: Matches,
): readonly string[] {
  const prefix = parent ?? '';
  const section = (name: Section, count: number, children: (id: string) => readonly string[]): string[] => {
    if (count === 0) return [];
    const id = `${prefix}/${name}`;
    const content = {
      kind: 'section',
      section: name,
      count,
      groupBy: name === 'metrics' ? groupBy : null,
    } as const;
    return [grow.add(id, parent, content, children(id))];
  };
  const metrics = tree.metrics.filter(matches);
  const segments = tree.segments.filter(matches).map((item) => ({ kind: 'segment', item }) as const);
  const targets = tree.targets.filter(matches).map((item) => ({ kind: 'target', item }) as const);
  const sources = tree.sources.filter(matches).map((item) => ({ kind: 'source', item }) as const);
  const journeys = tree.journeys.filter(matches);
  return [
    ...section('metrics', metrics.length, (id) => groupsOf(grow, tree, metrics, id, groupBy)),
    ...section('segments', segments.length, (id) => grow.list(id, segments)),
    ...section('targets', targets.length, (id) => grow.list(id, targets)),
    ...section('sources', sources.length, (id) => grow.list(id, sources)),
    ...section('journeys', journeys.length, (id) => journeys.map((item) => journeyNode(grow, item, id))),
  ];
}

function journeyNode(grow: Grower, { stages, ...item }: JourneyItem, parent: string): string {
  const id = `${parent}/journey:${item.name}`;
  const children = grow.list(
    id,
    stages.map((stage) => ({ kind: 'stage', item: stage })),
  );
  return grow.add(id, parent, { kind: 'journey', item, count: stages.length }, children);
}

interface Group {
  /** Tells it from others, of the same label too. */
  readonly key: string;
  readonly name: string | null;
  readonly metrics: readonly string[];
}

function groupsOf(
  grow: Grower,
  tree: ProjectTreeResult,
  metrics: readonly MetricItem[],
  parent: string,
  groupBy: Grouping,
): readonly string[] {
  const byName = new Map(metrics.map((item) => [item.name, item]));
  const groups = (groupBy === 'stage' ? stagesOf(tree, metrics) : namedGroups(tree, groupBy))
    .map(({ key, name, metrics: names }) => ({
      key,
      name,
      rows: names.flatMap((each) => {
        const item = byName.get(each);
        return item === undefined ? [] : [{ kind: 'metric', item } as const];
      }),
    }))
    .filter(({ rows }) => rows.length > 0);
  const [first] = groups;
  // Where nothing has a stage or an owner, a heading would only say so.
  if (groups.length === 1 && first !== undefined && first.name === null) return grow.list(parent, first.rows);
  return groups.map(({ key, name, rows }) => {
    const id = `${parent}/${groupBy}:${key}`;
    const content = { kind: 'group', groupBy, name, count: rows.length } as const;
    return grow.add(id, parent, content, grow.list(id, rows));
  });
}

function namedGroups({ byOwner, byFile }: ProjectTreeResult, groupBy: 'owner' | 'file'): readonly Group[] {
  return (groupBy === 'owner' ? byOwner : byFile).map(({ name, metrics }) => ({
    key: name ?? '',
    name,
    metrics,
  }));
}

/** The stages of the journeys in their order, and last what is in none. A metric of several stages stands in each. */
function stagesOf({ journeys }: ProjectTreeResult, metrics: readonly MetricItem[]): readonly Group[] {
  const stages = journeys.flatMap((journey) =>
    journey.stages.map((stage): Group => {
      const name = journeys.length > 1 ? `${journey.label}: ${stage.label}` : stage.label;
      return { key: `${journey.name}.${stage.name}`, name, metrics: [...new Set(stage.metrics)] };
    }),
  );
  const staged = new Set(stages.flatMap((stage) => stage.metrics));
  const rest = metrics.map(({ name }) => name).filter((name) => !staged.has(name));
  return [...stages, { key: '', name: null, metrics: rest }];
}
