import type { ValueType } from '../base/value-type.ts';
import type { FieldExpression } from '../check/checked.ts';
import type { Interval } from '../evaluate/statistics/normal.ts';
import { unitInterval } from '../evaluate/statistics/unit-interval.ts';
import { wilson } from '../evaluate/statistics/wilson.ts';
import type { FieldReader } from '../model/kind.ts';
import type { ExpressionWord } from '../model/project.ts';
import type { AggregateValue, Estimate, Measure } from '../plan/metric-plan.ts';
import { holds, literal, when } from '../plan/scalars.ts';
import type { NameRef, Scalar } from '../syntax/expression/scalar.ts';

/** What several kinds have in common. */

export const NUMERIC: readonly ValueType[] = ['integer', 'number'];

/** A field that stands for one expression over a row; nothing where it is missing. */
export function rowField(
  word: ExpressionWord | undefined,
  expects: readonly ValueType[],
  adds: boolean,
): readonly FieldExpression[] {
  return word === undefined ? [] : [{ word, expects, scope: 'row', adds }];
}

/** The spec of a type whose only field is `value`. */
export interface ValueSpec {
  readonly value: ExpressionWord | undefined;
}

/** The hooks of a type whose only field is a numeric `value` that it adds up, averages or ranks. */
export const numericValue = {
  evaluated: true,
  read: (fields: FieldReader): ValueSpec => ({ value: fields.expression('value') }),
  references: () => [],
  expressions: ({ value }: ValueSpec) => rowField(value, NUMERIC, true),
};

/** A value without an interval. */
export function plainEstimate(value: AggregateValue | undefined, n: AggregateValue | undefined): Estimate {
  return { value: value ?? null, n: n ?? 0, low: null, high: null };
}

/** How many rows meet a condition, over how many are asked: for intervals that rest on units. */
export function quotientOf(
  hits: Scalar<NameRef>,
  asked: Scalar<NameRef>,
  range: readonly [number, number],
): NonNullable<Measure['quotient']> {
  return {
    above: numberOf(hits),
    below: numberOf(asked),
    interval: (sums) => within(unitInterval(sums), range),
  };
}

/** An interval without what is not possible. */
export function within<Bounds extends Interval>(
  interval: Bounds | undefined,
  [least, most]: readonly [number, number],
): Bounds | undefined {
  return interval && { ...interval, low: Math.max(least, interval.low), high: Math.min(most, interval.high) };
}

/** 1 where a condition holds, else 0. */
export function numberOf(condition: Scalar<NameRef>): Scalar<NameRef> {
  return when(holds(condition), literal(1), literal(0));
}

/** A share with its Wilson interval; null where `n` is 0. */
export function shareEstimate(hits: number, n: number, intervals: boolean): Estimate {
  const value = n === 0 ? null : hits / n;
  const interval = intervals ? wilson(hits, n) : undefined;
  if (interval === undefined) return { value, n, low: null, high: null };
  return { value, n, ...interval, basis: { kind: 'share', hits, n } };
}
