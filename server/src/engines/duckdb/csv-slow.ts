import { basename } from 'node:path/posix';
import { EngineFailure, type TableSpec } from '../../core/ports.ts';
import { type CsvRecord, readCsvRecord } from '../../core/syntax/csv-record.ts';
import { skipLines } from '../../core/syntax/skip-lines.ts';
import { appendCells } from './append-cells.ts';
import { readTextParts } from './csv-file.ts';
import type { CsvLayout } from './csv-source.ts';
import type { OnRead } from './read-bytes.ts';
import { reportRead, type Session } from './session.ts';

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
  const rows = readRows(spec, file, layout.headers.length, reportRead(session, file));
  await appendCells(session, layout.positions.length, pick(rows, layout.positions));
}

async function* pick(
  rows: AsyncIterable<readonly string[]>,
  positions: readonly number[],
): AsyncGenerator<readonly string[]> {
  for await (const cells of rows) yield positions.map((position) => cells[position] ?? '');
}

/** The rows of a file after its header, each checked to have as many cells as the header. */
async function* readRows(
  spec: TableSpec,
  file: string,
  width: number,
  onRead: OnRead,
): AsyncGenerator<readonly string[]> {
  let headerSeen = false;
  let row = 0;
  for await (const { record, line } of readRecords(spec, file, onRead)) {
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
  spec: TableSpec,
  file: string,
  onRead: OnRead,
): AsyncGenerator<{ readonly record: CsvRecord; readonly line: number }> {
  const { delimiter, headerRow = 1 } = spec;
  let text = '';
  let line = 1;
  for await (const part of readTextParts(spec, file, onRead)) {
    text += part;
    if (line < headerRow) {
      const skipped = skipWholeLines(text, headerRow - line);
      text = text.slice(skipped.at);
      line += skipped.lines;
      if (line < headerRow) continue;
    }
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
  for (let start = 0; line >= headerRow && start < text.length; ) {
    const record = readCsvRecord(text, start, delimiter);
    yield { record, line };
    line += countLines(text, start, record.next);
    start = record.next;
  }
}

/** Steps over lines whose end is seen: a CR at the end of the text may be half of a CR LF. */
function skipWholeLines(text: string, count: number): { readonly at: number; readonly lines: number } {
  let at = 0;
  let lines = 0;
  for (; lines < count; lines += 1) {
    const next = skipLines(text, 1, at);
    const isOpen = next === text.length && text[next - 1] !== '\n';
    if (isOpen || next === at) break;
    at = next;
  }
  return { at, lines };
}

function countLines(text: string, start: number, end: number): number {
  let lines = 0;
  for (let at = start; at < end; at += 1) {
    const code = text.charCodeAt(at);
    if (code === 10 || (code === 13 && text.charCodeAt(at + 1) !== 10)) lines += 1;
  }
  return lines;
}
