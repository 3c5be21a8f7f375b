import type { Duration } from '../base/duration.ts';
import type { Window } from '../base/window.ts';
import type { ExpressionWord, Metric, MetricReference, SegmentUse } from '../model/project.ts';
import type { NameRef, Scalar } from '../syntax/expression/scalar.ts';
import type { Aggregate } from './relation.ts';

/** A computed value with what it rests on. `low` and `high` are the bounds of a 95 % interval, null where there is none. */
export interface Estimate {
  readonly value: number | null;
  /** Rows or entities. */
  readonly n: number;
  readonly low: number | null;
  readonly high: number | null;
  /** What the interval rests on, for telling whether two values differ by more than chance; absent where there is no interval. */
  readonly basis?: Basis;
}

/** A value as the sample of something: of a share, of a Net Promoter Score, or of a mean with its standard error. */
export type Basis =
  | { readonly kind: 'share'; readonly hits: number; readonly n: number }
  | { readonly kind: 'nps'; readonly promoters: number; readonly detractors: number; readonly n: number }
  | { readonly kind: 'mean'; readonly value: number; readonly error: number; readonly degrees: number };

/** What an aggregate gave: numbers as such, dates as days since 1970-01-01. */
export type AggregateValue = number | null;

/** A metric computed from the rows of one source. */
export interface Measure {
  /** Over the rows that meet the metric's `where`. Measures with the same scan are computed in one pass. */
  readonly aggregates: readonly Aggregate<NameRef>[];
  /** In place of aggregates where entities are followed through time (`Together` of the kind `follow` or `cohort`). */
  readonly terms?: readonly FollowTerm[];
  /** From the values of the aggregates or terms, in their order. Of no rows at all counts and terms are 0 and the rest null. */
  finish(values: readonly AggregateValue[]): Estimate;
  /** From the same values, what a group weighs in the total, of which its value is a part; absent where that is its `n`. */
  weight?(values: readonly AggregateValue[]): number;
  /** Of a count or value of followed entities: whether it is who is there at a moment, or else what happens to them within the period. */
  readonly level?: boolean;
  /**
   * The value as a sum over rows divided by another, each a number of every row: with them an interval can rest on units that several rows
   * belong to. Absent where the value is no such quotient.
   */
  readonly quotient?: {
    readonly above: Scalar<NameRef>;
    readonly below: Scalar<NameRef>;
    /** The interval of the quotient from what the units add up to; `undefined` where there is none. */
    interval(
      sums: UnitSums,
    ): { readonly low: number; readonly high: number; readonly basis: Basis } | undefined;
  };
  /** Index among `aggregates` of the count of survey scores off the scale, if the type sets such rows aside. */
  readonly offScale?: number;
}

/** Sums over the units that were drawn: of the totals `above` and `below` of each, of their squares, and of their product. */
export interface UnitSums {
  readonly units: number;
  readonly above: number;
  readonly below: number;
  readonly aboveSquared: number;
  readonly belowSquared: number;
  readonly product: number;
}

/** A metric computed from others, period by period and group by group. */
export interface Combination {
  readonly parts: readonly MetricReference[];
  combine(parts: readonly Estimate[]): Estimate;
  /**
   * In place of `combine` where `total_over` splits the first of two equal counts: then it is a share of the second. `intervals`: whether
   * values carry intervals.
   */
  share?(parts: readonly Estimate[], intervals: boolean): Estimate;
}

/** A metric that is arithmetic on others, and on aggregates of its own source's rows. */
export interface Arithmetic {
  readonly formula: ExpressionWord;
  /** The metrics that the formula calls by names of its own. */
  readonly named: ReadonlyMap<string, MetricReference>;
}

/** A metric of entities that are followed from the opening of each period to its close, or from when they joined: section 5.3. */
export interface Following {
  readonly entity: ExpressionWord | undefined;
  /** What an entity is worth: the sum of it over the entity's rows. */
  readonly value?: ExpressionWord | undefined;
  /** How much later an entity is looked for; absent where every period is looked at from its opening to its close. */
  readonly after?: Duration;
  /** When an entity joined, where that is not its first activity. */
  readonly joined?: ExpressionWord | undefined;
  readonly terms: readonly FollowTerm[];
  finish(values: readonly AggregateValue[]): Estimate;
  /** What a group weighs in the total, where that is not its `n`. */
  weight?(values: readonly AggregateValue[]): number;
  /** Of a count or value: whether it is who is there at a moment, such as all at the close (who stays is in many of them), or what happens within the period. */
  readonly level?: boolean;
}

