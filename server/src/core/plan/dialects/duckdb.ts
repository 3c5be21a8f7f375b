import type { ColumnType, ValueType } from '../../base/value-type.ts';
import type { LiteralValue } from '../../syntax/expression/scalar.ts';
import type { Dialect, RenderContext, RenderedAggregate } from './dialect.ts';
import { duckdbFunctions } from './duckdb-functions.ts';
import { duckdbOperators } from './duckdb-operators.ts';
import { castInDuckDb } from './duckdb-time.ts';

const TYPES: Record<ColumnType, string> = {
  boolean: 'BOOLEAN',
  integer: 'BIGINT',
  number: 'DOUBLE',
  text: 'VARCHAR',
  date: 'DATE',
  timestamp: 'TIMESTAMP',
};

/** DuckDB 1.5. */
export const duckdb: Dialect = {
  name: 'duckdb',
  identifier: (name) => `"${name.replaceAll('"', '""')}"`,
  literal: literalInDuckDb,
  cast: (arg, to, context) => castInDuckDb(arg, to, typeName(to), context),
  operators: duckdbOperators,
  functions: duckdbFunctions,
  aggregate: aggregateInDuckDb,
  typeName,
};

function typeName(type: ValueType): string {
  return type === 'unknown' || type === 'null' ? 'VARCHAR' : TYPES[type];
}

function literalInDuckDb(type: ValueType, value: LiteralValue, context: RenderContext): string {
  if (value === null)
    return type === 'null' || type === 'unknown' ? 'NULL' : `CAST(NULL AS ${typeName(type)})`;
  if (typeof value === 'boolean') return value ? 'TRUE' : 'FALSE';
  switch (type) {
    case 'integer':
      return integer(value);
    case 'number':
      return `CAST(${quoted(value)} AS DOUBLE)`;
    case 'date':
      return `CAST(${quoted(value)} AS DATE)`;
    case 'timestamp':
      return castInDuckDb({ sql: quoted(value), type: 'text' }, 'timestamp', 'TIMESTAMP', context);
    default:
      return quoted(value);
  }
}

/** Whole numbers of 64 bits are written plainly; beyond that they are doubles. */
function integer(text: string): string {
  const value = BigInt(text);
  const fits = value >= -(2n ** 63n) && value < 2n ** 63n;
  return fits
    ? `CAST(${quoted(value.toString())} AS BIGINT)`.replace(/^CAST\('(\d{1,9})' AS BIGINT\)$/, '$1')
    : `CAST(${quoted(text)} AS DOUBLE)`;
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** `agg(CASE WHEN condition THEN x END)` says the same on every engine; FILTER does not. */
function aggregateInDuckDb({ fn, args, where, p }: RenderedAggregate): string {
  const [first] = args;
  const sql = args.map((arg) => arg.sql);
  const only = (result: string, ...more: string[]): string => {
    const conditions = [...(where === undefined ? [] : [where]), ...more];
    return conditions.length === 0 ? result : `CASE WHEN ${conditions.join(' AND ')} THEN ${result} END`;
  };
  const value = only(sql[0] ?? '1');
  const exact = first?.type === 'number';
  switch (fn) {
    case 'count':
      return where === undefined && first === undefined ? 'count(*)' : `count(${value})`;
    case 'count_if':
      return `count(${only('1', sql[0] ?? 'TRUE')})`;
    case 'count_distinct':
      if (sql.length === 1) return `count(DISTINCT ${value})`;
      return `count(DISTINCT ${only(`row(${sql.join(', ')})`, ...sql.map((one) => `${one} IS NOT NULL`))})`;
    case 'sum':
      // Sums of doubles are compensated (Kahan), so that their last digits do not depend on the order of rows.
      return exact ? `fsum(${value})` : `sum(${value})`;
    case 'avg':
      return exact ? `favg(${value})` : `avg(${value})`;
    case 'median':
      return `quantile_cont(${value}, 0.5)`;
    case 'quantile':
      return `quantile_cont(${value}, ${p ?? 0.5})`;
    case 'stddev':
      return `stddev_samp(${value})`;
    case 'min':
    case 'max':
      return `${fn}(${value})`;
  }
}
