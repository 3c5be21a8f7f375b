import { postOrder } from '../base/graph.ts';
import { COLUMN_TYPES, type ColumnType, type ValueType } from '../base/value-type.ts';
import type { Column, Definition, ExpressionWord, Project, Source } from '../model/project.ts';
import type { ShapeColumn, Shapes, SourceShape } from '../model/shape.ts';
import { writtenNames } from '../syntax/expression/names.ts';
import type { ColumnInfo, SourceColumns } from './checked.ts';
import type { LinkGraph } from './links.ts';
import { parsedExpression } from './parsed.ts';
import { type Spot, spotOf } from './report.ts';

/** A chain of computed columns that lead back to the first, at the expression that closes it. */
export interface ColumnCycle {
  readonly spot: Spot;
  /** `accounts.arr`, `accounts.mrr`, `accounts.arr`. */
  readonly chain: readonly string[];
}

/** The columns of every source. */
export interface Catalogue {
  /** A column with its type; `undefined` where the source has none of that name. */
  column(source: string, name: string): ColumnInfo | undefined;
  /** Names of all columns of a source, for suggestions. */
  names(source: string): readonly string[];
  /** Whether the columns are all known. */
  complete(source: string): boolean;
  /** Whether the links are all known: false where a part of the definition could not be read. */
  linked(source: string): boolean;
  readonly cycles: readonly ColumnCycle[];
  /** The catalogue as plain maps. */
  all(): ReadonlyMap<string, SourceColumns>;
}

/** Types an expression that computes a column: on its source, or for `of` over the rows of another. */
export type TypeOf = (word: ExpressionWord, source: string, mode: 'row' | 'facts') => ValueType;

/** A column whose type is still to be found, from the expressions that make it. */
interface Computation {
  /** `source.column`, for messages. */
  readonly name: string;
  readonly column: Omit<ColumnInfo, 'type'>;
  readonly known: ValueType | undefined;
  readonly parts: readonly { readonly word: ExpressionWord; readonly source: string }[];
  readonly spot: Spot;
}

/**
 * Joins what the data holds with what is declared, and types what is computed: `fill` does so once, in an order in which each
 * column comes behind those that it is computed from. Before that, and in cycles, their types are unknown.
 */
export function catalogueOf(
  project: Project,
  shapes: Shapes,
  links: LinkGraph,
  incomplete: ReadonlySet<Definition>,
): Catalogue & { fill(typeOf: TypeOf): void } {
  const sources = new Map<string, Joined>();
  for (const source of project.sources.values()) {
    sources.set(source.name, joinedColumns(source, shapes.get(source.name)));
  }
  const computations = [...sources.values()].flatMap(({ computed }) => computed);
  const { order, cycles } = postOrder(computations, (computation) => usedBy(computation, sources, links));
  const linked = (name: string): boolean => {
    const source = project.sources.get(name);
    return source === undefined || !incomplete.has(source);
  };
  const complete = (name: string): boolean => linked(name) && isComplete(project, shapes, name);
  /** The columns whose types are found by `fill`. */
  const found = new Map<Computation, ColumnInfo>();
  const column = (source: string, name: string): ColumnInfo | undefined => {
    const joined = sources.get(source);
    const computation = joined?.columns.get(name);
    return (computation && found.get(computation)) ?? joined?.infos.get(name);
  };
  const plain = (source: string, { columns, infos, computed }: Joined): SourceColumns => {
    const all =
      computed.length === 0
        ? infos
        : new Map(
            [...columns].map(([name, computation]) => [name, found.get(computation) ?? untyped(computation)]),
          );
    return { columns: all, complete: complete(source) };
  };
  return {
    column,
    names: (source) => [...(sources.get(source)?.columns.keys() ?? [])],
    complete,
    linked,
    cycles: cycles.map(({ from, chain }) => ({ spot: from.spot, chain: chain.map(({ name }) => name) })),
    fill(typeOf) {
      for (const computation of order) {
        if (computation.known !== undefined) continue;
        const mode = computation.column.origin === 'facts' ? 'facts' : 'row';
        const types = computation.parts.map(({ word, source }) => typeOf(word, source, mode));
        found.set(computation, { ...computation.column, type: commonType(types) });
      }
    },
    all: () => new Map([...sources].map(([source, joined]) => [source, plain(source, joined)])),
  };
}

function untyped({ column, known }: Computation): ColumnInfo {
  return { ...column, type: known ?? 'unknown' };
}

/** The columns that the expressions of a computed column name, on its source or behind links. */
function usedBy(
  { parts }: Computation,
  sources: ReadonlyMap<string, Joined>,
  links: LinkGraph,
): readonly Computation[] {
  return parts.flatMap(({ word, source }) =>
    writtenNames(parsedExpression(word).expression).flatMap(({ parts: path }) => {
      const names = path.map(({ text }) => text);
      const home = links.follow(source, names.slice(0, -1));
      return sources.get(home ?? '')?.columns.get(names.at(-1) ?? '') ?? [];
    }),
  );
}

