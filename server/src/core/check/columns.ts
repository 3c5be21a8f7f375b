import { postOrder } from '../base/graph.ts';
import { COLUMN_TYPES, type ColumnType, type ValueType } from '../base/value-type.ts';
import type { Column, Definition, ExpressionWord, Project, Source } from '../model/project.ts';
import type { ShapeColumn, Shapes } from '../model/shape.ts';
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
  const sources = new Map<string, ReadonlyMap<string, Computation>>();
  for (const source of project.sources.values()) sources.set(source.name, columnsOf(source, shapes));
  const computations = [...sources.values()].flatMap((columns) => [...columns.values()]);
  const { order, cycles } = postOrder(computations, (computation) => usedBy(computation, sources, links));
  const linked = (name: string): boolean => {
    const source = project.sources.get(name);
    return source === undefined || !incomplete.has(source);
  };
  const complete = (name: string): boolean => linked(name) && isComplete(project, shapes, name);
  const infos = new Map(computations.map((computation) => [computation, untyped(computation)]));
  const column = (source: string, name: string): ColumnInfo | undefined => {
    const computation = sources.get(source)?.get(name);
    return computation === undefined ? undefined : infos.get(computation);
  };
  const plain = (source: string): SourceColumns => {
    const entries = [...(sources.get(source) ?? [])].flatMap(
      ([name, computation]): [string, ColumnInfo][] => {
        const info = infos.get(computation);
        return info === undefined ? [] : [[name, info]];
      },
    );
    return { columns: new Map(entries), complete: complete(source) };
  };
  return {
    column,
    names: (source) => [...(sources.get(source)?.keys() ?? [])],
    complete,
    linked,
    cycles: cycles.map(({ from, chain }) => ({ spot: from.spot, chain: chain.map(({ name }) => name) })),
    fill(typeOf) {
      for (const computation of order) {
        if (computation.known !== undefined) continue;
        const mode = computation.column.origin === 'facts' ? 'facts' : 'row';
        const types = computation.parts.map(({ word, source }) => typeOf(word, source, mode));
        infos.set(computation, { ...computation.column, type: commonType(types) });
      }
    },
    all: () => new Map([...sources.keys()].map((source) => [source, plain(source)])),
  };
}

function untyped({ column, known }: Computation): ColumnInfo {
  return { ...column, type: known ?? 'unknown' };
}

/** The columns that the expressions of a computed column name, on its source or behind links. */
function usedBy(
  { parts }: Computation,
  sources: ReadonlyMap<string, ReadonlyMap<string, Computation>>,
  links: LinkGraph,
): readonly Computation[] {
  return parts.flatMap(({ word, source }) =>
    writtenNames(parsedExpression(word).expression).flatMap(({ parts: path }) => {
      const names = path.map(({ text }) => text);
      const home = links.follow(source, names.slice(0, -1));
      return sources.get(home ?? '')?.get(names.at(-1) ?? '') ?? [];
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

function columnsOf(source: Source, shapes: Shapes): Map<string, Computation> {
  const columns = new Map<string, Computation>();
  const renamed = new Set<string>();
  for (const { header, value } of source.columns.values()) {
    if (header !== undefined && value === undefined) renamed.add(header.text);
  }
  const stored = new Map<string, ShapeColumn>();
  for (const shape of shapes.get(source.name)?.columns ?? []) {
    if (!stored.has(shape.header)) stored.set(shape.header, shape);
  }
  if (source.union === undefined) {
    for (const shape of stored.values()) {
      // A renamed column has one name only: the one that was given to it.
      if (shape.header === '' || renamed.has(shape.header)) continue;
      columns.set(shape.header, fileColumn(source, shape.header, shape, undefined));
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
