import { open } from 'node:fs/promises';
import { basename } from 'node:path/posix';
import { promisify } from 'node:util';
import { inflateRaw } from 'node:zlib';
import { type DataNotice, EngineFailure, type TableSpec } from '../../core/ports.ts';
import { readSheetHeader } from '../../core/syntax/xlsx/sheet-header.ts';
import { openWorkbook, type Workbook } from '../../core/syntax/xlsx/workbook.ts';
import { readZipEntry, type ZipEntry, ZipProblem } from '../../core/syntax/xlsx/zip-entries.ts';
import { fileProblem } from './read-bytes.ts';
import { findUnreadCells } from './xlsx-errors.ts';
import { storedZip } from './zip-store.ts';

/** A sheet as a table of text. */
export interface SheetTable {
  readonly headers: readonly string[];
  /** Rows with a filled cell, each as wide as the header. */
  readonly rows: readonly (readonly string[])[];
  readonly notices: readonly DataNotice[];
}

/** A sheet and the texts that it uses may take so much unpacked. It is many times that while it is read. */
const MAX_UNPACKED = 256 * 1024 * 1024;
const DAY_MS = 86_400_000;
/** The first day that spreadsheets know: what lies before it is a time of day without a date. */
const FIRST_DAY = Date.UTC(1899, 11, 31);

type Value = string | boolean | Date | null;

/** Reads a sheet of a workbook. Rejects with `data` for a workbook that is damaged, protected or too large, and a sheet that it does not have. */
export async function convertSheet(file: string, { sheet, headerRow = 1 }: TableSpec): Promise<SheetTable> {
  try {
    return await withWorkbook(file, async (workbook, readEntry) => {
      const found =
        sheet === undefined ? workbook.sheets[0] : workbook.sheets.find(({ name }) => name === sheet);
      if (found === undefined) throw new EngineFailure('data', missingSheet(file, sheet, workbook));
      const headers = await readSheetHeader(workbook, found.entry, headerRow);
      if (headers.length === 0)
        throw new EngineFailure('data', `Row ${headerRow} of ${basename(file)} names no column.`);
      const { packed, sheetBytes } = await repack(file, workbook, found.entry, readEntry);
      const values = await readValues(packed, found.name);
      const { rows, numbers } = textRows(values, headers.length, headerRow);
      return { headers, rows, notices: findUnreadCells(sheetBytes, headers, numbers) };
    });
  } catch (error) {
    if (error instanceof EngineFailure) throw error;
    if (error instanceof ZipProblem) throw new EngineFailure('data', `${basename(file)} ${error.message}.`);
    const isOfSheet = error instanceof Error && /^Invalid(Input|Spreadsheet)Error$/.test(error.name);
    const text = isOfSheet ? `${basename(file)} is damaged: ${error.message}.` : fileProblem(file, error);
    throw new EngineFailure('data', text);
  }
}

type ReadEntry = (entry: ZipEntry, length: number) => Promise<Uint8Array>;

async function withWorkbook<T>(
  file: string,
  use: (workbook: Workbook, readEntry: ReadEntry) => Promise<T>,
): Promise<T> {
  const handle = await open(file);
  try {
    const { size } = await handle.stat();
    const read = async (start: number, length: number): Promise<Uint8Array> => {
      const wanted = Math.max(0, Math.min(length, size - start));
      const { buffer, bytesRead } = await handle.read(new Uint8Array(wanted), 0, wanted, start);
      return buffer.subarray(0, bytesRead);
    };
    const decode = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);
    const workbook = await openWorkbook({ size, read, inflate: inflateStart, decode });
    return await use(workbook, (entry, length) => readZipEntry(read, inflateStart, entry, length));
  } finally {
    await handle.close();
  }
}

