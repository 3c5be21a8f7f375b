import { formatPeriod, type Period } from '../../base/period.ts';
import type { Checked } from '../../check/checked.ts';
import type { TargetCheck } from '../../evaluate/evaluate-targets.ts';
import {
  formatDifference,
  formatNumber,
  formatValue,
  type ValueFormat,
} from '../../evaluate/format-value.ts';
import type { Numbers } from '../../evaluate/numbers.ts';
import { numbersAt } from '../../evaluate/result.ts';
import { headlinePeriod, previousPeriod, type Series } from '../../evaluate/series.ts';
import type { Verdict } from '../../evaluate/verdict.ts';
import type { Metric, Target } from '../../model/project.ts';
import type { Estimate } from '../../plan/metric-plan.ts';
import type { IdeContext, IdeFile } from '../ide-context.ts';
import { targetsOf } from '../targets-of.ts';
import { isBlocked, metricFormat, NOT_EVALUATED } from './metric-format.ts';
import { behindName } from './places.ts';
import type { HintSlot, HintText } from './slot.ts';
import { countWords, GAP, plainMarkdown, STATUS_WORDS, tooltipOf } from './words.ts';

/** Below this a value says on how many rows it rests: section 5.4 of the format calls it a small sample. */
const SMALL_SAMPLE = 30;

/** Beside a metric: `43.3  [40.1–46.5]  ▲ 2.1  2025-Q2  ✓ on track`. */
export function metricSlot({ checked }: IdeContext, { file }: IdeFile, metric: Metric): HintSlot | undefined {
  if (isBlocked(checked, metric)) return undefined;
  const { name } = metric;
  // Only those for the whole: a target for one group says nothing of the total.
  const targets = targetsOf(checked.project, name).filter(({ segment }) => segment === undefined);
  return {
    kind: 'metric',
    offset: behindName(file.text, metric),
    needs: [
      { kind: 'metric', name },
      ...targets.map((target) => ({ kind: 'target', name: target.name }) as const),
    ],
    show: (numbers) => show(checked, metric, targets, numbers),
  };
}

function show(
  checked: Checked,
  metric: Metric,
  targets: readonly Target[],
  numbers: Numbers,
): HintText | undefined {
  const known = numbers.metric(metric.name);
  if (known === undefined) return undefined;
  const { value: result, stale } = known;
  if (result.total === undefined) {
    const reason = plainMarkdown(result.refused ?? '');
    return { label: NOT_EVALUATED, tooltip: tooltipOf([reason], stale), stale };
  }
  const period = headlinePeriod(result.total);
  // An old value is written as it was meant: its unit may be what has changed.
  const of = stale ? result.metric : metric;
  if (period === undefined) return { ...incomplete(checked, of, result.total), stale };
  return headline(checked, of, result.total, period, { stale, target: currentCheck(targets, numbers) });
}

/** Section 5.1 of the format: a period that is not complete is never the headline. */
function incomplete(checked: Checked, metric: Metric, total: Series): Omit<HintText, 'stale'> {
  const begun = total.periods.at(-1);
  if (begun === undefined) return { label: 'no data', tooltip: 'There are no rows to count.' };
  const { value } = total.at(begun, []);
  const soFar = formatValue(value, metricFormat(checked, metric, value));
  return {
    label: `no complete period yet${GAP}${formatPeriod(begun)} so far: ${soFar}`,
    tooltip: `${formatPeriod(begun)} is the first period and is not over: its value will change.`,
  };
}

interface Beside {
  readonly stale: boolean;
  readonly target:
    | { readonly target: Target; readonly check: TargetCheck; readonly stale: boolean }
    | undefined;
}

function headline(
  checked: Checked,
  metric: Metric,
  total: Series,
  period: Period,
  { stale: old, target }: Beside,
): HintText {
  const estimate = total.at(period, []);
  const format = metricFormat(checked, metric, estimate.value);
  const before = previousPeriod(total, period);
  const { previous, change, verdict } = numbersAt(total, period, []);
  const label = [
    formatValue(estimate.value, format),
    intervalText(estimate, format),
    isSmall(estimate, format) ? `n ${countWords(estimate.n)}` : '',
    change === null ? '' : changeText(change, format, verdict),
    period.grain === 'all' ? '' : formatPeriod(period),
    target === undefined ? '' : STATUS_WORDS[target.check.status],
  ];
  const stale = old || target?.stale === true;
  const lines = [
    `${formatValue(estimate.value, format)} in ${periodWords(period)}, n = ${countWords(estimate.n)}.`,
    estimate.low === null ? undefined : `95 % interval: ${boundsText(estimate, format)}.`,
    before === undefined || previous === null
      ? undefined
      : `${formatPeriod(before)} before it: ${formatValue(previous, format)}.`,
    verdict === 'no_clear_change' ? '≈ no clear change: the difference may be chance.' : undefined,
    verdict === 'not_tested' && change !== 0 ? 'The difference was not tested: it may be chance.' : undefined,
    target && `Target ${plainMarkdown(target.target.name)}: ${STATUS_WORDS[target.check.status]}.`,
  ];
  return { label: label.filter((part) => part !== '').join(GAP), tooltip: tooltipOf(lines, stale), stale };
}

function periodWords(period: Period): string {
  return period.grain === 'all' ? 'all of the data' : formatPeriod(period);
}

function intervalText(estimate: Estimate, format: ValueFormat): string {
  return estimate.low === null ? '' : `[${boundsText(estimate, format)}]`;
}

function boundsText({ low, high }: Estimate, format: ValueFormat): string {
  return `${formatNumber(low, format)}–${formatNumber(high, format)}`;
}

function changeText(change: number, format: ValueFormat, verdict: Verdict | null): string {
  const size = formatDifference(change, format);
  if (!/[1-9]/.test(size)) return `= ${size}`;
  if (verdict === 'no_clear_change') return `≈ ${change > 0 ? '+' : '−'}${size}`;
  return `${change > 0 ? '▲' : '▼'} ${size}`;
}

/** A count is its own sample size: to say it twice would say nothing more. */
function isSmall({ value, n }: Estimate, { unit }: ValueFormat): boolean {
  return value !== null && unit !== 'count' && n < SMALL_SAMPLE;
}

/** Of several targets the one whose period ends last says where the metric stands now. */
function currentCheck(targets: readonly Target[], numbers: Numbers): Beside['target'] {
  const checks = targets.flatMap((target) => {
    const known = numbers.target(target.name);
    const check = known?.value.current;
    return known === undefined || check === undefined ? [] : [{ target, check, stale: known.stale }];
  });
  return checks.sort((a, b) => a.check.period.end - b.check.period.end).at(-1);
}
