import { page } from '../page.ts';
import type { Rule } from '../report.ts';

/** Expressions of which YAML took only the beginning. */
export const expressionCut: Rule = {
  id: 'expression-cut',
  severity: 'error',
  summary: 'YAML ends an expression early, at a comma inside braces or at a #.',
  documentation: page({
    why: `
      Inside \`{ }\` and \`[ ]\` a comma ends a text without quotes, and everywhere a \`#\` behind a blank begins a comment. Of
      \`coalesce(plan, 'free')\` only \`coalesce(plan\` is left. Nothing else is reported in the definition until it is quoted,
      because the rest of it was taken for something else.`,
    wrong: `
      metrics:
        signups: { type: count, source: accounts, where: plan in ('free', 'team') }`,
    right: `
      metrics:
        signups: { type: count, source: accounts, where: "plan in ('free', 'team')" }`,
    mend: 'Put the whole expression in double quotes, or write the definition on several lines without braces.',
  }),
  check({ cuts }, report) {
    for (const { spot, by, fixes } of cuts) {
      const message =
        by === 'comma'
          ? 'YAML ends this expression at the comma, because it stands inside braces or brackets. Put the whole expression in double quotes.'
          : 'YAML ends this expression at the "#" and reads the rest as a comment. Put the whole expression in double quotes.';
      report(spot, message, { fixes });
    }
  },
};
