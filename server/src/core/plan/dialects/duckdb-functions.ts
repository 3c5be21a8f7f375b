import type { TimeUnit } from '../../syntax/expression/functions.ts';
import type { Dialect, RenderContext, Rendered } from './dialect.ts';
import { finite, onlyIf, writtenInteger } from './duckdb-once.ts';
import { exact, nullIf } from './duckdb-operators.ts';
import { replaced, splitPart, substring, trimmed } from './duckdb-text.ts';
import { added, asTimestamp, elapsed, part, truncated } from './duckdb-time.ts';

type Functions = Dialect['functions'];
type One = (args: readonly Rendered[], context: RenderContext, unit: TimeUnit) => string;

export const duckdbFunctions: Functions = {
  abs: ([x]) => (x?.type === 'integer' ? exact(`abs(CAST(${x.sql} AS HUGEINT))`) : `abs(${x?.sql})`),
  round: rounded,
  floor: wholeAlready('floor'),
  ceil: wholeAlready('ceil'),
  // DuckDB fails outside of the domains.
  sqrt: ([x]) => `sqrt(${onlyIf(x?.sql ?? 'NULL', (value) => `${value} >= 0`)})`,
  ln: ([x]) => `ln(${onlyIf(x?.sql ?? 'NULL', (value) => `${value} > 0`)})`,
  exp: (args, context, unit) => finite(same('exp')(args, context, unit)),
  power: (args, context, unit) => finite(same('power')(args, context, unit)),
  least: widened('least'),
  greatest: widened('greatest'),
  coalesce: widened('coalesce'),
  nullif: nullIf,
  lower: same('lower'),
  upper: same('upper'),
  trim: ([x]) => trimmed(x?.sql ?? 'NULL'),
  length: same('length'),
  substring,
  replace: replaced,
  concat: same('concat'),
  contains: same('contains'),
  starts_with: same('starts_with'),
  ends_with: same('ends_with'),
  split_part: splitPart,
  regexp_matches: same('regexp_matches'),
  date_trunc: truncated,
  date_part: part,
  date_diff: elapsed,
  date_add: added,
  year: (args, context) => part(args, context, 'year'),
  quarter: (args, context) => part(args, context, 'quarter'),
  month: (args, context) => part(args, context, 'month'),
  day: (args, context) => part(args, context, 'day'),
  hour: (args, context) => part(args, context, 'hour'),
  day_of_week: (args, context) => part(args, context, 'dow'),
};

/** The function of the same name and the same meaning. */
function same(name: string): One {
  return (args) => `${name}(${args.map(({ sql }) => sql).join(', ')})`;
}

/** A function over values of one type: dates among timestamps are taken as timestamps. */
function widened(name: string): One {
  return (args, context) => {
    const instants = args.some(({ type }) => type === 'timestamp');
    const all = args.map((arg) => (instants ? asTimestamp(arg, context) : arg.sql));
    return `${name}(${all.join(', ')})`;
  };
}

/** A whole number is its own floor. */
function wholeAlready(name: string): One {
  return ([x]) => (x?.type === 'integer' ? x.sql : `${name}(${x?.sql})`);
}

/** Halves go away from zero, as DuckDB has it. */
function rounded([x, digits]: readonly Rendered[]): string {
  if (digits === undefined) return x?.type === 'integer' ? x.sql : `round(${x?.sql})`;
  const written = writtenInteger(digits);
  if (written !== null && written >= 0 && x?.type === 'integer') return x.sql;
  const count =
    written === null
      ? `TRY_CAST(${digits.sql} AS INTEGER)`
      : Math.max(-400, Math.min(400, written)).toString();
  return `round(${x?.sql}, ${count})`;
}
