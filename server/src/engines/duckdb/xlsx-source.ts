import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { basename } from 'node:path/posix';
import { type DataNotice, EngineFailure, type TableSpec } from '../../core/ports.ts';
import { type Converted, conversionKey, findConverted, keepConverted } from './conversion-cache.ts';
import { checkContent, readCsvFileHeader } from './csv-file.ts';
import { fileProblem } from './read-bytes.ts';
import { type Session, throwIfInterrupted } from './session.ts';
import { convertSheet, type SheetTable } from './xlsx-convert.ts';

/** A table of workbooks as the same table of CSV files. */
export interface ConvertedTable {
  readonly spec: TableSpec;
  readonly notices: readonly DataNotice[];
}

/**
 * Converts the workbooks of a table to CSV files, each once: a conversion is kept by the content of the workbook. Rejects with `data` for a
 * workbook that cannot be read, or lacks a column.
 */
export async function convertWorkbooks(session: Session, spec: TableSpec): Promise<ConvertedTable> {
  const converted: Converted[] = [];
  for (const file of spec.files) {
    throwIfInterrupted(session);
    await checkContent(spec, file);
    const table = await convertFile(session, spec, file);
    const { headers } = await readCsvFileHeader({ ...asCsv(spec), files: [table.path] }, table.path);
    checkColumns(spec, file, headers);
    converted.push(table);
  }
  return {
    spec: { ...asCsv(spec), files: converted.map(({ path }) => path) },
    notices: converted.flatMap(({ notices }) => notices),
  };
}

function asCsv({ headerRow: _, sheet: __, ...rest }: TableSpec): TableSpec {
  return { ...rest, format: 'csv', delimiter: ',' };
}

async function convertFile(session: Session, spec: TableSpec, file: string): Promise<Converted> {
  const { sheet, headerRow = 1 } = spec;
  const key = await conversionKey(file, ['xlsx', sheet ?? null, headerRow]).catch((error: unknown) => {
    throw new EngineFailure('data', fileProblem(file, error));
  });
  const { cacheFolder } = session;
  const known = cacheFolder === undefined ? undefined : await findConverted(cacheFolder, key);
  if (known !== undefined) return known;
  const table = await convertSheet(file, spec);
  throwIfInterrupted(session);
  const keep = (folder: string) => keepConverted(folder, key, csvOf(table), table.notices);
  // A folder in which nothing can be kept is no reason not to read the data.
  const kept = cacheFolder === undefined ? undefined : await keep(cacheFolder).catch(() => undefined);
  return kept ?? keep(await temporaryFolder(session));
}

async function temporaryFolder(session: Session): Promise<string> {
  session.temporaryFolder ??= await mkdtemp(join(tmpdir(), 'plumbline-'));
  return session.temporaryFolder;
}

/** Said here, where the workbook's name is known. */
function checkColumns({ columns }: TableSpec, file: string, headers: readonly string[]): void {
  for (const { header } of columns) {
    if (typeof header === 'number' || headers.includes(header)) continue;
    throw new EngineFailure(
      'data',
      `${basename(file)} does not have a column "${header}". Its columns are: ${headers.join(', ')}.`,
    );
  }
}

function* csvOf({ headers, rows }: SheetTable): Generator<string> {
  yield `${headers.map(quoted).join(',')}\n`;
  for (const row of rows) yield `${row.map((text) => (text === '' ? '' : quoted(text))).join(',')}\n`;
}

function quoted(text: string): string {
  return `"${text.replaceAll('"', '""')}"`;
}
