import { findingRule } from '../finding-rule.ts';
import { page } from '../page.ts';

/** Aggregates where there is one row only, and rows where there are many. */
export const misplacedAggregate = findingRule({
  id: 'misplaced-aggregate',
  severity: 'error',
  summary: 'An aggregate stands where one row is meant, or a column without one where many are.',
  documentation: page({
    why: `
      \`where\`, \`groups\`, \`by\` and the \`value\` of most metrics are about one row: the type of the metric says how rows are put
      together. Aggregates such as \`sum(amount)\` belong into metrics with \`per\`, columns with \`of\`, and formulas; there every
      column stands inside of one.`,
    wrong: `
      metrics:
        revenue: { type: sum, source: orders, value: sum(amount) }`,
    right: `
      metrics:
        revenue: { type: sum, source: orders, value: amount }
        revenue_per_customer: { type: median, source: orders, per: customer_id, value: sum(amount) }`,
    mend: 'Remove the aggregate, or add `per` if the metric is about entities and not rows.',
  }),
});
