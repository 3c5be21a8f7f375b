import { dayStart, localDay } from './calendar.ts';
import type { Cell, Env, RefType } from './world.ts';

/**
 * Expressions as pairs: the text of section 3 of the format, and what it means as a function of a row. A null operand makes
 * null, except where the format or three-valued logic says otherwise.
 */
export interface Expr {
  readonly text: string;
  readonly type: RefType;
  eval(env: Env): Cell;
}

function make(text: string, type: RefType, evaluate: (env: Env) => Cell): Expr {
  return { text, type, eval: evaluate };
}

/** A column, or a path through links: `account.region.zone`. */
export function path(text: string, type: RefType): Expr {
  const parts = text.split('.');
  const column = parts[parts.length - 1] ?? '';
  return make(text, type, ({ tables, source, row }) => {
    return tables.walk(source, row, parts.slice(0, -1)).row?.[column] ?? null;
  });
}

export function literal(value: number | string | boolean): Expr {
  const type = typeof value === 'number' ? 'number' : typeof value === 'string' ? 'text' : 'boolean';
  const text = typeof value === 'string' ? `'${value.replaceAll("'", "''")}'` : String(value);
  return make(text, type, () => value);
}

export function dateLiteral(iso: string, day: number): Expr {
  return make(`date '${iso}'`, 'date', () => day);
}

type Comparison = '=' | '<>' | '<' | '<=' | '>' | '>=';

function compared(operator: Comparison, a: Cell, b: Cell): boolean | null {
  if (a === null || b === null) return null;
  switch (operator) {
    case '=':
      return a === b;
    case '<>':
      return a !== b;
    case '<':
      return a < b;
    case '<=':
      return a <= b;
    case '>':
      return a > b;
    case '>=':
      return a >= b;
  }
}

export function compare(operator: Comparison, left: Expr, right: Expr): Expr {
  return make(`${left.text} ${operator} ${right.text}`, 'boolean', (env) =>
    compared(operator, left.eval(env), right.eval(env)),
  );
}

/** A time against a bound of the period; compared with dates the bound is a date, else the instant at which that day begins. */
export function comparePeriod(operator: Comparison, left: Expr, bound: 'period_start' | 'period_end'): Expr {
  return make(`${left.text} ${operator} ${bound}`, 'boolean', (env) => {
    const day = bound === 'period_start' ? env.period?.start : env.period?.end;
    if (day === undefined) return null;
    const against = left.type === 'timestamp' ? dayStart(env.tables.world.timezone, day) : day;
    return compared(operator, left.eval(env), against);
  });
}

/** A date against the metric's own time, which is then a date as well. */
export function compareEvent(operator: Comparison, left: Expr, timeType: 'date' | 'timestamp'): Expr {
  return make(`${left.text} ${operator} event_time`, 'boolean', (env) => {
    const time = env.time ?? null;
    const day =
      timeType === 'timestamp' && typeof time === 'number' ? localDay(env.tables.world.timezone, time) : time;
    return compared(operator, left.eval(env), day);
  });
}

const arithmetic: Readonly<Record<'+' | '-' | '*' | '/', (a: number, b: number) => number | null>> = {
  '+': (a, b) => a + b,
  '-': (a, b) => a - b,
  '*': (a, b) => a * b,
  '/': (a, b) => (b === 0 ? null : a / b),
};

export function compute(operator: '+' | '-' | '*' | '/', left: Expr, right: Expr): Expr {
  return make(`(${left.text} ${operator} ${right.text})`, 'number', (env) => {
    const [a, b] = [left.eval(env), right.eval(env)];
    return typeof a === 'number' && typeof b === 'number' ? arithmetic[operator](a, b) : null;
  });
}

export function and(left: Expr, right: Expr): Expr {
  return make(`(${left.text} and ${right.text})`, 'boolean', (env) => {
    const values = [left.eval(env), right.eval(env)];
    return values.includes(false) ? false : values.includes(null) ? null : true;
  });
}

