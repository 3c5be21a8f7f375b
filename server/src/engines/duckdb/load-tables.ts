import { EngineFailure, type LoadedColumn, type LoadedTable, type TableSpec } from '../../core/ports.ts';
import { storeCsvAtOnce } from './csv-at-once.ts';
import { stageCsv } from './csv-source.ts';
import { dropDuplicates } from './duplicates.ts';
import { failureOf, TableFailure } from './failure.ts';
import { guarded } from './guard-files.ts';
import { stageParquet } from './parquet-source.ts';
import type { EngineRequest } from './protocol.ts';
import { query, type Session, throwIfInterrupted } from './session.ts';
import { quoteName } from './sql-text.ts';
import { dropCells } from './staging.ts';
import { countStored, dropStored, showStored, storedName } from './stored-table.ts';
import { buildTable } from './typed-table.ts';

type LoadRequest = Pick<Extract<EngineRequest, { kind: 'load' }>, 'tables' | 'keepGoing'>;

/**
 * Loads tables from their files into a session that is not locked yet. Rejects with `TableFailure` for the first table that
 * cannot be loaded, unless it is told to keep going. `progress` is called before each table, and once at the end.
 */
export async function loadTables(
  session: Session,
  { tables: specs, keepGoing }: LoadRequest,
  progress: (done: number, total: number, table: string) => void,
): Promise<readonly LoadedTable[]> {
  const loaded: LoadedTable[] = [];
  for (const spec of specs) {
    throwIfInterrupted(session);
    progress(loaded.length, specs.length, spec.table);
    try {
      loaded.push(await loadTable(session, spec));
    } catch (error) {
      const failure = failureOf(new TableFailure(spec.table, error), session.limits);
      if (!keepGoing || failure.broken || !isOfTheTable(failure.reason))
        throw new TableFailure(spec.table, error);
      await dropCells(session);
      await dropStored(session, spec);
      loaded.push({ table: spec.table, rows: 0, duplicates: 0, columns: [], problem: failure.message });
    }
  }
  const last = specs.at(-1);
  if (last) progress(specs.length, specs.length, last.table);
  return loaded;
}

/** Its files cannot be read, or are too large: other tables can still be loaded. */
function isOfTheTable(reason: EngineFailure['reason']): boolean {
  return reason === 'data' || reason === 'killed';
}

async function loadTable(session: Session, spec: TableSpec): Promise<LoadedTable> {
  if (spec.files.length === 0) throw new EngineFailure('data', 'There is no file to read.');
  if (spec.columns.length === 0) throw new EngineFailure('data', 'There is no column to read.');
  const read = await guarded(
    spec,
    async () => (await storeCsvAtOnce(session, spec)) ?? (await storeByStages(session, spec)),
  );
  const columns = await markEmpty(session, spec, read);
  const duplicates = spec.distinct ? await dropDuplicates(session, spec) : 0;
  await showStored(session, spec);
  return { table: spec.table, rows: await countStored(session, spec), duplicates, columns };
}

/** Holds all cells as they are, looks at them, and makes the table from them. */
async function storeByStages(session: Session, spec: TableSpec): Promise<readonly LoadedColumn[]> {
  const kinds = spec.format === 'parquet' ? await stageParquet(session, spec) : await stageCsv(session, spec);
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
