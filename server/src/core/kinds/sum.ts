import { cast, isNotNull } from '../plan/scalars.ts';
import { defineKind } from './kind.ts';
import { numericValue, plainEstimate, type ValueSpec } from './values.ts';

/** `sum` of `value`: 0 over no rows, null over rows whose values are all null. */
export const sum = defineKind<ValueSpec>({
  type: 'sum',
  ...numericValue,
  additive: true,
  defaultBetter: 'neutral',
  defaultUnit: () => 'number',
  plan({ value }, context) {
    // As doubles: a sum of whole numbers may grow beyond 64 bits.
    const scalar = cast(context.scalar(value), 'number');
    return {
      aggregates: [
        { fn: 'sum', args: [scalar] },
        { fn: 'count', args: [] },
        { fn: 'count_if', args: [isNotNull(scalar)] },
      ],
      finish: ([total, rows, n]) => plainEstimate(rows === 0 ? 0 : total, n),
    };
  },
  describe: ({ value }) => `the sum of ${value?.text ?? 'values'}`,
});
