import type { ExpressionWord } from '../model/project.ts';
import { isNotNull } from '../plan/scalars.ts';
import { defineKind } from './kind.ts';
import { quotientOf, rowField, shareEstimate } from './values.ts';

/** `share`: rows for which `matching` holds / rows for which it is not null, with the Wilson interval. */
export const share = defineKind<{ readonly matching: ExpressionWord | undefined }>({
  type: 'share',
  additive: false,
  defaultBetter: 'neutral',
  defaultUnit: () => 'percent',
  read: (fields) => ({ matching: fields.expression('matching') }),
  references: () => [],
  expressions: ({ matching }) => rowField(matching, ['boolean'], false),
  plan({ matching }, context) {
    const scalar = context.scalar(matching);
    return {
      aggregates: [
        { fn: 'count_if', args: [scalar] },
        { fn: 'count_if', args: [isNotNull(scalar)] },
      ],
      quotient: quotientOf(scalar, isNotNull(scalar), [0, 1]),
      finish: ([hits, n]) => shareEstimate(hits ?? 0, n ?? 0, context.intervals),
    };
  },
  describe: ({ matching }) => `the share of rows for which ${matching?.text ?? 'a condition holds'}`,
});
