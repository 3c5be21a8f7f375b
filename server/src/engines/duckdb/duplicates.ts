import type { TableSpec } from '../../core/ports.ts';
import { execute, query, type Session } from './session.ts';
import { quoteName } from './sql-text.ts';
import { storedName } from './stored-table.ts';

const HASHES = 'temp.main.duplicate_hashes';
const DUPLICATES = 'temp.main.duplicate_rows';
/** So many of the rows are named. */
const SHOWN_ROWS = 3;

/** The rows that were dropped: how many, and the numbers of the first of them in the data. */
export interface Duplicates {
  readonly count: number;
  readonly rows: readonly number[];
}

const NONE: Duplicates = { count: 0, rows: [] };

/**
 * Drops rows that equal an earlier row in every column (nulls are equal), and returns which. Most tables have none, so hashes
 * are compared first, and rows only where hashes are equal.
 */
export async function dropDuplicates(session: Session, spec: TableSpec): Promise<Duplicates> {
  const table = storedName(spec);
  const names = spec.columns.map(({ name }) => quoteName(name)).join(', ');
  await execute(
    session,
    `create or replace temp table duplicate_hashes as select hash(${names}) as h from ${table} group by 1 having count(*) > 1`,
  );
  const [found] = await query(session, `select count(*) from ${HASHES}`);
  const dropped = Number(found?.[0] ?? 0) === 0 ? NONE : await dropRepeated(session, table, names);
  await execute(session, `drop table ${HASHES}`);
  return dropped;
}

/** Rows keep their numbers while others are deleted, so that they are numbered as in the data before any is. */
async function dropRepeated(session: Session, table: string, names: string): Promise<Duplicates> {
  await execute(
    session,
    `create or replace temp table duplicate_rows as
      select rowid as row from ${table} where hash(${names}) in (select h from ${HASHES})
      qualify row_number() over (partition by ${names} order by rowid) > 1`,
  );
  const [counted] = await query(session, `select count(*) from ${DUPLICATES}`);
  const first = await query(session, `select row + 1 from ${DUPLICATES} order by row limit ${SHOWN_ROWS}`);
  await execute(session, `delete from ${table} where rowid in (select row from ${DUPLICATES})`);
  await execute(session, `drop table ${DUPLICATES}`);
  return { count: Number(counted?.[0] ?? 0), rows: first.map(([row]) => Number(row)) };
}
