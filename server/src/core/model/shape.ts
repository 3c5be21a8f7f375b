import type { ValueType } from '../base/value-type.ts';
import type { DataFormat } from './data-format.ts';

/**
 * What is known of a source's data without, or after, loading it: the headers (of a CSV's first record, the keys at the
 * beginning of a JSON file, a Parquet footer, a row of a sheet) and, once an engine has read the whole file, the type of every column.
 */
export interface SourceShape {
  /** Absolute paths of the files that `data` names, resolved inside the project. */
  readonly files: readonly string[];
  readonly format: DataFormat | undefined;
  /** For `csv`: the declared one, or the one that the first file shows. */
  readonly delimiter: string;
  /** For `xlsx`: the names of the sheets of the first file, as far as it can be read. */
  readonly sheets?: readonly string[];
  /** In file order; `undefined` where the data is missing or cannot be read: then no column is called unknown. */
  readonly columns: readonly ShapeColumn[] | undefined;
  /** Why there are no columns; stands at `data`. */
  readonly problem: ShapeProblem | undefined;
}

/** Why data cannot be read, in words for users. */
export interface ShapeProblem {
  readonly code: 'data-missing' | 'data-unreadable' | 'data-outside';
  readonly message: string;
  /** What `data` could say instead, where a name nearby exists. */
  readonly suggestion?: string;
  /** The reader option that it is about, and that `suggestion` would replace; absent: the file. */
  readonly option?: 'sheet' | 'delimiter' | 'headerRow' | 'encoding';
}

export interface ShapeColumn {
  /** As in the file; may be blank. */
  readonly header: string;
  /** `unknown` until an engine has read the whole file (Parquet says it at once). */
  readonly type: ValueType;
}

/** Shapes by source name. */
export type Shapes = ReadonlyMap<string, SourceShape>;
