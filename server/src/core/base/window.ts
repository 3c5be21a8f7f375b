import { type Duration, parseDuration } from './duration.ts';
import { type Day, type Period, periodAt } from './period.ts';
import { monthsBefore } from './period-before.ts';

/** What takes the place of a period: a length that closes with it, or everything since a calendar bound or the first day. */
export type Window =
  | { readonly kind: 'trailing'; readonly length: Duration }
  | { readonly kind: 'to-date'; readonly unit: 'month' | 'quarter' | 'year' }
  | { readonly kind: 'all-time' };

const UNIT_DAYS = { day: 1, week: 7 } as const;
const UNIT_MONTHS = { month: 1, quarter: 3, year: 12 } as const;

/** Reads `28 days`, `3 months`, `year_to_date`, `all_time`; `undefined` where the text is none of them. */
export function parseWindow(text: string): Window | undefined {
  if (text === 'all_time') return { kind: 'all-time' };
  const [, unit] = /^(month|quarter|year)_to_date$/.exec(text) ?? [];
  if (unit === 'month' || unit === 'quarter' || unit === 'year') return { kind: 'to-date', unit };
  const length = parseDuration(text);
  return length === undefined || isWithinDay(length.unit) ? undefined : { kind: 'trailing', length };
}

function isWithinDay(unit: Duration['unit']): boolean {
  return unit === 'second' || unit === 'minute' || unit === 'hour';
}

/**
 * The first day of the window that closes with a period: section 5.1.
 *
 * @param first the first day of the data, where `all_time` begins
 */
export function windowStart(window: Window, period: Period, first: Day): Day {
  switch (window.kind) {
    case 'all-time':
      return first;
    case 'to-date':
      return periodAt(window.unit, period.end - 1).start;
    case 'trailing': {
      const { count, unit } = window.length;
      if (unit === 'day' || unit === 'week') return period.end - count * UNIT_DAYS[unit];
      if (unit === 'month' || unit === 'quarter' || unit === 'year') {
        return monthsBefore(period.end, count * UNIT_MONTHS[unit]);
      }
      return period.start;
    }
  }
}
