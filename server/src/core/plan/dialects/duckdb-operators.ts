import type { Dialect, RenderContext, Rendered } from './dialect.ts';
import { once, onlyIf, writtenInteger, writtenText } from './duckdb-once.ts';
import { quoted } from './duckdb-text.ts';
import { asTimestamp } from './duckdb-time.ts';

type Operators = Dialect['operators'];

export const duckdbOperators: Operators = {
  or: (args) => joined(args, 'OR'),
  and: (args) => joined(args, 'AND'),
  not: ([arg]) => `(NOT ${arg?.sql})`,
  '=': compare('='),
  '<>': compare('<>'),
  '<': compare('<'),
  '<=': compare('<='),
  '>': compare('>'),
  '>=': compare('>='),
  between: (args, context) => {
    const [value, low, high] = alike(args, context);
    return `(${value} BETWEEN ${low} AND ${high})`;
  },
  in: (args, context) => {
    const [value, ...list] = alike(args, context);
    return `(${value} IN (${list.join(', ')}))`;
  },
  like: ([value, pattern]) => like(value, pattern),
  'is-null': ([arg]) => `(${arg?.sql} IS NULL)`,
  negate: ([arg]) => (arg?.type === 'integer' ? exact(`-CAST(${arg.sql} AS HUGEINT)`) : `(-${arg?.sql})`),
  '+': (args) => arithmetic(args, '+'),
  '-': (args) => arithmetic(args, '-'),
  '*': (args) => arithmetic(args, '*'),
  '/': ([a, b]) => `(${asDouble(a)} / ${notZero(b)})`,
  '%': ([a, b]) => remainder(a, b),
  '||': (args) => joined(args, '||'),
};

/** Whole numbers are added and multiplied in 128 bits, where they cannot overflow; beyond 64 bits the result is null. */
function arithmetic(args: readonly Rendered[], operator: '+' | '-' | '*'): string {
  const [a, b] = args;
  const whole = args.every(({ type }) => type === 'integer');
  return whole
    ? exact(`CAST(${a?.sql} AS HUGEINT) ${operator} ${b?.sql}`)
    : `(${a?.sql} ${operator} ${b?.sql})`;
}

/**
 * A 128-bit or broken number as a whole one of 64 bits, null where it does not fit. DuckDB compares what is inside a cast
 * with a constant where it can, and so would take what does not fit for a value; an operation that changes nothing keeps
 * the cast in place.
 */
export function exact(sql: string): string {
  return `(TRY_CAST(${sql} AS BIGINT) | 0)`;
}

function asDouble(arg: Rendered | undefined): string {
  return arg?.type === 'number' ? arg.sql : `CAST(${arg?.sql} AS DOUBLE)`;
}

/** The divisor, null where it is 0, so that the quotient is null too. */
function notZero(arg: Rendered | undefined): string {
  const sql = asDouble(arg);
  if (typeof arg?.literal === 'string' && Number(arg.literal) !== 0) return sql;
  return onlyIf(sql, (value) => `${value} <> 0`);
}

/** DuckDB's remainder by 0 is null. The least whole number by −1 overflows, which 128 bits avoid. */
function remainder(a: Rendered | undefined, b: Rendered | undefined): string {
  const divisor = writtenInteger(b);
  if (divisor !== null && divisor !== -1) return `(${a?.sql} % ${b?.sql})`;
  return exact(`CAST(${a?.sql} AS HUGEINT) % ${b?.sql}`);
}

/**
 * DuckDB tries `%` after `%` by backtracking where the pattern has `_` too (300 characters against `_%a%a%a%b` took
 * 200 ms per row); RE2 says the same in linear time.
 */
function like(value: Rendered | undefined, pattern: Rendered | undefined): string {
  const written = writtenText(pattern);
  if (written === null || !written.includes('_') || written.split('%').length <= 2) {
    return `(${value?.sql} LIKE ${pattern?.sql})`;
  }
  const expression = written
    .replace(/[\\^$.|?*+()[\]{}]/g, '\\$&')
    .replaceAll('_', '.')
    .replace(/%+/g, '.*');
  return `regexp_full_match(${value?.sql}, ${quoted(expression)}, 's')`;
}

function joined(args: readonly Rendered[], operator: string): string {
  return `(${args.map(({ sql }) => sql).join(` ${operator} `)})`;
}

function compare(operator: string): (args: readonly Rendered[], context: RenderContext) => string {
  return (args, context) => {
    const [a, b] = alike(args, context);
    return `(${a} ${operator} ${b})`;
  };
}

/** Dates beside timestamps are compared as timestamps: their midnight. */
function alike(args: readonly Rendered[], context: RenderContext): readonly string[] {
  const instants = args.some(({ type }) => type === 'timestamp');
  return args.map((arg) => (instants ? asTimestamp(arg, context) : arg.sql));
}

/** `nullif`, without DuckDB's own, which writes its first argument twice. */
export function nullIf(args: readonly Rendered[], context: RenderContext): string {
  return once(alike(args, context), ([a, b]) => `CASE WHEN ${a} = ${b} THEN NULL ELSE ${a} END`);
}
