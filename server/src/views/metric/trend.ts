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
  series,
  targets = [],
  benchmarks = [],
}: {
  readonly title: string;
  readonly shape: ValueShape;
  readonly series: Series;
  readonly targets?: readonly TargetPath[];
  readonly benchmarks?: readonly BenchmarkLine[];
}): LinesData {
  const own = periodsOf([series]);
  const periods = withComing(
    own,
    targets.flatMap(({ points }) => points),
  );
  return {
    title,
    periods: periods.periods,
    partial: periods.partial,
    lines: [
      valueLine(series.label ?? title, series, periods, 0),
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
  return trendOf({ title, shape, series, targets: ofTotal, benchmarks });
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

/** Write values of a metric in its unit. */
export function writersOf(shape: ValueShape): Pick<LinesData, 'write' | 'writeTick'> {
  const format = formatOf(shape);
  const free = { ...format, decimals: undefined };
  return { write: (value) => formatValue(value, format), writeTick: (value) => formatValue(value, free) };
}

/** The periods that only goals speak of lie behind those with values. */
function withComing(own: Periods, points: readonly GoalPoint[]): Periods {
  const last = own.starts.at(-1);
  // All of a snapshot has no days, and so nothing that comes behind it.
  if (last === null) return own;
  const coming = new Map(
    points.filter(({ start }) => last === undefined || start > last).map((point) => [point.period, point]),
  );
  const isCovered = (point: GoalPoint): boolean => own.periods.includes(point.period);
  const added = [...coming.values()]
    .filter((point) => !isCovered(point))
    .sort((a, b) => (a.start < b.start ? -1 : 1));
  return {
    periods: [...own.periods, ...added.map(({ period }) => period)],
    starts: [...own.starts, ...added.map(({ start }) => start)],
    partial: [...own.partial, ...added.map(() => false)],
  };
}

/** One line for a goal that is open on a side, two for a range. */
function goalLines({ target, points }: TargetPath, periods: Periods): readonly Line[] {
  const at = periods.starts.map((start) =>
    points.find((point) => start !== null && point.start <= start && start < point.end),
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

function benchmarkLine({ value, citation }: BenchmarkLine, { periods }: Periods): Line {
  const name = citation === null ? 'Benchmark' : `Benchmark: ${citation}`;
  return { name, kind: 'benchmark', look: 0, values: periods.map(() => value) };
}
