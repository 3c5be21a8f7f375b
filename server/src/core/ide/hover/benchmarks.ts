import { civil, type Day, parseDay } from '../../base/period.ts';
import { formatDifference, formatValue, type ValueFormat } from '../../evaluate/format-value.ts';
import { metricFormat } from '../../evaluate/metric-format.ts';
import { headlinePeriod, type Series } from '../../evaluate/series.ts';
import type { Benchmark, Metric } from '../../model/project.ts';
import type { IdeContext } from '../ide-context.ts';
import { type Block, list, paragraph, type Words } from '../prose/prose.ts';

/** What others reach: each benchmark with its source, how old it is beside the data, and how the headline compares. */
export function benchmarks({ checked, numbers }: IdeContext, metric: Metric): readonly Block[] {
  const known = metric.parent === undefined ? numbers?.metric(metric.name) : undefined;
  // A headline of before the last change is nothing to compare with.
  const series = known?.stale === false ? known.value.total : undefined;
  const format = metricFormat(checked, metric);
  const items = metric.benchmarks.map((benchmark) => benchmarkWords(benchmark, series, format));
  return items.length === 0 ? [] : [paragraph({ strong: 'Benchmarks' }), ...list(items)];
}

/** A benchmark in words, beside the values that a metric has. */
export function benchmarkWords(
  { value, citation, asOf }: Benchmark,
  series: Series | undefined,
  format: ValueFormat,
): Words {
  if (value === undefined) return [citation ?? 'A benchmark without a value'];
  const day = asOf === undefined ? undefined : parseDay(asOf);
  const age = day === undefined || series?.asOf === undefined ? '' : ageWords(day, series.asOf);
  return [
    formatValue(value.value, format),
    ...(citation === undefined ? [] : [': ', citation]),
    ...(asOf === undefined ? [] : [` (${asOf}${age})`]),
    comparison(value.value, series, format),
  ];
}

/** How long before the last day of the data a benchmark was taken, in whole months. */
function ageWords(day: Day, last: Day): string {
  const [from, to] = [civil(day), civil(last)];
  const months = (to.year - from.year) * 12 + to.month - from.month - (to.date < from.date ? 1 : 0);
  if (months < 1) return '';
  if (months < 24) return `, ${months} month${months === 1 ? '' : 's'} before the data end`;
  return `, ${Math.floor(months / 12)} years before the data end`;
}

function comparison(benchmark: number, series: Series | undefined, format: ValueFormat): string {
  const period = series && headlinePeriod(series);
  const value = (period && series?.at(period, []).value) ?? null;
  if (value === null) return '';
  const size = formatDifference(value - benchmark, format);
  if (!/[1-9]/.test(size)) return '; the headline is the same';
  return `; the headline is ${size} ${value > benchmark ? 'above' : 'below'}`;
}
