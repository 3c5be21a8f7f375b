import type { ValueType } from '../base/value-type.ts';
import type { ExpressionWord } from '../model/project.ts';
import type { MetricResult } from './evaluate.ts';
import type { TargetResult } from './evaluate-targets.ts';
import type { ExampleResult } from './run-examples.ts';

/** Something computed. Where the text or the data have changed since in a way that may change it, it is stale. */
export interface Known<T> {
  readonly value: T;
  readonly stale: boolean;
}

/** One number, or set of numbers, that a face wants to show. */
export type Need =
  | { readonly kind: 'metric' | 'target' | 'segment' | 'source' | 'funnel'; readonly name: string }
  | { readonly kind: 'example'; readonly metric: string; readonly index: number }
  | { readonly kind: 'column'; readonly source: string; readonly column: string };

/**
 * The numbers that are known of a project, by the names of its definitions. Whoever shows them only looks them up: `undefined`
 * is a number that nobody has computed (yet), as in a workspace that is not trusted.
 */
export interface Numbers {
  /** The total over all periods at the metric's own grain, without breakdowns or targets. */
  metric(name: string): Known<MetricResult> | undefined;
  target(name: string): Known<TargetResult> | undefined;
  /** @param index the example's place among those of the metric, from 0 */
  example(metric: string, index: number): Known<ExampleResult> | undefined;
  segment(name: string): Known<SegmentSizes> | undefined;
  source(name: string): Known<SourceProfile> | undefined;
  /** How many rows each clause of a metric keeps. */
  funnel(metric: string): Known<Funnel> | undefined;
  column(source: string, column: string): Known<ColumnProfile> | undefined;
}

/** The rows of a segment's own source by group. A segment over several sources has the rows of all of them. */
export interface SegmentSizes {
  readonly rows: number;
  /** In the order to show them, `(other)` and `(none)` last. Groups that overlap add up to more than `rows`. */
  readonly groups: readonly { readonly label: string; readonly rows: number }[];
  /** Rows that are in more than one group. */
  readonly overlapping: number;
  /** How many groups are not listed, the smallest ones; absent where all are. */
  readonly omitted?: number;
}

/** What a source holds. Days as `YYYY-MM-DD`. */
export interface SourceProfile {
  readonly rows: number;
  /** Exact duplicates that were dropped while loading. */
  readonly duplicates: number;
  /**
   * The first day with a row (by the source's own `time`, else the starts of its spells) and the last day that counts; null for a
   * snapshot, and where no row has a time.
   */
  readonly first: string | null;
  readonly asOf: string | null;
}

/** The way of a metric's rows from its sources to its value: one part for each measure that it is made of. */
export interface Funnel {
  readonly parts: readonly FunnelPart[];
}

/** Days as ISO dates, both included; `from` is null where there is no first one. */
export interface Reach {
  readonly from: string | null;
  readonly to: string;
}

/** Each count is of the rows that are left after the step and all those before it. */
export interface FunnelPart {
  /** The metric that measures: itself, or a part of it by its name. */
  readonly metric: string;
  readonly source: string;
  /** All rows of the source. */
  readonly rows: number;
  /** Of those, the rows that have a valid time or spell that is not after `as_of`; null for a snapshot. */
  readonly timed: number | null;
  /** The conditions of `where`, in order. */
  readonly clauses: readonly { readonly word: ExpressionWord; readonly kept: number }[];
  /** The headline period, as it is written (`all` for a snapshot); null where there is none, and so no row in it. */
  readonly period: string | null;
  /** The days whose rows tell of that period where entities are followed through it; absent where they are its own. */
  readonly reach?: Reach;
  /** How long after its first row an entity's rows are looked at; absent where all of them are. */
  readonly horizon?: string;
  /** Rows that fall in that period; for a snapshot, rows after the last clause. */
  readonly inPeriod: number;
  /** Of those, the rows that the value rests on: neither null nor off the scale. It is the `n` of values that rest on rows. */
  readonly counted: number;
}

/** What one column of a source holds. */
export interface ColumnProfile {
  readonly type: ValueType;
  readonly rows: number;
  readonly nulls: number;
  readonly distinct: number;
  /**
   * Least and greatest value, as text: numbers in their shortest form, dates and timestamps ISO (timestamps in UTC, with a `Z`), texts
   * of more than 200 characters cut. Null where all is null.
   */
  readonly low: string | null;
  readonly high: string | null;
  /** The most frequent values, most frequent first, at most 100; without texts of more than 200 characters. */
  readonly top: readonly { readonly value: string; readonly rows: number }[];
  /**
   * At most 20 bins of equal width from `low` to `high` for numbers, dates and timestamps; none for other types. Bins of whole
   * numbers, days and seconds are whole too, so that the last may reach beyond `high`.
   */
  readonly bins: readonly { readonly rows: number }[];
}
