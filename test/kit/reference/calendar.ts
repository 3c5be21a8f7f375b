/**
 * Calendar of the reference computation: days, periods and time zones, by the JavaScript `Date` and `Intl` only, so that
 * nothing is shared with the code under test. Days are whole days since 1970-01-01; instants are milliseconds since then.
 */

export type RefGrain = 'day' | 'week' | 'month' | 'quarter' | 'year' | 'all';

export interface RefPeriod {
  readonly grain: RefGrain;
  readonly start: number;
  /** The day behind the last one. */
  readonly end: number;
}

export const DAY_MS = 86_400_000;

export function dayFrom(year: number, month: number, date: number): number {
  return Math.round(Date.UTC(year, month - 1, date) / DAY_MS);
}

/** The day of an ISO date, without any check. */
export function day(text: string): number {
  return Math.round(Date.parse(`${text}T00:00:00Z`) / DAY_MS);
}

export function isoDay(value: number): string {
  return new Date(value * DAY_MS).toISOString().slice(0, 10);
}

/** Section 5.1: the period of a grain that holds a day; weeks begin on Monday. */
export function periodHolding(grain: Exclude<RefGrain, 'all'>, value: number): RefPeriod {
  const date = new Date(value * DAY_MS);
  const [year, month] = [date.getUTCFullYear(), date.getUTCMonth() + 1];
  switch (grain) {
    case 'day':
      return { grain, start: value, end: value + 1 };
    case 'week': {
      const sinceMonday = (date.getUTCDay() + 6) % 7;
      return { grain, start: value - sinceMonday, end: value - sinceMonday + 7 };
    }
    case 'month':
      return { grain, start: dayFrom(year, month, 1), end: dayFrom(year, month + 1, 1) };
    case 'quarter': {
      const first = 3 * Math.ceil(month / 3) - 2;
      return { grain, start: dayFrom(year, first, 1), end: dayFrom(year, first + 3, 1) };
    }
    case 'year':
      return { grain, start: dayFrom(year, 1, 1), end: dayFrom(year + 1, 1, 1) };
  }
}

/** Section 5.1: the periods without gaps from the earliest time to `as_of`, both days included. */
export function periodsFrom(grain: RefGrain, first: number, asOf: number): RefPeriod[] {
  if (first > asOf) return [];
  if (grain === 'all') return [{ grain, start: first, end: asOf + 1 }];
  const periods = [periodHolding(grain, first)];
  for (;;) {
    const next = periodHolding(grain, periods[periods.length - 1]?.end ?? 0);
    if (next.start > asOf) return periods;
    periods.push(next);
  }
}

/** A length of time by the calendar, such as `3 months`. */
export interface RefInterval {
  readonly count: number;
  readonly unit: 'day' | 'week' | 'month' | 'quarter' | 'year';
}

const MONTHS = { month: 1, quarter: 3, year: 12 } as const;

/** The day that lies an interval before another; months clamp to their last day. */
export function dayBefore(value: number, { count, unit }: RefInterval): number {
  if (unit === 'day') return value - count;
  if (unit === 'week') return value - 7 * count;
  const date = new Date(value * DAY_MS);
  const [year, month] = [date.getUTCFullYear(), date.getUTCMonth() + 1 - count * MONTHS[unit]];
  const lastOfMonth = dayFrom(year, month + 1, 1) - 1;
  return Math.min(dayFrom(year, month, date.getUTCDate()), lastOfMonth);
}

/** The day that lies an interval after another; months clamp to their last day. */
export function dayAfter(value: number, { count, unit }: RefInterval): number {
  return dayBefore(value, { count: -count, unit });
}

/** A window that replaces the period: section 5.1. */
export type RefWindow = RefInterval | 'month_to_date' | 'quarter_to_date' | 'year_to_date' | 'all_time';

/** The days that a window covers which closes with a period; `first` is the first day of the data. */
export function windowOf(window: RefWindow, period: RefPeriod, first: number): RefPeriod {
  const { grain, end } = period;
  if (typeof window !== 'string') return { grain, start: dayBefore(end, window), end };
  switch (window) {
    case 'all_time':
      return { grain, start: first, end };
    case 'month_to_date':
      return { grain, start: periodHolding('month', end - 1).start, end };
    case 'quarter_to_date':
      return { grain, start: periodHolding('quarter', end - 1).start, end };
    case 'year_to_date':
      return { grain, start: periodHolding('year', end - 1).start, end };
  }
}

/** A length as the format writes it: `28 days`. */
export function intervalText({ count, unit }: RefInterval): string {
  return `${count} ${unit}${count === 1 ? '' : 's'}`;
}

/** Section 5.2: the period one back, or back by an interval that is whole periods of the grain; a year of weeks is 52. */
export function periodBefore(period: RefPeriod, back: RefInterval | 'period'): RefPeriod | undefined {
  const { grain, start } = period;
  if (grain === 'all') return undefined;
  if (back === 'period') return periodHolding(grain, start - 1);
  const weeks = grain === 'week' && back.unit === 'year';
  return periodHolding(grain, weeks ? start - 7 * 52 * back.count : dayBefore(start, back));
}

const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(zone: string): Intl.DateTimeFormat {
  const known = formats.get(zone);
  if (known !== undefined) return known;
  const made = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    calendar: 'iso8601',
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  formats.set(zone, made);
  return made;
}

/** What a clock in the zone shows at an instant, as if it were UTC. */
export function wallOf(zone: string, instant: number): number {
  const whole = Math.floor(instant / 1000) * 1000;
  const part = new Map(
    formatOf(zone)
      .formatToParts(whole)
      .map(({ type, value }) => [type, Number(value)]),
  );
  const get = (name: Intl.DateTimeFormatPartTypes): number => part.get(name) ?? 0;
  const wall = Date.UTC(get('year'), get('month') - 1, get('day'), get('hour'), get('minute'), get('second'));
  return wall + (instant - whole);
}

/** The instants at which a clock in the zone shows a wall time: one, in the hour put back two, in the hour skipped none. */
export function instantsOf(zone: string, wall: number): number[] {
  const offsets = [wall - DAY_MS, wall + DAY_MS].map((near) => wallOf(zone, near) - near);
  return [...new Set(offsets)].map((offset) => wall - offset).filter((at) => wallOf(zone, at) === wall);
}

export function localDay(zone: string, instant: number): number {
  return Math.floor(wallOf(zone, instant) / DAY_MS);
}

/** The instant at which a day begins in the zone. Zones that skip midnight are not used in the tests. */
export function dayStart(zone: string, value: number): number {
  const [instant] = instantsOf(zone, value * DAY_MS);
  if (instant === undefined) throw new Error(`${isoDay(value)} has no midnight in ${zone}.`);
  return instant;
}
