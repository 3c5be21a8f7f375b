import type { Metric, Project } from '../../model/project.ts';
import { nameUses } from '../names.ts';
import { page } from '../page.ts';
import { type Rule, replaceFix, spotIn } from '../report.ts';

/** Uses of metrics that are on their way out. */
export const deprecatedMetric: Rule = {
  id: 'deprecated-metric',
  severity: 'warning',
  tag: 'deprecated',
  summary: 'A deprecated metric is used.',
  documentation: page({
    why: `
      A metric with \`status: deprecated\`, or with \`deprecated\`, is kept for those who still read it, and will be removed. What is
      built on it breaks then. Metrics that are deprecated themselves may go on using it.`,
    wrong: `
      metrics:
        all_orders: { type: count, source: orders, deprecated: { since: 2025-06-01, use: paid_orders } }
        paid_orders: { type: count, source: orders, where: amount > 0 }
      targets:
        more_orders: { metric: all_orders, at_least: 100, each: month }`,
    right: `
      metrics:
        all_orders: { type: count, source: orders, deprecated: { since: 2025-06-01, use: paid_orders } }
        paid_orders: { type: count, source: orders, where: amount > 0 }
      targets:
        more_orders: { metric: paid_orders, at_least: 100, each: month }`,
    mend: `
      Use the metric that \`deprecated\` names under \`use\`. Look at the numbers when you do: it may compute others, which is why the
      old one was given up.`,
  }),
  check(context, report) {
    const { project } = context;
    for (const { word, namespace, definition, length } of nameUses(project, context.metrics)) {
      if (namespace !== 'metric') continue;
      const name = word.text.slice(0, length);
      const metric = project.metrics.get(name);
      if (metric === undefined || !isDeprecated(metric)) continue;
      if (definition.definition === 'metric' && isDeprecated(definition as Metric)) continue;
      const spot = spotIn(definition.file, word.node, { start: 0, end: length });
      const successor = successorOf(project, metric);
      const since = metric.deprecated?.since === undefined ? '' : ` since ${metric.deprecated.since}`;
      const instead = successor === undefined || successor === definition ? '' : ` Use "${successor.name}".`;
      report(spot, `The metric "${name}" is deprecated${since}.${instead}`, {
        related: [{ file: metric.file, span: metric.nameNode.span, message: 'It is defined here.' }],
        fixes:
          instead === '' || successor === undefined
            ? []
            : replaceFix(spot, `Use "${successor.name}"`, successor.name, false),
      });
    }
  },
};

function isDeprecated({ status, deprecated }: Metric): boolean {
  return status === 'deprecated' || deprecated !== undefined;
}

/** The metric at the end of a chain of replacements that is not deprecated itself; `undefined` where there is none. */
function successorOf(project: Project, metric: Metric): Metric | undefined {
  const seen = new Set<Metric>();
  let next: Metric | undefined = metric;
  while (next !== undefined && isDeprecated(next) && !seen.has(next)) {
    seen.add(next);
    next = project.metrics.get(next.deprecated?.use?.text ?? '');
  }
  return next === undefined || isDeprecated(next) ? undefined : next;
}
