import type { ValueType } from '../base/value-type.ts';
import type { LiteralValue } from '../syntax/expression/scalar.ts';
import { Refusal } from './refusal.ts';
import type { Input } from './relation.ts';

/** The column that every loaded table has: its 1-based row in the data. */
export const ROW_NUMBER = '__row';

/** What no column of a loaded table is called, in lower case: a column named `rowid` hides the number by which engines tell rows apart. */
export const RESERVED_COLUMNS: readonly string[] = [ROW_NUMBER, 'rowid'];

/** Where the rows of the sources are: loaded tables, or the rows that an example writes out. */
export interface Storage {
  /** The rows of a source under the name `as`. */
  input(source: string, as: string): Input;
  /** The name in the input of a column of the source's data; `undefined` where the data has no such column. */
  column(source: string, column: string): string | undefined;
  /** The names in the input of all columns of the source's data. */
  columns(source: string): readonly string[];
  /** Whether the rows of a source are here. */
  holds(source: string): boolean;
}

/**
 * Storage over loaded tables. `names` gives, by source, the table's column for each column of the format; a source that it
 * lacks was not loaded, and whatever needs it is refused.
 */
export function tableStorage(names: ReadonlyMap<string, ReadonlyMap<string, string>>): Storage {
  return {
    input(source, as) {
      if (!names.has(source)) throw new Refusal(`The data of ${source} could not be read.`);
      return { kind: 'table', table: source, as };
    },
    column: (source, column) => names.get(source)?.get(column),
    columns: (source) => [...(names.get(source)?.values() ?? [])],
    holds: (source) => names.has(source),
  };
}

export interface WrittenRows {
  readonly columns: readonly { readonly name: string; readonly type: ValueType }[];
  /** One literal for each column. */
  readonly rows: readonly (readonly LiteralValue[])[];
}

/** Storage over rows written out, as the `given` of an example. Sources that are not named hold none. */
export function writtenStorage(sources: ReadonlyMap<string, WrittenRows>): Storage {
  return {
    input(source, as) {
      const written = sources.get(source) ?? { columns: [], rows: [] };
      const columns = [...written.columns, { name: ROW_NUMBER, type: 'integer' as const }];
      return {
        kind: 'values',
        as,
        columns,
        rows: written.rows.map((row, index) => [...row, String(index + 1)]),
      };
    },
    column: (source, column) =>
      sources.get(source)?.columns.some(({ name }) => name === column) ? column : undefined,
    columns: (source) => sources.get(source)?.columns.map(({ name }) => name) ?? [],
    holds: (source) => sources.has(source),
  };
}
