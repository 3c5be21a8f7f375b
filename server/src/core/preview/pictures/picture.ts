import type { Grain } from '../../base/period.ts';

/**
 * What a metric that follows entities through time shows beside its trend: the whole of which its value is one number. Counts are
 * of entities, unless a picture says that they are of value.
 */
export type MetricPicture = CohortPicture | StepPicture | MovementPicture | SurvivalPicture;

/** The triangle of `cohort_retention`: a row for each cohort, a column for each period since. */
export interface CohortPicture {
  readonly kind: 'cohorts';
  readonly grain: Grain;
  /** How many periods later the metric looks; null where it looks for each entity on a day of its own. */
  readonly after: number | null;
  /** Oldest first. */
  readonly cohorts: readonly CohortRow[];
  /** How many older cohorts are not among them. */
  readonly omitted: number;
}

export interface CohortRow {
  readonly period: string;
  readonly entities: number;
  /** How many are there, by the number of periods since; null in a period that is not over. */
  readonly there: readonly (number | null)[];
}

/** The steps of a `conversion` in the headline's period, in order. */
export interface StepPicture {
  readonly kind: 'steps';
  readonly period: string;
  /** How long an entity has for all of them: `30 days`. */
  readonly within: string;
  readonly steps: readonly { readonly name: string; readonly entities: number }[];
}

/** Growth accounting: for each complete period opening − lost + new + returned = closing; of value with what was expanded and contracted too. */
export interface MovementPicture {
  readonly kind: 'movement';
  readonly grain: Grain;
  /** Whether it adds up what entities are worth, in the unit of the metric, in place of counting them. */
  readonly ofValue: boolean;
  /** Oldest first. */
  readonly periods: readonly MovementPeriod[];
  /** How many older periods are not among them. */
  readonly omitted: number;
}

export interface MovementPeriod {
  readonly period: string;
  readonly opening: number;
  readonly gained: Readonly<Record<'new' | 'returned', number>>;
  readonly lost: number;
  /** Null where entities are counted, as one of them cannot become more. */
  readonly expanded: number | null;
  readonly contracted: number | null;
  readonly closing: number;
}

/** The curve of Kaplan and Meier of a `tenure`, as it is known at the close of the headline's period. */
export interface SurvivalPicture {
  readonly kind: 'survival';
  readonly period: string;
  readonly unit: 'day' | 'month';
  /** From age 0 on, evenly spaced. */
  readonly points: readonly SurvivalPoint[];
}

export interface SurvivalPoint {
  /** In the unit. */
  readonly age: number;
  /** The share that is still there at that age, from 0 to 1, and its 95 % interval; null where it has none. */
  readonly left: number;
  readonly low: number | null;
  readonly high: number | null;
  /** How many were observed for at least so long. */
  readonly observed: number;
}
