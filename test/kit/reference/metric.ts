import type { RefGrain } from './calendar.ts';
import type { Expr } from './expression.ts';

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

/** What inline metrics may leave to the metric around them. */
export interface RefCommon {
  readonly source?: string;
  readonly where?: readonly Expr[];
  readonly when?: When;
  readonly time?: string;
}

export type RefSide = RefCommon & RefMeasure;

/** A side of a ratio: the name of a metric, or an inline one. */
export type RefReference = string | RefSide;

export interface RefRatio {
  readonly type: 'ratio';
  readonly numerator: RefReference;
  readonly denominator: RefReference;
}

export type RefMetric = RefCommon & {
  readonly name: string;
  readonly grain?: RefGrain;
  readonly by?: RefBreakdown;
} & (RefMeasure | RefRatio);

/** Names of segments to break down by, one at a time. */
export type RefBreakdown = readonly string[];

export type RefSegment =
  | { readonly kind: 'by'; readonly source: string; readonly by: Expr }
  | { readonly kind: 'groups'; readonly source: string; readonly groups: Readonly<Record<string, Expr>> }
  | { readonly kind: 'where'; readonly source: string; readonly where: readonly Expr[] }
  | { readonly kind: 'by-source'; readonly by: Readonly<Record<string, Expr>> };
