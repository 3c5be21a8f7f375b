import {
  EngineFailure,
  type LoadedColumn,
  type LoadedTable,
  type LoadProgress,
  type TableSpec,
} from '../../core/ports.ts';
import { storeCsvAtOnce } from './csv-at-once.ts';
import { stageCsv } from './csv-source.ts';
import { dropDuplicates } from './duplicates.ts';
import { failureOf, TableFailure } from './failure.ts';
import { guarded } from './guard-files.ts';
import { stageJson } from './json-source.ts';
import type { HeldTables } from './keep-tables.ts';
import { stageParquet } from './parquet-source.ts';
import type { EngineRequest } from './protocol.ts';
import { sizeOf } from './read-bytes.ts';
import { query, type Session, throwIfInterrupted } from './session.ts';
import { quoteName } from './sql-text.ts';
import { type CellKind, dropCells } from './staging.ts';
import { countStored, dropStored, showStored, storedName } from './stored-table.ts';
import { buildTable } from './typed-table.ts';
import { convertWorkbooks } from './xlsx-source.ts';

type LoadRequest = Pick<Extract<EngineRequest, { kind: 'load' }>, 'tables' | 'stamps' | 'keepGoing'>;

/** While a file is read, its progress is told so often. */
const PROGRESS_MS = 200;

/**
 * Loads tables from their files into a session that is not locked yet. Rejects with `TableFailure` for the first table that
 * cannot be loaded, unless it is told to keep going. `progress` is called before each table, while a large one is read, and once at the end.
 *
 * @param held tables that lie in the session already; the others are added
 */
export async function loadTables(
  session: Session,
  { tables: specs, stamps, keepGoing }: LoadRequest,
  held: HeldTables,
  progress: LoadProgress,
): Promise<readonly LoadedTable[]> {
  const loaded: LoadedTable[] = [];
  for (const [index, spec] of specs.entries()) {
    throwIfInterrupted(session);
    progress(loaded.length, specs.length, spec.table);
    const stamp = stamps[index] ?? '';
    const table =
      held.get(stamp)?.loaded ??
      (await watched(
        session,
        spec,
        (share) => progress(loaded.length, specs.length, spec.table, share),
        () => loadOrExplain(session, spec, keepGoing),
      ));
    held.set(stamp, { spec, loaded: table });
    loaded.push(table);
  }
  const last = specs.at(-1);
  if (last) progress(specs.length, specs.length, last.table);
  return loaded;
}

async function loadOrExplain(session: Session, spec: TableSpec, keepGoing: boolean): Promise<LoadedTable> {
  try {
    return await loadTable(session, spec);
  } catch (error) {
    const failure = failureOf(new TableFailure(spec.table, error), session.limits);
    if (!keepGoing || failure.broken || !isOfTheTable(failure.reason))
      throw new TableFailure(spec.table, error);
    await dropCells(session);
    await dropStored(session, spec);
    return { table: spec.table, rows: 0, duplicates: 0, columns: [], problem: failure.message };
  }
}

/** Tells how much of a table's files has been read, again and again, while it is loaded. */
async function watched<T>(
  session: Session,
  { files }: TableSpec,
  tell: (share: number) => void,
  work: () => Promise<T>,
): Promise<T> {
  session.reading = { total: await sizeOf(files), read: new Map() };
  let told = 0;
  const timer = setInterval(() => {
    const share = shareRead(session);
    if (share === undefined || share <= told) return;
    told = share;
    tell(share);
  }, PROGRESS_MS);
  try {
    return await work();
  } finally {
    clearInterval(timer);
    session.reading = undefined;
  }
}

/** By our own readers, where they are at work; else by what DuckDB says of its statement. */
function shareRead({ reading, connection }: Session): number | undefined {
  if (reading !== undefined && reading.read.size > 0 && reading.total > 0) {
    const read = [...reading.read.values()].reduce((sum, bytes) => sum + bytes, 0);
    return Math.min(1, read / reading.total);
  }
  const { percentage } = connection.progress;
  return percentage > 0 ? Math.min(1, percentage / 100) : undefined;
}

/** Its files cannot be read, or are too large: other tables can still be loaded. */
function isOfTheTable(reason: EngineFailure['reason']): boolean {
  return reason === 'data' || reason === 'killed';
}

async function loadTable(session: Session, spec: TableSpec): Promise<LoadedTable> {
  if (spec.files.length === 0) throw new EngineFailure('data', 'There is no file to read.');
  if (spec.columns.length === 0) throw new EngineFailure('data', 'There is no column to read.');
  const { columns: read, notices = [] } = await guarded(spec, () => storeTable(session, spec));
  const columns = await markEmpty(session, spec, read);
  const { count: duplicates, rows: duplicateRows } = spec.distinct
    ? await dropDuplicates(session, spec)
    : { count: 0, rows: [] };
  await showStored(session, spec);
  const rows = await countStored(session, spec);
  return {
    table: spec.table,
    rows,
    duplicates,
    ...(duplicates > 0 ? { duplicateRows } : {}),
    columns,
    ...(notices.length > 0 ? { notices } : {}),
  };
}

type Stored = Pick<LoadedTable, 'columns' | 'notices'>;

/** Makes the table of a spec from its files. */
async function storeTable(session: Session, spec: TableSpec): Promise<Stored> {
  switch (spec.format) {
    case 'csv':
      return storeCsv(session, spec);
    case 'json': {
      const { kinds, notices } = await stageJson(session, spec);
      return { columns: await storeStaged(session, spec, kinds), notices };
    }
    case 'parquet':
      return { columns: await storeStaged(session, spec, await stageParquet(session, spec)) };
    case 'xlsx': {
      const converted = await convertWorkbooks(session, spec);
      return { ...(await storeCsv(session, converted.spec)), notices: converted.notices };
    }
  }
}

async function storeCsv(session: Session, spec: TableSpec): Promise<Stored> {
  const columns = await storeCsvAtOnce(session, spec);
  return { columns: columns ?? (await storeStaged(session, spec, await stageCsv(session, spec))) };
}

/** Looks at all staged cells, and makes the table from them. */
async function storeStaged(
  session: Session,
  spec: TableSpec,
  kinds: readonly CellKind[],
): Promise<readonly LoadedColumn[]> {
  const columns = await buildTable(session, spec, kinds);
  await dropCells(session);
  return columns;
}

/** Marks the columns of which no cell says anything, so that nobody takes them for text. */
async function markEmpty(
  session: Session,
  spec: TableSpec,
  columns: readonly LoadedColumn[],
): Promise<readonly LoadedColumn[]> {
  const declared = new Set(spec.columns.filter(({ type }) => type !== undefined).map(({ name }) => name));
  const open = columns.filter(({ name, type }) => type === 'text' && !declared.has(name));
  if (open.length === 0) return columns;
  const filled = open.map(({ name }) => `max(${quoteName(name)}) is not null`);
  const [row] = await query(session, `select ${filled.join(', ')} from ${storedName(spec)}`);
  const empty = new Set(open.filter((_, index) => row?.[index] !== true));
  return columns.map((column) => (empty.has(column) ? { ...column, empty: true } : column));
}
