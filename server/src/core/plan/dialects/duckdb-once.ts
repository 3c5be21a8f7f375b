import type { Rendered } from './dialect.ts';

/**
 * SQL that uses its arguments several times. Writing a long argument several times would double the statement at every
 * level of nesting (14 nested `nullif`, which DuckDB expands itself, take 2 s to bind, 18 take 44 s), so that beyond a
 * few characters the arguments are bound to names by a lambda. `use` must not refer to anything but what it is given.
 *
 * `TRY(…)` is no way out: where it fails it evaluates its argument again row by row, which doubles the work at every
 * level as well.
 */
export function once(args: readonly string[], use: (args: readonly string[]) => string): string {
  const length = args.reduce((sum, arg) => sum + arg.length, 0);
  if (length <= INLINE) return use(args);
  const [only] = args;
  if (args.length === 1) return `list_transform([${only}], lambda v: ${use(['v'])})[1]`;
  const fields = args.map((arg, index) => `a${index} := ${arg}`);
  const names = args.map((_, index) => `v.a${index}`);
  return `list_transform([struct_pack(${fields.join(', ')})], lambda v: ${use(names)})[1]`;
}

/** The most characters that are written several times: a column with the name of its table. */
const INLINE = 80;

/** The value where the condition on it holds, else null. */
export function onlyIf(sql: string, condition: (value: string) => string): string {
  return once([sql], ([value = sql]) => `CASE WHEN ${condition(value)} THEN ${value} END`);
}

/** Null in place of an infinity or what is no number. */
export function finite(sql: string): string {
  return onlyIf(sql, (value) => `isfinite(${value})`);
}

/** The whole number that is written out as an argument; `null` if it is not written out. */
export function writtenInteger(arg: Rendered | undefined): number | null {
  return arg?.type === 'integer' && typeof arg.literal === 'string' ? Number(arg.literal) : null;
}

/** The text that is written out as an argument; `null` if it is not written out. */
export function writtenText(arg: Rendered | undefined): string | null {
  return arg?.type === 'text' && typeof arg.literal === 'string' ? arg.literal : null;
}
