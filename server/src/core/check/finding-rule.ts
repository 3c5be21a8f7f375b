import type { Rule } from './report.ts';

/** A rule whose problems are found while expressions and paths are resolved. */
export function findingRule(rule: Omit<Rule, 'check'>): Rule {
  return {
    ...rule,
    check(context, report) {
      for (const { spot, message, more } of context.findings(rule.id)) report(spot, message, more);
    },
  };
}
