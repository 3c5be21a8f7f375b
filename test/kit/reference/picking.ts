import type { RefPicking } from './metric.ts';
import type { Timed } from './timed-rows.ts';
import type { Cell, Env, RefRow } from './world.ts';

/** Which rows of a period a metric is over, and what it makes of them: `at`, `once_per` and `per` of section 5. */

/** The rows with the latest (earliest) time, all of them, or those of each entity. */
export function pickedAt<T extends { readonly timed: Timed }>(
  { at, atPer }: RefPicking,
  rows: readonly T[],
  place: Pick<Env, 'tables' | 'source'>,
): T[] {
  if (at === undefined) return [...rows];
  const entityOf = ({ timed }: T): string =>
    JSON.stringify((atPer ?? []).map((column) => cellAt({ ...place, row: timed.row }, column) ?? null));
  const extremes = new Map<string, number>();
  for (const row of rows) {
    const time = timeOf(row.timed);
    const known = extremes.get(entityOf(row)) ?? time;
    extremes.set(entityOf(row), at === 'last' ? Math.max(known, time) : Math.min(known, time));
  }
  return rows.filter((row) => timeOf(row.timed) === extremes.get(entityOf(row)));
}

function timeOf({ time, start }: Timed): number {
  return typeof time === 'number' ? time : start;
}

/** One row for each row that a link arrives at; rows without a match arrive at none. */
export function onePerLinked(rows: readonly Env[], link: string): Env[] {
  const first = new Map<RefRow, Env>();
  for (const env of rows) {
    const linked = env.tables.walk(env.source, env.row, link.split('.')).row;
    if (linked !== undefined && !first.has(linked)) first.set(linked, env);
  }
  return [...first.values()];
}

/** The entities among rows, each with its rows; a row without one belongs to none. */
export function entities(rows: readonly Env[], per: string): Env[] {
  const found = new Map<Cell | RefRow, Env[]>();
  for (const env of rows) {
    const entity = cellAt(env, per);
    if (entity === null || entity === undefined) continue;
    found.set(entity, [...(found.get(entity) ?? []), env]);
  }
  return [...found.values()].map((own): Env => {
    const { tables, source, period } = own[0] ?? rows[0] ?? { tables: undefined, source: '' };
    if (tables === undefined) throw new Error('An entity has rows.');
    return { tables, source, row: {}, rows: own, ...(period === undefined ? {} : { period }) };
  });
}

/** The value of a column or path, or the row that a link arrives at. */
export function cellAt({ tables, source, row }: Env, text: string): Cell | RefRow | undefined {
  const parts = text.split('.');
  const last = parts[parts.length - 1] ?? '';
  const at = tables.walk(source, row, parts.slice(0, -1));
  if (at.row === undefined) return null;
  return tables.source(at.source).links?.[last] === undefined
    ? (at.row[last] ?? null)
    : tables.follow(at.source, at.row, last)?.row;
}
