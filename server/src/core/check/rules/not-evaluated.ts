import { page } from '../page.ts';
import { type Rule, spotOf } from '../report.ts';
import { unevaluatedMessage, unevaluatedOf } from '../unevaluated.ts';

/** Metrics that are checked in full and have no value yet. */
export const notEvaluated: Rule = {
  id: 'not-evaluated',
  severity: 'warning',
  summary: 'A metric is of a type that this version does not compute yet.',
  documentation: page({
    why: `
      The whole format is read and checked, so that definitions can be written, reviewed and compared today. Some of it has no
      values yet in this version. Such a metric shows none; a wrong one is never shown in its place. The message names
      what it is.`,
    wrong: `
      metrics:
        worth: { type: lifetime_value, source: orders, entity: account_id, value: amount }`,
    right: `
      metrics:
        revenue: { type: sum, source: orders, value: amount }`,
    mend: `
      Nothing is wrong with the definition. Keep it, and set the rule to \`off\` in \`plumbline.yaml\` if the warning is in the
      way; or write the metric in another way.`,
  }),
  check(context, report) {
    const missing = unevaluatedOf(context);
    for (const { metric, outer } of context.metrics) {
      const name = metric === outer ? missing.get(metric) : undefined;
      if (name === undefined) continue;
      const spot = spotOf(metric.file, metric.typeNode ?? metric.nameNode);
      report(spot, `${unevaluatedMessage(name)} The metric is checked, and has no value.`);
    }
  },
};
