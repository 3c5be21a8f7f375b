import type { Metric, NumberWord } from '../../model/project.ts';
import type { IdeContext } from '../ide-context.ts';

/**
 * Whether the numbers that are written about a metric could be in another unit: a percentage takes no bare number above 1, and
 * points and counts take no percent sign. A unit that is written decides for itself.
 */
export function fitsNumbers(context: IdeContext, metric: Metric, unit: string): boolean {
  const own = metric.unit?.text ?? unit;
  const numbers = numbersAbout(context, metric);
  if (own === 'percent') return numbers.every(({ percent, value }) => percent || Math.abs(value) <= 1);
  return own === 'number' || own === 'ratio' || numbers.every(({ percent }) => !percent);
}

function numbersAbout({ checked }: IdeContext, metric: Metric): readonly NumberWord[] {
  const targets = [...checked.project.targets.values()].filter(
    (target) => target.metric?.text === metric.name,
  );
  const goals = targets.flatMap(({ goal, baseline, tolerance }) => [
    ...(goal === undefined ? [] : goal.kind === 'between' ? [goal.low, goal.high] : [goal.value]),
    baseline?.value,
    tolerance,
  ]);
  const own = [
    ...metric.benchmarks.map(({ value }) => value),
    ...metric.examples.map(({ expect }) => expect),
  ];
  return [...goals, ...own].filter((number) => number !== undefined && number !== null);
}
