import type { Metric } from '../../model/project.ts';
import type { MetricUse } from '../metrics.ts';
import { page } from '../page.ts';
import { type Report, type Rule, spotOf } from '../report.ts';

/** Definitions that need themselves to be computed. */
export const referenceCycle: Rule = {
  id: 'reference-cycle',
  severity: 'error',
  summary: 'A metric, computed column or union needs itself to be computed.',
  documentation: page({
    why: `
      A ratio, a formula, a computed column or a union is computed from others. If the chain leads back to where it began,
      there is nothing to begin with.`,
    wrong: `
      metrics:
        a: { type: ratio, numerator: b, denominator: orders }
        b: { type: ratio, numerator: a, denominator: orders }`,
    right: `
      metrics:
        a: { type: ratio, numerator: b, denominator: orders }
        b: { type: sum, source: orders, value: amount }`,
    mend: 'The message shows the whole chain. Break it at the step that should be computed from the rows themselves.',
  }),
  check(context, report) {
    for (const { spot, chain } of context.cycles) {
      report(spot, `This column is computed from itself: ${chain.join(' → ')}.`);
    }
    checkMetrics(context.metrics, report);
  },
};

/** Follows references depth first; a reference to a metric that is still open closes a cycle, which is reported once, there. */
function checkMetrics(metrics: readonly MetricUse[], report: Report): void {
  const uses = new Map<Metric, MetricUse>(metrics.map((use) => [use.metric, use]));
  const byName = new Map<string, MetricUse>();
  for (const use of metrics) {
    if (use.metric.parent === undefined && !byName.has(use.metric.name)) byName.set(use.metric.name, use);
  }
  const state = new Map<MetricUse, 'open' | 'done'>();
  const visit = (use: MetricUse, chain: readonly string[]): void => {
    state.set(use, 'open');
    const names = use.metric.parent === undefined ? [...chain, use.metric.name] : chain;
    for (const reference of use.references) {
      const next = reference.kind === 'inline' ? uses.get(reference.metric) : byName.get(reference.word.text);
      if (next === undefined) continue;
      if (state.get(next) === undefined) visit(next, names);
      else if (state.get(next) === 'open' && reference.kind === 'name') {
        const cycle = [...names.slice(names.indexOf(next.metric.name)), next.metric.name];
        report(
          spotOf(use.metric.file, reference.word.node),
          `This metric needs itself: ${cycle.join(' → ')}.`,
        );
      }
    }
    state.set(use, 'done');
  };
  for (const use of metrics) if (state.get(use) === undefined) visit(use, []);
}
