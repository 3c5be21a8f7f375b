import { referencesOf } from '../../model/metric-references.ts';
import type { Metric } from '../../model/project.ts';
import type { IdeContext } from '../ide-context.ts';

/** How many words of the project name a metric: in metrics, targets and journeys. */
export function usesOfMetric({ checked }: IdeContext, name: string): number {
  const { metrics, targets, journeys } = checked.project;
  const inMetric = (metric: Metric): number => {
    const own = metric.deprecated?.use?.text === name ? 1 : 0;
    return referencesOf(checked.kinds, metric).reduce(
      (sum, reference) =>
        sum +
        (reference.kind === 'inline' ? inMetric(reference.metric) : Number(reference.word.text === name)),
      own,
    );
  };
  let uses = 0;
  for (const metric of metrics.values()) uses += inMetric(metric);
  for (const { metric } of targets.values()) uses += Number(metric?.text === name);
  for (const { stages } of journeys.values()) {
    for (const stage of stages.values()) uses += stage.metrics.filter(({ text }) => text === name).length;
  }
  return uses;
}