/** A metric of how long something lasted, part of which still lasts: section 5.2, `tenure`. */
export interface Lasting {
  /** Over the spells of entities … */
  readonly lasts: ExpressionWord | undefined;
  /** … or over rows that state how long they lasted and whether they ended. */
  readonly stated?: { readonly duration: ExpressionWord; readonly ended: ExpressionWord };
  readonly report: TenureReport;
  /** From the columns of `productLimit` for the report, in their order. */
  finish(values: readonly AggregateValue[]): Estimate;
}

/** What is read from the curve of how many still last; times are in the unit of the durations, days for spells. */
export type TenureReport =
  | { readonly kind: 'median' }
  | { readonly kind: 'survival'; readonly at: number }
  | { readonly kind: 'mean'; readonly horizon: number };

/** A metric of what entities have brought by the close of each period, or in their first stretch of time: section 5.3. */
export interface Bringing {
  readonly brings: ExpressionWord | undefined;
  readonly value: ExpressionWord | undefined;
  readonly horizon?: Duration;
  /** From the number of entities, the sum of their totals, and that of the squares of these. */
  finish(values: readonly AggregateValue[]): Estimate;
}

/** A metric of entities that take several steps in order: section 5.3, `conversion`. */
export interface Stepping {
  readonly entity: ExpressionWord | undefined;
  readonly steps: readonly PlannedStep[];
  readonly within: Duration;
  /** From the number of entities that took the first step, and of those that took all. */
  finish(values: readonly AggregateValue[]): Estimate;
}

/** One step as it is written; what it leaves out is that of the metric or of its source. */
export interface PlannedStep {
  readonly name: string;
  readonly source: string | undefined;
  readonly where: readonly ExpressionWord[];
  readonly time: ExpressionWord | undefined;
  readonly entity: ExpressionWord | undefined;
}

/**
 * What is counted of entities, or added up of their value, in each period and group. All are 0 over no rows.
 *
 * - `opening`, `closing`: alive at the opening, at the close
 * - `retained`: at both; in value the lesser of the two
 * - `kept`: the same entities; in value what they have at the close
 * - `lost`: at the opening only
 * - `new`, `returned`: at the close only, without and with a spell before the opening
 * - `acquired`: began for the first time, also where they were lost again by the close; in value what they began with
 * - `expanded`, `contracted`: at both with more or less value; in value the difference
 * - `exposed`: alive at the opening or begun since
 * - `gone`: of those, not alive at the close
 * - `joined`: joined in the period, where the time to look for them is over
 * - `stayed`: of those, alive then
 */
export interface FollowTerm {
  readonly of: MovementTerm | 'kept' | 'exposed' | 'gone' | 'joined' | 'stayed';
  readonly as: 'entities' | 'value';
}

export type MovementTerm =
  | 'opening'
  | 'closing'
  | 'retained'
  | 'lost'
  | 'new'
  | 'returned'
  | 'acquired'
  | 'expanded'
  | 'contracted';

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
  plan(
    spec: Spec,
    context: PlanContext,
  ): Measure | Combination | Arithmetic | Following | Lasting | Bringing | Stepping;
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

/** What of the rows that fall in a period is looked at: all of them as they are, where nothing is said. */
export interface RowView {
  /** Takes the place of the period. */
  readonly window?: Window;
  /** Only the rows with the latest or earliest time in each period, of all rows or for each entity. */
  readonly at?: { readonly keep: 'last' | 'first'; readonly per: readonly Scalar<NameRef>[] };
  /** Rows are put together before the measure is taken. */
  readonly together?: Together;
}

/** How rows are put together in each period and group. */
export type Together =
  /** By entity: the arguments of the measure's aggregates are aggregates over an entity's rows. */
  | {
      readonly kind: 'per';
      readonly entity: Entity;
      /** Whether rows that belong to nothing are one entity more, rather than none. */
      readonly others?: boolean;
    }
  /** One for each row that a link leads to. */
  | { readonly kind: 'once'; readonly links: readonly string[] }
  /** Entities from the opening of each period to its close. */
  | { readonly kind: 'follow'; readonly entity: Entity; readonly value?: Scalar<NameRef> }
  /** Entities from the period in which they joined to another one. */
  | {
      readonly kind: 'cohort';
      readonly entity: Entity;
      readonly after: Duration;
      readonly joined?: Scalar<NameRef>;
    }
  /** The spells of entities, from their beginning to their end or the close of each period. */
  | { readonly kind: 'tenure'; readonly entity: Entity; readonly report: TenureReport }
  /** Rows by how long they lasted. */
  | {
      readonly kind: 'durations';
      readonly duration: Scalar<NameRef>;
      readonly ended: Scalar<NameRef>;
      readonly report: TenureReport;
    }
  /** Entities with what they have brought by the close of each period. */
  | {
      readonly kind: 'lifetime';
      readonly entity: Entity;
      readonly value: Scalar<NameRef>;
      readonly horizon?: Duration;
    }
  /** Entities from a row of theirs, the first step, through rows of other steps. */
  | {
      readonly kind: 'conversion';
      readonly entity: Entity;
      readonly within: Duration;
      /** Those behind the first. */
      readonly steps: readonly ConversionStep[];
    };

