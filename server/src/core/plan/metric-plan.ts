import type { ExpressionWord, Metric, MetricReference } from '../model/project.ts';
import type { NameRef, Scalar } from '../syntax/expression/scalar.ts';
import type { Aggregate } from './relation.ts';

/** A computed value with what it rests on. `low` and `high` are the bounds of a 95 % interval, null where there is none. */
export interface Estimate {
  readonly value: number | null;
  /** Rows or entities. */
  readonly n: number;
  readonly low: number | null;
  readonly high: number | null;
}

/** What an aggregate gave: numbers as such, dates as days since 1970-01-01. */
export type AggregateValue = number | null;

/** A metric computed from the rows of one source. */
export interface Measure {
  /** Over the rows that meet the metric's `where`. Measures with the same scan are computed in one pass. */
  readonly aggregates: readonly Aggregate<NameRef>[];
  /** From the values of the aggregates, in their order. Of no rows at all counts are 0 and the rest null. */
  finish(values: readonly AggregateValue[]): Estimate;
  /** Index among `aggregates` of the count of survey scores off the scale, if the type sets such rows aside. */
  readonly offScale?: number;
}

/** A metric computed from others, period by period and group by group. */
export interface Combination {
  readonly parts: readonly MetricReference[];
  combine(parts: readonly Estimate[]): Estimate;
}

/** What a kind may ask while it plans. */
export interface PlanContext {
  readonly metric: Metric;
  /** The typed expression of a field. Refuses (throws `Refusal`) where it has an error. */
  scalar(word: ExpressionWord | undefined): Scalar<NameRef>;
  /** Whether values carry intervals: `coverage: sample`. */
  readonly intervals: boolean;
}

/** What the plan floor needs of a metric type. */
export interface PlanHook<Spec> {
  /** `undefined` for a type that is not evaluated yet. */
  plan?(spec: Spec, context: PlanContext): Measure | Combination;
  /** Whether its values over separate sets of rows add up to the value over all of them. */
  readonly additive: boolean;
}

/** Which rows of a source fall in which period: section 5.1 of the format. */
export type RowSelection =
  | { readonly mode: 'snapshot' }
  | { readonly mode: 'event'; readonly time: Scalar<NameRef> }
  | { readonly mode: 'started' | 'ended' | 'active' | 'during'; readonly spell: Spell };

/** A spell `[start, end)`. */
export interface Spell {
  readonly start: Scalar<NameRef>;
  /** Exclusive; null for rows still alive. */
  readonly end: Scalar<NameRef>;
}

/** A metric, ready to be scanned or combined. */
export type MetricPlan = MeasurePlan | CombinedPlan;

export interface MeasurePlan {
  readonly kind: 'measure';
  readonly metric: Metric;
  readonly source: string;
  readonly rows: RowSelection;
  readonly where: readonly Scalar<NameRef>[];
  /** The conditions of `where` as they are written, in the same order: those of the metrics around it come first. */
  readonly clauses: readonly ExpressionWord[];
  readonly measure: Measure;
}

export interface CombinedPlan {
  readonly kind: 'combined';
  readonly metric: Metric;
  readonly parts: readonly MetricPlan[];
  combine(parts: readonly Estimate[]): Estimate;
}

/** The measures at the leaves of a plan, in order. */
export function measuresOf(plan: MetricPlan): readonly MeasurePlan[] {
  return plan.kind === 'measure' ? [plan] : plan.parts.flatMap(measuresOf);
}

/** The estimate of a plan over no rows: 0 for counts and sums, null for the rest. */
export function emptyEstimate(plan: MetricPlan): Estimate {
  if (plan.kind === 'combined') return plan.combine(plan.parts.map(emptyEstimate));
  return plan.measure.finish(plan.measure.aggregates.map(emptyAggregate));
}

/** What an aggregate is over no rows. */
export function emptyAggregate(aggregate: Aggregate<unknown>): AggregateValue {
  return aggregate.fn.startsWith('count') ? 0 : null;
}
