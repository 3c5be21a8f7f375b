import type { Rendered } from './dialect.ts';
import { once, writtenInteger, writtenText } from './duckdb-once.ts';

/** A text in quotes. The character with the code 0 would end the statement, and no data holds it. */
export function quoted(text: string): string {
  return `'${text.replaceAll('\0', '\uFFFD').replaceAll("'", "''")}'`;
}

/** Blank, tab, line feed, carriage return and the blank that does not break, as spreadsheets leave them. */
const WHITE = `' ' || chr(9) || chr(10) || chr(13) || chr(160)`;

export function trimmed(sql: string): string {
  return `trim(${sql}, ${WHITE})`;
}

/** More characters than any text has. */
const MANY = 1_000_000_000;

/**
 * Characters from `start`, counted from 1: places before the first are counted, but hold none. (DuckDB counts a negative
 * start from the end, and fails beyond 32 bits.)
 */
export function substring([text, start, length]: readonly Rendered[]): string {
  const from = writtenInteger(start);
  const count = length === undefined ? MANY : writtenInteger(length);
  if (from !== null && from >= 1 && count !== null && count >= 0) {
    const cut = length === undefined ? '' : `, ${Math.min(count, MANY)}`;
    return `substring(${text?.sql}, ${Math.min(from, MANY)}${cut})`;
  }
  const args = [text?.sql ?? 'NULL', start?.sql ?? 'NULL', ...(length === undefined ? [] : [length.sql])];
  return once(args, ([x, s, n]) => {
    const first = `least(greatest(${s}, 1), ${MANY})`;
    // In 128 bits, where the end of what is asked for cannot overflow.
    const end = `CAST(greatest(${n}, 0) AS HUGEINT) + least(${s}, 1) - 1`;
    const size = `CAST(least(greatest(${end}, 0), ${MANY}) AS BIGINT)`;
    const known = n === undefined ? `${s} IS NOT NULL` : `${s} IS NOT NULL AND ${n} IS NOT NULL`;
    return `CASE WHEN ${known} THEN substring(${x}, ${first}${n === undefined ? '' : `, ${size}`}) END`;
  });
}

/** The most characters that a replacement may give. */
const MAX_REPLACED = 100_000;

/** Replacing by something longer is bounded, so that no chain of replacements can fill the memory. */
export function replaced([text, from, to]: readonly Rendered[]): string {
  const [old, fresh] = [writtenText(from) ?? '', writtenText(to) ?? ''];
  const replace = (sql: string): string => `replace(${sql}, ${from?.sql}, ${to?.sql})`;
  if (fresh.length <= old.length) return replace(text?.sql ?? 'NULL');
  const limit = Math.floor((MAX_REPLACED / fresh.length) * Math.max(old.length, 1));
  return once(
    [text?.sql ?? 'NULL'],
    ([x = '']) => `CASE WHEN length(${x}) <= ${limit} THEN ${replace(x)} END`,
  );
}

/** The part with that number from 1 on; below 1 null. (DuckDB counts negative numbers from the end.) */
export function splitPart([text, separator, index]: readonly Rendered[]): string {
  const written = writtenInteger(index);
  const part = (x: string | undefined, n: string | number): string =>
    `split_part(${x}, ${separator?.sql}, ${n})`;
  if (written !== null && written >= 1) return part(text?.sql, Math.min(written, MANY));
  return once(
    [text?.sql ?? 'NULL', index?.sql ?? 'NULL'],
    ([x, n]) => `CASE WHEN ${n} >= 1 THEN ${part(x, `least(${n}, ${MANY})`)} END`,
  );
}
