import type { TableSpec } from '../../core/ports.ts';
import { execute, query, type Session } from './session.ts';
import { quoteName } from './sql-text.ts';
import { countStored, storedName } from './stored-table.ts';

const HASHES = 'temp.main.duplicate_hashes';

/**
 * Drops rows that equal an earlier row in every column (nulls are equal), and returns how many. Most tables have none, so hashes
 * are compared first, and rows only where hashes are equal.
 */
export async function dropDuplicates(session: Session, spec: TableSpec): Promise<number> {
  const table = storedName(spec);
  const names = spec.columns.map(({ name }) => quoteName(name)).join(', ');
  await execute(
    session,
    `create or replace temp table duplicate_hashes as select hash(${names}) as h from ${table} group by 1 having count(*) > 1`,
  );
  const before = await countStored(session, spec);
  const [found] = await query(session, `select count(*) from ${HASHES}`);
  if (Number(found?.[0] ?? 0) > 0) {
    await execute(
      session,
      `delete from ${table} where rowid in (
        select rowid from ${table} where hash(${names}) in (select h from ${HASHES})
        qualify row_number() over (partition by ${names} order by rowid) > 1)`,
    );
  }
  await execute(session, `drop table ${HASHES}`);
  return before - (await countStored(session, spec));
}