export function or(left: Expr, right: Expr): Expr {
  return make(`(${left.text} or ${right.text})`, 'boolean', (env) => {
    const values = [left.eval(env), right.eval(env)];
    return values.includes(true) ? true : values.includes(null) ? null : false;
  });
}

export function not(operand: Expr): Expr {
  return make(`not (${operand.text})`, 'boolean', (env) => {
    const value = operand.eval(env);
    return value === null ? null : value === false;
  });
}

export function isNull(operand: Expr, negated: boolean): Expr {
  return make(`${operand.text} is ${negated ? 'not ' : ''}null`, 'boolean', (env) => {
    return (operand.eval(env) === null) !== negated;
  });
}

export function between(operand: Expr, low: Expr, high: Expr, negated: boolean): Expr {
  const inside = and(compare('>=', operand, low), compare('<=', operand, high));
  const text = `${operand.text} ${negated ? 'not ' : ''}between ${low.text} and ${high.text}`;
  return make(text, 'boolean', (env) => (negated ? not(inside) : inside).eval(env));
}

export function oneOf(operand: Expr, items: readonly Expr[], negated: boolean): Expr {
  const text = `${operand.text} ${negated ? 'not ' : ''}in (${items.map((item) => item.text).join(', ')})`;
  return make(text, 'boolean', (env) => {
    const value = operand.eval(env);
    if (value === null) return null;
    return items.some((item) => item.eval(env) === value) !== negated;
  });
}

/** `like` with a pattern of `%` and plain letters, in either case of letters as written. */
export function like(operand: Expr, pattern: string, negated: boolean): Expr {
  const text = `${operand.text} ${negated ? 'not ' : ''}like '${pattern.replaceAll("'", "''")}'`;
  const expression = new RegExp(`^${pattern.replaceAll('%', '.*').replaceAll('_', '.')}$`, 'su');
  return make(text, 'boolean', (env) => {
    const value = operand.eval(env);
    return typeof value === 'string' ? expression.test(value) !== negated : null;
  });
}

export function coalesce(first: Expr, second: Expr): Expr {
  return make(
    `coalesce(${first.text}, ${second.text})`,
    first.type,
    (env) => first.eval(env) ?? second.eval(env),
  );
}

export function nullif(first: Expr, second: Expr): Expr {
  return make(`nullif(${first.text}, ${second.text})`, first.type, (env) => {
    const value = first.eval(env);
    return value === second.eval(env) ? null : value;
  });
}

/** `least` or `greatest`: nulls are ignored. */
export function extreme(name: 'least' | 'greatest', left: Expr, right: Expr): Expr {
  return make(`${name}(${left.text}, ${right.text})`, 'number', (env) => {
    const values = [left.eval(env), right.eval(env)].filter((value) => typeof value === 'number');
    if (values.length === 0) return null;
    return name === 'least' ? Math.min(...values) : Math.max(...values);
  });
}

export function numeric(name: 'abs' | 'floor' | 'ceil', operand: Expr): Expr {
  return make(`${name}(${operand.text})`, 'number', (env) => {
    const value = operand.eval(env);
    return typeof value === 'number' ? Math[name](value) : null;
  });
}

export function caseWhen(condition: Expr, then: Expr, otherwise: Expr | undefined): Expr {
  const last = otherwise === undefined ? '' : ` else ${otherwise.text}`;
  return make(`case when ${condition.text} then ${then.text}${last} end`, then.type, (env) => {
    return condition.eval(env) === true ? then.eval(env) : (otherwise?.eval(env) ?? null);
  });
}

export function textFunction(name: 'lower' | 'upper' | 'trim', operand: Expr): Expr {
  const apply = { lower: 'toLowerCase', upper: 'toUpperCase', trim: 'trim' } as const;
  return make(`${name}(${operand.text})`, 'text', (env) => {
    const value = operand.eval(env);
    return typeof value === 'string' ? value[apply[name]]() : null;
  });
}

/** The number of characters. */
export function lengthOf(operand: Expr): Expr {
  return make(`length(${operand.text})`, 'integer', (env) => {
    const value = operand.eval(env);
    return typeof value === 'string' ? [...value].length : null;
  });
}
