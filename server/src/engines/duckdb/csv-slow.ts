import { basename } from 'node:path/posix';
import { DuckDBDataChunk, VARCHAR } from '@duckdb/node-api';
import { EngineFailure, type TableSpec } from '../../core/ports.ts';
import { type CsvRecord, readCsvRecord } from '../../core/syntax/csv-record.ts';
import { readTextParts } from './csv-file.ts';
import type { CsvLayout } from './csv-source.ts';
import { type Session, throwIfInterrupted } from './session.ts';

/** Rows of one of DuckDB's chunks. */
const CHUNK_ROWS = 2048;
/** A record longer than this is a quote that was never closed. */
const MAX_RECORD = 64_000_000;

/**
 * Stages the cells of one file with our own reader. It takes line ends of several kinds, and names the row of what it
 * refuses. Lines that are empty are no rows, unless the file has a single column: there they are blank cells.
 */
export async function appendCsvSlowly(
  session: Session,
  spec: TableSpec,
  file: string,
  layout: CsvLayout,
): Promise<void> {
  const appender = await session.connection.createAppender('cells', 'staging');
  const types = layout.positions.map(() => VARCHAR);
  let rows: string[][] = [];
  const flush = (): void => {
    if (rows.length === 0) return;
    const chunk = DuckDBDataChunk.create(types);
    chunk.setRows(rows);
    appender.appendDataChunk(chunk);
    rows = [];
  };
  try {
    for await (const cells of readRows(file, spec.delimiter, layout.headers.length)) {
      rows.push(layout.positions.map((position) => cells[position] ?? ''));
      if (rows.length < CHUNK_ROWS) continue;
      throwIfInterrupted(session);
      flush();
    }
    flush();
  } finally {
    appender.closeSync();
  }
}

/** The rows of a file after its header, each checked to have as many cells as the header. */
async function* readRows(file: string, delimiter: string, width: number): AsyncGenerator<readonly string[]> {
  let headerSeen = false;
  let row = 0;
  for await (const { record, line } of readRecords(file, delimiter)) {
    if (isNoRow(record, headerSeen ? width : 2)) continue;
    if (headerSeen) {
      row += 1;
      checkRow(record, width, `${basename(file)}, row ${row} (line ${line})`);
      yield record.cells;
    }
    headerSeen = true;
  }
}

function isNoRow(record: CsvRecord, width: number): boolean {
  return width > 1 && record.cells.length === 1 && (record.cells[0] ?? '').trim() === '';
}

/** One empty cell too many is a delimiter at the end of every line, as some programs write it. */
function checkRow(record: CsvRecord, width: number, place: string): void {
  const { cells, fault } = record;
  if (fault !== undefined) throw new EngineFailure('data', `${place}: ${fault}.`);
  if (cells.length === width || (cells.length === width + 1 && cells[width] === '')) return;
  const count = cells.length === 1 ? '1 cell' : `${cells.length} cells`;
  throw new EngineFailure('data', `${place} has ${count}, but the header has ${width}.`);
}

async function* readRecords(
  file: string,
  delimiter: string,
): AsyncGenerator<{ readonly record: CsvRecord; readonly line: number }> {
  let text = '';
  let line = 1;
  for await (const part of readTextParts(file)) {
    text += part;
    let start = 0;
    for (let record = readCsvRecord(text, 0, delimiter); record.complete; ) {
      yield { record, line };
      line += countLines(text, start, record.next);
      start = record.next;
      record = readCsvRecord(text, start, delimiter);
    }
    text = text.slice(start);
    if (text.length > MAX_RECORD)
      throw new EngineFailure('data', `${basename(file)}, line ${line}: the row does not end.`);
  }
  for (let start = 0; start < text.length; ) {
    const record = readCsvRecord(text, start, delimiter);
    yield { record, line };
    line += countLines(text, start, record.next);
    start = record.next;
  }
}

function countLines(text: string, start: number, end: number): number {
  let lines = 0;
  for (let at = start; at < end; at += 1) {
    const code = text.charCodeAt(at);
    if (code === 10 || (code === 13 && text.charCodeAt(at + 1) !== 10)) lines += 1;
  }
  return lines;
}
