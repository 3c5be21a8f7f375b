import { formatPeriod } from '../../base/period.ts';
import type { TargetResult } from '../../evaluate/evaluate-targets.ts';
import { formatDifference, formatValue, type ValueFormat } from '../../evaluate/format-value.ts';
import { type Goal, shortfall, statusWords } from '../../evaluate/target-status.ts';
import { labelOf } from '../../model/label-of.ts';
import type { Project, Target } from '../../model/project.ts';
import { dueWords, goalWords, targetFormat } from '../describe/target.ts';
import type { IdeContext } from '../ide-context.ts';
import { type Block, list, paragraph, type Words } from '../prose/prose.ts';
import { notEvaluated, staleBlocks } from './unknown.ts';

/** The targets of a metric, in the order of the files. */
export function targetsOf(project: Project, metric: string): readonly Target[] {
  return [...project.targets.values()].filter((target) => target.metric?.text === metric);
}

/** The targets of a metric, each with where it stands. */
export function metricTargets(context: IdeContext, metric: string): readonly Block[] {
  const { checked, numbers } = context;
  const items = targetsOf(checked.project, metric).map((target): Words => {
    const format = targetFormat(checked, target);
    const known = numbers?.target(target.name);
    const group = target.segment === undefined ? '' : ` (${target.segment.text})`;
    const asked: Words = [labelOf(target), `${group}: ${goalWords(target, format)}${dueWords(target)}`];
    if (known === undefined) return asked;
    return [...asked, '. ', ...standWords(known.value, format), ...(known.stale ? [' (stale)'] : [])];
  });
  return items.length === 0 ? [] : [paragraph({ strong: 'Targets' }), ...list(items)];
}

/** Where one target stands. */
export function targetStand(context: IdeContext, target: Target): readonly Block[] {
  const { checked, numbers } = context;
  const known = numbers?.target(target.name);
  if (known === undefined) {
    return [notEvaluated(context, checked.project.metrics.get(target.metric?.text ?? ''))];
  }
  return [paragraph(...standWords(known.value, targetFormat(checked, target))), ...staleBlocks(known)];
}

function standWords({ current, goal, refused }: TargetResult, format: ValueFormat): Words {
  if (refused !== undefined) return ['Not evaluated: ', refused];
  if (current === undefined) return ['No period of it has data yet.'];
  const { status, estimate, period, expected, progress } = current;
  const value = estimate?.value ?? null;
  const strong = { strong: statusWords(status) };
  if (value === null || goal === undefined) return [strong, `, ${formatPeriod(period)}.`];
  const path = isSame(expected, goal) ? '' : `; ${distance(expected, value, format)} what is expected by now`;
  const done =
    progress === null || progress < 0
      ? ''
      : `; ${formatValue(progress, { unit: 'percent', decimals: 0 })} of the way from the baseline`;
  const shown = `${formatValue(value, format)} for ${formatPeriod(period)}`;
  return [strong, `: ${shown}, ${distance(goal, value, format)} the goal${path}${done}.`];
}

/** On which side of a goal a value is, and by how much: `1.9 short of`, `0.4 better than`. */
function distance(goal: Goal, value: number, format: ValueFormat): string {
  const short = shortfall(goal, value);
  const size = formatDifference(short, format);
  if (short > 0) return `${size} short of`;
  return short === 0 ? 'exactly at' : goal.kind === 'between' ? 'within' : `${size} better than`;
}

function isSame(a: Goal, b: Goal): boolean {
  return a.kind !== 'between' && b.kind !== 'between' ? a.value === b.value : a.kind === b.kind;
}
