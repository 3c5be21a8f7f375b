import { findingRule } from '../finding-rule.ts';
import { page } from '../page.ts';

/** Names that exist, but not in this place. */
export const notAvailable = findingRule({
  id: 'not-available',
  severity: 'error',
  summary: 'A name is used in a place in which it has no meaning.',
  documentation: page({
    why: `
      \`period_start\`, \`period_end\` and \`event_time\` are known while a metric is computed for a period. A source, a computed column
      or a segment is the same in every period, so that they mean nothing there. Retention, churn, movement, cohorts, lifetime value and
      tenure follow a row through several periods, so that in them no bound of a period can say what the row is.`,
    wrong: `
      segments:
        newcomers: { source: accounts, where: signed_up_on >= period_start }`,
    right: `
      metrics:
        orders_of_newcomers:
          type: count
          source: orders
          where: account.signed_up_on >= period_start`,
    mend: 'Move the condition into the `where` of the metric, or compare with a date.',
  }),
});
