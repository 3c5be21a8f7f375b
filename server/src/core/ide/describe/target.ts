import type { Checked } from '../../check/checked.ts';
import { formatBand, formatDifference, formatValue, type ValueFormat } from '../../evaluate/format-value.ts';
import { metricFormat } from '../../evaluate/metric-format.ts';
import type { Target } from '../../model/project.ts';
import { type Block, paragraph, type Words } from '../prose/prose.ts';
import { labelIn } from './described.ts';

/** What a target asks for, of which metric and until when. */
export function describeTarget(checked: Checked, target: Target): readonly Block[] {
  const { project } = checked;
  const { metric, segment, ifMissed, tolerance, baseline } = target;
  const format = targetFormat(checked, target);
  const of: Words = metric === undefined ? [] : [labelIn(project.metrics, metric.text)];
  const group: Words = segment === undefined ? [] : [' of ', { code: segment.text }];
  return [
    paragraph(
      ...of,
      ...group,
      ' should be ',
      goalWords(target, format),
      dueWords(target),
      ...(tolerance === undefined
        ? []
        : [`, with a tolerance of ${formatDifference(tolerance.value, format)}`]),
      '.',
      ...(baseline === undefined
        ? []
        : [` The path begins at ${formatValue(baseline.value.value, format)} in ${baseline.period.text}.`]),
    ),
    ...(ifMissed === undefined ? [] : [paragraph('If missed: ', ifMissed)]),
  ];
}

/** How the values of a target's metric are written. */
export function targetFormat(checked: Checked, target: Target): ValueFormat {
  const metric = checked.project.metrics.get(target.metric?.text ?? '');
  return metric === undefined ? { unit: 'number' } : metricFormat(checked, metric);
}

/** A goal in words: `at least 50.0`. */
export function goalWords({ goal }: Target, format: ValueFormat): string {
  switch (goal?.kind) {
    case undefined:
      return 'at a goal that is still to be written';
    case 'between':
      return `between ${formatBand(goal.low.value, goal.high.value, ' and ', format)}`;
    case 'at_least':
      return `at least ${formatValue(goal.value.value, format)}`;
    case 'at_most':
      return `at most ${formatValue(goal.value.value, format)}`;
  }
}

/** When a target is due: ` by 2025-Q4`, ` in each quarter`. */
export function dueWords({ due, each }: Target): string {
  if (due !== undefined) return due.text === 'all' ? ' over all of time' : ` by ${due.text}`;
  return each === undefined ? '' : ` in each ${each.text}`;
}
