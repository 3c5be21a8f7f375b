import { civil, type Day, parsePeriod } from '../base/period.ts';
import type { Benchmark } from '../model/project.ts';
import { formatDifference, formatValue, type ValueFormat } from './format-value.ts';
import { headlinePeriod, type Series } from './series.ts';

/** A published value beside that of the metric. */
export interface BenchmarkStanding {
  readonly value: number;
  readonly citation: string | null;
  /** The time that it speaks of, as it is written. */
  readonly as_of: string | null;
  /** In whole months, from the last day that it speaks of to that of the data; null where one of them is not known. */
  readonly age_months: number | null;
  /** The headline less the benchmark; null where there is no headline. */
  readonly difference: number | null;
}

/** Where a metric stands beside a benchmark; `undefined` where that has no value. */
export function benchmarkStanding(
  { value, citation, asOf }: Benchmark,
  series: Series | undefined,
): BenchmarkStanding | undefined {
  if (value === undefined) return undefined;
  const period = series && headlinePeriod(series);
  const own = (period && series?.at(period, []).value) ?? null;
  return {
    value: value.value,
    citation: citation ?? null,
    as_of: asOf ?? null,
    age_months: ageOf(asOf, series?.asOf),
    difference: own === null ? null : own - value.value,
  };
}

/** A benchmark in words: its value and source, how old it is, and how the headline compares. */
export function benchmarkText(
  { value, citation, as_of, age_months, difference }: BenchmarkStanding,
  format: ValueFormat,
): string {
  const source = citation === null ? '' : `: ${citation}`;
  const time = as_of === null ? '' : ` (${as_of}${ageWords(age_months)})`;
  return `${formatValue(value, format)}${source}${time}${comparison(difference, format)}`;
}

function ageOf(asOf: string | undefined, last: Day | undefined): number | null {
  const period = asOf === undefined ? undefined : parsePeriod(asOf);
  if (period === undefined || period.grain === 'all' || last === undefined) return null;
  const [from, to] = [civil(period.end - 1), civil(last)];
  return (to.year - from.year) * 12 + to.month - from.month - (to.date < from.date ? 1 : 0);
}

function ageWords(months: number | null): string {
  if (months === null || months < 1) return '';
  if (months < 24) return `, ${months} month${months === 1 ? '' : 's'} before the data end`;
  return `, ${Math.floor(months / 12)} years before the data end`;
}

function comparison(difference: number | null, format: ValueFormat): string {
  if (difference === null) return '';
  const size = formatDifference(difference, format);
  if (!/[1-9]/.test(size)) return '; the headline is the same';
  return `; the headline is ${size} ${difference > 0 ? 'above' : 'below'}`;
}
