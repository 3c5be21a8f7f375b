import type { AggregateFunction } from '../plan/relation.ts';
import { isNotNull } from '../plan/scalars.ts';
import { defineKind, type MetricKind } from './kind.ts';
import { NUMERIC, numericValue, plainEstimate, rowField, type ValueSpec } from './values.ts';

/**
 * A type whose value is one aggregate over the non-null values of `value`, without an interval. `repeats`: whether a value that
 * stands in several rows counts several times.
 */
export function kindOfValues(type: string, fn: AggregateFunction, words: string, repeats = true): MetricKind {
  return defineKind<ValueSpec>({
    type,
    ...numericValue,
    expressions: ({ value }) => rowField(value, NUMERIC, repeats),
    additive: false,
    defaultBetter: 'neutral',
    defaultUnit: () => 'number',
    plan({ value }, context) {
      const scalar = context.scalar(value);
      return {
        aggregates: [
          { fn, args: [scalar] },
          { fn: 'count_if', args: [isNotNull(scalar)] },
        ],
        finish: ([result, n]) => plainEstimate(result, n),
      };
    },
    describe: ({ value }) => `${words} of ${value?.text ?? 'values'}`,
  });
}
