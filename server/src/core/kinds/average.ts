import { meanInterval } from '../evaluate/statistics/mean-interval.ts';
import { unitInterval } from '../evaluate/statistics/unit-interval.ts';
import type { AggregateValue, Estimate, Measure } from '../plan/metric-plan.ts';
import type { Aggregate } from '../plan/relation.ts';
import { holds, isNotNull, literal, when } from '../plan/scalars.ts';
import type { NameRef, Scalar } from '../syntax/expression/scalar.ts';
import { defineKind } from './kind.ts';
import { numericValue, type ValueSpec } from './values.ts';

/** `average` of `value` over rows where it is not null, with Student's interval. */
export const average = defineKind<ValueSpec>({
  type: 'average',
  ...numericValue,
  additive: false,
  defaultBetter: 'neutral',
  defaultUnit: () => 'number',
  plan({ value }, context) {
    return {
      aggregates: meanAggregates(context.scalar(value)),
      quotient: meanQuotient(context.scalar(value), isNotNull(context.scalar(value))),
      finish: (values) => meanEstimate(values, context.intervals),
    };
  },
  describe: ({ value }) => `the average of ${value?.text ?? 'values'}`,
});

/** Mean, standard deviation and number of the non-null values for which `where` holds. */
export function meanAggregates(
  value: Scalar<NameRef>,
  where?: Scalar<NameRef>,
): readonly Aggregate<NameRef>[] {
  const only = where === undefined ? {} : { where };
  return [
    { fn: 'avg', args: [value], ...only },
    { fn: 'stddev', args: [value], ...only },
    { fn: 'count_if', args: [isNotNull(value)], ...only },
  ];
}

/** The sum of the values that count, over their number. */
export function meanQuotient(
  value: Scalar<NameRef>,
  counts: Scalar<NameRef>,
): NonNullable<Measure['quotient']> {
  return {
    above: when(holds(counts), value, literal(0)),
    below: when(holds(counts), literal(1), literal(0)),
    interval: unitInterval,
  };
}

/** The estimate made of `meanAggregates`. */
export function meanEstimate([mean, deviation, n]: readonly AggregateValue[], intervals: boolean): Estimate {
  const count = n ?? 0;
  const value = mean ?? null;
  const known = intervals && value !== null && deviation !== null && deviation !== undefined;
  const interval = known ? meanInterval(value, deviation, count) : undefined;
  if (!known || interval === undefined) return { value, n: count, low: null, high: null };
  const error = deviation / Math.sqrt(count);
  return { value, n: count, ...interval, basis: { kind: 'mean', value, error, degrees: count - 1 } };
}
