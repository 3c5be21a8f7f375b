import type { TableSpec } from '../../core/ports.ts';
import { execute, query, type Session } from './session.ts';
import { quoteName } from './sql-text.ts';
import { countRows, tableName } from './staging.ts';
import { ROW_COLUMN } from './typed-table.ts';

const HASHES = 'staging.hashes';

/**
 * Drops rows that equal an earlier row in every column (nulls are equal), and returns how many. Most tables have none, so hashes
 * are compared first, and rows only where hashes are equal.
 */
export async function dropDuplicates(session: Session, spec: TableSpec): Promise<number> {
  if (spec.columns.length === 0) return 0;
  const table = tableName(spec.table);
  const names = spec.columns.map(({ name }) => quoteName(name)).join(', ');
  const row = quoteName(ROW_COLUMN);
  await execute(session, 'create schema if not exists staging');
  await execute(
    session,
    `create or replace table ${HASHES} as select hash(${names}) as h from ${table} group by h having count(*) > 1`,
  );
  const before = await countRows(session, table);
  const [found] = await query(session, `select count(*) from ${HASHES}`);
  if (Number(found?.[0] ?? 0) > 0) {
    await execute(
      session,
      `delete from ${table} where ${row} in (
        select ${row} from ${table} where hash(${names}) in (select h from ${HASHES})
        qualify row_number() over (partition by ${names} order by ${row}) > 1)`,
    );
  }
  await execute(session, 'drop schema staging cascade');
  return before - (await countRows(session, table));
}
