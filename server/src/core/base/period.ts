/**
 * Calendar periods. Dates are whole days since 1970-01-01 in the proleptic Gregorian calendar, with no time zone:
 * a period is half-open, `[start, end)`, and the engine turns its bounds into instants of the project's time zone.
 */

export const GRAINS = ['day', 'week', 'month', 'quarter', 'year', 'all'] as const;
export type Grain = (typeof GRAINS)[number];

/** Days since 1970-01-01. */
export type Day = number;

export interface Period {
  readonly grain: Grain;
  /** First day. */
  readonly start: Day;
  /** The day behind the last one. */
  readonly end: Day;
}

const MS_PER_DAY = 86_400_000;

/** The day of a `YYYY-MM-DD` text; `undefined` where it is not a date of the calendar. */
export function parseDay(text: string): Day | undefined {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  if (match === null) return undefined;
  const [year, month, date] = [Number(match[1]), Number(match[2]), Number(match[3])];
  const day = dayOf(year, month, date);
  return formatDay(day) === text ? day : undefined;
}

/** `YYYY-MM-DD`. */
export function formatDay(day: Day): string {
  return new Date(day * MS_PER_DAY).toISOString().slice(0, 10);
}

/** The day of a year, a month (1 to 12, or beyond: carried over) and a day of the month (1 to 31, carried over). */
export function dayOf(year: number, month: number, date: number): Day {
  return Math.floor(new Date(0).setUTCFullYear(year, month - 1, date) / MS_PER_DAY);
}

interface CivilDate {
  readonly year: number;
  /** 1 to 12. */
  readonly month: number;
  readonly date: number;
}

/** The year, month and day of the month of a day. */
export function civil(day: Day): CivilDate {
  const date = new Date(day * MS_PER_DAY);
  return { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, date: date.getUTCDate() };
}

/** The period of a grain in which a day lies. `all` has no bounds of its own: pass them to `wholeOf`. */
export function periodAt(grain: Exclude<Grain, 'all'>, day: Day): Period {
  const { year, month } = civil(day);
  switch (grain) {
    case 'day':
      return { grain, start: day, end: day + 1 };
    case 'week': {
      // 1970-01-01 was a Thursday; weeks begin on Monday.
      const start = day - ((((day + 3) % 7) + 7) % 7);
      return { grain, start, end: start + 7 };
    }
    case 'month':
      return { grain, start: dayOf(year, month, 1), end: dayOf(year, month + 1, 1) };
    case 'quarter': {
      const first = month - ((month - 1) % 3);
      return { grain, start: dayOf(year, first, 1), end: dayOf(year, first + 3, 1) };
    }
    case 'year':
      return { grain, start: dayOf(year, 1, 1), end: dayOf(year + 1, 1, 1) };
  }
}

/** The one period `all`, from the first to the last day of the data, both included. */
export function wholeOf(first: Day, last: Day): Period {
  return { grain: 'all', start: first, end: last + 1 };
}

/** Every period of a grain from the one with day `first` to the one with day `last`, without gaps; none where `last` comes first. */
export function periodsBetween(grain: Grain, first: Day, last: Day): Period[] {
  if (last < first) return [];
  if (grain === 'all') return [wholeOf(first, last)];
  const periods: Period[] = [];
  for (let day = first; day <= last; ) {
    const period = periodAt(grain, day);
    periods.push(period);
    day = period.end;
  }
  return periods;
}

/** How the format writes a period: `2025`, `2025-Q4`, `2025-05`, `2025-W05`, `2025-05-31`, `all`. */
export function formatPeriod(period: Period): string {
  const { year, month } = civil(period.start);
  const padded = String(year).padStart(4, '0');
  switch (period.grain) {
    case 'all':
      return 'all';
    case 'year':
      return padded;
    case 'quarter':
      return `${padded}-Q${(month + 2) / 3}`;
    case 'month':
      return `${padded}-${String(month).padStart(2, '0')}`;
    case 'week': {
      const { year: weekYear, week } = isoWeek(period.start);
      return `${String(weekYear).padStart(4, '0')}-W${String(week).padStart(2, '0')}`;
    }
    case 'day':
      return formatDay(period.start);
  }
}

/** ISO 8601 week: the week of a year that holds its first Thursday is week 1. */
function isoWeek(day: Day): { year: number; week: number } {
  const thursday = periodAt('week', day).start + 3;
  const { year } = civil(thursday);
  return { year, week: Math.floor((thursday - dayOf(year, 1, 1)) / 7) + 1 };
}

/** Reads a period as the format writes it; `undefined` where it is none. `all` gives grain `all` with empty bounds. */
export function parsePeriod(text: string): Period | undefined {
  if (text === 'all') return { grain: 'all', start: 0, end: 0 };
  const match = /^(\d{4})(?:-(?:Q([1-4])|W(\d{2})|(\d{2})(?:-(\d{2}))?))?$/.exec(text);
  if (match === null) return undefined;
  const [, year, quarter, week, month, date] = match;
  const period = periodOfParts(Number(year), quarter, week, month, date);
  return period !== undefined && formatPeriod(period) === text ? period : undefined;
}

function periodOfParts(
  year: number,
  quarter: string | undefined,
  week: string | undefined,
  month: string | undefined,
  date: string | undefined,
): Period | undefined {
  if (quarter !== undefined) return periodAt('quarter', dayOf(year, Number(quarter) * 3, 1));
  // 4 January always lies in week 1.
  if (week !== undefined) return periodAt('week', dayOf(year, 1, 4) + (Number(week) - 1) * 7);
  if (date !== undefined) return periodAt('day', dayOf(year, Number(month), Number(date)));
  if (month !== undefined) return periodAt('month', dayOf(year, Number(month), 1));
  return periodAt('year', dayOf(year, 1, 1));
}
