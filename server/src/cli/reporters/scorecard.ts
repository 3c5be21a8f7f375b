import { benchmarkText } from '../../core/evaluate/benchmark.ts';
import { formatValue, type ValueFormat } from '../../core/evaluate/format-value.ts';
import type { MetricDocument, TargetDocument, ValueDocument } from '../../core/evaluate/result.ts';
import { isSmallSample } from '../../core/evaluate/small-sample.ts';
import type { TargetStatus } from '../../core/evaluate/target-status.ts';
import { relativeTo } from '../../core/workspace/paths.ts';
import type { EvalReport } from './eval-report.ts';

/** The latest complete value of a metric or of one of its groups, with those before it. */
export interface ScoreRow {
  readonly label: string;
  /** 0 for a metric, 1 for its groups, 2 for groups under a heading. */
  readonly depth: number;
  readonly format: ValueFormat;
  readonly better: MetricDocument['better'];
  /** `undefined` where no complete period is shown. */
  readonly value: ValueDocument | undefined;
  /** Of the last complete periods, oldest first; one at most where there is no series. */
  readonly series: readonly (number | null)[];
  readonly small: boolean;
  readonly target: TargetStatus | null;
}

/** A line of the scorecard. */
export type ScoreLine =
  | { readonly kind: 'row'; readonly row: ScoreRow }
  /** A value that no complete period has yet. */
  | { readonly kind: 'incomplete'; readonly label: string; readonly depth: number; readonly text: string }
  /** Says by what the groups below are told apart. */
  | { readonly kind: 'heading'; readonly text: string }
  /** A published value beside that of the metric above. */
  | { readonly kind: 'benchmark'; readonly text: string }
  /** Why something is not there. */
  | { readonly kind: 'error' | 'note'; readonly label: string; readonly text: string };

/** The metrics of one file. */
export interface ScoreSection {
  readonly title: string;
  readonly lines: readonly ScoreLine[];
}

/** Periods of a trend at most. */
export const SERIES_LENGTH = 12;
/** Beyond these, groups of one breakdown are counted and not listed: nobody reads them in a table. */
const MAX_GROUPS = 20;

/** The scorecard of a report, metric by metric in the order of the files. */
export function scorecard(report: EvalReport, ascii: boolean): readonly ScoreSection[] {
  const sections = new Map<string, ScoreLine[]>();
  for (const metric of report.document.metrics) {
    if (report.unfit.has(metric.metric)) continue;
    const file = report.files.get(metric.metric) ?? '';
    const title = (relativeTo(report.folder, file) ?? file).replace(/\.metrics\.ya?ml$/, '');
    const lines = sections.get(title) ?? [];
    sections.set(title, lines);
    lines.push(...metricLines(report, metric, ascii));
  }
  return [...sections].map(([title, lines]) => ({ title, lines }));
}

/** How a value of a metric is written. In a table, cents on ten thousands are noise. */
export function formatOf(
  { unit, decimals }: Pick<MetricDocument, 'unit' | 'decimals'>,
  currency: string | undefined,
  ascii: boolean,
  value: number | null,
): ValueFormat {
  const large = value !== null && Math.abs(value) >= 10_000;
  return { unit, decimals: large ? 0 : decimals, currency, ascii };
}

function metricLines(report: EvalReport, metric: MetricDocument, ascii: boolean): readonly ScoreLine[] {
  const { error, values, label } = metric;
  if (values.length === 0 && error !== null) return [{ kind: 'error', label, text: error }];
  const breakdowns = new Map<string, ValueDocument[][]>();
  for (const series of seriesByGroup(values)) {
    const by = Object.keys(series[0]?.group ?? {}).join(', ');
    breakdowns.set(by, [...(breakdowns.get(by) ?? []), series]);
  }
  const [total = []] = breakdowns.get('') ?? [];
  const row = (series: readonly ValueDocument[], depth: number): ScoreLine => {
    const begun = series.at(-1);
    const own = { ...scoreRow(report, metric, ascii, series), depth };
    if (own.value !== undefined || begun === undefined) return { kind: 'row', row: own };
    return {
      kind: 'incomplete',
      label: own.label,
      depth,
      text: incompleteText(report, metric, ascii, begun),
    };
  };
  return [
    row(total, 0),
    ...metric.benchmarks.map((benchmark): ScoreLine => {
      const format = formatOf(metric, report.currency, ascii, benchmark.value);
      return { kind: 'benchmark', text: `benchmark ${benchmarkText(benchmark, format)}` };
    }),
    ...[...breakdowns].flatMap(([by, groups]) => (by === '' ? [] : groupLines(report, by, groups, row))),
    ...(error === null || isUnbroken(report, metric)
      ? []
      : [{ kind: 'note' as const, label, text: `${error}${reachedText(report, metric)}` }]),
  ];
}

