import type { ValueType } from '../../server/src/core/base/value-type.ts';
import type { OperatorName } from '../../server/src/core/syntax/expression/functions.ts';
import type { NameRef, Scalar } from '../../server/src/core/syntax/expression/scalar.ts';
import { callFunction } from './interpret-functions.ts';
import { difference } from './interpret-time.ts';
import { castValue, clockOf, INT64, type JsValue, orderOf, type World } from './interpret-value.ts';

export type { JsValue } from './interpret-value.ts';

/** The value of a name in one row. */
export type RowLookup = (ref: NameRef) => JsValue;

export interface InterpretOptions {
  /** IANA; UTC unless given. */
  readonly timezone?: string;
}

/**
 * The value of an expression for one row, worked out in plain TypeScript and three-valued logic: the second opinion on
 * what the engines answer. Integers are bigints, numbers numbers, dates `YYYY-MM-DD`, timestamps `…Z` in UTC.
 */
export function interpret(
  scalar: Scalar<NameRef>,
  lookup: RowLookup,
  options: InterpretOptions = {},
): JsValue {
  return evaluate(scalar, { lookup, rows: [lookup], world: { timezone: options.timezone ?? 'UTC' } });
}

/** The value of an expression with aggregates over some rows. */
export function interpretRows(
  scalar: Scalar<NameRef>,
  rows: readonly RowLookup[],
  options: InterpretOptions = {},
): JsValue {
  const lookup = rows[0] ?? (() => null);
  return evaluate(scalar, { lookup, rows, world: { timezone: options.timezone ?? 'UTC' } });
}

interface Context {
  readonly lookup: RowLookup;
  readonly rows: readonly RowLookup[];
  readonly world: World;
}

type Call = Extract<Scalar<NameRef>, { kind: 'call' }>;

function evaluate(scalar: Scalar<NameRef>, context: Context): JsValue {
  switch (scalar.kind) {
    case 'literal':
      return typeof scalar.value === 'string'
        ? literal(scalar.type, scalar.value, context.world)
        : scalar.value;
    case 'name': {
      const value = context.lookup(scalar.ref);
      return scalar.type === 'integer' && typeof value === 'number' ? BigInt(value) : value;
    }
    case 'cast':
      return castValue(evaluate(scalar.arg, context), scalar.arg.type, scalar.type, context.world);
    case 'case': {
      const branch = scalar.branches.find(({ when }) => evaluate(when, context) === true);
      const chosen = branch?.result ?? scalar.otherwise;
      return chosen === null ? null : evaluate(chosen, context);
    }
    case 'call':
      return call(scalar, context);
    case 'aggregate':
      return aggregate(scalar, context);
  }
}

function literal(type: ValueType, text: string, world: World): JsValue {
  if (type === 'integer') return BigInt(text);
  if (type === 'number') return Number(text);
  return type === 'timestamp' ? castValue(text, 'text', 'timestamp', world) : text;
}

function call(scalar: Call, context: Context): JsValue {
  const { fn } = scalar;
  const args = scalar.args.map((arg) => evaluate(arg, context));
  const types = scalar.args.map(({ type }) => type);
  const operator = operators[fn as OperatorName] as Operator | undefined;
  if (operator !== undefined) return operator(args, types, scalar.type);
  if (fn === 'date_diff') return elapsed(scalar, args, context.world);
  return callFunction(scalar, args, types, context.world);
}

function elapsed({ unit = 'day', args: nodes }: Call, args: readonly JsValue[], world: World): JsValue {
  const [from, to] = args;
  if (typeof from !== 'string' || typeof to !== 'string') return null;
  const byClock = unit === 'month' || unit === 'quarter' || unit === 'year' || nodes[0]?.type === 'date';
  const at = (text: string): number => (byClock ? clockOf(text, world) : Date.parse(text));
  return BigInt(difference(unit, at(from), at(to)));
}

type Operator = (args: readonly JsValue[], types: readonly ValueType[], type: ValueType) => JsValue;

