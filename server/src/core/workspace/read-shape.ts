import { didYouMean, suggest } from '../base/suggest.ts';
import { extensionOf, type FileFormat, fileFormatOf, KNOWN_FORMATS } from '../model/data-format.ts';
import { ENCODING_NAMES, encodingOf } from '../model/encodings.ts';
import type { ShapeColumn, ShapeProblem, SourceShape } from '../model/shape.ts';
import { FileProblem, type FileSystem } from '../ports.ts';
import { contentProblem } from '../syntax/content-kind.ts';
import { delimiterOf } from '../syntax/csv-delimiter.ts';
import { parseCsvHeader } from '../syntax/csv-header.ts';
import { readParquetHeader } from '../syntax/parquet-header.ts';
import { skipLines } from '../syntax/skip-lines.ts';
import { readSheetHeader } from '../syntax/xlsx/sheet-header.ts';
import { openWorkbook, type Workbook } from '../syntax/xlsx/workbook.ts';
import { ZipProblem } from '../syntax/xlsx/zip-entries.ts';
import { decodeUtf8 } from './decode-utf8.ts';
import { jsonColumns } from './json-columns.ts';
import { nameOf } from './paths.ts';
import { readHead } from './read-head.ts';

/** What a definition says of its data, as far as it matters here. */
export interface DataWords {
  readonly file: { readonly text: string };
  readonly sheet?: { readonly text: string } | undefined;
  readonly delimiter?: { readonly text: string } | undefined;
  readonly headerRow?: { readonly text: string } | undefined;
  readonly encoding?: { readonly text: string } | undefined;
}

/** Everything that reading one header takes. */
interface Reading {
  readonly fs: FileSystem;
  readonly data: DataWords;
  readonly format: FileFormat;
  readonly path: string;
  /** Columns that are declared: of a long JSON file only the beginning is read for its keys. */
  readonly declared: readonly string[];
}

type Headers = Pick<SourceShape, 'columns'> & Partial<Pick<SourceShape, 'delimiter' | 'sheets'>>;

/** A problem of one of the reader options. */
class OptionProblem extends Error {
  readonly problem: ShapeProblem;
  /** What is known of the file nevertheless. */
  readonly known: Pick<SourceShape, 'sheets'>;
  constructor(problem: ShapeProblem, known: Pick<SourceShape, 'sheets'> = {}) {
    super(problem.message);
    this.problem = problem;
    this.known = known;
  }
}

/**
 * Reads what is known of data files without loading them: their format and, from the beginning of the first of them, the headers. Only a
 * bounded part of a file is ever read.
 *
 * @param files absolute paths, at least one, all inside the project
 * @param declared headers of the columns that are declared
 */
export async function readShape(
  fs: FileSystem,
  data: DataWords,
  files: readonly string[],
  declared: readonly string[] = [],
): Promise<SourceShape> {
  const [path = ''] = files;
  const format = fileFormatOf(path);
  const delimiter = data.delimiter?.text || (format?.delimiter ?? ',');
  const shape = { files, format: format?.format, delimiter };
  const refusal = refuse(data, files);
  if (refusal !== undefined || format === undefined)
    return { ...shape, format: undefined, columns: undefined, problem: refusal };
  try {
    const headers = await readHeaders({ fs, data, format, path, declared });
    return { ...shape, ...headers, problem: undefined };
  } catch (error) {
    if (error instanceof OptionProblem)
      return { ...shape, ...error.known, columns: undefined, problem: error.problem };
    // A host says why in words for users; anything else is a defect and must not be hidden.
    if (!(error instanceof FileProblem)) throw error;
    return { ...shape, columns: undefined, problem: unreadable(error.message) };
  }
}

function unreadable(message: string): ShapeProblem {
  return { code: 'data-unreadable', message };
}

/** Why such data cannot be read, before any file is opened. */
function refuse(data: DataWords, files: readonly string[]): ShapeProblem | undefined {
  const extensions = [...new Set(files.map(extensionOf))];
  const named = extensions.map((extension) => `.${extension}`).join(' and ');
  const formats = new Set(files.map((file) => fileFormatOf(file)?.label));
  if (formats.size > 1)
    return unreadable(
      `"${data.file.text}" matches files of several formats (${named}). Name those of one format.`,
    );
  if (formats.has(undefined)) {
    return unreadable(
      named === '.'
        ? `The format of "${data.file.text}" is unknown. ${KNOWN_FORMATS}`
        : `Files that end in ${named} are not read. ${KNOWN_FORMATS}`,
    );
  }
  return undefined;
}

function readHeaders(reading: Reading): Promise<Headers> {
  switch (reading.format.format) {
    case 'csv':
      return readCsvColumns(reading);
    case 'json':
      return readJsonColumns(reading);
    case 'parquet':
      return readParquetColumns(reading);
    case 'xlsx':
      return readSheetColumns(reading);
  }
}

const FIRST_BYTES = 4 * 1024;
const MOST_BYTES = 1024 * 1024;

