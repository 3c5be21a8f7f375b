/** Years that literals and casts accept, as in a four-digit ISO date that does not begin with 0. */
const DATE = /^([1-9]\d{3})-(\d{2})-(\d{2})$/;
const TIMESTAMP =
  /^([1-9]\d{3}-\d{2}-\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,6}))?)?(?: ?([Zz]|[+-]\d{2}(?::?\d{2})?))?)?$/;

/** An ISO date `YYYY-MM-DD` of the calendar, or `null`. */
export function readIsoDate(text: string): string | null {
  const match = DATE.exec(text);
  if (match === null) return null;
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])];
  return month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth(year, month) ? text : null;
}

/** The number of days of a month, `month` from 1, in the Gregorian calendar. */
export function daysInMonth(year: number, month: number): number {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28;
  return [4, 6, 9, 11].includes(month) ? 30 : 31;
}

/**
 * The canonical form of an ISO timestamp: `YYYY-MM-DDTHH:MM:SS[.ffffff]`, followed by `Z` and moved to UTC where the
 * text names a zone or an offset. Without one it is a clock time, to be read in the project's time zone. A date alone is
 * its midnight. `null` for anything else.
 */
export function readIsoTimestamp(text: string): string | null {
  const match = TIMESTAMP.exec(text);
  if (match === null) return null;
  const [, date = '', hour = '00', minute = '00', second = '00', fraction = '', zone] = match;
  if (readIsoDate(date) === null || Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59)
    return null;
  const digits = fraction.replace(/0+$/, '');
  const seconds = digits === '' ? second : `${second}.${digits}`;
  if (zone === undefined) return `${date}T${hour}:${minute}:${seconds}`;
  const offset = offsetMinutes(zone);
  if (offset === null) return null;
  const [year, month, day] = date.split('-').map(Number);
  const utc = Date.UTC(year ?? 0, (month ?? 1) - 1, day, Number(hour), Number(minute) - offset);
  return `${new Date(utc).toISOString().slice(0, 16)}:${seconds}Z`;
}

/** Minutes that a zone written `Z`, `+01`, `+0100` or `+01:00` is ahead of UTC; at most 15 hours, as DuckDB reads. */
function offsetMinutes(zone: string): number | null {
  if (/^[Zz]$/.test(zone)) return 0;
  const digits = zone.slice(1).replace(':', '');
  const [hours, minutes] = [Number(digits.slice(0, 2)), Number(digits.slice(2) || '0')];
  if (hours > 15 || minutes > 59) return null;
  return (zone.startsWith('-') ? -1 : 1) * (hours * 60 + minutes);
}

const INT64_MAX = 2n ** 63n - 1n;
const INT64_MIN = -(2n ** 63n);

/** Whether an exact whole number fits 64 bits, the range of the type integer. */
export function isInt64(value: bigint): boolean {
  return value >= INT64_MIN && value <= INT64_MAX;
}

/**
 * The canonical form of a number as written: whole numbers that fit 64 bits exactly (`integer`), all else as the
 * shortest text of the nearest double (`number`). `null` where it is too large for a double.
 */
export function readNumber(text: string): { type: 'integer' | 'number'; value: string } | null {
  if (/^-?\d+$/.test(text)) {
    const exact = BigInt(text);
    if (isInt64(exact)) return { type: 'integer', value: exact.toString() };
  }
  const value = Number(text);
  return Number.isFinite(value) ? { type: 'number', value: String(value) } : null;
}
