import { betterOf } from '../../model/metric-unit.ts';
import { page } from '../page.ts';
import { type Rule, spotOf } from '../report.ts';
import { targetsOf } from '../targets.ts';

/** Goals that call the worse direction good. */
export const targetDirection: Rule = {
  id: 'target-direction',
  severity: 'error',
  judgement: true,
  summary:
    'A goal points the other way than its metric: at_least where lower is better, or at_most where higher is.',
  documentation: page({
    why: `
      A metric says which direction is better (\`better\`, or what its type says). A target for \`at_least\` 5 % churn would be
      met by losing more customers. Either the goal or the metric has the direction wrong. \`between\` fits both.`,
    wrong: `
      targets:
        stop_the_leak: { metric: monthly_churn, at_least: 2%, due: 2025-Q4 }`,
    right: `
      targets:
        stop_the_leak: { metric: monthly_churn, at_most: 2%, due: 2025-Q4 }`,
    mend: 'Change the goal, or set `better` on the metric.',
  }),
  check({ project, kinds }, report) {
    for (const { target, metric } of targetsOf(project)) {
      const better = betterOf(project, kinds, metric);
      const wrong = better === 'higher' ? 'at_most' : better === 'lower' ? 'at_least' : undefined;
      if (wrong === undefined || target.goal?.kind !== wrong) continue;
      const key = target.node?.get(wrong)?.key ?? target.nameNode;
      report(
        spotOf(target.file, key),
        `Of "${metric.name}" ${better} is better, so that its goal is "${wrong === 'at_least' ? 'at_most' : 'at_least'}". Change the goal, or "better" on the metric.`,
      );
    }
  },
};
