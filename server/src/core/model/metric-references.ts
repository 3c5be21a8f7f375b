import type { Kinds, ReadHook } from './kind.ts';
import type { Metric, MetricReference, Project } from './project.ts';

/**
 * The metrics that a metric names or holds inline, in order: those of its type's fields and, for a filtered reuse,
 * the metric reused. Names need not exist.
 */
export function referencesOf(kinds: Kinds<ReadHook<unknown>>, metric: Metric): readonly MetricReference[] {
  const own = kinds.get(metric.type ?? '')?.references(metric.spec) ?? [];
  return metric.reuse === undefined ? own : [{ kind: 'name', word: metric.reuse }, ...own];
}

/** The metric behind a reference; `undefined` where no metric has that name. */
export function referencedMetric(project: Project, reference: MetricReference): Metric | undefined {
  return reference.kind === 'inline' ? reference.metric : project.metrics.get(reference.word.text);
}

/**
 * Every metric that a metric needs for its value, inline ones included, each once and in the order in which they
 * are met, depth first. The metric itself is left out, also where it refers back to itself.
 */
export function dependenciesOf(
  project: Project,
  kinds: Kinds<ReadHook<unknown>>,
  metric: Metric,
): readonly Metric[] {
  const met = new Set<Metric>([metric]);
  const visit = (from: Metric): void => {
    for (const reference of referencesOf(kinds, from)) {
      const to = referencedMetric(project, reference);
      if (to === undefined || met.has(to)) continue;
      met.add(to);
      visit(to);
    }
  };
  visit(metric);
  met.delete(metric);
  return [...met];
}
