import type { ShapeColumn, ShapeProblem, SourceShape } from '../model/shape.ts';
import { FileProblem, type FileSystem } from '../ports.ts';
import { parseCsvHeader } from '../syntax/csv-header.ts';
import { readParquetHeader } from '../syntax/parquet-header.ts';
import { decodeUtf8 } from './decode-utf8.ts';
import { nameOf } from './paths.ts';

/** What a definition says of its data, as far as it matters here. */
export interface DataWords {
  readonly file: { readonly text: string };
  readonly delimiter?: { readonly text: string } | undefined;
  readonly headerRow?: { readonly text: string } | undefined;
  readonly encoding?: { readonly text: string } | undefined;
}

/**
 * Reads what is known of data files without loading them: their format and, from the first of them, the headers.
 *
 * @param files absolute paths, at least one, all inside the project
 */
export async function readShape(
  fs: FileSystem,
  data: DataWords,
  files: readonly string[],
): Promise<SourceShape> {
  const extensions = new Set(files.map(extensionOf));
  const [first = ''] = files;
  const format = extensions.size === 1 ? FORMATS.get(extensionOf(first)) : undefined;
  const delimiter = data.delimiter?.text || (format?.delimiter ?? ',');
  const shape = { files, format: format?.format, delimiter };
  const refusal = refuse(data, extensions);
  if (refusal !== undefined)
    return { ...shape, format: undefined, columns: undefined, problem: unreadable(refusal) };
  try {
    const columns = await (format?.format === 'parquet'
      ? readParquetColumns(fs, first)
      : readCsvColumns(fs, first, delimiter));
    return { ...shape, columns, problem: undefined };
  } catch (error) {
    // A host says why in words for users; anything else is a defect and must not be hidden.
    if (!(error instanceof FileProblem)) throw error;
    return { ...shape, columns: undefined, problem: unreadable(error.message) };
  }
}

function unreadable(message: string): ShapeProblem {
  return { code: 'data-unreadable', message };
}

interface Format {
  readonly format: 'csv' | 'parquet';
  readonly delimiter: string;
}

const FORMATS: ReadonlyMap<string, Format> = new Map([
  ['csv', { format: 'csv', delimiter: ',' }],
  ['tsv', { format: 'csv', delimiter: '\t' }],
  ['parquet', { format: 'parquet', delimiter: ',' }],
]);

const NEED = 'Give the data as .csv, .tsv or .parquet.';

/** Why this version cannot read such data, before any file is opened. */
function refuse(data: DataWords, extensions: ReadonlySet<string>): string | undefined {
  const named = [...extensions].map((extension) => `.${extension}`).join(' and ');
  if (extensions.size > 1) return `"${data.file.text}" matches files of several formats (${named}). ${NEED}`;
  if ([...extensions].some((extension) => !FORMATS.has(extension))) {
    return named === '.'
      ? `The format of "${data.file.text}" is unknown. ${NEED}`
      : `The format ${named} is not read yet. ${NEED}`;
  }
  const encoding = data.encoding?.text;
  if (encoding !== undefined && !/^utf-?8$/i.test(encoding)) {
    return `The encoding "${encoding}" is not read yet. Save the file as UTF-8.`;
  }
  const headerRow = data.headerRow?.text;
  if (headerRow !== undefined && headerRow !== '1') {
    return `\`header_row: ${headerRow}\` is not read yet. Remove the lines above the header from the file.`;
  }
  return undefined;
}

function extensionOf(path: string): string {
  const name = nameOf(path);
  const dot = name.lastIndexOf('.');
  return dot <= 0 ? '' : name.slice(dot + 1).toLowerCase();
}

const FIRST_BYTES = 4 * 1024;
const MOST_BYTES = 1024 * 1024;

/** The names in the first record of a delimited file, which must end within its first megabyte. */
async function readCsvColumns(
  fs: FileSystem,
  path: string,
  delimiter: string,
): Promise<readonly ShapeColumn[]> {
  for (let length = FIRST_BYTES; length <= MOST_BYTES; length *= 4) {
    const bytes = await fs.readBytes(path, 0, length);
    const whole = bytes.length < length;
    const { headers, complete } = parseCsvHeader(decodeUtf8(bytes), delimiter);
    if (headers.length > 0 && (complete || whole))
      return headers.map((header) => ({ header, type: 'unknown' }));
    if (whole)
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

async function readParquetColumns(fs: FileSystem, path: string): Promise<readonly ShapeColumn[]> {
  const size = (await fs.stat(path))?.size ?? 0;
  const header = await readParquetHeader((start, length) => fs.readBytes(path, start, length), size);
  if ('problem' in header) throw new FileProblem(path, header.problem);
  return header.columns.map(({ name, type }) => ({ header: name, type }));
}
