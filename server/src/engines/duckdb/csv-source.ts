import { basename } from 'node:path/posix';
import { EngineFailure, type TableSpec } from '../../core/ports.ts';
import { readCsvFileHeader } from './csv-file.ts';
import { appendCsvSlowly } from './csv-slow.ts';
import { isOutOfMemory } from './failure.ts';
import { execute, type Session, throwIfInterrupted } from './session.ts';
import { quotePath, quoteText } from './sql-text.ts';
import { CELLS, type CellKind, cellName, createTextCells } from './staging.ts';

/** Where the columns to keep stand in one file. */
export interface CsvLayout {
  readonly headers: readonly string[];
  /** For each column of the spec, its position in the file. */
  readonly positions: readonly number[];
  /** The header stands in the very first line, where DuckDB looks for it. */
  readonly startsPlainly: boolean;
}

/**
 * Stages the cells of all files of a table, in the order of the files, as text. Each file has its own order of columns.
 * Rejects with `data` for a file that has no such column, a row with too many or too few cells, or text that is not UTF-8.
 */
export async function stageCsv(session: Session, spec: TableSpec): Promise<readonly CellKind[]> {
  await createTextCells(session, spec.columns.length);
  for (const file of spec.files) {
    throwIfInterrupted(session);
    const layout = await layOut(spec, file);
    if (!canReadFast(spec, layout) || !(await insertFast(session, spec, file, layout))) {
      await appendCsvSlowly(session, spec, file, layout);
    }
  }
  return spec.columns.map(() => 'text');
}

/** Whether DuckDB can read a file at all: it takes UTF-8 only, and finds the header in the first line. */
export function canReadFast({ encoding = 'utf-8' }: TableSpec, { startsPlainly }: CsvLayout): boolean {
  return encoding === 'utf-8' && startsPlainly;
}

/**
 * Reads a file with DuckDB, which is fast and strict. False when it refuses the file: our own reader then either copes (with
 * line ends of two kinds, say) or knows the row and what is wrong with it.
 */
async function insertFast(
  session: Session,
  spec: TableSpec,
  file: string,
  layout: CsvLayout,
): Promise<boolean> {
  try {
    await execute(session, `insert into ${CELLS} ${selectCells(spec, [file], layout)}`);
    return true;
  } catch (error) {
    if (isAboutTheFile(error)) return false;
    throw error;
  }
}

/** Finds the columns of a spec in the header of a file. Rejects with `data` where one is not there. */
export async function layOut(spec: TableSpec, file: string): Promise<CsvLayout> {
  const { headers, startsPlainly } = await readCsvFileHeader(spec, file);
  const positions = spec.columns.map(({ header }) => {
    const position = typeof header === 'number' ? header : headers.indexOf(header);
    if (position >= 0 && position < headers.length) return position;
    const name = typeof header === 'number' ? `column ${header + 1}` : `a column "${header}"`;
    throw new EngineFailure(
      'data',
      `${basename(file)} does not have ${name}. Its columns are: ${headers.join(', ')}.`,
    );
  });
  return { headers, positions, startsPlainly };
}

/** A query for the cells of files of one layout, under their names. All are read as text, with everything said that DuckDB would guess. */
export function selectCells(spec: TableSpec, files: readonly string[], layout: CsvLayout): string {
  const names = layout.headers.map((_, index) => `${quoteText(`h${index}`)}: 'VARCHAR'`);
  const columns = layout.positions.map((position, index) => `h${position} as ${cellName(index)}`);
  const options = [
    'auto_detect = false',
    'header = true',
    `delim = ${quoteText(spec.delimiter)}`,
    `quote = '"'`,
    `escape = '"'`,
    `columns = {${names.join(', ')}}`,
    'null_padding = false',
    'ignore_errors = false',
    'strict_mode = true',
    'hive_partitioning = false',
    'filename = false',
  ];
  return `select ${columns.join(', ')} from read_csv([${files.map(quotePath).join(', ')}], ${options.join(', ')})`;
}

/** Whether an error is one that our own reader may cope with, or explain better. */
export function isAboutTheFile(error: unknown): boolean {
  if (!(error instanceof Error) || error instanceof EngineFailure) return false;
  return !/^(INTERRUPT|FATAL|INTERNAL)/.test(error.message) && !isOutOfMemory(error.message);
}
