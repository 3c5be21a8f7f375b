import { type GroupLabels, isPartial, type Series } from './series.ts';
import { trendTest } from './statistics/trend-test.ts';
import { TREND } from './trend.ts';

/** Where a series is heading. */
export interface SeriesTrend {
  readonly direction: 'rising' | 'falling' | 'no_clear_trend' | 'not_tested';
  /** Theil–Sen: how much the value changes from one period to the next, in its unit. */
  readonly slope: number;
  /** Mann–Kendall, two-sided; null where values rest on the same rows, so that they follow each other by construction. */
  readonly p: number | null;
  /** How many periods with a value it rests on. */
  readonly periods: number;
}

/** With fewer values the test could hardly find a trend. */
const LEAST = 8;
const SIGNIFICANT = 0.05;

/** The trend over the latest complete periods, 24 at most, as what was longer ago says little of where things are heading: section 5.4. `undefined` where fewer than 8 of them have a value. */
export function seriesTrend(series: Series, labels: GroupLabels): SeriesTrend | undefined {
  const complete = series.periods.filter((period) => !isPartial(series, period)).slice(-TREND);
  const values = complete.map((period) => series.at(period, labels).value);
  const periods = values.filter((value) => value !== null).length;
  const test = periods < LEAST ? undefined : trendTest(values);
  if (test === undefined) return undefined;
  const { slope, p } = test;
  if (complete.some((period) => series.sharesRows?.(period)))
    return { direction: 'not_tested', slope, p: null, periods };
  const direction = p > SIGNIFICANT ? 'no_clear_trend' : test.tau > 0 ? 'rising' : 'falling';
  return { direction, slope, p, periods };
}
