import type { MetricResult } from '../../../server/src/core/evaluate/evaluate.ts';
import { isPartial, type Series } from '../../../server/src/core/evaluate/series.ts';
import { isoDay, type RefPeriod } from './calendar.ts';
import type { RefEstimate } from './finish.ts';
import type { RefMetric } from './metric.ts';
import type { RefProject } from './project.ts';
import { type RefSeries, seriesOf } from './series.ts';

/** What differs between a result and the reference computation, in words; an empty list where they agree. */
export function differences(
  project: RefProject,
  metric: RefMetric,
  result: MetricResult | undefined,
): string[] {
  if (result === undefined) return [`${metric.name}: no result`];
  if (result.refused !== undefined || result.total === undefined)
    return [`${metric.name}: refused: ${result.refused}`];
  // Where no part of a formula is split by all of the breakdowns together, there are no groups to tell.
  const refused = result.refusedBreakdowns
    .filter(({ by }) => seriesOf(project, metric, by).groups.length > 0)
    .map(({ by, refused }) => `${metric.name} by ${by}: ${refused}`);
  return [
    ...refused,
    ...ofSeries(`${metric.name}`, seriesOf(project, metric, []), result.total),
    ...result.breakdowns.flatMap(({ by, series }) =>
      ofSeries(`${metric.name} by ${by.join(', ')}`, seriesOf(project, metric, by), series),
    ),
  ];
}

function ofSeries(what: string, expected: RefSeries, actual: Series): string[] {
  const periods = (series: { readonly periods: readonly RefPeriod[] }): string =>
    series.periods.map(periodText).join(' ');
  if (periods(expected) !== periods(actual)) {
    return [`${what}: periods ${periods(expected)} expected, ${periods(actual)} computed`];
  }
  const groups = (series: { readonly groups: readonly (readonly string[])[] }): string =>
    series.groups
      .map((group) => JSON.stringify(group))
      .sort()
      .join(' ');
  if (expected.periods.length === 0) return [];
  if (expected.asOf !== actual.asOf)
    return [`${what}: as_of ${expected.asOf} expected, ${actual.asOf} computed`];
  if (groups(expected) !== groups(actual)) {
    return [`${what}: groups ${groups(expected)} expected, ${groups(actual)} computed`];
  }
  const cut = actual.periods.filter((period) => expected.partial(period) !== isPartial(actual, period));
  if (cut.length > 0)
    return [`${what}: ${cut.map(periodText).join(', ')} partial or complete, and computed otherwise`];
  return actual.periods.flatMap((period) =>
    actual.groups.flatMap((group) => {
      const [wanted, got] = [expected.at(period, group), actual.at(period, group)];
      return sameEstimate(wanted, got)
        ? []
        : [
            `${what} ${JSON.stringify(group)} ${periodText(period)}: ${estimateText(wanted)} expected, ${estimateText(got)} computed`,
          ];
    }),
  );
}

function periodText({ grain, start, end }: RefPeriod): string {
  return `${grain}:${isoDay(start)}..${isoDay(end)}`;
}

function estimateText({ value, n, low, high }: RefEstimate): string {
  return `${value} (n ${n}, ${low} to ${high})`;
}

export function sameEstimate(a: RefEstimate, b: RefEstimate): boolean {
  return a.n === b.n && close(a.value, b.value) && close(a.low, b.low) && close(a.high, b.high);
}

/** Equal up to what the order of additions does to doubles. */
export function close(a: number | null, b: number | null): boolean {
  if (a === null || b === null) return a === b;
  return Math.abs(a - b) <= 1e-9 * Math.max(1, Math.abs(a), Math.abs(b));
}

/** Fails where a number is not the expected one, to so many digits behind the decimal point as that one is written with. */
export function near(actual: number | null | undefined, expected: number): void {
  const digits = String(expected).split('.')[1]?.length ?? 9;
  const difference = Math.abs((actual ?? Number.NaN) - expected);
  if (!(difference <= 0.5000001 * 10 ** -Math.min(digits, 9)))
    throw new Error(`${actual} is not ${expected}.`);
}
