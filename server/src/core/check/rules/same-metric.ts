import { page } from '../page.ts';
import { type Rule, spotOf } from '../report.ts';

/** Metrics that compute the same as another one under another name. */
export const sameMetric: Rule = {
  id: 'same-metric',
  severity: 'info',
  summary: 'Two metrics with different names compute the same.',
  documentation: page({
    why: `
      Two metrics with one computation are one number under two names. They agree until somebody changes one of them, and
      then nobody knows which is right. Labels, owners, breakdowns, the order of keys and the spelling of expressions make no
      difference to what is computed. A metric that is deprecated may stand beside the one that takes its place.`,
    wrong: `
      metrics:
        orders_placed: { type: count, source: orders, where: not product = 'tool' and amount > 0 }
        real_orders: { type: count, source: orders, where: [amount > 0, NOT product = 'tool'] }`,
    right: `
      metrics:
        orders_placed: { type: count, source: orders, where: not product = 'tool' and amount > 0 }
        real_orders:
          type: count
          source: orders
          where: [amount > 0, not product = 'tool']
          status: deprecated
          deprecated: { since: 2025-06-01, use: orders_placed }`,
    mend: `
      Keep one of the two and use its name everywhere. Where others outside of the project still know the other name, mark it
      as \`deprecated\` with \`use\`. Where a difference was meant, write it into one of them.`,
  }),
  check({ project, surroundings }, report) {
    for (const { definitions } of project.files) {
      for (const metric of definitions) {
        if (metric.definition !== 'metric') continue;
        const first = surroundings.firstLike(metric);
        // Two of one name are an error of their own.
        if (first.name === metric.name) continue;
        report(
          spotOf(metric.file, metric.nameNode),
          `The metric "${metric.name}" computes the same as "${first.name}".`,
          {
            related: [
              { file: first.file, span: first.nameNode.span, message: `"${first.name}" is defined here.` },
            ],
          },
        );
      }
    }
  },
};
