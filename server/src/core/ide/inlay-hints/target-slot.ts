import { formatPeriod } from '../../base/period.ts';
import type { Checked } from '../../check/checked.ts';
import type { TargetCheck } from '../../evaluate/evaluate-targets.ts';
import { formatBand, formatDifference, formatValue, type ValueFormat } from '../../evaluate/format-value.ts';
import type { Numbers } from '../../evaluate/numbers.ts';
import type { Goal } from '../../evaluate/target-status.ts';
import type { Metric, Target } from '../../model/project.ts';
import type { IdeContext, IdeFile } from '../ide-context.ts';
import { isBlocked, metricFormat, NOT_EVALUATED } from './metric-format.ts';
import { behindName } from './places.ts';
import type { HintSlot, HintText } from './slot.ts';
import { GAP, plainMarkdown, STATUS_WORDS, tooltipOf } from './words.ts';

/** Beside a target where it stands and how far from the goal: `✓ on track  43.3, 6.7 below 50.0  2025-Q4`. */
export function targetSlot({ checked }: IdeContext, { file }: IdeFile, target: Target): HintSlot | undefined {
  const metric = checked.project.metrics.get(target.metric?.text ?? '');
  if (metric === undefined || target.goal === undefined || isBlocked(checked, metric)) return undefined;
  return {
    kind: 'target',
    offset: behindName(file.text, target),
    needs: [{ kind: 'target', name: target.name }],
    show: (numbers) => show(checked, metric, target, numbers),
  };
}

function show(checked: Checked, metric: Metric, { name }: Target, numbers: Numbers): HintText | undefined {
  const known = numbers.target(name);
  if (known === undefined) return undefined;
  const { value: result, stale } = known;
  const { current, goal } = result;
  if (current === undefined || goal === undefined) {
    const reason = plainMarkdown(result.refused ?? 'There is no period to judge yet.');
    return { label: NOT_EVALUATED, tooltip: tooltipOf([reason], stale), stale };
  }
  const value = current.estimate?.value ?? null;
  const format = metricFormat(checked, stale ? (result.metric ?? metric) : metric, value);
  const period = formatPeriod(current.period);
  const distance =
    value === null ? '' : `${formatValue(value, format)}, ${distanceText(goal, value, format)}`;
  const label = [STATUS_WORDS[current.status], distance, current.period.grain === 'all' ? '' : period];
  const lines = [
    `${STATUS_WORDS[current.status]} in ${period}. Goal: ${goalText(goal, format)}.`,
    expectedLine(goal, current, format),
    current.progress === null
      ? undefined
      : `${Math.round(current.progress * 100)} % of the way from the baseline to the goal.`,
  ];
  return { label: label.filter((part) => part !== '').join(GAP), tooltip: tooltipOf(lines, stale), stale };
}

/** How far a value is from the goal, on which side: `6.7 below 50.0`, `within 40.0–60.0`. */
function distanceText(goal: Goal, value: number, format: ValueFormat): string {
  if (goal.kind !== 'between') return fromBound(goal.value, value, format);
  if (value < goal.low) return fromBound(goal.low, value, format);
  return value > goal.high ? fromBound(goal.high, value, format) : `within ${goalText(goal, format)}`;
}

function fromBound(bound: number, value: number, format: ValueFormat): string {
  const goal = formatValue(bound, format);
  if (value === bound) return `at ${goal}`;
  const side = value < bound ? 'below' : 'above';
  const size = formatDifference(value - bound, format);
  // "0.0 below" would say that it is there, which it is not.
  return /[1-9]/.test(size) ? `${size} ${side} ${goal}` : `just ${side} ${goal}`;
}

function goalText(goal: Goal, format: ValueFormat): string {
  if (goal.kind === 'between') return formatBand(goal.low, goal.high, '–', format);
  return `${goal.kind === 'at_least' ? 'at least' : 'at most'} ${formatValue(goal.value, format)}`;
}

/** What should be reached by now, where that is not the goal itself. */
function expectedLine(goal: Goal, { expected }: TargetCheck, format: ValueFormat): string | undefined {
  const written = goalText(expected, format);
  return written === goalText(goal, format) ? undefined : `Expected by now: ${written}.`;
}