/** The one type that holds values of all `types`: integers fit among numbers, dates among timestamps; else unknown. */
export function commonType(types: readonly ValueType[]): ValueType {
  let common: ValueType = 'null';
  for (const type of types) {
    if (type === 'unknown') return 'unknown';
    if (common === 'null' || common === type) common = type;
    else if (type !== 'null') {
      const pair = [common, type].sort().join(' ');
      if (pair === 'integer number') common = 'number';
      else if (pair === 'date timestamp') common = 'timestamp';
      else return 'unknown';
    }
  }
  return common === 'null' ? 'unknown' : common;
}

function isComplete(project: Project, shapes: Shapes, name: string): boolean {
  const source = project.sources.get(name);
  return source?.union !== undefined || shapes.get(name)?.columns !== undefined;
}

/** What one source and its data say of its columns, whatever the rest of the project says. */
interface Joined {
  readonly columns: ReadonlyMap<string, Computation>;
  /** Those that are computed from others. */
  readonly computed: readonly Computation[];
  /** The columns as far as their types are known without others. */
  readonly infos: ReadonlyMap<string, ColumnInfo>;
}

/** Put together once for as long as a source and what is known of its data stay the same. */
const joined = new WeakMap<Source, Joined & { readonly shape: SourceShape | undefined }>();

function joinedColumns(source: Source, shape: SourceShape | undefined): Joined {
  const known = joined.get(source);
  if (known !== undefined && known.shape === shape) return known;
  const columns = columnsOf(source, shape);
  const made = {
    shape,
    columns,
    computed: [...columns.values()].filter(({ parts }) => parts.length > 0),
    infos: new Map([...columns].map(([name, computation]) => [name, untyped(computation)])),
  };
  joined.set(source, made);
  return made;
}

function columnsOf(source: Source, shape: SourceShape | undefined): Map<string, Computation> {
  const columns = new Map<string, Computation>();
  const renamed = new Set<string>();
  for (const { header, value } of source.columns.values()) {
    if (header !== undefined && value === undefined) renamed.add(header.text);
  }
  const stored = new Map<string, ShapeColumn>();
  for (const column of shape?.columns ?? []) {
    if (!stored.has(column.header)) stored.set(column.header, column);
  }
  if (source.union === undefined) {
    for (const column of stored.values()) {
      // A renamed column has one name only: the one that was given to it.
      if (column.header === '' || renamed.has(column.header)) continue;
      columns.set(column.header, fileColumn(source, column.header, column, undefined));
    }
  } else {
    for (const [name, column] of unionColumns(source, source.union)) columns.set(name, column);
  }
  for (const column of source.columns.values()) {
    columns.set(column.name, declaredColumn(source, column, stored, columns.get(column.name)));
  }
  return columns;
}

function fileColumn(
  source: Source,
  name: string,
  shape: ShapeColumn | undefined,
  declared: Column | undefined,
): Computation {
  const header = shape?.header ?? declared?.header?.text ?? name;
  return {
    name: `${source.name}.${name}`,
    column: { name, origin: 'file', header, declared },
    known: declaredType(declared) ?? shape?.type ?? 'unknown',
    parts: [],
    spot: spotOf(source.file, declared?.nameNode ?? source.nameNode),
  };
}

function declaredColumn(
  source: Source,
  column: Column,
  stored: ReadonlyMap<string, ShapeColumn>,
  stacked: Computation | undefined,
): Computation {
  if (column.value === undefined) {
    const shape = stored.get(column.header?.text ?? column.name);
    if (source.union !== undefined && stacked !== undefined) {
      return { ...stacked, column: { ...stacked.column, declared: column }, known: declaredType(column) };
    }
    return fileColumn(source, column.name, shape, column);
  }
  return {
    name: `${source.name}.${column.name}`,
    column: {
      name: column.name,
      origin: column.of === undefined ? 'computed' : 'facts',
      header: undefined,
      declared: column,
    },
    known: declaredType(column),
    parts: [{ word: column.value, source: column.of?.text ?? source.name }],
    spot: spotOf(source.file, column.value.node),
  };
}

/** The columns of a stack: those of all members, and the name of the member. They count as stored: the stack is made first. */
function unionColumns(source: Source, union: NonNullable<Source['union']>): Map<string, Computation> {
  const columns = new Map<string, Computation>();
  const spot = spotOf(source.file, source.nameNode);
  const stored = (name: string): Computation['column'] => ({
    name,
    origin: 'file',
    header: undefined,
    declared: undefined,
  });
  columns.set('source_name', {
    name: `${source.name}.source_name`,
    column: stored('source_name'),
    known: 'text',
    parts: [],
    spot,
  });
  for (const member of union.items) {
    for (const [name, word] of member.columns) {
      const part = { word, source: member.source.text };
      const before = columns.get(name);
      if (before === undefined) {
        columns.set(name, {
          name: `${source.name}.${name}`,
          column: stored(name),
          known: undefined,
          parts: [part],
          spot: spotOf(source.file, word.node),
        });
      } else columns.set(name, { ...before, parts: [...before.parts, part] });
    }
  }
  return columns;
}

function declaredType(column: Column | undefined): ColumnType | undefined {
  const text = column?.type?.text;
  return COLUMN_TYPES.find((type) => type === text);
}
