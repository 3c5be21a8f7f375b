import type { TimeUnit } from '../../syntax/expression/functions.ts';
import type { Dialect, RenderContext, Rendered } from './dialect.ts';
import { finite } from './duckdb-operators.ts';
import { asTimestamp, instantOf, localTime } from './duckdb-time.ts';

type Functions = Dialect['functions'];
type One = (args: readonly Rendered[], context: RenderContext, unit: TimeUnit) => string;

/** The function of the same name and the same meaning. */
function same(name: string): One {
  return (args) => `${name}(${args.map(({ sql }) => sql).join(', ')})`;
}

/** A numeric function that fails, or gives no finite number, for some arguments: null there. */
function partial(name: string): One {
  return (args, context, unit) => finite(`TRY(${same(name)(args, context, unit)})`);
}

export const duckdbFunctions: Functions = {
  abs: same('abs'),
  round: same('round'),
  floor: same('floor'),
  ceil: same('ceil'),
  sqrt: partial('sqrt'),
  ln: partial('ln'),
  exp: partial('exp'),
  power: partial('power'),
  least: widened('least'),
  greatest: widened('greatest'),
  coalesce: widened('coalesce'),
  nullif: widened('nullif'),
  lower: same('lower'),
  upper: same('upper'),
  trim: same('trim'),
  length: same('length'),
  substring: same('substring'),
  replace: same('replace'),
  concat: same('concat'),
  contains: same('contains'),
  starts_with: same('starts_with'),
  ends_with: same('ends_with'),
  split_part: same('split_part'),
  regexp_matches: same('regexp_matches'),
  date_trunc: ([arg], context, unit) => truncated(arg, context, unit),
  date_part: ([arg], context, unit) => part(arg, context, unit),
  date_diff: (args, context, unit) => elapsed(args, context, unit),
  date_add: (args, context, unit) => added(args, context, unit),
  year: ([arg], context) => part(arg, context, 'year'),
  quarter: ([arg], context) => part(arg, context, 'quarter'),
  month: ([arg], context) => part(arg, context, 'month'),
  day: ([arg], context) => part(arg, context, 'day'),
  hour: ([arg], context) => part(arg, context, 'hour'),
  day_of_week: ([arg], context) => part(arg, context, 'dow'),
};

/** A function over values of one type: dates among timestamps are taken as timestamps. */
function widened(name: string): One {
  return (args, context) => {
    const instants = args.some(({ type }) => type === 'timestamp');
    const all = args.map((arg) => (instants ? asTimestamp(arg, context) : arg.sql));
    return `${name}(${all.join(', ')})`;
  };
}

const BELOW_DAY: readonly TimeUnit[] = ['second', 'minute', 'hour'];

function clock(arg: Rendered | undefined, context: RenderContext): string {
  if (arg === undefined) return 'NULL';
  return arg.type === 'timestamp' ? localTime(arg.sql, context) : arg.sql;
}

function truncated(arg: Rendered | undefined, context: RenderContext, unit: TimeUnit): string {
  const local = clock(arg, context);
  if (arg?.type !== 'timestamp') return `CAST(date_trunc('${unit}', ${local}) AS DATE)`;
  // Within a day the distance to the unit's start is taken off the instant itself: an hour that a clock change
  // repeats stays the hour it was.
  if (BELOW_DAY.includes(unit)) return `(${arg.sql} - (${local} - date_trunc('${unit}', ${local})))`;
  return instantOf(`CAST(date_trunc('${unit}', ${local}) AS TIMESTAMP)`, context);
}

/** Weeks and days of the week by ISO 8601: 1 is Monday. */
function part(arg: Rendered | undefined, context: RenderContext, unit: TimeUnit): string {
  return `date_part('${unit === 'dow' ? 'isodow' : unit}', ${clock(arg, context)})`;
}

/** Whole elapsed units: exact time up to weeks, calendar months by the wall clock beyond. */
function elapsed([from, to]: readonly Rendered[], context: RenderContext, unit: TimeUnit): string {
  if (from === undefined || to === undefined) return 'NULL';
  if (from.type === 'date' && to.type === 'date') return `datesub('${unit}', ${from.sql}, ${to.sql})`;
  const [a, b] = [asTimestamp(from, context), asTimestamp(to, context)];
  const calendar = unit === 'month' || unit === 'quarter' || unit === 'year';
  return calendar
    ? `datesub('${unit}', ${localTime(a, context)}, ${localTime(b, context)})`
    : `datesub('${unit}', ${a}, ${b})`;
}

/** Months clamp to the last day. Days and longer move the wall clock, shorter units the instant. */
function added([count, to]: readonly Rendered[], context: RenderContext, unit: TimeUnit): string {
  if (count === undefined || to === undefined) return 'NULL';
  const interval = `to_${unit}s(CAST(${count.sql} AS INTEGER))`;
  if (BELOW_DAY.includes(unit)) return `TRY(${asTimestamp(to, context)} + ${interval})`;
  if (to.type === 'date') return `TRY(CAST(${to.sql} + ${interval} AS DATE))`;
  return instantOf(`TRY(${localTime(to.sql, context)} + ${interval})`, context);
}
