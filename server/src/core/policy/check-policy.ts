import { type Problem, problemOf } from '../base/problem.ts';
import { inOrder } from '../base/problems-in-order.ts';
import type { PolicyContext } from './policy-rule.ts';
import { policyRules } from './rules/index.ts';

/**
 * What a change of a project breaks of the rules about changes, in the files of the version after. How much each rule matters is what the
 * version **before** says under `rules`: a change cannot switch off the rule that it breaks, and no comment in it silences one.
 */
export function checkPolicy(context: PolicyContext): readonly Problem[] {
  const { rules } = context.before.checked.project.settings;
  const problems: Problem[] = [];
  for (const rule of policyRules) {
    const severity = rules.get(rule.id) ?? rule.severity;
    if (severity === 'off') continue;
    rule.check(context, (place, message, more) =>
      problems.push({ ...problemOf(rule, place, message, more), severity }),
    );
  }
  return inOrder(problems);
}
