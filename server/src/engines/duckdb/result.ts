import { type DuckDBDataChunk, type DuckDBResult, StatementType } from '@duckdb/node-api';
import { EngineFailure, type Value } from '../../core/ports.ts';
import type { ResultPart } from './protocol.ts';
import { type Session, throwIfInterrupted } from './session.ts';
import { toValue } from './value.ts';

/** A larger result is refused: it would fill the memory of the process that asked. */
const MAX_ROWS = 2_000_000;
/** Rows sent at once: large enough that messages cost little, small enough that an interrupt is soon seen. */
const PART_ROWS = 16_384;

/**
 * Runs one statement, and hands out its rows column by column, a part at a time; at least one part, so that the names
 * are known for an empty result too. Rejects with DuckDB's error, `cancelled`, or `query` for a result that is too large.
 */
export async function readResult(
  session: Session,
  sql: string,
  send: (part: ResultPart) => void,
): Promise<void> {
  throwIfInterrupted(session);
  const statement = await session.connection.prepare(sql);
  try {
    throwIfInterrupted(session);
    // Nothing of ours changes data after the load, so nothing else can.
    if (statement.statementType !== StatementType.SELECT) {
      throw new EngineFailure('query', 'Only a query can be run.');
    }
    await sendParts(session, await statement.stream(), send);
  } finally {
    statement.destroySync();
  }
}

async function sendParts(
  session: Session,
  result: DuckDBResult,
  send: (part: ResultPart) => void,
): Promise<void> {
  const names = result.columnNames();
  let columns: Value[][] = names.map(() => []);
  let held = 0;
  let total = 0;
  for (
    let chunk = await result.fetchChunk();
    chunk !== null && chunk.rowCount > 0;
    chunk = await result.fetchChunk()
  ) {
    throwIfInterrupted(session);
    total += chunk.rowCount;
    if (total > MAX_ROWS) throw new EngineFailure('query', `The result has more than ${MAX_ROWS} rows.`);
    appendChunk(chunk, columns);
    held += chunk.rowCount;
    if (held >= PART_ROWS) {
      send({ names, columns });
      columns = names.map(() => []);
      held = 0;
    }
  }
  if (held > 0 || total === 0) send({ names, columns });
}

function appendChunk(chunk: DuckDBDataChunk, columns: readonly Value[][]): void {
  const rows = chunk.rowCount;
  for (const [index, column] of columns.entries()) {
    const vector = chunk.getColumnVector(index);
    for (let row = 0; row < rows; row += 1) column.push(toValue(vector.getItem(row)));
  }
}
