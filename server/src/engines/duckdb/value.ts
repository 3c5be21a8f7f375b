import {
  DuckDBDateValue,
  DuckDBDecimalValue,
  DuckDBTimestampTZValue,
  DuckDBTimestampValue,
} from '@duckdb/node-api';
import type { Value } from '../../core/ports.ts';

const MICROS_PER_SECOND = 1_000_000n;
const SECONDS_PER_DAY = 86_400;
/** Days between 0000-03-01 and 1970-01-01. */
const EPOCH_DAYS = 719_468;
/** Days of 400 years, after which the calendar repeats. */
const ERA_DAYS = 146_097;
/** Dates outside these years are DuckDB's infinities, or no ISO text of four digits. */
const MIN_DAY = -719_528;
const MAX_DAY = 2_932_896;

/**
 * A value of DuckDB's in the terms of `Value`: whole numbers as numbers where exact and else as bigint, numbers that are not
 * finite as null, decimals as the nearest number, dates and timestamps of the years 0 to 9999 as ISO text and
 * others as null, anything else as DuckDB's own text.
 */
export function toValue(value: unknown): Value {
  switch (typeof value) {
    case 'string':
    case 'boolean':
      return value;
    case 'number':
      // Adding zero makes 0 of -0, which would be shown as such.
      return Number.isFinite(value) ? value + 0 : null;
    case 'bigint':
      return toWhole(value);
    default:
      return value === null || value === undefined ? null : objectToValue(value);
  }
}

function objectToValue(value: unknown): Value {
  if (value instanceof DuckDBDateValue) return dateText(value.days);
  if (value instanceof DuckDBTimestampValue || value instanceof DuckDBTimestampTZValue) {
    return timestampText(value.micros);
  }
  if (value instanceof DuckDBDecimalValue) return decimalToValue(value);
  return String(value);
}

function toWhole(value: bigint): Value {
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : value;
}

function decimalToValue(value: DuckDBDecimalValue): Value {
  const unit = 10n ** BigInt(value.scale);
  return value.value % unit === 0n ? toWhole(value.value / unit) : Number(value.toString()) + 0;
}

/**
 * The date a number of days after 1970-01-01. The calendar is computed here, as `Date` takes most of the time of a large result.
 * Source: H. Hinnant, "chrono-Compatible Low-Level Date Algorithms", civil_from_days.
 */
function dateText(days: number): string | null {
  if (!(days >= MIN_DAY && days <= MAX_DAY)) return null;
  const shifted = days + EPOCH_DAYS;
  const era = Math.floor(shifted / ERA_DAYS);
  const dayOfEra = shifted - era * ERA_DAYS;
  const yearOfEra = Math.floor(
    (dayOfEra -
      Math.floor(dayOfEra / 1460) +
      Math.floor(dayOfEra / 36_524) -
      Math.floor(dayOfEra / 146_096)) /
      365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const shiftedMonth = Math.floor((5 * dayOfYear + 2) / 153);
  const day = dayOfYear - Math.floor((153 * shiftedMonth + 2) / 5) + 1;
  const month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9;
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
  return `${String(year).padStart(4, '0')}-${twoDigits(month)}-${twoDigits(day)}`;
}

function timestampText(micros: bigint): string | null {
  const fraction = ((micros % MICROS_PER_SECOND) + MICROS_PER_SECOND) % MICROS_PER_SECOND;
  const seconds = Number((micros - fraction) / MICROS_PER_SECOND);
  const days = Math.floor(seconds / SECONDS_PER_DAY);
  const date = dateText(days);
  if (date === null) return null;
  const second = seconds - days * SECONDS_PER_DAY;
  const hours = twoDigits(Math.floor(second / 3600));
  const minutes = twoDigits(Math.floor((second % 3600) / 60));
  const time = `${date}T${hours}:${minutes}:${twoDigits(second % 60)}`;
  return fraction === 0n ? time : `${time}.${String(fraction).padStart(6, '0')}`;
}

function twoDigits(number: number): string {
  return number < 10 ? `0${number}` : String(number);
}
