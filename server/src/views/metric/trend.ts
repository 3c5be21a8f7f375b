import { formatDay, formatPeriod, GRAINS, parseDay, periodsBetween } from '../../core/base/period.ts';
import { formatValue } from '../../core/evaluate/format-value.ts';
import type { MetricDocument } from '../../core/evaluate/result.ts';
import type { BenchmarkLine, GoalPoint, TargetPath, ValueShape } from '../../core/preview/preview.ts';
import type { Line, LinesData } from '../charts/lines.ts';
import { formatOf } from '../parts/numbers.ts';
import { alignedTo, type Periods, periodsOf, type Series, totalOf } from './series.ts';

/** The total over time with its interval, and what it is held against. */
export function trendOf({
  title,
  shape,
  grain,
  series,
  targets = [],
  benchmarks = [],
}: {
  readonly title: string;
  readonly shape: ValueShape;
  readonly grain: string;
  readonly series: Series;
  readonly targets?: readonly TargetPath[];
  readonly benchmarks?: readonly BenchmarkLine[];
}): LinesData {
  const own = periodsOf([series]);
  const periods = withComing(
    own,
    grain,
    targets.flatMap(({ points }) => points),
  );
  return {
    title,
    periods: periods.periods,
    partial: periods.partial,
    lines: [
      judgedLine(series, valueLine(series.label ?? title, series, periods, 0), periods),
      ...targets.flatMap((target) => goalLines(target, periods)),
      ...benchmarks.map((benchmark) => benchmarkLine(benchmark, periods)),
    ],
    ...writersOf(shape),
  };
}

/** The trend of the total of a metric, with the targets that are about it. */
export function totalTrend(
  title: string,
  shape: ValueShape,
  result: MetricDocument,
  targets: readonly TargetPath[],
  benchmarks: readonly BenchmarkLine[],
): LinesData {
  const ofTotal = targets.filter(({ target }) => target.segment === null);
  const series = { ...totalOf(result), label: result.label };
  return trendOf({ title, shape, grain: result.grain, series, targets: ofTotal, benchmarks });
}

/** A series as a line, with its interval. */
export function valueLine(name: string, series: Series, periods: Periods, look: number): Line {
  const values = alignedTo(periods, series);
  return {
    name,
    kind: 'value',
    look,
    values: values.map((each) => each?.value ?? null),
    low: values.map((each) => each?.low ?? null),
    high: values.map((each) => each?.high ?? null),
  };
}

/** A line with the verdicts of its values, as far as they were tested: what is not a sample is certain, and marks nothing. */
function judgedLine(series: Series, line: Line, periods: Periods): Line {
  const verdicts = alignedTo(periods, series).map((value) =>
    value === undefined || value.low === null ? null : value.verdict,
  );
  return verdicts.every((verdict) => verdict === null || verdict === 'not_tested')
    ? line
    : { ...line, verdicts };
}

/** Write values of a metric in its unit. */
export function writersOf(shape: ValueShape): Pick<LinesData, 'write' | 'writeTick' | 'most'> {
  const format = formatOf(shape);
  const free = { ...format, decimals: undefined };
  return {
    write: (value) => formatValue(value, format),
    writeTick: (value) => formatValue(value, free),
    ...(shape.unit === 'percent' ? { most: 1 } : {}),
  };
}

/** The periods that only goals speak of lie behind those with values, in the same grain, so that the axis stays even. */
function withComing(own: Periods, grain: string, points: readonly GoalPoint[]): Periods {
  const known = GRAINS.find((each) => each === grain);
  const [last, end] = [own.ends.at(-1), latest(points.map((point) => point.end))];
  const [from, to] = [parseDay(last ?? ''), parseDay(end ?? '')];
  // All of a snapshot has no days, and so nothing that comes behind it.
  if (known === undefined || known === 'all' || from === undefined || to === undefined) return own;
  const coming = periodsBetween(known, from, to - 1).slice(0, MOST_COMING);
  return {
    periods: [...own.periods, ...coming.map(formatPeriod)],
    starts: [...own.starts, ...coming.map((period) => formatDay(period.start))],
    ends: [...own.ends, ...coming.map((period) => formatDay(period.end))],
    partial: [...own.partial, ...coming.map(() => false)],
  };
}

/** A goal that is years away would leave no room for what was. */
const MOST_COMING = 60;

function latest(days: readonly string[]): string | undefined {
  return days.toSorted().at(-1);
}

/** One line for a goal that is open on a side, two for a range. */
function goalLines({ target, points }: TargetPath, periods: Periods): readonly Line[] {
  // The goal of a quarter is reached by its last month: there it stands, and the line leads from one to the next.
  const at = periods.starts.map((start, index) =>
    points.find(
      (point) =>
        start !== null &&
        point.start <= start &&
        start < point.end &&
        !isIn(point, periods.starts[index + 1] ?? null),
    ),
  );
  const line = (name: string, values: readonly (number | null)[]): readonly Line[] =>
    values.every((value) => value === null) ? [] : [{ name, kind: 'goal', look: 0, values }];
  const [low, high] = [at.map((point) => point?.low ?? null), at.map((point) => point?.high ?? null)];
  const isRange = low.some((value) => value !== null) && high.some((value) => value !== null);
  const name = `Target: ${target.label}`;
  return [
    ...line(isRange ? `${name}, at least` : name, low),
    ...line(isRange ? `${name}, at most` : name, high),
  ];
}

function isIn({ start, end }: GoalPoint, day: string | null): boolean {
  return day !== null && start <= day && day < end;
}

function benchmarkLine({ value, citation }: BenchmarkLine, { periods }: Periods): Line {
  const name = citation === null ? 'Benchmark' : `Benchmark: ${citation}`;
  return { name, kind: 'benchmark', look: 0, values: periods.map(() => value) };
}
