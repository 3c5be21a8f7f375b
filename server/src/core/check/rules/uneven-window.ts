import { windowOf } from '../../model/metric-defaults.ts';
import type { Metric, MetricReference } from '../../model/project.ts';
import { type MetricUse, readsRows } from '../metrics.ts';
import { page } from '../page.ts';
import { type Rule, type RuleContext, spotOf } from '../report.ts';

/** Windows of a ratio or formula that only some of its parts take. */
export const unevenWindow: Rule = {
  id: 'uneven-window',
  severity: 'warning',
  summary:
    'The window of a ratio or formula is taken by some of its parts, and a metric that it names has another.',
  documentation: page({
    why: `
      \`window\` on a ratio or formula is taken by the parts that are written inside of it. A metric that it names keeps its own rows and
      its own window, so that 28 days of one would be divided by a month of the other.`,
    wrong: `
      metrics:
        orders_placed: { type: count, source: orders }
        amount_per_order:
          type: ratio
          window: 28 days
          numerator: { type: sum, source: orders, value: amount }
          denominator: orders_placed`,
    right: `
      metrics:
        orders_placed: { type: count, source: orders, window: 28 days }
        amount_per_order:
          type: ratio
          window: 28 days
          numerator: { type: sum, source: orders, value: amount }
          denominator: orders_placed`,
    mend: `
      Give the named metric the same window, write its rows inside, too, or put the window on the part that it is meant for.`,
  }),
  check(context, report) {
    for (const use of context.metrics) {
      const { metric, outer } = use;
      if (metric.window === undefined || metric.reuse !== undefined) continue;
      if (!readsRows(metric, use.kind) && !use.references.some(isInside)) continue;
      const named = namedWithAnother(context, use, metric.window.text);
      if (named === undefined) continue;
      report(
        spotOf(outer.file, metric.window.node),
        `The parts that are written here take this window, and "${named.name}" keeps its own rows${windowWords(context, named)}, so that they cover different times: give "${named.name}" the same window, or put this one on the part that it is meant for.`,
      );
    }
  },
};

/** Whether a part takes what the metric around it says of rows. */
function isInside(reference: MetricReference): boolean {
  return (
    reference.kind === 'inline' &&
    reference.metric.reuse === undefined &&
    reference.metric.window === undefined
  );
}

/** The first metric that is named, also to be filtered, and reads its rows through another window or none. */
function namedWithAnother(
  { project, kinds, book, damage }: RuleContext,
  { references }: MetricUse,
  window: string,
): Metric | undefined {
  for (const reference of references) {
    if (isInside(reference)) continue;
    const target =
      reference.kind === 'inline' && reference.metric.reuse !== undefined
        ? project.metrics.get(reference.metric.reuse.text)
        : reference.kind === 'name'
          ? book.target(reference)
          : undefined;
    if (target === undefined || damage.incomplete.has(target)) continue;
    // What is made of others again says so itself.
    if (!readsRows(target, kinds.get(target.type ?? ''))) continue;
    if (windowOf(project, target)?.text !== window) return target;
  }
  return undefined;
}

function windowWords({ project }: RuleContext, metric: Metric): string {
  const window = windowOf(project, metric)?.text;
  return window === undefined ? '' : ` and its window of ${window}`;
}
