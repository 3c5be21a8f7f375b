import { formatDay, formatPeriod, type Period } from '../base/period.ts';
import type { Checked } from '../check/checked.ts';
import { labelOf } from '../model/label-of.ts';
import { betterOf, decimalsOf, unitOf } from '../model/metric-unit.ts';
import type { Estimate } from '../plan/metric-plan.ts';
import { type BenchmarkStanding, benchmarkStanding } from './benchmark.ts';
import type { Evaluation, MetricResult } from './evaluate.ts';
import type { TargetCheck, TargetResult } from './evaluate-targets.ts';
import { type GroupLabels, headlinePeriod, isPartial, previousPeriod, type Series } from './series.ts';
import { type SeriesTrend, seriesTrend } from './series-trend.ts';
import { SMALL_SAMPLE } from './small-sample.ts';
import type { Goal, TargetStatus } from './target-status.ts';
import { type Verdict, verdictAt } from './verdict.ts';

/**
 * The stable form of an evaluation: what `plumbline eval --format json` prints, as `schemas/result.schema.json` states it.
 * Fields may be added, never changed. Problems are added by the face, which knows how it names files.
 */
export interface ResultDocument {
  readonly project: string | null;
  readonly as_of: string | null;
  readonly metrics: readonly MetricDocument[];
  readonly targets: readonly TargetDocument[];
}

export interface MetricDocument {
  readonly metric: string;
  readonly version: number;
  readonly type: string;
  readonly label: string;
  readonly unit: string;
  readonly decimals: number;
  readonly better: 'higher' | 'lower' | 'neutral';
  readonly status: 'draft' | 'active' | 'deprecated';
  readonly grain: string;
  readonly headline: HeadlineDocument | null;
  readonly values: readonly ValueDocument[];
  /** What others reach, beside the headline. */
  readonly benchmarks: readonly BenchmarkStanding[];
  /** Where the total and each group are heading, of those with enough periods. */
  readonly trends: readonly TrendDocument[];
  readonly error: string | null;
}

export interface TrendDocument extends SeriesTrend {
  readonly group: Readonly<Record<string, string>>;
}

/** A value with what it rests on, and the value of the period before. */
export interface NumberDocument {
  readonly value: number | null;
  readonly n: number;
  readonly low: number | null;
  readonly high: number | null;
  readonly previous: number | null;
  readonly change: number | null;
  /** Whether the change is more than chance; null where there is nothing to compare. */
  readonly verdict: Verdict | null;
  /** Whether it rests on fewer than 30 rows or entities. */
  readonly small_sample: boolean;
}

export interface HeadlineDocument extends NumberDocument {
  readonly period: string;
  readonly target_status: TargetStatus | null;
}

export interface ValueDocument extends NumberDocument {
  readonly period: string;
  /** First day and the day behind the last one; null for all of a snapshot. */
  readonly start: string | null;
  readonly end: string | null;
  readonly partial: boolean;
  readonly group: Readonly<Record<string, string>>;
  /** The part of the total that a group of a count or sum makes; null for the total, other types, and a total of nothing. */
  readonly share_of_total: number | null;
}

export interface TargetDocument {
  readonly target: string;
  readonly metric: string;
  readonly segment: string | null;
  readonly label: string;
  readonly goal: GoalDocument;
  readonly period: string;
  readonly start: string | null;
  readonly end: string | null;
  readonly status: TargetStatus;
  readonly value: number | null;
  readonly low: number | null;
  readonly high: number | null;
  readonly n: number | null;
  readonly progress: number | null;
  readonly expected: number | null;
  /** What will be done where the target is missed. */
  readonly if_missed: string | null;
  readonly error: string | null;
}

type GoalDocument =
  | { readonly at_least: number }
  | { readonly at_most: number }
  | { readonly between: readonly number[] }
  | Record<string, never>;

export interface ResultOptions {
  /** First and last day to show; values never depend on them. */
  readonly from?: number;
  readonly to?: number;
}

/** The result document of an evaluation. */
export function resultDocument(
  checked: Checked,
  evaluation: Evaluation,
  options: ResultOptions = {},
): ResultDocument {
  return {
    project: checked.project.settings.name ?? null,
    as_of: evaluation.asOf ?? null,
    metrics: evaluation.metrics.map((result) => metricDocument(checked, evaluation, result, options)),
    targets: evaluation.targets.map(targetDocument),
  };
}

function metricDocument(
  checked: Checked,
  evaluation: Evaluation,
  result: MetricResult,
  options: ResultOptions,
): MetricDocument {
  const { metric, total, breakdowns } = result;
  const { project, kinds } = checked;
  const shown = [
    ...(total === undefined ? [] : [{ by: [] as readonly string[], series: total }]),
    ...breakdowns,
  ];
  return {
    metric: metric.name,
    version: metric.version,
    type: metric.type ?? '',
    label: labelOf(metric),
    unit: unitOf(project, kinds, metric),
    decimals: decimalsOf(project, kinds, metric),
    better: betterOf(project, kinds, metric),
    status: metric.status,
    grain: result.grain,
    headline: total === undefined ? null : headlineDocument(total, evaluation, metric.name),
    values: shown.flatMap(({ by, series }) =>
      valueDocuments(by, series, ADDED_UP.has(metric.type ?? '') ? total : undefined, options),
    ),
    benchmarks: metric.benchmarks.flatMap((benchmark) => benchmarkStanding(benchmark, total) ?? []),
    trends: shown.flatMap(({ by, series }) => trendDocuments(by, series)),
    error: result.refused ?? result.refusedBreakdowns[0]?.refused ?? null,
  };
}