/** What is known so far of a period, where none is complete: section 5.1 of the format gives no headline then. */
function incompleteText(
  { currency, range }: EvalReport,
  metric: MetricDocument,
  ascii: boolean,
  { period, value }: ValueDocument,
): string {
  const isCut = range.from !== undefined || range.to !== undefined;
  const reason = isCut ? 'no complete period among those shown' : 'no complete period yet';
  const number = formatValue(value, formatOf(metric, currency, ascii, value));
  return `${reason}; ${period} so far: ${number}`;
}

/** By what else a metric can be broken down, where it cannot be by what was asked for. */
function reachedText({ by, reached }: EvalReport, { metric }: MetricDocument): string {
  const names = by.length === 0 ? [] : reached(metric);
  return names.length === 0 ? '' : ` It can be broken down by ${names.join(', ')}.`;
}

/** Whether `--by` does not apply to a metric that nobody named: such metrics are listed together. */
export function isUnbroken({ named, by }: EvalReport, { error, values }: MetricDocument): boolean {
  return !named && by.length > 0 && error !== null && values.length > 0;
}

function groupLines(
  report: EvalReport,
  by: string,
  groups: readonly ValueDocument[][],
  row: (series: readonly ValueDocument[], depth: number) => ScoreLine,
): readonly ScoreLine[] {
  const heading: ScoreLine[] = report.by.length === 0 ? [{ kind: 'heading', text: `by ${by}` }] : [];
  const more = groups.length - MAX_GROUPS;
  const rest: ScoreLine[] =
    more > 0 ? [{ kind: 'heading', text: `and ${more} more groups: see --format csv` }] : [];
  const depth = 1 + heading.length;
  return [...heading, ...groups.slice(0, MAX_GROUPS).map((group) => row(group, depth)), ...rest];
}

function scoreRow(
  report: EvalReport,
  metric: MetricDocument,
  ascii: boolean,
  series: readonly ValueDocument[],
): Omit<ScoreRow, 'depth'> {
  const complete = series.filter(({ partial }) => !partial);
  const value = complete.at(-1);
  const labels = Object.values(series[0]?.group ?? {});
  return {
    label: labels.length === 0 ? labelOf(metric) : labels.join(', '),
    format: formatOf(metric, report.currency, ascii, value?.value ?? null),
    better: metric.better,
    value,
    series: complete.slice(-SERIES_LENGTH).map((each) => each.value),
    small: value !== undefined && isSmallSample(value, metric.unit),
    target: targetOf(report.document.targets, metric.metric, value?.group ?? {}),
  };
}

/** Numbers that are not agreed on yet, or no longer, say so. */
function labelOf({ label, status }: MetricDocument): string {
  return status === 'active' ? label : `${label} (${status})`;
}

/** The status of the first target of a metric for just this group. */
function targetOf(
  targets: readonly TargetDocument[],
  metric: string,
  group: ValueDocument['group'],
): TargetStatus | null {
  const pairs = Object.entries(group);
  const [only] = pairs;
  if (pairs.length > 1) return null;
  const segment = only === undefined ? null : only.join('.');
  return targets.find((target) => target.metric === metric && target.segment === segment)?.status ?? null;
}

/** The values of each group, in the order in which groups first occur; the total's first. */
function seriesByGroup(values: readonly ValueDocument[]): readonly ValueDocument[][] {
  const series = new Map<string, ValueDocument[]>();
  for (const value of values) {
    const key = JSON.stringify(value.group);
    const own = series.get(key);
    if (own === undefined) series.set(key, [value]);
    else own.push(value);
  }
  return [...series.values()];
}
