import type { Place } from '../base/span.ts';
import { labelOf } from '../model/label-of.ts';
import { segmentsOf } from '../model/metric-defaults.ts';
import { dependenciesOf, referencedMetric, referencesOf } from '../model/metric-references.ts';
import type { Definition, DefinitionKind, Metric, Segment, Source, Word } from '../model/project.ts';
import type { Checked } from './checked.ts';
import { ownSourceWord, readsRows } from './metrics.ts';
import type { Needs } from './needs.ts';
import { homesOf, reachesOf } from './reach.ts';

/**
 * What a metric rests on and what rests on it, as a graph. `At` is how places are written: in files of the project, or as
 * a face tells them to its client.
 */
export interface Lineage<At = Place> {
  /** The `id` of the metric asked about. */
  readonly root: string;
  readonly nodes: readonly LineageNode<At>[];
  /** Every edge leads from what uses to what is used. */
  readonly edges: readonly LineageEdge[];
}

export interface LineageNode<At = Place> {
  /** The kind and the name: `metric:nps`. */
  readonly id: string;
  readonly kind: DefinitionKind;
  /** A metric that stands inside another has the path to it: `tickets_per_account.numerator`. */
  readonly name: string;
  readonly label: string;
  /** The type of a metric; else null. */
  readonly type: string | null;
  readonly at: At;
}

export interface LineageEdge {
  readonly from: string;
  readonly to: string;
  /**
   * `part`: a metric is made of another; `rows`: rows are read from a source; `link`: a source leads to another by the link
   * `via`; `breakdown`: a metric is broken down by a segment; `goal`: a target is about a metric; `stage`: a journey shows a metric.
   */
  readonly kind: 'part' | 'rows' | 'link' | 'breakdown' | 'goal' | 'stage';
  readonly via: string | null;
}

/** The lineage of a metric. Names that nothing has, which are reported elsewhere, are left out; cycles end where they close. */
export function lineageOf(checked: Checked, metric: Metric): Lineage {
  const graph = new Graph(checked);
  graph.metric(metric);
  graph.usersOf(metric);
  return { root: idOf(metric), nodes: graph.nodes, edges: graph.edges };
}

/** A lineage with its places written by a face. */
export function placeLineage<At>(lineage: Lineage, at: (place: Place) => At): Lineage<At> {
  return { ...lineage, nodes: lineage.nodes.map((node) => ({ ...node, at: at(node.at) })) };
}

function idOf({ definition, name }: Pick<Definition, 'definition' | 'name'>): string {
  return `${definition}:${name}`;
}

class Graph {
  readonly #checked: Checked;
  readonly #seen = new Set<string>();
  readonly nodes: LineageNode[] = [];
  readonly edges: LineageEdge[] = [];

  constructor(checked: Checked) {
    this.#checked = checked;
  }