/** The names in the first record of a delimited file, which must end within its first megabyte. */
async function readCsvColumns(reading: Reading): Promise<Headers> {
  const { path, data, format } = reading;
  const row = headerRowOf(data);
  for (let length = FIRST_BYTES; length <= MOST_BYTES; length *= 4) {
    const { text: whole, isWhole } = await headOf(reading, length);
    const text = whole.slice(skipLines(whole, row - 1));
    if (isWhole && text.trim() === '' && row > 1 && whole.trim() !== '') throw noHeaderRow(data, row);
    const start = text.replace(/^\uFEFF?(?:[ \t]*[\r\n])*/, '');
    const delimiter = data.delimiter?.text || delimiterOf(start, format.delimiter);
    const { headers, complete } = parseCsvHeader(text, delimiter);
    if (headers.length > 0 && (complete || isWhole)) return { columns: untyped(headers), delimiter };
    if (isWhole)
      throw new FileProblem(
        path,
        `The file "${nameOf(path)}" is empty. Its first line must name the columns.`,
      );
  }
  throw new FileProblem(
    path,
    `The first line of "${nameOf(path)}" does not end within 1 MB, so it cannot name the columns.`,
  );
}

async function readJsonColumns(reading: Reading): Promise<Headers> {
  const head = await headOf(reading, MOST_BYTES);
  const found = jsonColumns(head, nameOf(reading.path));
  if ('problem' in found) throw new FileProblem(reading.path, found.problem);
  const later = head.isWhole ? [] : reading.declared.filter((name) => !found.headers.includes(name));
  return { columns: untyped([...found.headers, ...later]) };
}

async function headOf(
  { fs, data, path, format }: Reading,
  length: number,
): Promise<{ readonly text: string; readonly isWhole: boolean }> {
  const encoding = encodingNamed(data);
  const head = await readHead(fs, path, format, encoding, length);
  if (head !== undefined) return head;
  throw new OptionProblem({
    code: 'data-unreadable',
    message: `The encoding "${encoding}" is not known on this machine. Save the file as UTF-8.`,
    option: 'encoding',
  });
}

function encodingNamed(data: DataWords): string {
  const written = data.encoding?.text;
  const known = written === undefined || written.trim() === '' ? 'utf-8' : encodingOf(written);
  if (known !== undefined) return known;
  const name = written ?? '';
  const suggestion = suggest(name, ENCODING_NAMES)[0];
  throw new OptionProblem({
    code: 'data-unreadable',
    message: `There is no encoding "${name}".${didYouMean(name, ENCODING_NAMES)} Known are utf-8, utf-16le, windows-1252 (Latin-1) and those of the WHATWG Encoding Standard.`,
    option: 'encoding',
    ...(suggestion === undefined ? {} : { suggestion }),
  });
}

function headerRowOf(data: DataWords): number {
  const row = Number(data.headerRow?.text ?? 1);
  return Number.isInteger(row) && row > 0 ? row : 1;
}

function noHeaderRow(data: DataWords, row: number): OptionProblem {
  return new OptionProblem({
    code: 'data-unreadable',
    message: `Row ${row} of "${data.file.text}" names no column. Let \`header_row\` be the number of the row that does.`,
    option: 'headerRow',
  });
}

async function readParquetColumns({ fs, path }: Reading): Promise<Headers> {
  const size = (await fs.stat(path))?.size ?? 0;
  const header = await readParquetHeader((start, length) => fs.readBytes(path, start, length), size);
  if ('problem' in header) throw new FileProblem(path, header.problem);
  return { columns: header.columns.map(({ name, type }) => ({ header: name, type })) };
}

async function readSheetColumns({ fs, data, path }: Reading): Promise<Headers> {
  const name = nameOf(path);
  const first = await fs.readBytes(path, 0, FIRST_BYTES);
  const wrong = contentProblem({ name, format: 'xlsx', gzip: false, encoding: 'utf-8' }, first);
  if (wrong !== undefined || first.length === 0)
    throw new FileProblem(path, wrong ?? `The file "${name}" is empty.`);
  try {
    const workbook = await openWorkbook({
      size: (await fs.stat(path))?.size ?? 0,
      read: (start, length) => fs.readBytes(path, start, length),
      inflate: (bytes, length) => fs.unpack(bytes, 'deflate', length),
      decode: decodeUtf8,
    });
    const row = headerRowOf(data);
    const headers = await readSheetHeader(workbook, sheetOf(workbook, data, name).entry, row);
    if (headers.length > 0)
      return { columns: untyped(headers), sheets: workbook.sheets.map((sheet) => sheet.name) };
    if (row > 1) throw noHeaderRow(data, row);
    throw new FileProblem(
      path,
      `Row 1 of "${name}" names no column. Where the names stand further down, say so with \`header_row\`.`,
    );
  } catch (error) {
    if (error instanceof ZipProblem) throw new FileProblem(path, `"${name}" ${error.message}.`);
    throw error;
  }
}

function sheetOf({ sheets }: Workbook, data: DataWords, file: string): Workbook['sheets'][number] {
  const wanted = data.sheet?.text;
  const names = sheets.map((sheet) => sheet.name);
  const found = wanted === undefined ? sheets[0] : sheets.find((sheet) => sheet.name === wanted);
  if (found !== undefined) return found;
  if (wanted === undefined) throw new FileProblem(file, `"${file}" has no sheet with cells.`);
  const suggestion = suggest(wanted, names)[0] ?? (names.length === 1 ? names[0] : undefined);
  throw new OptionProblem(
    {
      code: 'data-unreadable',
      message: `"${file}" has no sheet "${wanted}".${didYouMean(wanted, names)} Its sheets are: ${names.join(', ')}.`,
      option: 'sheet',
      ...(suggestion === undefined ? {} : { suggestion }),
    },
    { sheets: names },
  );
}

function untyped(headers: readonly string[]): readonly ShapeColumn[] {
  return headers.map((header) => ({ header, type: 'unknown' }));
}
