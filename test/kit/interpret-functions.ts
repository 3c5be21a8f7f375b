import type { ValueType } from '../../server/src/core/base/value-type.ts';
import type { FunctionName, TimeUnit } from '../../server/src/core/syntax/expression/functions.ts';
import type { NameRef, Scalar } from '../../server/src/core/syntax/expression/scalar.ts';
import { dateOf, fromClock, move, part, startOfDay, truncate } from './interpret-time.ts';
import {
  clockOf,
  INT64,
  instantText,
  type JsValue,
  orderOf,
  roundHalfAway,
  type World,
} from './interpret-value.ts';

type Call = Extract<Scalar<NameRef>, { kind: 'call' }>;
type Args = readonly JsValue[];

/** The value of a function of the catalogue, `date_diff` apart. */
export function callFunction(call: Call, args: Args, types: readonly ValueType[], world: World): JsValue {
  const fn = call.fn as FunctionName;
  if (fn in lenient) return lenient[fn]?.(args) ?? null;
  if (args.includes(null)) return null;
  const unit = call.unit ?? 'day';
  const time = String(args.at(-1));
  switch (fn) {
    case 'date_trunc':
      return truncated(unit, time, types[0] === 'date', world);
    case 'date_add':
      return added(unit, Number(args[0]), time, types[1] === 'date', world);
    case 'date_part':
      return BigInt(part(unit, clockOf(time, world)));
    case 'day_of_week':
      return BigInt(part('dow', clockOf(time, world)));
    case 'year':
    case 'quarter':
    case 'month':
    case 'day':
    case 'hour':
      return BigInt(part(fn, clockOf(time, world)));
    default:
      return strict[fn]?.(args) ?? null;
  }
}

function truncated(unit: TimeUnit, time: string, isDate: boolean, world: World): string {
  const clock = clockOf(time, world);
  const start = truncate(unit, clock);
  if (isDate) return dateOf(start);
  if (unit === 'second' || unit === 'minute' || unit === 'hour')
    return instantText(Date.parse(time) - (clock - start));
  return instantText(startOfDay(dateOf(start), world.timezone));
}

function added(unit: TimeUnit, count: number, time: string, isDate: boolean, world: World): string | null {
  const short = unit === 'second' || unit === 'minute' || unit === 'hour';
  if (isDate && !short) return dateOf(move(unit, count, clockOf(time, world)));
  if (short) return instantText(move(unit, count, Date.parse(time)));
  return instantText(fromClock(move(unit, count, clockOf(time, world)), world.timezone));
}

/** Functions that make something of null. */
const lenient: Partial<Record<FunctionName, (args: Args) => JsValue>> = {
  coalesce: (args) => args.find((arg) => arg !== null) ?? null,
  nullif: ([a = null, b = null]) => (a !== null && b !== null && orderOf(a, b) === 0 ? null : a),
  least: (args) => args.filter((arg) => arg !== null).toSorted(orderOf)[0] ?? null,
  greatest: (args) =>
    args
      .filter((arg) => arg !== null)
      .toSorted(orderOf)
      .at(-1) ?? null,
  concat: (args) => args.filter((arg) => arg !== null).join(''),
};

function finite(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}

const strict: Partial<Record<FunctionName, (args: Args) => JsValue>> = {
  abs: ([x]) => (typeof x === 'bigint' ? INT64(x < 0n ? -x : x) : Math.abs(Number(x))),
  round: ([x = null, digits = 0n]) => round(x, Number(digits)),
  floor: ([x = null]) => (typeof x === 'number' ? Math.floor(x) : x),
  ceil: ([x = null]) => (typeof x === 'number' ? Math.ceil(x) : x),
  sqrt: ([x]) => finite(Math.sqrt(Number(x))),
  ln: ([x]) => finite(Math.log(Number(x))),
  exp: ([x]) => finite(Math.exp(Number(x))),
  power: ([x, y]) => finite(Number(x) ** Number(y)),
  lower: ([s]) => String(s).toLowerCase(),
  upper: ([s]) => String(s).toUpperCase(),
  trim: ([s]) => String(s).replace(/^[ \t\r\n\u00a0]+|[ \t\r\n\u00a0]+$/g, ''),
  length: ([s]) => BigInt([...String(s)].length),
  substring: ([s, start, length]) => substring([...String(s)], Number(start), length),
  replace: ([s, from, to]) => String(s).replaceAll(String(from), () => String(to)),
  contains: ([s, t]) => String(s).includes(String(t)),
  starts_with: ([s, t]) => String(s).startsWith(String(t)),
  ends_with: ([s, t]) => String(s).endsWith(String(t)),
  split_part: ([s, by, n]) => (Number(n) < 1 ? null : (String(s).split(String(by))[Number(n) - 1] ?? '')),
  regexp_matches: ([s, pattern]) => {
    const text = String(pattern);
    const flags = text.startsWith('(?i)') ? 'iu' : 'u';
    return new RegExp(text.replace(/^\(\?i\)/, ''), flags).test(String(s));
  },
};

function round(x: JsValue, digits: number): JsValue {
  if (typeof x === 'bigint') {
    if (digits >= 0) return x;
    const step = 10n ** BigInt(-digits);
    const half = (x < 0n ? -step : step) / 2n;
    return ((x + half) / step) * step;
  }
  const scale = 10 ** Math.abs(digits);
  const value =
    digits >= 0 ? roundHalfAway(Number(x) * scale) / scale : roundHalfAway(Number(x) / scale) * scale;
  return Number.isFinite(value) ? value : digits >= 0 ? x : 0;
}

/** Places before the first are counted, but hold no character. */
function substring(characters: string[], start: number, length: JsValue | undefined): string {
  const end = length === undefined ? Number.POSITIVE_INFINITY : start + Math.max(0, Number(length));
  return characters.filter((_, index) => index + 1 >= start && index + 1 < end).join('');
}
