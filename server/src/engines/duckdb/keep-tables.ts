import type { LoadedTable, TableSpec } from '../../core/ports.ts';
import { query, type Session, throwIfInterrupted } from './session.ts';
import { CREATE_SCHEMA, STORED, showStored, storedName } from './stored-table.ts';

/** The tables of a session, by the stamp of their specs and files. */
export type HeldTables = Map<string, { readonly spec: TableSpec; readonly loaded: LoadedTable }>;

/** What may be taken over: while it is copied it lies in the memory twice. */
const MAX_SHARE = 1 / 2;

/**
 * Copies tables whose files have not changed from one session to another, which is much quicker than reading them: a session that is
 * locked can read no file, so that every load has a new one. Gives the tables that are there now.
 *
 * @param stamps of the specs that are wanted, which stand for their files
 */
export async function keepTables(
  from: Session,
  held: HeldTables,
  to: Session,
  stamps: readonly string[],
): Promise<HeldTables> {
  const kept: HeldTables = new Map();
  const wanted = stamps.filter((stamp) => isWhole(held.get(stamp)?.loaded));
  if (wanted.length === 0 || (await memoryOf(from)) > MAX_SHARE * to.limits.memoryLimitMb * 1024 * 1024)
    return kept;
  await query(to, CREATE_SCHEMA);
  for (const stamp of wanted) {
    const table = held.get(stamp);
    if (table === undefined) continue;
    throwIfInterrupted(to);
    await copyTable(from, to, table.spec);
    await showStored(to, table.spec);
    kept.set(stamp, table);
  }
  return kept;
}

/** Rows are numbered by DuckDB, and those of which some were deleted would get other numbers. */
function isWhole(loaded: LoadedTable | undefined): boolean {
  return loaded !== undefined && loaded.problem === undefined && loaded.duplicates === 0;
}

async function memoryOf(session: Session): Promise<number> {
  const [row] = await query(session, 'select sum(memory_usage_bytes)::double from duckdb_memory()');
  return Number(row?.[0] ?? 0);
}

async function copyTable(from: Session, to: Session, spec: TableSpec): Promise<void> {
  const [definition] = await query(
    from,
    `select sql from duckdb_tables() where schema_name = '${STORED}' and table_name = '${spec.table.replaceAll("'", "''")}'`,
  );
  await query(to, String(definition?.[0]));
  const appender = await to.connection.createAppender(spec.table, STORED);
  try {
    const result = await from.connection.stream(`select * from ${storedName(spec)}`);
    for (
      let chunk = await result.fetchChunk();
      chunk && chunk.rowCount > 0;
      chunk = await result.fetchChunk()
    ) {
      throwIfInterrupted(to);
      appender.appendDataChunk(chunk);
    }
  } finally {
    appender.closeSync();
  }
}
