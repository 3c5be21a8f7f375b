import { type GroupLabels, isPartial, type Series } from './series.ts';

/** Periods of a trend at most. */
export const TREND = 24;

/** Values of the latest complete periods, oldest first, at most `TREND`; of a group where its labels are given. */
export function trendOf(series: Series, labels: GroupLabels = []): readonly (number | null)[] {
  return series.periods
    .filter((period) => !isPartial(series, period))
    .slice(-TREND)
    .map((period) => series.at(period, labels).value);
}
