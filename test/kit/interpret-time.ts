import type { TimeUnit } from '../../server/src/core/syntax/expression/functions.ts';

/** Calendar arithmetic in plain TypeScript on `Intl`, as the second opinion on what engines answer. Clocks are milliseconds. */

const DAY = 86_400_000;
const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(zone: string): Intl.DateTimeFormat {
  const known = formats.get(zone);
  if (known !== undefined) return known;
  const format = new Intl.DateTimeFormat('en-US-u-ca-iso8601', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  formats.set(zone, format);
  return format;
}

/** As `Date.UTC`, which takes the first hundred years for those of the twentieth century. */
function utc(year: number, month: number, day: number, hour = 0, minute = 0, second = 0): number {
  const at = new Date(Date.UTC(2000, 0, 1, hour, minute, second));
  return at.setUTCFullYear(year, month, day);
}

/** What the clocks of a zone show at an instant, as if it were UTC. */
export function toClock(instant: number, zone: string): number {
  const parts = new Map(
    formatOf(zone)
      .formatToParts(instant)
      .map(({ type, value }) => [type, Number(value)]),
  );
  const at = (part: Intl.DateTimeFormatPartTypes): number => parts.get(part) ?? 0;
  const clock = utc(at('year'), at('month') - 1, at('day'), at('hour'), at('minute'), at('second'));
  return clock + (((instant % 1000) + 1000) % 1000);
}

/** The instants at which the clocks of a zone show a time: none where it is skipped, two where it is repeated. */
function instantsOf(clock: number, zone: string): number[] {
  const offsets = [-DAY, DAY].map((around) => toClock(clock + around, zone) - (clock + around));
  const found = new Set(offsets.map((offset) => clock - offset));
  return [...found].filter((instant) => toClock(instant, zone) === clock).sort((a, b) => a - b);
}

/** The instant of a clock time: the later of two; one that is skipped lies as far behind the change as it would have. */
export function fromClock(clock: number, zone: string): number {
  const before = toClock(clock - DAY, zone) - (clock - DAY);
  return instantsOf(clock, zone).at(-1) ?? clock - before;
}

/** The first instant of a day. */
export function startOfDay(date: string, zone: string): number {
  const clock = Date.parse(`${date}T00:00:00Z`);
  return instantsOf(clock, zone)[0] ?? fromClock(clock, zone);
}

export function dateOf(clock: number): string {
  return new Date(clock).toISOString().slice(0, 10);
}

/** The start of the unit in which a clock time lies. */
export function truncate(unit: TimeUnit, clock: number): number {
  const at = new Date(clock);
  const [year, month, day] = [at.getUTCFullYear(), at.getUTCMonth(), at.getUTCDate()];
  switch (unit) {
    case 'second':
      return Math.floor(clock / 1000) * 1000;
    case 'minute':
      return Math.floor(clock / 60_000) * 60_000;
    case 'hour':
      return Math.floor(clock / 3_600_000) * 3_600_000;
    case 'week':
      return utc(year, month, day - (part('dow', clock) - 1));
    case 'month':
      return utc(year, month, 1);
    case 'quarter':
      return utc(year, month - (month % 3), 1);
    case 'year':
      return utc(year, 0, 1);
    default:
      return utc(year, month, day);
  }
}

/** One part of a clock time. */
export function part(unit: TimeUnit, clock: number): number {
  const at = new Date(clock);
  switch (unit) {
    case 'second':
      return at.getUTCSeconds();
    case 'minute':
      return at.getUTCMinutes();
    case 'hour':
      return at.getUTCHours();
    case 'day':
      return at.getUTCDate();
    case 'month':
      return at.getUTCMonth() + 1;
    case 'quarter':
      return Math.floor(at.getUTCMonth() / 3) + 1;
    case 'year':
      return at.getUTCFullYear();
    case 'dow':
      return ((at.getUTCDay() + 6) % 7) + 1;
    case 'doy':
      return Math.floor((clock - utc(at.getUTCFullYear(), 0, 1)) / DAY) + 1;
    case 'week': {
      // The week of a day is that of its Thursday (ISO 8601).
      const thursday = clock + (4 - part('dow', clock)) * DAY;
      return Math.ceil(part('doy', thursday) / 7);
    }
  }
}

const MONTHS: Partial<Record<TimeUnit, number>> = { month: 1, quarter: 3, year: 12 };
const LENGTH: Partial<Record<TimeUnit, number>> = {
  second: 1000,
  minute: 60_000,
  hour: 3_600_000,
  day: DAY,
  week: 7 * DAY,
};

/** A clock time moved by units; a day that the month lacks becomes its last day. */
export function move(unit: TimeUnit, count: number, clock: number): number {
  const months = MONTHS[unit];
  if (months === undefined) return clock + count * (LENGTH[unit] ?? 0);
  const at = new Date(clock);
  const month = at.getUTCMonth() + count * months;
  const last = new Date(utc(at.getUTCFullYear(), month + 1, 0)).getUTCDate();
  const day = utc(at.getUTCFullYear(), month, Math.min(at.getUTCDate(), last));
  return day + (clock - truncate('day', clock));
}

/** Whole units between two clock times, toward zero. A month has passed when its day and time of day are reached. */
export function difference(unit: TimeUnit, from: number, to: number): number {
  const months = MONTHS[unit];
  if (months === undefined) return Math.trunc((to - from) / (LENGTH[unit] ?? 1));
  const [a, b] = [new Date(Math.min(from, to)), new Date(Math.max(from, to))];
  let passed = (b.getUTCFullYear() - a.getUTCFullYear()) * 12 + b.getUTCMonth() - a.getUTCMonth();
  const within = (at: Date): number => (at.getUTCDate() - 1) * DAY + (((at.getTime() % DAY) + DAY) % DAY);
  if (within(b) < within(a)) passed--;
  return Math.trunc((from <= to ? passed : -passed) / months);
}