/** The beginning of what deflated bytes unpack to. */
async function inflateStart(bytes: Uint8Array, length: number): Promise<Uint8Array> {
  try {
    return await promisify(inflateRaw)(bytes, { finishFlush: 2, maxOutputLength: length });
  } catch (error) {
    // More than was asked for: this is rare, as only the headers of large sheets are read in part.
    if (error instanceof Error && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE')
      return inflateInParts(bytes, length);
    throw new ZipProblem('is damaged: what is in it cannot be unpacked');
  }
}

async function inflateInParts(bytes: Uint8Array, length: number): Promise<Uint8Array> {
  const { createInflateRaw } = await import('node:zlib');
  const stream = createInflateRaw({ finishFlush: 2 });
  stream.end(bytes);
  const parts: Buffer[] = [];
  let done = 0;
  for await (const part of stream) {
    parts.push(part);
    done += part.length;
    if (done >= length) break;
  }
  return Buffer.concat(parts).subarray(0, length);
}

function missingSheet(file: string, sheet: string | undefined, { sheets }: Workbook): string {
  const names = sheets.map(({ name }) => name).join(', ');
  return sheet === undefined
    ? `${basename(file)} has no sheet with cells.`
    : `${basename(file)} has no sheet "${sheet}". Its sheets are: ${names}.`;
}

/**
 * A workbook of just the sheet, unpacked. The reader takes the sizes that an archive claims for granted, and unpacks all that is in it:
 * of this one they are true and bounded.
 */
async function repack(
  file: string,
  { entries, sharedStrings }: Workbook,
  sheet: ZipEntry,
  readEntry: ReadEntry,
): Promise<{ readonly packed: Buffer; readonly sheetBytes: Uint8Array }> {
  const names = [
    'xl/workbook.xml',
    'xl/_rels/workbook.xml.rels',
    'xl/styles.xml',
    sharedStrings?.name,
    sheet.name,
  ];
  const parts = new Map<string, Uint8Array>();
  let left = MAX_UNPACKED;
  for (const name of new Set(names)) {
    const entry = name === undefined ? undefined : entries.get(name);
    if (entry === undefined) continue;
    const bytes = await readEntry(entry, left + 1);
    left -= bytes.length;
    if (left < 0) {
      const limit = MAX_UNPACKED / 1024 / 1024;
      throw new EngineFailure(
        'data',
        `The sheet "${basename(file)}" takes more than ${limit} MB unpacked. Save it as CSV or Parquet.`,
      );
    }
    parts.set(entry.name, bytes);
  }
  return { packed: storedZip(parts), sheetBytes: parts.get(sheet.name) ?? new Uint8Array() };
}

/** The values of a sheet by row and column. Numbers keep the text that they are stored as. */
async function readValues(packed: Buffer, sheet: string): Promise<readonly (readonly Value[])[]> {
  // Loaded with the first workbook, as most projects have none.
  const { readSheet } = await import('read-excel-file/node');
  return readSheet<string>(packed, sheet, { trim: false, parseNumber: (text) => text }) as Promise<
    readonly (readonly Value[])[]
  >;
}

/** The rows below the header as text, and the number of each in the sheet. Rows without a filled cell are none. */
function textRows(
  values: readonly (readonly Value[])[],
  width: number,
  headerRow: number,
): { readonly rows: readonly (readonly string[])[]; readonly numbers: ReadonlyMap<number, number> } {
  const rows: (readonly string[])[] = [];
  const numbers = new Map<number, number>();
  const withTime = timedColumns(values, width, headerRow);
  for (let index = headerRow; index < values.length; index += 1) {
    const row = values[index] ?? [];
    const cells = Array.from({ length: width }, (_, column) =>
      textOf(row[column] ?? null, withTime[column] ?? false),
    );
    if (cells.every((text) => text.trim() === '')) continue;
    rows.push(cells);
    numbers.set(index + 1, rows.length);
  }
  return { rows, numbers };
}

/** The columns in which some date has a time: there midnight is a time as well. */
function timedColumns(
  values: readonly (readonly Value[])[],
  width: number,
  headerRow: number,
): readonly boolean[] {
  const timed = Array.from({ length: width }, () => false);
  for (const row of values.slice(headerRow)) {
    for (let column = 0; column < width; column += 1) {
      const value = row[column];
      if (value instanceof Date && roundedMs(value) % DAY_MS !== 0) timed[column] = true;
    }
  }
  return timed;
}

function textOf(value: Value, withTime: boolean): string {
  if (value === null) return '';
  if (!(value instanceof Date)) return String(value);
  const ms = roundedMs(value);
  const iso = new Date(ms).toISOString().replace(/\.000Z$|Z$/, '');
  if (ms < FIRST_DAY && ms >= FIRST_DAY - DAY_MS) return iso.slice(11);
  return withTime ? iso.replace('T', ' ') : iso.slice(0, 10);
}

/** Spreadsheets count days, so that the fraction for a time of day is off by a bit: what is nearly a whole second is one. */
function roundedMs(date: Date): number {
  const ms = date.getTime();
  const second = Math.round(ms / 1000) * 1000;
  return Math.abs(ms - second) <= 5 ? second : ms;
}
