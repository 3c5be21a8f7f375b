import type { Grain } from '../base/period.ts';
import { formatDifference, type ValueFormat } from './format-value.ts';
import type { SeriesTrend } from './series-trend.ts';

/** Where a series is heading: `rising by 1.2 a month over 12 months`; what cannot be told apart from chance is said to be no trend. */
export function trendWords(
  { direction, slope, periods }: SeriesTrend,
  grain: Grain,
  format: ValueFormat,
): string {
  const over = `over ${periods} ${grain}s`;
  if (direction === 'no_clear_trend') return `no clear trend ${over}`;
  const size = `${formatDifference(slope, format)} a ${grain}`;
  if (direction === 'not_tested') return `${slope < 0 ? '−' : '+'}${size} ${over}, not tested`;
  return `${direction} by ${size} ${over}`;
}
