import type { TimeUnit } from '../../syntax/expression/functions.ts';
import type { RenderContext, Rendered } from './dialect.ts';
import { once, onlyIf, writtenInteger } from './duckdb-once.ts';
import { quoted } from './duckdb-text.ts';

/** Instants, days and time zones in DuckDB. A timestamp column holds UTC without a zone. */

/** The wall clock of an instant in the project's zone. */
export function localTime(sql: string, { timezone }: RenderContext): string {
  return timezone === 'UTC' ? sql : `timezone(${quoted(timezone)}, timezone('UTC', ${sql}))`;
}

/**
 * The instant of a wall clock in the project's zone. A clock time that occurs twice is the later of the two, and one that is
 * skipped lies as far behind the change as it would have without (both as in Postgres).
 */
export function instantOf(sql: string, { timezone }: RenderContext): string {
  return timezone === 'UTC' ? sql : `timezone('UTC', timezone(${quoted(timezone)}, ${sql}))`;
}

/**
 * The instant at which a day begins. Where the clock is put back over midnight (Havana, the Azores), midnight occurs
 * twice, and the day begins with the first: the moment after the last microsecond of the day before.
 */
export function midnightOf(sql: string, context: RenderContext): string {
  if (context.timezone === 'UTC') return `CAST(${sql} AS TIMESTAMP)`;
  const before = `CAST(${sql} AS TIMESTAMP) - to_microseconds(1)`;
  return `(${instantOf(before, context)} + to_microseconds(1))`;
}

/** An argument as a timestamp: a date is its midnight in the project's zone. */
export function asTimestamp(arg: Rendered, context: RenderContext): string {
  return arg.type === 'date' ? midnightOf(arg.sql, context) : arg.sql;
}

/** The wall clock by which a calendar function reads its argument. */
function clock(arg: Rendered, context: RenderContext): string {
  return arg.type === 'timestamp' ? localTime(arg.sql, context) : arg.sql;
}

const isClockUnit = (unit: TimeUnit): boolean => unit === 'second' || unit === 'minute' || unit === 'hour';

/** The start of the unit. A date stays a date. */
export function truncated([arg]: readonly Rendered[], context: RenderContext, unit: TimeUnit): string {
  if (arg === undefined) return 'NULL';
  if (arg.type !== 'timestamp') {
    return isClockUnit(unit) || unit === 'day' ? arg.sql : `CAST(date_trunc('${unit}', ${arg.sql}) AS DATE)`;
  }
  // Offsets are whole minutes.
  if (context.timezone === 'UTC' || unit === 'second' || unit === 'minute')
    return `date_trunc('${unit}', ${arg.sql})`;
  if (unit !== 'hour') return midnightOf(`date_trunc('${unit}', ${localTime(arg.sql, context)})`, context);
  // The distance to the hour is taken off the instant itself: an hour that a clock change repeats stays the hour it was.
  return once([arg.sql], ([x = '']) => {
    const local = localTime(x, context);
    return `(${x} - (${local} - date_trunc('hour', ${local})))`;
  });
}

/** Weeks and days of the week by ISO 8601: 1 is Monday. */
export function part([arg]: readonly Rendered[], context: RenderContext, unit: TimeUnit): string {
  if (arg === undefined) return 'NULL';
  return `date_part('${unit === 'dow' ? 'isodow' : unit}', ${clock(arg, context)})`;
}

/** Whole elapsed units: exact time up to weeks, months of the calendar by the wall clock beyond. */
export function elapsed([from, to]: readonly Rendered[], context: RenderContext, unit: TimeUnit): string {
  if (from === undefined || to === undefined) return 'NULL';
  const dates = from.type === 'date' && to.type === 'date';
  const [a, b] = dates ? [from.sql, to.sql] : [asTimestamp(from, context), asTimestamp(to, context)];
  if (unit !== 'month' && unit !== 'quarter' && unit !== 'year') return `datesub('${unit}', ${a}, ${b})`;
  const months = dates ? monthsBetween(a, b) : monthsBetween(localTime(a, context), localTime(b, context));
  if (unit === 'month') return months;
  return `(${months} // ${unit === 'quarter' ? 3 : 12})`;
}

/**
 * Months whose day of the month, and time of day, was reached. DuckDB's `datesub` counts the last day of a month as any
 * day; `age` does not, and its months are counted by adding them to the first of a month.
 */
function monthsBetween(from: string, to: string): string {
  const first = "DATE '2000-01-01'";
  return `datediff('month', ${first}, ${first} + date_trunc('month', age(${to}, ${from})))`;
}

/** Ten thousand years in each unit, beyond which a sum is null: engines fail somewhere behind it. */
const MOST: Readonly<Record<string, number>> = {
  second: 315_569_520_000,
  minute: 5_259_492_000,
  hour: 87_658_200,
  day: 3_652_425,
  week: 521_775,
  month: 120_000,
  quarter: 40_000,
  year: 10_000,
};

/** A later or earlier time. Months clamp to the last day. Days and longer move the wall clock, shorter units the instant. */
export function added([count, to]: readonly Rendered[], context: RenderContext, unit: TimeUnit): string {
  if (count === undefined || to === undefined) return 'NULL';
  const interval = intervalOf(count, unit);
  if (to.type === 'date' && !isClockUnit(unit)) return `CAST(${bounded(to.sql)} + ${interval} AS DATE)`;
  const instant = bounded(asTimestamp(to, context));
  if (isClockUnit(unit)) return `(${instant} + ${interval})`;
  return instantOf(`(${localTime(instant, context)} + ${interval})`, context);
}

function intervalOf(count: Rendered, unit: TimeUnit): string {
  const most = MOST[unit] ?? 0;
  const written = writtenInteger(count);
  const fits = (value: string): string => `${value} BETWEEN -${most} AND ${most}`;
  if (written === null) {
    const type = isClockUnit(unit) ? 'BIGINT' : 'INTEGER';
    return `to_${unit}s(CAST(${onlyIf(count.sql, fits)} AS ${type}))`;
  }
  return Math.abs(written) <= most ? `to_${unit}s(${written})` : 'CAST(NULL AS INTERVAL)';
}

/** A time that was itself computed by adding may lie anywhere; only years that have four digits are added to again. */
function bounded(sql: string): string {
  if (!/\bto_(?:second|minute|hour|day|week|month|quarter|year)s\(/.test(sql)) return sql;
  return onlyIf(sql, (value) => `${value} BETWEEN DATE '0001-01-01' AND DATE '9999-12-31'`);
}