  metric(metric: Metric): void {
    if (!this.#node(metric, metric.type ?? null)) return;
    const { project, kinds } = this.#checked;
    for (const reference of referencesOf(kinds, metric)) {
      const part = referencedMetric(project, reference);
      if (part === undefined) continue;
      this.#edge(metric, part, 'part');
      this.metric(part);
    }
    for (const word of this.#ownSources(metric)) this.#rows(metric, word.text);
    this.#needs(metric, this.#checked.needs.ofMetric(metric));
    for (const { segment: word, via } of segmentsOf(project, metric)) {
      const segment = project.segments.get(word.text);
      if (segment === undefined) continue;
      this.#edge(metric, segment, 'breakdown');
      this.#segment(segment, this.#homesFor(metric, segment));
      for (const { text } of this.#ownSources(metric)) this.#way(text, segment, via?.text);
    }
  }

  /** What is about a metric, and the metrics that are made of it, up to those that nothing is made of. */
  usersOf(metric: Metric): void {
    const { project } = this.#checked;
    const users = this.#users();
    const open = [metric];
    const met = new Set<Metric>(open);
    for (let part = open.pop(); part !== undefined; part = open.pop()) {
      for (const user of users.get(part.name) ?? []) {
        this.#node(user, user.type ?? null);
        this.#edge(user, part, 'part');
        if (met.has(user)) continue;
        met.add(user);
        open.push(user);
      }
    }
    for (const target of project.targets.values()) {
      if (target.metric?.text !== metric.name) continue;
      this.#node(target, null);
      this.#edge(target, metric, 'goal');
    }
    for (const journey of project.journeys.values()) {
      for (const stage of journey.stages.values()) {
        if (!stage.metrics.some(({ text }) => text === metric.name)) continue;
        this.#node(journey, null);
        this.#edge(journey, metric, 'stage', stage.name);
      }
    }
  }

  /** By name, the metrics that name it themselves or in a part that they hold. */
  #users(): ReadonlyMap<string, readonly Metric[]> {
    const { project, kinds } = this.#checked;
    const users = new Map<string, Metric[]>();
    const note = (outer: Metric, inner: Metric): void => {
      for (const reference of referencesOf(kinds, inner)) {
        if (reference.kind === 'inline') note(outer, reference.metric);
        else users.set(reference.word.text, [...(users.get(reference.word.text) ?? []), outer]);
      }
    };
    for (const metric of project.metrics.values()) note(metric, metric);
    return users;
  }

  /** The sources whose rows a metric reads itself: its own, and those of the steps of a conversion. */
  #ownSources(metric: Metric): readonly Word[] {
    const kind = this.#checked.kinds.get(metric.type ?? '');
    if (!readsRows(metric, kind)) return [];
    const own = ownSourceWord(metric, kind);
    const steps = kind?.expressions(metric.spec).flatMap(({ source }) => source ?? []) ?? [];
    return own === undefined ? steps : [own, ...steps];
  }

  /** Of the sources on which a segment is read those to which the rows of a metric lead; all where none are known. */
  #homesFor(metric: Metric, segment: Segment): readonly string[] {
    const { project, kinds } = this.#checked;
    const parts = [metric, ...dependenciesOf(project, kinds, metric)];
    const sources = new Set(parts.flatMap((part) => this.#ownSources(part).map(({ text }) => text)));
    const reached = [...sources].flatMap((source) => reachesOf(this.#checked, source, segment));
    const homes = new Set(reached.map(({ home }) => home));
    return homesOf(segment).filter((home) => homes.size === 0 || homes.has(home));
  }

  #segment(segment: Segment, homes: readonly string[]): void {
    this.#node(segment, null);
    for (const home of homes) this.#rows(segment, home);
    const needs = this.#checked.needs.ofSegment(segment);
    const isRead = ({ source }: { readonly source: string }): boolean =>
      homes.some((home) => this.#checked.paths(home, source).length > 0);
    this.#needs(segment, {
      ...needs,
      links: needs.links.filter(isRead),
      columns: needs.columns.filter(isRead),
    });
  }

  /** The links from a metric's source to a segment's; none where several ways lead there and none is chosen. */
  #way(source: string, segment: Segment, via: string | undefined): void {
    const homes = homesOf(segment);
    if (homes.includes(source)) return;
    const ways = homes.flatMap((home) => this.#checked.paths(source, home));
    const chosen = via === undefined ? ways : ways.filter((way) => way.join('.') === via);
    const [only, ...more] = chosen;
    if (only === undefined || more.length > 0) return;
    let at = source;
    for (const link of only) at = this.#link(at, link) ?? at;
  }

  #needs(user: Definition, { links, columns, sources }: Needs): void {
    for (const { source, link } of links) this.#link(source, link);
    // Rows of another source that a computed column counts over.
    const facts = columns.flatMap(({ source, column }) => {
      const of = this.#checked.project.sources.get(source)?.columns.get(column)?.of?.text;
      return of !== undefined && sources.includes(of) ? [of] : [];
    });
    for (const source of facts) this.#rows(user, source);
  }

  #rows(user: Definition, name: string): void {
    const source = this.#checked.project.sources.get(name);
    if (source === undefined) return;
    this.#source(source);
    this.#edge(user, source, 'rows');
  }

  /** Follows a link. Returns the name of the source at its end. */
  #link(source: string, link: string): string | undefined {
    const { project } = this.#checked;
    const to = this.#checked.follow(source, [link]);
    const [from, target] = [project.sources.get(source), project.sources.get(to ?? '')];
    if (from === undefined || target === undefined) return undefined;
    this.#source(from);
    this.#source(target);
    this.#edge(from, target, 'link', link);
    return to;
  }

  #source(source: Source): void {
    this.#node(source, null);
  }

  /** Whether the node is new. */
  #node(definition: Definition, type: string | null): boolean {
    const id = idOf(definition);
    if (!this.#isNew(id)) return false;
    const at = { file: definition.file, span: definition.nameNode.span };
    const { definition: kind, name } = definition;
    this.nodes.push({ id, kind, name, label: labelOf(definition), type, at });
    return true;
  }

  #edge(from: Definition, to: Definition, kind: LineageEdge['kind'], via: string | null = null): void {
    const edge = { from: idOf(from), to: idOf(to), kind, via };
    if (this.#isNew(JSON.stringify(edge))) this.edges.push(edge);
  }

  #isNew(key: string): boolean {
    if (this.#seen.has(key)) return false;
    this.#seen.add(key);
    return true;
  }
}
