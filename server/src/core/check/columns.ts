import { COLUMN_TYPES, type ColumnType, type ValueType } from '../base/value-type.ts';
import type { Column, ExpressionWord, Project, Source } from '../model/project.ts';
import type { ShapeColumn, Shapes } from '../model/shape.ts';
import type { ColumnInfo, SourceColumns } from './checked.ts';
import { type Spot, spotOf } from './report.ts';

/** A chain of computed columns that lead back to the first, at the word that closes it. */
export interface Cycle {
  readonly spot: Spot;
  /** `accounts.arr`, `accounts.mrr`, `accounts.arr`. */
  readonly chain: readonly string[];
}

/** The columns of every source. The types of computed columns are found when they are first asked for. */
export interface Catalogue {
  /** A column with its type; `undefined` where the source has none of that name. */
  column(source: string, name: string): ColumnInfo | undefined;
  /** Names of all columns of a source, for suggestions. */
  names(source: string): readonly string[];
  /** Whether the columns are all known. */
  complete(source: string): boolean;
  readonly cycles: readonly Cycle[];
  /** The catalogue as plain maps, all types found. */
  all(): ReadonlyMap<string, SourceColumns>;
}

/** Types an expression that computes a column: on its source, or for `of` over the rows of another. */
export type TypeOf = (word: ExpressionWord, source: string, mode: 'row' | 'facts') => ValueType;

/** A column whose type is still to be found, from the expressions that make it. */
interface Computation {
  readonly column: Omit<ColumnInfo, 'type'>;
  readonly known: ValueType | undefined;
  readonly parts: readonly { readonly word: ExpressionWord; readonly source: string }[];
  readonly spot: Spot;
}

/** Joins what the data holds with what is declared. `typeOf` may ask back for other columns; a circle of such questions is a cycle. */
export function catalogueOf(project: Project, shapes: Shapes, typeOf: TypeOf): Catalogue {
  const sources = new Map<string, ReadonlyMap<string, Computation>>();
  for (const source of project.sources.values()) sources.set(source.name, columnsOf(source, shapes));
  const done = new Map<Computation, ColumnInfo>();
  const open: { readonly computation: Computation; readonly name: string }[] = [];
  const cycles: Cycle[] = [];
  const infer = (computation: Computation, name: string): ValueType => {
    open.push({ computation, name });
    const mode = computation.column.origin === 'facts' ? 'facts' : 'row';
    const types = computation.parts.map(({ word, source }) => typeOf(word, source, mode));
    open.pop();
    return computation.known ?? commonType(types);
  };
  const column = (source: string, name: string): ColumnInfo | undefined => {
    const computation = sources.get(source)?.get(name);
    if (computation === undefined) return undefined;
    const known = done.get(computation);
    if (known !== undefined) return known;
    const at = open.findIndex((entry) => entry.computation === computation);
    if (at >= 0) {
      const chain = [...open.slice(at).map((entry) => entry.name), `${source}.${name}`];
      cycles.push({ spot: (open.at(-1)?.computation ?? computation).spot, chain });
      return { ...computation.column, type: computation.known ?? 'unknown' };
    }
    const info = { ...computation.column, type: infer(computation, `${source}.${name}`) };
    done.set(computation, info);
    return info;
  };
  return {
    column,
    names: (source) => [...(sources.get(source)?.keys() ?? [])],
    complete: (source) => isComplete(project, shapes, source),
    cycles,
    all() {
      const all = new Map<string, SourceColumns>();
      for (const [source, columns] of sources) {
        const infos = new Map<string, ColumnInfo>();
        for (const name of columns.keys()) {
          const info = column(source, name);
          if (info !== undefined) infos.set(name, info);
        }
        all.set(source, { columns: infos, complete: isComplete(project, shapes, source) });
      }
      return all;
    },
  };
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
  columns.set('source_name', { column: stored('source_name'), known: 'text', parts: [], spot });
  for (const member of union.items) {
    for (const [name, word] of member.columns) {
      const part = { word, source: member.source.text };
      const before = columns.get(name);
      if (before === undefined) {
        columns.set(name, {
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
