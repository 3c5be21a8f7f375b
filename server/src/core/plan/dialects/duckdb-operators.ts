import type { Dialect, RenderContext, Rendered } from './dialect.ts';
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
  like: ([value, pattern]) => `(${value?.sql} LIKE ${pattern?.sql})`,
  'is-null': ([arg]) => `(${arg?.sql} IS NULL)`,
  negate: (args) => arithmetic(args, `-${args[0]?.sql}`),
  '+': (args) => arithmetic(args, `${args[0]?.sql} + ${args[1]?.sql}`),
  '-': (args) => arithmetic(args, `${args[0]?.sql} - ${args[1]?.sql}`),
  '*': (args) => arithmetic(args, `${args[0]?.sql} * ${args[1]?.sql}`),
  '/': ([a, b]) => finite(`CAST(${a?.sql} AS DOUBLE) / nullif(CAST(${b?.sql} AS DOUBLE), 0)`),
  '%': ([a, b]) => `(${a?.sql} % nullif(${b?.sql}, 0))`,
  '||': (args) => joined(args, '||'),
};

/** Overflow gives null: of whole numbers the engine would fail, of others it would give an infinity. */
function arithmetic(args: readonly Rendered[], sql: string): string {
  return args.every(({ type }) => type === 'integer') ? `TRY(${sql})` : finite(sql);
}

/** Null in place of an infinity or what is no number. */
export function finite(sql: string): string {
  return `nullif(nullif(nullif(${sql}, CAST('inf' AS DOUBLE)), CAST('-inf' AS DOUBLE)), CAST('nan' AS DOUBLE))`;
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
