import type { ValueFormat } from '../evaluate/format-value.ts';
import type { TargetStatus } from '../evaluate/target-status.ts';
import type { AffectedMetric } from './affected.ts';
import type { ClauseEffect, SourceRows } from './clause-effects.ts';
import type { SeriesComparison } from './compare-series.ts';
import type { Fact } from './fact.ts';
import type { Renames } from './renames.ts';

/** Two versions of a project compared: what changed, whom it reaches, and what it does to the numbers. */
export interface ProjectDiff {
  readonly facts: readonly Fact[];
  readonly renames: Renames;
  /** The sources whose data differ, by their names after the change. */
  readonly data: readonly string[];
  /** How many rows these have, but for exact duplicates, as far as they were loaded. */
  readonly dataRows: readonly SourceRows[];
  /** Every metric that is reached. Those whose numbers move though nobody changed their text come first, then the gravest and greatest. */
  readonly metrics: readonly MetricEffect[];
  readonly flips: readonly TargetFlip[];
  /** Examples that fail after the change and did not before. */
  readonly failures: readonly ExampleFailure[];
  readonly counts: DiffCounts;
}

/** How much there was to do. Metrics that no change reaches are not evaluated. */
export interface DiffCounts {
  readonly metrics: number;
  readonly evaluated: number;
  /** Pairs of definitions and data that were evaluated: 0 where nothing could move, else 2, or 4 where both changed for a metric. */
  readonly corners: number;
}

/** A metric that a change reaches, and what it does to its values. */
export interface MetricEffect extends SeriesComparison {
  readonly affected: AffectedMetric;
  readonly label: string;
  readonly format: ValueFormat;
  /** Whether its values moved or are gone, or another period is its last, though its own text says what it did. */
  readonly isUnmeant: boolean;
  /** The length of its periods before and after, where it has values. */
  readonly grain: { readonly before: string | null; readonly after: string | null };
  /** Why it has no values, in words for users. */
  readonly refused: { readonly before: string | null; readonly after: string | null };
  /** Breakdowns that were possible before and are not now, with the reason. */
  readonly lost: readonly { readonly by: string; readonly reason: string }[];
  readonly clauses: readonly ClauseEffect[];
  readonly rows: readonly SourceRows[];
}

/** A target whose status is another than before. */
export interface TargetFlip {
  readonly target: string;
  readonly metric: string;
  readonly before: { readonly period: string; readonly status: TargetStatus } | null;
  readonly after: { readonly period: string; readonly status: TargetStatus } | null;
}

/** An example that fails now. */
export interface ExampleFailure {
  readonly metric: string;
  /** Its place among the examples of the metric, from 1. */
  readonly number: number;
  readonly expected: number | null;
  /** Null where there is no value, or none could be computed. */
  readonly computed: number | null;
  /** Why it could not be computed. */
  readonly refused: string | null;
}
