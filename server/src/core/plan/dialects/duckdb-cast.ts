import type { ValueType } from '../../base/value-type.ts';
import type { RenderContext, Rendered } from './dialect.ts';
import { once } from './duckdb-once.ts';
import { exact } from './duckdb-operators.ts';
import { quoted, trimmed } from './duckdb-text.ts';
import { instantOf, localTime, midnightOf } from './duckdb-time.ts';

/**
 * Casts; what cannot be cast is null. What a text may look like is said by patterns of our own, since engines differ in
 * what they read (`inf`, `0x1F`, `2025/1/5`).
 */
export function castInDuckDb(arg: Rendered, to: ValueType, name: string, context: RenderContext): string {
  const { sql, type } = arg;
  if (type === to) return sql;
  if (type === 'text') return castText(sql, to, name, context);
  if (to === 'text') return textOf(arg, context);
  if (type === 'timestamp' && to === 'date') return `CAST(${localTime(sql, context)} AS DATE)`;
  if (type === 'date' && to === 'timestamp') return midnightOf(sql, context);
  // Halves go away from zero, as in round().
  if (type === 'number' && to === 'integer') return exact(`round(${sql})`);
  if (type === 'integer' && to === 'number') return `CAST(${sql} AS DOUBLE)`;
  if ((type === 'integer' || type === 'number') && to === 'boolean') return `CAST(${sql} AS BOOLEAN)`;
  return `TRY_CAST(${sql} AS ${name})`;
}

/** Numbers in their shortest form, days as ISO dates, instants by the project's clock to the second. */
function textOf({ sql, type }: Rendered, context: RenderContext): string {
  // Adding 0 makes 0 of −0.
  if (type === 'number') return `regexp_replace(CAST(${sql} + 0 AS VARCHAR), '\\.0$', '')`;
  if (type === 'date') return `strftime(${sql}, '%Y-%m-%d')`;
  if (type === 'timestamp') return `strftime(${localTime(sql, context)}, '%Y-%m-%d %H:%M:%S')`;
  return `CAST(${sql} AS VARCHAR)`;
}

const SHAPES: Partial<Readonly<Record<ValueType, string>>> = {
  boolean: String.raw`(?i)^\s*(true|false)\s*$`,
  integer: String.raw`^\s*([+-]?\d{1,19})\s*$`,
  // At most 200 digits and two of the exponent: within the range of doubles.
  number: String.raw`^\s*([+-]?(?:\d{1,200}(?:\.\d{0,200})?|\.\d{1,200})(?:[eE][+-]?\d{1,2})?)\s*$`,
  date: String.raw`^\s*([1-9]\d{3}-\d{2}-\d{2})\s*$`,
};

function castText(sql: string, to: ValueType, name: string, context: RenderContext): string {
  if (to === 'timestamp') return timestampOf(sql, context);
  const shape = SHAPES[to];
  // A text of another shape gives the empty text, and that casts to null.
  return shape === undefined ? sql : `TRY_CAST(regexp_extract(${sql}, ${quoted(shape)}, 1) AS ${name})`;
}

const DAY = String.raw`[1-9]\d{3}-\d{2}-\d{2}`;
const TIME = String.raw`([01]\d|2[0-3]):[0-5]\d`;
const SECONDS = String.raw`:[0-5]\d(\.\d{1,6})?`;
const NAIVE = `${DAY}([T ]${TIME}(${SECONDS})?)?`;
const ZONED = String.raw`${DAY}[T ]${TIME}(${SECONDS})? ?([Zz]|[+-](0\d|1[0-5])(:?[0-5]\d)?)`;

/** With a zone or an offset the instant itself, without one by the project's clock. */
function timestampOf(sql: string, context: RenderContext): string {
  return once([trimmed(sql)], ([x = '']) => {
    const naive = instantOf(`TRY_CAST(${x} AS TIMESTAMP)`, context);
    // DuckDB wants seconds, `+01:00` and no blank before it.
    const colon = `regexp_replace(${x}, '([+-]\\d{2})(\\d{2})$', '\\1:\\2')`;
    const offset = `regexp_replace(${colon}, ' ?[Zz]$', '+00')`;
    const close = `regexp_replace(${offset}, ' ([+-][\\d:]+)$', '\\1')`;
    const seconds = `regexp_replace(${close}, '([T ]\\d{2}:\\d{2})([+-])', '\\1:00\\2')`;
    const zoned = `timezone('UTC', TRY_CAST(${seconds} AS TIMESTAMPTZ))`;
    return `CASE WHEN regexp_full_match(${x}, ${quoted(NAIVE)}) THEN ${naive} WHEN regexp_full_match(${x}, ${quoted(ZONED)}) THEN ${zoned} END`;
  });
}
