import type { Place, Span } from '../base/span.ts';
import { homesOf } from '../check/reach.ts';
import type { AnyDefinition, Metric, Project } from '../model/project.ts';
import type { MapEntry, YamlNode } from '../syntax/yaml/tree.ts';
import { nodeAt } from '../syntax/yaml/walk.ts';
import type { IdeContext, IdeFile } from './ide-context.ts';
import { readAlone } from './names/in-definition.ts';
import { extentOf, keyOf, type Named, type Occurrence, occurrencesAt, occurrencesIn } from './occurrences.ts';

/** Where a name leads. */
export type Destination =
  /** The declaration: just the name, and all that belongs to it. */
  | (Place & { readonly kind: 'name'; readonly whole: Span })
  /** The start of a data file, by its real path. */
  | { readonly kind: 'data'; readonly path: string };

/** A name that leads somewhere. */
export interface Origin extends Place {
  readonly to: readonly Destination[];
}

/**
 * Where the name under the cursor is declared. A column that nobody declared leads to its source's data; an alias (`*name`) to
 * the text that it stands for. `undefined` where no name is.
 */
export function definitionAt(context: IdeContext, file: IdeFile, offset: number): Origin | undefined {
  return originOf(context, file, offset, (named) => declarationsOf(context, named));
}

/**
 * Where the kind of thing under the cursor is described: for a metric, segment or group the source that its rows come from, for a target
 * its metric, for a link the source that it leads to, for a journey its segment, for a column its declaration, and for a source its data.
 */
export function typeDefinitionAt(context: IdeContext, file: IdeFile, offset: number): Origin | undefined {
  return originOf(context, file, offset, (named) => describers(context, named));
}

function originOf(
  context: IdeContext,
  file: IdeFile,
  offset: number,
  lead: (named: Named) => readonly Destination[],
): Origin | undefined {
  const found = occurrencesAt(context, file, offset);
  const [first] = found;
  if (first === undefined) return aliasAt(file, offset);
  const to = new Map<string, Destination>();
  for (const destination of found.flatMap(({ named }) => lead(named))) {
    const id =
      destination.kind === 'data' ? destination.path : `${destination.file} ${destination.span.start}`;
    to.set(id, destination);
  }
  return to.size === 0 ? undefined : { file: first.file, span: first.span, to: [...to.values()] };
}

/** What an alias stands for. */
function aliasAt({ file, tree }: IdeFile, offset: number): Origin | undefined {
  const node = nodeAt(tree, offset)?.node;
  if (node?.origin === undefined) return undefined;
  const { span, origin } = node;
  const destination: Destination = { kind: 'name', file: file.path, span: origin, whole: origin };
  return { file: file.path, span, to: [destination] };
}

/** The declarations of something, else the data that it stands in. Only the definition that holds it is looked at. */
export function declarationsOf(context: IdeContext, named: Named): readonly Destination[] {
  const home = homeOf(context.checked.project, named);
  if (home === undefined) return [];
  const found = occurrencesIn(context.checked, home).filter(
    (occurrence) => occurrence.declares && keyOf(occurrence.named) === keyOf(named),
  );
  if (found.length > 0) return found.map((occurrence) => destinationOf(occurrence, home));
  if (named.kind === 'column') return dataOf(context, home.name);
  // The groups of other segments are values in the data, or in and out: the segment is what makes them.
  return named.kind === 'group' ? declarationsOf(context, segmentOf(home.name)) : [];
}

/** The definition in which something is declared. */
export function homeOf(project: Project, { kind, name, owner = '' }: Named): AnyDefinition | undefined {
  switch (kind) {
    case 'source':
      return project.sources.get(name);
    case 'segment':
      return project.segments.get(name);
    case 'metric':
      return project.metrics.get(name);
    case 'target':
      return project.targets.get(name);
    case 'journey':
      return project.journeys.get(name);
    case 'group':
      return project.segments.get(owner);
    case 'column':
    case 'link':
      return project.sources.get(owner);
    case 'part':
      // A formula that stands in another metric is called by its path.
      return project.metrics.get(owner.split('.')[0] ?? '');
  }
}

function destinationOf({ file, span, node }: Occurrence, home: AnyDefinition): Destination {
  const whole = node === home.nameNode ? extentOf(home) : (entryOf(home.node, node)?.span ?? span);
  // What came through an alias stands elsewhere than its entry.
  const holds = whole.start <= span.start && span.end <= whole.end;
  return { kind: 'name', file, span, whole: holds ? whole : span };
}

/** The entry of a key somewhere inside a node. */
function entryOf(node: YamlNode | undefined, key: YamlNode): MapEntry | undefined {
  if (node?.kind !== 'map') return undefined;
  const own = node.entries.find((entry) => entry.key === key);
  if (own !== undefined) return own;
  for (const { value } of node.entries) {
    const inner = entryOf(value, key);
    if (inner !== undefined) return inner;
  }
  return undefined;
}

function dataOf({ checked }: IdeContext, source: string): readonly Destination[] {
  return (checked.shapes.get(source)?.files ?? []).map((path) => ({ kind: 'data', path }));
}

function describers(context: IdeContext, named: Named): readonly Destination[] {
  const { project } = context.checked;
  const home = homeOf(project, named);
  const all = (names: readonly Named[]): readonly Destination[] =>
    names.flatMap((other) => declarationsOf(context, other));
  if (named.kind === 'column') return declarationsOf(context, named);
  if (named.kind === 'group') return all([segmentOf(named.owner ?? '')]);
  switch (home?.definition) {
    case 'source': {
      const to = named.kind === 'link' ? home.links.get(named.name)?.to?.text : undefined;
      return named.kind === 'link' ? all(to === undefined ? [] : [sourceOf(to)]) : dataOf(context, home.name);
    }
    case 'segment':
      return all(homesOf(home).map(sourceOf));
    case 'metric':
      return all(sourcesOf(context, home, named).map(sourceOf));
    case 'target':
      return home.metric === undefined ? [] : all([{ ...named, kind: 'metric', name: home.metric.text }]);
    case 'journey':
      return home.segment === undefined ? [] : all([segmentOf(home.segment.text.split('.')[0] ?? '')]);
    case undefined:
      return [];
  }
}

/** The sources whose rows a metric, or a part of it, is computed from. */
function sourcesOf({ checked }: IdeContext, metric: Metric, { kind, name, owner }: Named): readonly string[] {
  const { book } = readAlone(checked, metric);
  const wanted = kind === 'part' ? `${owner}.${name}` : metric.name;
  const use = book.all.find((candidate) => candidate.metric.name === wanted);
  return [...new Set(use?.sides.map(({ source }) => source) ?? [])];
}

function sourceOf(name: string): Named {
  return { kind: 'source', owner: undefined, name };
}

function segmentOf(name: string): Named {
  return { kind: 'segment', owner: undefined, name };
}
