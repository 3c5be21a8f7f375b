import type { ValueType } from '../../server/src/core/base/value-type.ts';
import { dateOf, fromClock, startOfDay, toClock } from './interpret-time.ts';

/** Integers are bigints, numbers numbers, dates `YYYY-MM-DD`, timestamps `YYYY-MM-DDTHH:MM:SS.mmmZ`. */
export type JsValue = null | boolean | number | bigint | string;

export interface World {
  readonly timezone: string;
}

/** A whole number, or null beyond 64 bits. */
export function INT64(value: bigint): bigint | null {
  return BigInt.asIntN(64, value) === value ? value : null;
}

/** An instant in milliseconds as a value. */
export function instantText(instant: number): string {
  return new Date(instant).toISOString();
}

/** What the clocks show at a timestamp; the midnight of a date. */
export function clockOf(text: string, { timezone }: World): number {
  return text.length === 10 ? Date.parse(`${text}T00:00:00Z`) : toClock(Date.parse(text), timezone);
}

/** Halves go away from zero. */
export function roundHalfAway(value: number): number {
  return Math.sign(value) * Math.round(Math.abs(value));
}

export function castValue(value: JsValue, from: ValueType, to: ValueType, world: World): JsValue {
  if (value === null || from === to) return value;
  switch (to) {
    case 'text':
      return toText(value, from, world);
    case 'boolean':
      return from === 'text'
        ? /^\s*(true|false)\s*$/i.test(String(value))
          ? /true/i.test(String(value))
          : null
        : Number(value) !== 0;
    case 'integer':
      if (typeof value === 'boolean') return value ? 1n : 0n;
      if (typeof value === 'number')
        return Number.isFinite(value) ? INT64(BigInt(roundHalfAway(value))) : null;
      return /^\s*[+-]?\d{1,19}\s*$/.test(String(value))
        ? INT64(BigInt(String(value).trim().replace('+', '')))
        : null;
    case 'number':
      if (from !== 'text') return Number(value);
      return /^\s*[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d{1,2})?\s*$/.test(String(value)) ? Number(value) : null;
    case 'date':
      return from === 'timestamp' ? dateOf(clockOf(String(value), world)) : readDate(String(value).trim());
    case 'timestamp':
      if (from === 'date') return instantText(startOfDay(String(value), world.timezone));
      return readTimestamp(String(value).trim(), world);
    default:
      return value;
  }
}

function toText(value: JsValue, from: ValueType, world: World): string {
  if (from === 'timestamp') {
    return new Date(clockOf(String(value), world)).toISOString().slice(0, 19).replace('T', ' ');
  }
  if (typeof value !== 'number') return String(value);
  const size = Math.abs(value);
  if (value === 0) return '0';
  if (size >= 1e-4 && size < 1e16) return String(value);
  // Two digits of the exponent at least, as in C.
  return value.toExponential().replace(/e([+-])(\d)$/, 'e$10$2');
}

function readDate(text: string): string | null {
  if (!/^[1-9]\d{3}-\d{2}-\d{2}$/.test(text)) return null;
  const time = Date.parse(`${text}T00:00:00Z`);
  return Number.isNaN(time) || dateOf(time) !== text ? null : text;
}

function readTimestamp(text: string, { timezone }: World): string | null {
  const match =
    /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2})(:\d{2}(?:\.\d{1,6})?)?( ?[Zz]| ?[+-]\d{2}(?::?\d{2})?)?)?$/.exec(
      text,
    );
  if (match === null) return null;
  const [, date = '', time = '00:00', seconds = ':00', zone] = match;
  const clock = Date.parse(`${date}T${time}${seconds.slice(0, 7)}Z`);
  if (readDate(date) === null || Number.isNaN(clock) || time > '23:59') return null;
  if (zone === undefined) return instantText(fromClock(clock, timezone));
  const digits = /(\d{2}):?(\d{2})?/.exec(zone);
  const ahead =
    digits === null ? 0 : (Number(digits[1]) * 60 + Number(digits[2] ?? 0)) * (zone.includes('-') ? -1 : 1);
  return instantText(clock - ahead * 60_000);
}

/** Orders two values; texts by code points, as engines order bytes of UTF-8. */
export function orderOf(a: JsValue, b: JsValue): number {
  if (typeof a === 'string' && typeof b === 'string') return Buffer.compare(Buffer.from(a), Buffer.from(b));
  const [x, y] = typeof a === 'bigint' && typeof b === 'bigint' ? [a, b] : [Number(a), Number(b)];
  return x < y ? -1 : x > y ? 1 : 0;
}
