import type { ExpressionWord, Listed } from '../model/project.ts';
import { defineKind } from './kind.ts';
import { plainEstimate, rowField } from './values.ts';

/** `count_distinct`: distinct values of `value`, or of the tuples of a list; null values are left out. It rests on as many entities. */
export const countDistinct = defineKind<{ readonly value: Listed<ExpressionWord> | undefined }>({
  type: 'count_distinct',
  additive: false,
  defaultBetter: 'neutral',
  defaultUnit: () => 'count',
  read: (fields) => ({ value: fields.expressions('value') }),
  references: () => [],
  expressions: ({ value }) => value?.items.flatMap((word) => rowField(word, [], false)) ?? [],
  plan({ value }, context) {
    const args = (value?.items ?? []).map((word) => context.scalar(word));
    return { aggregates: [{ fn: 'count_distinct', args }], finish: ([n]) => plainEstimate(n, n) };
  },
  describe: ({ value }) =>
    `the number of distinct ${value?.items.map((word) => word.text).join(' and ') ?? 'values'}`,
});
