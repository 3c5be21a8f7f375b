import type { ExpressionWord } from '../model/project.ts';
import { isNotNull } from '../plan/scalars.ts';
import { defineKind } from './kind.ts';
import { plainEstimate, rowField } from './values.ts';

/** `count`: rows, or rows where `value` is not null. */
export const count = defineKind<{ readonly value: ExpressionWord | undefined }>({
  type: 'count',
  additive: true,
  defaultBetter: 'neutral',
  defaultUnit: () => 'count',
  read: (fields) => ({ value: fields.expression('value') }),
  references: () => [],
  expressions: ({ value }) => rowField(value, [], false),
  plan({ value }, context) {
    const rows =
      value === undefined
        ? { fn: 'count' as const, args: [] }
        : { fn: 'count_if' as const, args: [isNotNull(context.scalar(value))] };
    return { aggregates: [rows], finish: ([n]) => plainEstimate(n, n) };
  },
  describe: ({ value }) =>
    value === undefined ? 'the number of rows' : `the number of rows with ${value.text}`,
});
