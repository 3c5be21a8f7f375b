import {
  DuckDBDateValue,
  DuckDBDecimalValue,
  DuckDBTimestampTZValue,
  DuckDBTimestampValue,
} from '@duckdb/node-api';
import type { Value } from '../../core/ports.ts';

const DAY_MS = 86_400_000;
/** Dates and times farther away than this many milliseconds are DuckDB's infinities, or cannot be written as ISO text. */
const MAX_MS = 8.64e15;

/**
 * A value of DuckDB's in the terms of `Value`: whole numbers as numbers where exact and else as bigint, numbers that are not
 * finite as null, decimals as the nearest number, dates and timestamps as ISO text, anything else as DuckDB's own text.
 */
export function toValue(value: unknown): Value {
  switch (typeof value) {
    case 'string':
    case 'boolean':
      return value;
    case 'number':
      return Number.isFinite(value) ? value : null;
    case 'bigint':
      return toWhole(value);
    default:
      return value === null || value === undefined ? null : objectToValue(value);
  }
}

function objectToValue(value: unknown): Value {
  if (value instanceof DuckDBDateValue) return dateText(value.days * DAY_MS);
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
  return value.value % unit === 0n ? toWhole(value.value / unit) : Number(value.toString());
}

function dateText(ms: number): Value {
  return Math.abs(ms) > MAX_MS ? null : isoText(ms).slice(0, -'T00:00:00.000Z'.length);
}

function timestampText(micros: bigint): Value {
  const fraction = ((micros % 1_000_000n) + 1_000_000n) % 1_000_000n;
  const ms = Number((micros - fraction) / 1_000n);
  if (Math.abs(ms) > MAX_MS) return null;
  const seconds = isoText(ms).slice(0, -'.000Z'.length);
  return fraction === 0n ? seconds : `${seconds}.${String(fraction).padStart(6, '0')}`;
}

function isoText(ms: number): string {
  return new Date(ms).toISOString();
}
