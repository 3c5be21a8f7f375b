import { page } from '../page.ts';
import { type Rule, spotOf } from '../report.ts';

/** Metrics that do not say in words what they are. Off unless a project turns it on. */
export const metricNeedsDescription: Rule = {
  id: 'metric-needs-description',
  severity: 'off',
  summary: 'A metric has no description.',
  documentation: page({
    why: `
      A definition says how a number is computed, and a sentence says what it is: what counts, what does not, and what the
      number is read for. The rule is off until a project turns it on: \`rules: { metric-needs-description: warning }\` in
      \`plumbline.yaml\`.`,
    wrong: `
      metrics:
        orders_paid: { type: count, source: orders, where: amount > 0 }`,
    right: `
      metrics:
        orders_paid:
          type: count
          description: Orders that were placed in the shop, those of free samples left out.
          source: orders
          where: amount > 0`,
    mend: 'Add `description` with a sentence or two.',
  }),
  check({ metrics }, report) {
    for (const { metric, outer } of metrics) {
      if (metric !== outer || metric.description !== undefined) continue;
      report(spotOf(metric.file, metric.nameNode), `The metric "${metric.name}" has no "description".`);
    }
  },
};
