import type { Kinds, ReadHook } from './kind.ts';
import type { Metric, Project } from './project.ts';

/** The metric whose type decides: itself, or the one that a filtered reuse filters. */
function typedMetric(project: Project, metric: Metric): Metric {
  return (metric.reuse && project.metrics.get(metric.reuse.text)) ?? metric;
}

/**
 * The unit of a metric's values: its own, else its type's by section 5; `number` where the type is unknown.
 * `percent` values are fractions.
 */
export function unitOf(project: Project, kinds: Kinds<ReadHook<unknown>>, metric: Metric): string {
  const typed = typedMetric(project, metric);
  const own = metric.unit ?? typed.unit;
  return own?.text ?? kinds.get(typed.type ?? '')?.defaultUnit(typed.spec) ?? 'number';
}

/** Which direction is better: the metric's own word, else its type's by section 5; `neutral` where the type is unknown. */
export function betterOf(
  project: Project,
  kinds: Kinds<ReadHook<unknown>>,
  metric: Metric,
): 'higher' | 'lower' | 'neutral' {
  const typed = typedMetric(project, metric);
  return metric.better ?? typed.better ?? kinds.get(typed.type ?? '')?.defaultBetter ?? 'neutral';
}

/**
 * How many decimals a metric's values are shown with: its own `decimals`, else one for percentages (`42.0 %`) and
 * points, none for counts, two for everything else. Stored values are never rounded.
 */
export function decimalsOf(project: Project, kinds: Kinds<ReadHook<unknown>>, metric: Metric): number {
  const own = metric.decimals ?? typedMetric(project, metric).decimals;
  if (own !== undefined) return own;
  const unit = unitOf(project, kinds, metric);
  if (unit === 'count') return 0;
  return unit === 'percent' || unit === 'points' ? 1 : 2;
}
