import { page } from '../page.ts';
import type { Rule } from '../report.ts';

/** Comments that mean to silence a rule and cannot. */
export const badIgnore: Rule = {
  id: 'bad-ignore',
  severity: 'error',
  summary: 'A plumbline-ignore comment gives no reason, names no rule, or stands above no definition.',
  documentation: page({
    why: `
      \`# plumbline-ignore <rule>: <reason>\` on the line above a definition silences one rule for it. The reason is for the
      reader who finds it a year later, and it is required. Elsewhere the comment has no effect.`,
    wrong: `
      metrics:
        # plumbline-ignore value-behind-link
        revenue: { type: sum, source: tickets, value: account.mrr }`,
    right: `
      metrics:
        # plumbline-ignore value-behind-link: tickets.csv holds one row per account
        revenue: { type: sum, source: tickets, value: account.mrr }`,
    mend: 'Add `: ` and a reason, and put the comment on the line above the name of the definition.',
  }),
  check({ ignores }, report) {
    for (const { file, span, id, reason, definition, clause } of ignores) {
      const spot = { file, span };
      if (id === '') report(spot, 'Say which rule is ignored, and why: # plumbline-ignore <rule>: <reason>.');
      else if (reason === '')
        report(spot, `Say why "${id}" is ignored here: # plumbline-ignore ${id}: <reason>.`);
      else if (definition === undefined && clause === undefined) {
        report(spot, 'This comment has no effect: it must stand on the line above the name of a definition.');
      }
    }
  },
};
