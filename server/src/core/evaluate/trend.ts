import { isPartial, type Series } from './series.ts';

/** Periods of a trend at most. */
export const TREND = 24;

/** Values of the latest complete periods, oldest first, at most `TREND`. */
export function trendOf(series: Series): readonly (number | null)[] {
  return series.periods
    .filter((period) => !isPartial(series, period))
    .slice(-TREND)
    .map((period) => series.at(period, []).value);
}