function headlineDocument(series: Series, evaluation: Evaluation, metric: string): HeadlineDocument | null {
  const period = headlinePeriod(series);
  if (period === undefined) return null;
  return {
    period: formatPeriod(period),
    ...numbersAt(series, period, []),
    target_status: statusNow(evaluation.targets.filter(({ metric: of }) => of?.name === metric)),
  };
}

/** Where a metric stands now: of several targets about its total the one says it whose period ends last. */
export function statusNow(targets: readonly TargetResult[]): TargetStatus | null {
  const checks = targets
    .filter(({ target }) => target.segment === undefined)
    .flatMap(({ current }) => current ?? [])
    .sort((a, b) => a.period.end - b.period.end);
  return checks.at(-1)?.status ?? null;
}

/** The types of which a group makes a part of the total. */
const ADDED_UP: ReadonlySet<string> = new Set(['count', 'sum']);

/** @param total the series whose parts the groups are, where they are parts of it */
function valueDocuments(
  by: readonly string[],
  series: Series,
  total: Series | undefined,
  { from, to }: ResultOptions,
): ValueDocument[] {
  const periods = series.periods.filter(
    ({ grain, start, end }) =>
      grain === 'all' || ((from === undefined || end > from) && (to === undefined || start <= to)),
  );
  return periods.flatMap((period) => {
    const bounds = boundsOf(period);
    const partial = isPartial(series, period);
    const whole = by.length === 0 ? undefined : total?.at(period, []).value;
    return series.groups.map((labels) => ({
      period: formatPeriod(period),
      ...bounds,
      partial,
      group: groupDocument(by, labels),
      ...numbersAt(series, period, labels),
      share_of_total: shareOf(series.at(period, labels).value, whole),
    }));
  });
}

function groupDocument(by: readonly string[], labels: GroupLabels): ValueDocument['group'] {
  return Object.fromEntries(by.map((key, index) => [key, labels[index] ?? '']));
}

function trendDocuments(by: readonly string[], series: Series): TrendDocument[] {
  return series.groups.flatMap((labels) => {
    const trend = seriesTrend(series, labels);
    return trend === undefined ? [] : [{ group: groupDocument(by, labels), ...trend }];
  });
}

/** Section 4: from the total over all rows, as groups may overlap. */
function shareOf(value: number | null, whole: number | null | undefined): number | null {
  return value === null || whole === null || whole === undefined || whole === 0 ? null : value / whole;
}

/** The numbers of a series in one of its periods. */
export function numbersAt(series: Series, period: Period, labels: GroupLabels): NumberDocument {
  const { value, n, low, high }: Estimate = series.at(period, labels);
  const before = previousPeriod(series, period);
  const previous = before === undefined ? null : series.at(before, labels).value;
  // A partial period takes no part in changes: section 5.1.
  const isWhole = before !== undefined && !isPartial(series, before) && !isPartial(series, period);
  const comparable = isWhole && value !== null && previous !== null;
  return {
    value,
    n,
    low,
    high,
    previous,
    change: comparable ? value - previous : null,
    verdict: verdictAt(series, period, labels) ?? null,
    small_sample: n < SMALL_SAMPLE,
  };
}

function boundsOf({ grain, start, end }: Period): { start: string | null; end: string | null } {
  if (grain === 'all' && start === end) return { start: null, end: null };
  return { start: formatDay(start), end: formatDay(end) };
}

/** A target's result as plain data. */
export function targetDocument({ target, goal, current, refused }: TargetResult): TargetDocument {
  const estimate = current?.estimate;
  return {
    target: target.name,
    metric: target.metric?.text ?? '',
    segment: target.segment?.text ?? null,
    label: labelOf(target),
    goal: goal === undefined ? {} : goalDocument(goal),
    period:
      current === undefined ? (target.due?.text ?? target.each?.text ?? '') : formatPeriod(current.period),
    ...(current === undefined ? { start: null, end: null } : boundsOf(current.period)),
    status: current?.status ?? 'no_data',
    value: estimate?.value ?? null,
    low: estimate?.low ?? null,
    high: estimate?.high ?? null,
    n: estimate?.n ?? null,
    progress: current?.progress ?? null,
    expected: expectedOf(current),
    if_missed: target.ifMissed ?? null,
    error: refused ?? null,
  };
}

function goalDocument(goal: Goal): GoalDocument {
  if (goal.kind === 'between') return { between: [goal.low, goal.high] };
  return goal.kind === 'at_least' ? { at_least: goal.value } : { at_most: goal.value };
}

function expectedOf(check: TargetCheck | undefined): number | null {
  return check === undefined || check.expected.kind === 'between' ? null : check.expected.value;
}
