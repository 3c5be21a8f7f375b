import type { ExpressionWord, NumberWord } from '../model/project.ts';
import { Refusal } from '../plan/refusal.ts';
import { isNotNull } from '../plan/scalars.ts';
import { defineKind } from './kind.ts';
import { NUMERIC, plainEstimate, rowField } from './values.ts';

interface PercentileSpec {
  readonly value: ExpressionWord | undefined;
  /** 0 to 1. */
  readonly p: NumberWord | undefined;
}

/** `percentile` of `value` at `p`, by linear interpolation between closest ranks (type 7 of Hyndman & Fan 1996). */
export const percentile = defineKind<PercentileSpec>({
  type: 'percentile',
  additive: false,
  defaultBetter: 'neutral',
  defaultUnit: () => 'number',
  read: (fields) => ({ value: fields.expression('value'), p: fields.number('p') }),
  references: () => [],
  expressions: ({ value }) => rowField(value, NUMERIC, true),
  plan({ value, p }, context) {
    const scalar = context.scalar(value);
    if (p === undefined || !(p.value >= 0 && p.value <= 1))
      throw new Refusal('Its `p` is not between 0 and 1.');
    return {
      aggregates: [
        { fn: 'quantile', args: [scalar], p: p.value },
        { fn: 'count_if', args: [isNotNull(scalar)] },
      ],
      finish: ([result, n]) => plainEstimate(result, n),
    };
  },
  describe: ({ value, p }) =>
    `the ${p === undefined ? '' : `${p.value * 100}th `}percentile of ${value?.text ?? 'values'}`,
});
