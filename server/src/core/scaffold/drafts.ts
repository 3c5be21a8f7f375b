import type { Grain } from '../base/period.ts';
import type { ColumnType } from '../base/value-type.ts';

/** A column as a new project declares it. */
export interface ColumnDraft {
  readonly name: string;
  /** In the file. */
  readonly header: string;
  /** `undefined` where only the engine can tell. */
  readonly type: ColumnType | undefined;
  /** How its dates are written, where that is not ISO, as strptime patterns. */
  readonly formats: readonly string[];
  readonly ambiguous: boolean;
  /** All values of a text column that has a few which come again and again. */
  readonly values: readonly string[];
  /** The cells row by row, trimmed; blank where there is no value. */
  readonly cells: readonly string[];
  /** Of dates and timestamps: the moment of each row in milliseconds; `undefined` where there is none. */
  readonly moments: readonly (number | undefined)[];
  /** How many values there are; blank is none. */
  readonly distinct: number;
  /** Whether every row has a value. */
  readonly filled: boolean;
  /** Whether it is text only because its numbers are written with a decimal comma, as in `58213,77`. */
  readonly decimalComma: boolean;
}

/**
 * Of rows that break what is proposed this share is let pass: they are set aside and reported when the data are loaded, as in any export
 * there are a few. More say that something else is meant.
 */
export const TOLERATED = 0.05;

/** From when to when rows were alive. */
export interface LifespanDraft {
  readonly start: ColumnDraft;
  readonly end: ColumnDraft;
  /** Whether the end is the last day alive, and not the day after. */
  readonly endInclusive: boolean;
}

/** A source as a new project declares it. */
export interface SourceDraft {
  readonly name: string;
  /** Path of the file from the folder of the project. */
  readonly data: string;
  readonly delimiter: string | undefined;
  readonly columns: readonly ColumnDraft[];
  /** Headers of which only the first column can be reached. */
  readonly repeated: readonly string[];
  readonly rows: number;
  /** Whether all rows of the file were looked at. */
  readonly whole: boolean;
  /** The columns that identify a row, together where there are several; none where none do. */
  readonly key: readonly ColumnDraft[];
  readonly time: ColumnDraft | undefined;
  readonly lifespan: LifespanDraft | undefined;
  /** The grain of which its data have a complete period; `undefined` for a snapshot. */
  readonly grain: Grain | undefined;
  /** So many rows will be set aside: they have no time, or end before they start. */
  readonly setAside: number;
}

/** A link between sources. */
export interface LinkDraft {
  readonly name: string;
  readonly to: string;
  readonly mine: string;
  readonly theirs: string;
}

/** A first metric: the fields behind its name, with what to say above it. */
export interface MetricDraft {
  readonly name: string;
  readonly comment: string;
  readonly fields: readonly (readonly [key: string, value: string | number | readonly (string | number)[]])[];
}

/** Names of definitions that a project in the folder has already. */
export interface TakenNames {
  readonly sources: Set<string>;
  readonly metrics: Set<string>;
}
