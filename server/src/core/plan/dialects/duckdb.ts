import type { ColumnType, ValueType } from '../../base/value-type.ts';
import { readIsoTimestamp, readNumber } from '../../syntax/expression/literals.ts';
import type { LiteralValue } from '../../syntax/expression/scalar.ts';
import type { Dialect, RenderContext, RenderedAggregate } from './dialect.ts';
import { castInDuckDb } from './duckdb-cast.ts';
import { duckdbFunctions } from './duckdb-functions.ts';
import { duckdbOperators, exact } from './duckdb-operators.ts';
import { quoted } from './duckdb-text.ts';
import { instantOf } from './duckdb-time.ts';

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
    case 'number':
      return numberInDuckDb(type, value);
    case 'date':
      return `DATE ${quoted(value)}`;
    case 'timestamp':
      return timestampInDuckDb(value, context);
    default:
      return quoted(value);
  }
}

/** Numbers are doubles, which DuckDB knows by their exponent: `0.1` would be a decimal. Negative ones stand in brackets. */
function numberInDuckDb(type: 'integer' | 'number', text: string): string {
  const canonical = readNumber(text);
  if (canonical === null) return 'CAST(NULL AS DOUBLE)';
  const { value } = canonical;
  const whole = type === 'integer' && canonical.type === 'integer';
  const written = whole || value.includes('e') ? value : `${value}e0`;
  return written.startsWith('-') ? `(${written})` : written;
}

/** With a `Z` the instant itself, without one by the project's clock. */
function timestampInDuckDb(text: string, context: RenderContext): string {
  const canonical = readIsoTimestamp(text);
  if (canonical === null) return 'CAST(NULL AS TIMESTAMP)';
  const written = `TIMESTAMP ${quoted(canonical.replace('T', ' ').replace('Z', ''))}`;
  return canonical.endsWith('Z') ? written : instantOf(written, context);
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
  const doubles = first?.type === 'number';
  switch (fn) {
    case 'count':
      return where === undefined && first === undefined ? 'count(*)' : `count(${value})`;
    case 'count_if':
      return `count(${only('1', sql[0] ?? 'TRUE')})`;
    case 'count_distinct':
      if (sql.length === 1) return `count(DISTINCT ${value})`;
      return `count(DISTINCT ${only(`row(${sql.join(', ')})`, ...sql.map((one) => `${one} IS NOT NULL`))})`;
    case 'sum':
      // Sums of whole numbers are exact in 128 bits, and null where they do not fit 64. Sums of doubles are compensated (Kahan), so that their last digits do not depend on the order of rows.
      return doubles ? `fsum(${value})` : exact(`sum(${value})`);
    case 'exact_sum':
      return `sum(CAST(${value} AS DECIMAL(38, 18)))`;
    case 'avg':
      return doubles ? `favg(${value})` : `avg(${value})`;
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
