import type { RefGrain, RefInterval, RefWindow } from './calendar.ts';
import type { Expr } from './expression.ts';
import type { AggregateExpr } from './formula-expression.ts';

/** Metrics and segments as data for the reference computation. */

export type When = 'started' | 'ended' | 'active' | 'during';

export type RefMeasure =
  | { readonly type: 'count'; readonly value?: Expr }
  | { readonly type: 'count_distinct'; readonly values: readonly Expr[] }
  | { readonly type: 'sum' | 'average' | 'median' | 'min' | 'max' | 'stddev'; readonly value: Expr }
  | { readonly type: 'percentile'; readonly value: Expr; readonly p: number }
  | { readonly type: 'share'; readonly matching: Expr }
  | { readonly type: 'nps'; readonly value: Expr }
  | {
      readonly type: 'csat';
      readonly value: Expr;
      readonly scale?: readonly [number, number];
      readonly satisfied?: readonly number[];
    }
  | {
      readonly type: 'ces';
      readonly value: Expr;
      readonly scale?: readonly [number, number];
      readonly report: 'average' | 'agree';
    };

/** Metrics that follow entities through time. `entity` is a column, path or link. */
export type RefLifecycle =
  | {
      readonly type: 'retention';
      readonly entity: string;
      readonly value?: Expr;
      readonly expansion?: 'include' | 'exclude';
    }
  | {
      readonly type: 'churn';
      readonly entity: string;
      readonly value?: Expr;
      readonly base?: 'opening' | 'average';
    }
  | { readonly type: 'movement'; readonly entity: string; readonly value?: Expr; readonly of: RefMovement }
  | {
      readonly type: 'cohort_retention';
      readonly entity: string;
      readonly after: RefInterval;
      readonly joined?: Expr;
    };

/** Metrics whose rows are gathered by entity, or by how long they lasted. */
export type RefGathered =
  | { readonly type: 'tenure'; readonly entity: string; readonly report: RefTenureReport }
  | {
      readonly type: 'tenure';
      readonly duration: Expr;
      readonly ended: Expr;
      readonly report: RefTenureReport;
    }
  | {
      readonly type: 'lifetime_value';
      readonly entity: string;
      readonly value: Expr;
      readonly horizon?: RefInterval;
    }
  | {
      readonly type: 'conversion';
      readonly entity: string;
      readonly steps: readonly RefStep[];
      readonly within: RefInterval | { readonly hours: number };
    };

/** What a tenure reports; `text` is the length as it is written. */
export type RefTenureReport =
  | { readonly kind: 'median' }
  | { readonly kind: 'survival'; readonly at: number; readonly text: string }
  | { readonly kind: 'mean'; readonly horizon: number; readonly text: string };

export interface RefStep {
  readonly source: string;
  readonly where?: readonly Expr[];
  readonly time?: string;
  readonly entity?: string;
}

export type RefMovement =
  | 'opening'
  | 'closing'
  | 'retained'
  | 'lost'
  | 'new'
  | 'returned'
  | 'acquired'
  | 'expanded'
  | 'contracted';

/** What inline metrics may leave to the metric around them. */
export interface RefCommon {
  readonly source?: string;
  readonly where?: readonly Expr[];
  readonly when?: When;
  readonly time?: string;
  readonly window?: RefWindow;
}

/** What inline metrics do not take from the metric around them. */
export interface RefPicking {
  readonly at?: 'last' | 'first';
  readonly atPer?: readonly string[];
  /** A link. */
  readonly oncePer?: string;
  /** A column, path or link: the measure is then over entities, of which it aggregates the rows. */
  readonly per?: string;
}

/** An inline metric. */
export type RefSide = RefCommon &
  RefPicking &
  (RefMeasure | RefLifecycle | RefGathered | RefRatio | RefFormula);

/** A filtered reuse: another metric over fewer rows. */
export interface RefReuse {
  readonly metric: string;
  readonly where?: readonly Expr[];
}

/** What a metric is made of: the name of a metric, a filtered reuse of one, or an inline one. */
export type RefReference = string | RefReuse | RefSide;

export interface RefRatio {
  readonly type: 'ratio';
  readonly numerator: RefReference;
  readonly denominator: RefReference;
  readonly totalOver?: readonly string[];
}

export interface RefFormula {
  readonly type: 'formula';
  readonly formula: Expr;
  /** The names of metrics and parts that the formula uses. */
  readonly names: readonly string[];
  /** The aggregates that it holds, over its own source. */
  readonly aggregates: readonly AggregateExpr[];
  readonly parts?: Readonly<Record<string, RefReference>>;
  readonly totalOver?: readonly string[];
}

export type RefMetric = RefCommon &
  RefPicking & {
    readonly name: string;
    readonly grain?: RefGrain;
    readonly by?: RefBreakdown;
  } & (RefMeasure | RefLifecycle | RefGathered | RefRatio | RefFormula);

/** Names of segments to break down by, one at a time. */
export type RefBreakdown = readonly string[];

export type RefSegment =
  | { readonly kind: 'by'; readonly source: string; readonly by: Expr }
  | { readonly kind: 'groups'; readonly source: string; readonly groups: Readonly<Record<string, Expr>> }
  | { readonly kind: 'where'; readonly source: string; readonly where: readonly Expr[] }
  | { readonly kind: 'by-source'; readonly by: Readonly<Record<string, Expr>> };

/** The metrics that a metric is made of, as it writes them; names of its own parts are replaced by these. */
export function referencesOf(
  metric: RefMeasure | RefLifecycle | RefGathered | RefRatio | RefFormula,
): readonly RefReference[] {
  switch (metric.type) {
    case 'ratio':
      return [metric.numerator, metric.denominator];
    case 'formula':
      return metric.names.map((name) => metric.parts?.[name] ?? name);
    default:
      return [];
  }
}

/** Section 5.2: what an inline metric takes of the metric around it, where it has none of its own. */
export function inherit<T extends RefCommon>(inner: T, { source, time, when, window }: RefCommon): T {
  return {
    ...inner,
    ...(inner.source === undefined && source !== undefined ? { source } : {}),
    ...(inner.time === undefined && time !== undefined ? { time } : {}),
    ...(inner.when === undefined && when !== undefined ? { when } : {}),
    ...(inner.window === undefined && window !== undefined ? { window } : {}),
  };
}

/** Whether a metric follows entities through time. */
export function isLifecycle<T extends RefSide>(metric: T): metric is T & RefLifecycle {
  return LIFECYCLE.includes(metric.type);
}

const LIFECYCLE: readonly string[] = ['retention', 'churn', 'movement', 'cohort_retention'];

/** Whether a metric gathers rows. */
export function isGathered<T extends RefSide>(metric: T): metric is T & RefGathered {
  return GATHERED.includes(metric.type);
}

const GATHERED: readonly string[] = ['tenure', 'lifetime_value', 'conversion'];