/** The rows that are one step of a conversion. */
export interface ConversionStep {
  readonly name: string;
  readonly source: string;
  readonly entity: Entity;
  readonly time: Scalar<NameRef>;
  readonly where: readonly Scalar<NameRef>[];
  readonly clauses: readonly ExpressionWord[];
}

/** What an entity is told by: a value, or the row at the end of a chain of links. */
export type Entity =
  | { readonly kind: 'value'; readonly scalar: Scalar<NameRef> }
  | { readonly kind: 'linked'; readonly links: readonly string[] };

/** A metric, ready to be scanned or combined. */
export type MetricPlan = MeasurePlan | CombinedPlan | FormulaPlan;

export interface MeasurePlan {
  readonly kind: 'measure';
  readonly metric: Metric;
  readonly source: string;
  readonly rows: RowSelection;
  readonly view: RowView;
  readonly where: readonly Scalar<NameRef>[];
  /** The conditions of `where` as they are written, in the same order: those of the metrics around it come first. */
  readonly clauses: readonly ExpressionWord[];
  /** What the metrics around it and it itself say of segments, the outermost first: which chain of links leads to each. */
  readonly segments: readonly SegmentUse[];
  readonly measure: Measure;
  /** Looks at the same rows as another measure of the metric, for something that goes with its value. */
  readonly auxiliary?: true;
}

export interface CombinedPlan {
  readonly kind: 'combined';
  readonly metric: Metric;
  readonly parts: readonly PlanPart[];
  combine(parts: readonly Estimate[]): Estimate;
  /** Takes the place of `combine` in a breakdown that leaves a part whole. */
  readonly share: ((parts: readonly Estimate[]) => Estimate) | undefined;
}

/** A part of a metric, and the breakdowns (`total_over`) that leave it whole. */
export interface PlanPart {
  readonly plan: MetricPlan;
  readonly whole: ReadonlySet<string>;
}

export interface FormulaPlan {
  readonly kind: 'formula';
  readonly metric: Metric;
  /** The aggregates of the metric's own source come first, as measures of their own; then the metrics, each once. */
  readonly parts: readonly PlanPart[];
  readonly value: Scalar<FormulaName>;
  /** Takes the place of the period where the formula names its bounds. */
  readonly window?: Window;
}

/** What a name in a planned formula stands for. */
export type FormulaName =
  /** The value of a part; with `back`, that of so long before. */
  | { readonly at: 'part'; readonly part: number; readonly back: Duration | 'period' | null }
  | { readonly at: 'period'; readonly bound: 'start' | 'end' };

/** The measures at the leaves of a plan, in order. */
export function measuresOf(plan: MetricPlan): readonly MeasurePlan[] {
  return splitMeasures(plan, []).map(({ measure }) => measure);
}

/** The measures at the leaves of a plan, in order, each with those of the breakdowns that split it. */
export function splitMeasures(
  plan: MetricPlan,
  by: readonly string[],
): readonly { readonly measure: MeasurePlan; readonly by: readonly string[] }[] {
  if (plan.kind === 'measure') return [{ measure: plan, by }];
  return plan.parts.flatMap((part) => splitMeasures(part.plan, splitting(part, by)));
}

/** Those of the breakdowns that split a part. */
export function splitting({ whole }: PlanPart, by: readonly string[]): readonly string[] {
  return by.filter((key) => !whole.has(key));
}

/** The names of the sources whose rows a measure reads: its own, and those of further steps. */
export function readSources({ source, view: { together } }: MeasurePlan): readonly string[] {
  const steps = together?.kind === 'conversion' ? together.steps : [];
  return [...new Set([source, ...steps.map((step) => step.source)])];
}

/** The estimate of a measure over no rows: 0 for counts and sums, null for the rest. */
export function emptyEstimate({ measure }: MeasurePlan): Estimate {
  return measure.finish(measure.terms?.map(() => 0) ?? measure.aggregates.map(emptyAggregate));
}

/** What an aggregate is over no rows. */
export function emptyAggregate(aggregate: Aggregate<unknown>): AggregateValue {
  return aggregate.fn.startsWith('count') ? 0 : null;
}
