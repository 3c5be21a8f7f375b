import { isoDay } from './calendar.ts';
import type { Expr } from './expression.ts';
import type { RefProject } from './project.ts';
import { type Cell, type Env, type RefRow, type Tables, typesOf } from './world.ts';

/** The combinations of groups that a row is in; overlapping groups make several. */
export function groupsOf(
  project: RefProject,
  source: string,
  row: RefRow,
  by: readonly string[],
): string[][] {
  return by.reduce<string[][]>(
    (known, name) =>
      known.flatMap((labels) => labelsOf(project, source, row, name).map((label) => [...labels, label])),
    [[]],
  );
}

function labelsOf(project: RefProject, source: string, row: RefRow, name: string): string[] {
  const { tables } = project;
  const segment = project.segments[name];
  if (segment === undefined) return [pathLabel(tables, source, row, name)];
  if (segment.kind === 'by-source') {
    const [way] = waysToOneOf(tables, source, segment.by);
    if (way === undefined) return [];
    const there = tables.walk(source, row, way.links);
    const by = segment.by[way.home];
    if (by === undefined) return [];
    if (there.row === undefined) return ['(none)'];
    return [valueLabel(by.eval({ tables, source: there.source, row: there.row }), by.type)];
  }
  const at = tables.walk(source, row, linksTo(tables, source, segment.source));
  if (at.row === undefined) return ['(none)'];
  const env: Env = { tables, source: at.source, row: at.row };
  switch (segment.kind) {
    case 'by':
      return [valueLabel(segment.by.eval(env), segment.by.type)];
    case 'where':
      return [segment.where.every((condition) => condition.eval(env) === true) ? 'in' : 'out'];
    case 'groups': {
      const labels = Object.entries(segment.groups).filter(([, condition]) => condition.eval(env) === true);
      return labels.length === 0 ? ['(other)'] : labels.map(([label]) => label);
    }
  }
}

function pathLabel(tables: Tables, source: string, row: RefRow, name: string): string {
  const parts = name.split('.');
  const column = parts[parts.length - 1] ?? '';
  const at = tables.walk(source, row, parts.slice(0, -1));
  const type = typesOf(tables.source(at.source))[column] ?? 'text';
  return valueLabel(at.row?.[column] ?? null, type);
}

function valueLabel(value: Cell, type: Expr['type']): string {
  if (value === null) return '(none)';
  return type === 'date' && typeof value === 'number' ? isoDay(value) : String(value);
}

/** The links from a source to another; the projects of these tests have one way at most. */
function linksTo(tables: Tables, from: string, to: string): string[] {
  const found = waysTo(tables, from, to)[0];
  if (found === undefined) throw new Error(`${to} cannot be reached from ${from}.`);
  return found;
}

/** Whether the rows of a source lead to a segment or column. */
export function reaches({ tables, segments }: RefProject, source: string, name: string): boolean {
  const segment = segments[name];
  if (segment !== undefined) {
    return segment.kind === 'by-source'
      ? waysToOneOf(tables, source, segment.by).length === 1
      : waysTo(tables, source, segment.source).length > 0;
  }
  const parts = name.split('.');
  const links = parts.slice(0, -1);
  const at = links.reduce<string | undefined>(
    (from, link) => (from === undefined ? undefined : tables.source(from).links?.[link]?.to),
    source,
  );
  return at !== undefined && typesOf(tables.source(at))[parts[parts.length - 1] ?? ''] !== undefined;
}

/** The ways from a source to those of a segment over several: to itself where it is one, else by links to any of them. */
function waysToOneOf(
  tables: Tables,
  from: string,
  by: Readonly<Record<string, unknown>>,
): readonly { readonly home: string; readonly links: readonly string[] }[] {
  const homes = by[from] === undefined ? Object.keys(by) : [from];
  return homes.flatMap((home) => waysTo(tables, from, home).map((links) => ({ home, links })));
}

function waysTo(tables: Tables, from: string, to: string): string[][] {
  if (from === to) return [[]];
  return Object.entries(tables.source(from).links ?? {}).flatMap(([name, link]) =>
    waysTo(tables, link.to, to).map((rest) => [name, ...rest]),
  );
}
