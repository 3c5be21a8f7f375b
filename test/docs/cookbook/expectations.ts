import type { Tables } from '../../kit/csv-tables.ts';

/** One value as plain code finds it in the rows. */
export interface ExpectedPoint {
  /** As it is written in the format, such as `2025-Q1`; `all` for what has no time. */
  readonly period: string;
  /** A group as it is written, such as `company_size.small`; the total where absent. */
  readonly group?: string | undefined;
  /** A fraction for percentages, null for no data. */
  readonly value: number | null;
  /** How many rows or entities it rests on; compared where it is given. */
  readonly n?: number | undefined;
}

/** Computes values of one metric from the tables of its sample. */
export type Expectation = (tables: Tables) => readonly ExpectedPoint[];

/** What is expected of each metric that a chapter defines, by its name. */
export type Expectations = Readonly<Record<string, Expectation>>;
