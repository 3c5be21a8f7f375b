import { DuckDBDataChunk, VARCHAR } from '@duckdb/node-api';
import { type Session, throwIfInterrupted } from './session.ts';

/** Rows of one of DuckDB's chunks. */
const CHUNK_ROWS = 2048;

/** Adds rows of text to the staged cells, in their order. Rejects with what the rows reject with, and when the load is cancelled. */
export async function appendCells(
  session: Session,
  width: number,
  rows: AsyncIterable<readonly (string | null)[]>,
): Promise<void> {
  const appender = await session.connection.createAppender('cells', 'staging');
  const types = Array.from({ length: width }, () => VARCHAR);
  let waiting: (readonly (string | null)[])[] = [];
  const flush = (): void => {
    if (waiting.length === 0) return;
    const chunk = DuckDBDataChunk.create(types);
    chunk.setRows(waiting);
    appender.appendDataChunk(chunk);
    waiting = [];
  };
  try {
    for await (const row of rows) {
      waiting.push(row);
      if (waiting.length < CHUNK_ROWS) continue;
      throwIfInterrupted(session);
      flush();
      // Between two parts of a file nothing may be waited for, and an interrupt must come through.
      await new Promise<void>((resolve) => setImmediate(resolve));
    }
    flush();
  } finally {
    appender.closeSync();
  }
}