const operators: Record<OperatorName, Operator> = {
  and: (args) => (args.includes(false) ? false : args.includes(null) ? null : true),
  or: (args) => (args.includes(true) ? true : args.includes(null) ? null : false),
  not: ([a]) => (a === null ? null : !a),
  '=': ([a, b]) => compared(a, b, (order) => order === 0),
  '<>': ([a, b]) => compared(a, b, (order) => order !== 0),
  '<': ([a, b]) => compared(a, b, (order) => order < 0),
  '<=': ([a, b]) => compared(a, b, (order) => order <= 0),
  '>': ([a, b]) => compared(a, b, (order) => order > 0),
  '>=': ([a, b]) => compared(a, b, (order) => order >= 0),
  between: ([x, low, high]) => {
    const above = compared(x, low, (order) => order >= 0);
    const below = compared(x, high, (order) => order <= 0);
    return above === false || below === false ? false : above === null || below === null ? null : true;
  },
  in: ([x, ...list]) => {
    const tests = list.map((item) => compared(x, item, (order) => order === 0));
    return tests.includes(true) ? true : tests.includes(null) ? null : false;
  },
  like: ([text, pattern]) =>
    typeof text === 'string' && typeof pattern === 'string' ? like(text, pattern) : null,
  'is-null': ([a]) => a === null,
  negate: ([a]) => (typeof a === 'bigint' ? INT64(-a) : typeof a === 'number' ? -a : null),
  '+': arithmetic(
    (a, b) => a + b,
    (a, b) => a + b,
  ),
  '-': arithmetic(
    (a, b) => a - b,
    (a, b) => a - b,
  ),
  '*': arithmetic(
    (a, b) => a * b,
    (a, b) => a * b,
  ),
  '/': ([a, b]) => (a === null || b === null || Number(b) === 0 ? null : Number(a) / Number(b)),
  '%': ([a, b]) => (typeof a === 'bigint' && typeof b === 'bigint' && b !== 0n ? a % b : null),
  '||': (args) => (args.includes(null) ? null : args.join('')),
};

function arithmetic(
  whole: (a: bigint, b: bigint) => bigint,
  broken: (a: number, b: number) => number,
): Operator {
  return ([a, b]) => {
    if (a === null || a === undefined || b === null || b === undefined) return null;
    return typeof a === 'bigint' && typeof b === 'bigint' ? INT64(whole(a, b)) : broken(Number(a), Number(b));
  };
}

function compared(
  a: JsValue | undefined,
  b: JsValue | undefined,
  test: (order: number) => boolean,
): boolean | null {
  return a === null || b === null || a === undefined || b === undefined ? null : test(orderOf(a, b));
}

function like(text: string, pattern: string): boolean {
  const escaped = pattern
    .replace(/[\\^$.|?*+()[\]{}]/g, '\\$&')
    .replaceAll('_', '.')
    .replaceAll('%', '.*');
  return new RegExp(`^${escaped}$`, 'su').test(text);
}

type AggregateNode = Extract<Scalar<NameRef>, { kind: 'aggregate' }>;

function aggregate(node: AggregateNode, context: Context): JsValue {
  const { arg, fn } = node;
  if (arg === null) return BigInt(context.rows.length);
  const all = context.rows.map((lookup) => evaluate(arg, { ...context, lookup }));
  const known = all.filter((value) => value !== null);
  const numbers = known.map(Number);
  const sorted = known.toSorted(orderOf);
  switch (fn) {
    case 'count':
      return BigInt(node.distinct ? new Set(known).size : known.length);
    case 'count_if':
      return BigInt(known.filter((value) => value === true).length);
    case 'sum':
      if (known.length === 0) return all.length > 0 ? null : node.type === 'integer' ? 0n : 0;
      return node.type === 'integer'
        ? INT64(known.reduce<bigint>((sum, value) => sum + BigInt(value), 0n))
        : total(numbers);
    case 'avg':
      return known.length === 0 ? null : total(numbers) / known.length;
    case 'median': {
      const ranked = numbers.toSorted((a, b) => a - b);
      const [low, high] = [
        ranked[Math.floor((ranked.length - 1) / 2)],
        ranked[Math.ceil((ranked.length - 1) / 2)],
      ];
      return low === undefined || high === undefined ? null : (low + high) / 2;
    }
    case 'min':
      return sorted[0] ?? null;
    case 'max':
      return sorted.at(-1) ?? null;
  }
}

function total(numbers: readonly number[]): number {
  return numbers.reduce((sum, value) => sum + value, 0);
}
