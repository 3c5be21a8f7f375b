import { page } from '../page.ts';
import { type Rule, spotOf } from '../report.ts';

/** Metrics that nobody answers for. Off unless a project turns it on. */
export const metricNeedsOwner: Rule = {
  id: 'metric-needs-owner',
  severity: 'off',
  summary: 'A metric has no owner.',
  documentation: page({
    why: `
      A number that nobody answers for is questioned by everybody. The rule is off until a project turns it on:
      \`rules: { metric-needs-owner: error }\` in \`plumbline.yaml\`.`,
    wrong: `
      metrics:
        orders: { type: count, source: orders }`,
    right: `
      metrics:
        orders: { type: count, source: orders, owner: sales-ops }`,
    mend: 'Add `owner`, or `defaults: { owner: … }` at the top of the file.',
  }),
  check({ metrics }, report) {
    for (const { metric, outer } of metrics) {
      if (metric !== outer || metric.owner !== undefined) continue;
      report(spotOf(metric.file, metric.nameNode), `The metric "${metric.name}" has no "owner".`);
    }
  },
};
