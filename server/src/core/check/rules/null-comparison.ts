import { findingRule } from '../finding-rule.ts';
import { page } from '../page.ts';

/** Comparisons that never hold. */
export const nullComparison = findingRule({
  id: 'null-comparison',
  severity: 'warning',
  summary: 'A comparison with null never holds.',
  documentation: page({
    why: `
      As in SQL, comparing anything with \`null\` is neither true nor false, and a row for which a condition is null does not
      count: \`closed_at = null\` selects no row at all.`,
    wrong: `
      metrics:
        open_tickets: { type: count, source: tickets, where: closed_at = null }`,
    right: `
      metrics:
        open_tickets: { type: count, source: tickets, where: closed_at is null }`,
    mend: 'Write `is null` or `is not null`.',
  }),
});
