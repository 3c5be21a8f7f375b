import { COLUMN_TYPES, type ColumnType } from '../base/value-type.ts';
import { type FileFormat, fileFormatOf } from '../model/data-format.ts';
import type { SourceShape } from '../model/shape.ts';
import { FileProblem, type FileSystem } from '../ports.ts';
import { delimiterOf } from '../syntax/csv-delimiter.ts';
import { type CsvRecord, readCsvRecord } from '../syntax/csv-record.ts';
import { createJsonRows, JsonFault } from '../syntax/json-rows.ts';
import { jsonProblem } from '../workspace/json-columns.ts';
import { nameOf } from '../workspace/paths.ts';
import { type Head, readHead } from '../workspace/read-head.ts';
import { readShape } from '../workspace/read-shape.ts';
import { isRowOfData } from './first-line.ts';

/** A data file as a new project is proposed from it. */
export interface Table {
  /** Absolute path. */
  readonly path: string;
  /** Where it is not the one that the file's name says: what separates the columns. */
  readonly delimiter: string | undefined;
  readonly headers: readonly string[];
  /** The types that the file itself tells (Parquet), one for each header; `undefined` for a text file. */
  readonly types: readonly (ColumnType | undefined)[] | undefined;
  /** The cells of each row, as many as there are headers; none where the rows cannot be read here. */
  readonly rows: readonly (readonly string[])[];
  /** Whether these are all the rows of the file. */
  readonly whole: boolean;
}

/** A data file that nothing can be proposed from, with the reason in words for users. */
export interface Unread {
  readonly path: string;
  readonly reason: string;
}

/** So much of a file is looked at. What is said of a longer one is left for the engine to find, which reads all of it. */
const MAX_BYTES = 8 * 1024 * 1024;

/** Reads the header and the rows of a data file. Whatever is wrong with it is in the answer. */
export async function readTable(fs: FileSystem, path: string): Promise<Table | Unread> {
  const shape = await readShape(fs, { file: { text: nameOf(path) } }, [path]);
  if (shape.problem !== undefined) return { path, reason: shape.problem.message };
  const format = fileFormatOf(path);
  // The rows of workbooks are read by the engine, and types stand in Parquet files themselves.
  if (format === undefined || format.format === 'parquet' || format.format === 'xlsx')
    return headerTable(path, shape);
  try {
    return await (format.format === 'json'
      ? jsonTable(fs, path, format, shape)
      : textTable(fs, path, format));
  } catch (error) {
    if (error instanceof FileProblem) return { path, reason: error.message };
    throw error;
  }
}

function headerTable(path: string, { columns = [], format }: SourceShape): Table {
  return {
    path,
    delimiter: undefined,
    headers: columns.map(({ header }) => header),
    types:
      format === 'parquet'
        ? columns.map(({ type }) => COLUMN_TYPES.find((known) => known === type))
        : undefined,
    rows: [],
    whole: false,
  };
}

/** The beginning of a text file. Rejects with `FileProblem`. */
async function textOf(fs: FileSystem, path: string, format: FileFormat): Promise<Head> {
  const { text, isWhole } = (await readHead(fs, path, format, 'utf-8', MAX_BYTES)) ?? {
    text: '',
    isWhole: true,
  };
  // A character that is cut off at the end of what was read is no fault.
  const known = isWhole ? text : text.replace(/\uFFFD{1,3}$/, '');
  // Unlike a comma in the wrong place, a wrong encoding is in every word: nothing would be found again.
  if (known.includes('\uFFFD'))
    throw new FileProblem(path, `"${nameOf(path)}" is not UTF-8. Save it as UTF-8.`);
  return { text: known, isWhole };
}

/** The rows of a JSON file by the columns of its shape, up to the first that cannot be read. */
async function jsonTable(
  fs: FileSystem,
  path: string,
  format: FileFormat,
  { columns = [] }: SourceShape,
): Promise<Table> {
  const { text, isWhole } = await textOf(fs, path, format);
  const headers = columns.map(({ header }) => header);
  const rows: (readonly string[])[] = [];
  try {
    for (const { cells } of createJsonRows().push(text, isWhole))
      rows.push(headers.map((header) => cells.get(header)?.text ?? ''));
  } catch (error) {
    if (!(error instanceof JsonFault)) throw error;
    throw new FileProblem(path, jsonProblem(nameOf(path), error));
  }
  return { path, delimiter: undefined, headers, types: undefined, rows, whole: isWhole };
}

async function textTable(fs: FileSystem, path: string, format: FileFormat): Promise<Table | Unread> {
  const { text, isWhole: whole } = await textOf(fs, path, format);
  const usual = format.delimiter;
  const delimiter = delimiterOf(text, usual);
  const records = recordsOf(text, delimiter, whole);
  const [header, ...rest] = records;
  if (header === undefined) return { path, reason: `The file "${nameOf(path)}" is empty.` };
  const kind = otherKind(text);
  if (kind !== undefined)
    return {
      path,
      reason: `"${nameOf(path)}" holds ${kind}, not a table. ${kind === 'JSON' ? 'Name it .json or .ndjson' : 'Export it as CSV'}.`,
    };
  if (isRowOfData(header.cells, rest)) return { path, reason: noHeader(nameOf(path), header.cells) };
  const width = header.cells.length;
  const odd = rest.findIndex((record) => !fits(record, width));
  if (odd >= 0) {
    return {
      path,
      reason: `Row ${odd + 1} of "${nameOf(path)}" has ${rest[odd]?.cells.length} cells, but the header has ${width}. A cell that holds "${delimiter}" stands in quotes.`,
    };
  }
  return {
    path,
    delimiter: delimiter === usual ? undefined : delimiter,
    headers: header.cells,
    types: undefined,
    rows: rest.map(({ cells }) => cells.slice(0, width)),
    whole,
  };
}

/** What a text is that is no table, though its file is named as one. */
function otherKind(text: string): string | undefined {
  if (/^\s*<(?:!doctype|html|head|body)\b/i.test(text)) return 'a web page';
  if (/^\s*<\?xml\b/.test(text)) return 'XML';
  if (/^%PDF-/.test(text)) return 'a PDF';
  if (/^\s*[[{]\s*["{[\]}]/.test(text)) return 'JSON';
  // No table has a null character, and binary files nearly always do.
  return text.includes('\0') ? 'no text' : undefined;
}

function noHeader(name: string, cells: readonly string[]): string {
  const shown = cells.slice(0, 3).join(', ');
  return `The first line of "${name}" looks like a row and not like the names of the columns: ${shown}${cells.length > 3 ? ', …' : ''}. Put a line with the names above it.`;
}

/** One empty cell too many is a delimiter at the end of every line, as some programs write it. */
function fits({ cells, fault }: CsvRecord, width: number): boolean {
  return (
    fault === undefined && (cells.length === width || (cells.length === width + 1 && cells[width] === ''))
  );
}

/** The records of a text without its empty lines; of a part of a file without the last one, which may be cut off. */
function recordsOf(text: string, delimiter: string, whole: boolean): readonly CsvRecord[] {
  const records: CsvRecord[] = [];
  for (let start = 0; start < text.length; ) {
    const record = readCsvRecord(text, start, delimiter);
    start = record.next;
    if (!whole && !record.complete) break;
    const isEmpty = record.cells.length === 1 && record.cells[0]?.trim() === '';
    // In a file of one column an empty line is a blank cell.
    if (!isEmpty || records[0]?.cells.length === 1) records.push(record);
  }
  return records;
}
