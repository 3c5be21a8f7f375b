import type { ValueType } from '../../base/value-type.ts';
import type { RenderContext, Rendered } from './dialect.ts';

/** Instants, days and time zones in DuckDB. A timestamp column holds UTC without a zone. */

/** The wall clock of an instant in the project's zone. */
export function localTime(sql: string, { timezone }: RenderContext): string {
  return timezone === 'UTC' ? sql : `timezone(${quotedZone(timezone)}, timezone('UTC', ${sql}))`;
}

/** The instant of a wall clock in the project's zone. */
export function instantOf(sql: string, { timezone }: RenderContext): string {
  return timezone === 'UTC' ? sql : `timezone('UTC', timezone(${quotedZone(timezone)}, ${sql}))`;
}

function quotedZone(timezone: string): string {
  return `'${timezone.replaceAll("'", "''")}'`;
}

/** An argument as a timestamp: a date is its midnight in the project's zone. */
export function asTimestamp(arg: Rendered, context: RenderContext): string {
  return arg.type === 'date' ? castInDuckDb(arg, 'timestamp', 'TIMESTAMP', context) : arg.sql;
}

const ZONED = String.raw`([zZ]|[+-]\d{2}(:?\d{2})?)$`;

/** Casts; what cannot be cast is null. */
export function castInDuckDb(arg: Rendered, to: ValueType, name: string, context: RenderContext): string {
  const { sql, type } = arg;
  if (type === to) return sql;
  if (type === 'timestamp' && to === 'date') return `CAST(${localTime(sql, context)} AS DATE)`;
  if (type === 'timestamp' && to === 'text') return `CAST(${localTime(sql, context)} AS VARCHAR)`;
  if (type === 'date' && to === 'timestamp') return instantOf(`CAST(${sql} AS TIMESTAMP)`, context);
  if (type === 'text' && to === 'timestamp') {
    const zoned = `timezone('UTC', TRY_CAST(${sql} AS TIMESTAMPTZ))`;
    const naive = instantOf(`TRY_CAST(${sql} AS TIMESTAMP)`, context);
    return `CASE WHEN regexp_matches(trim(${sql}), '\\d:\\d{2}.*${ZONED}') THEN ${zoned} ELSE ${naive} END`;
  }
  return `TRY_CAST(${sql} AS ${name})`;
}
