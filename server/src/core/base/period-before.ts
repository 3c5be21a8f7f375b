import type { Duration } from './duration.ts';
import { civil, type Day, dayOf, type Grain, type Period, periodAt } from './period.ts';

const MONTHS = { month: 1, quarter: 3, year: 12 } as const;
const DAYS = { day: 1, week: 7 } as const;

/**
 * The period that lies a calendar length, or one period, before another of the same grain. A year of weeks is 52 of them; by day,
 * months clamp to the last day of the month. `undefined` for `all`, which has none before it.
 */
export function periodBefore({ grain, start }: Period, back: Duration | 'period'): Period | undefined {
  if (grain === 'all') return undefined;
  if (back === 'period') return periodAt(grain, start - 1);
  const { count, unit } = back;
  if (unit === 'day' || unit === 'week') return periodAt(grain, start - count * DAYS[unit]);
  if (unit !== 'month' && unit !== 'quarter' && unit !== 'year') return undefined;
  if (grain === 'week') return unit === 'year' ? periodAt(grain, start - count * 52 * 7) : undefined;
  return periodAt(grain, monthsBefore(start, count * MONTHS[unit]));
}

/** The day so many months before another, or the last day of that month where it has no such day. */
export function monthsBefore(day: Day, count: number): Day {
  const { year, month, date } = civil(day);
  const last = dayOf(year, month - count + 1, 1) - 1;
  return Math.min(dayOf(year, month - count, date), last);
}

/** Whether an interval is a whole number of periods of a grain; a year of weeks counts as 52. */
export function isWholePeriods({ count, unit }: Duration, grain: Grain): boolean {
  if (grain === 'all') return false;
  if (unit === 'second' || unit === 'minute' || unit === 'hour') return false;
  if (grain === 'day') return true;
  if (grain === 'week') return unit === 'week' || unit === 'year' || (unit === 'day' && count % 7 === 0);
  if (unit === 'day' || unit === 'week') return false;
  return (count * MONTHS[unit]) % MONTHS[grain] === 0;
}
