import type { ColumnType } from '../../core/base/value-type.ts';
import type { ColumnSpec, LoadedColumn, TableSpec } from '../../core/evaluate/engine.ts';
import { type CellRules, cellIsFilled, declaredValue, guessedValue, inferredValue } from './cell-grammar.ts';
import { type CsvLayout, canReadFast, isAboutTheFile, layOut, selectCells } from './csv-source.ts';
import { type Guess, guessTypes, SAMPLE_ROWS } from './infer-types.ts';
import { isGzip, readFileBytes } from './read-bytes.ts';
import { type Session, throwIfInterrupted } from './session.ts';
import { quoteName, quoteText } from './sql-text.ts';
import { cellName } from './staging.ts';
import { storeFrom } from './stored-table.ts';

/** Raised by the statement that stores the table, when a cell is not what its column was taken for. */
const SURPRISE = 'a cell is not of the type of its column';

interface Column {
  readonly spec: ColumnSpec;
  readonly type: ColumnType;
  /** SQL of the value, which raises `SURPRISE` on a cell that does not fit. */
  readonly value: string;
}

/**
 * Stores CSV files in one pass, which takes half the time and memory of staging them: the first rows say what the columns are, and
 * the pass itself checks every cell. Undefined when the files hold a surprise (a cell that does not fit, a row that DuckDB refuses):
 * then nothing is stored, and the files must be staged.
 */
export async function storeCsvAtOnce(
  session: Session,
  spec: TableSpec,
): Promise<readonly LoadedColumn[] | undefined> {
  if (spec.format !== 'csv') return undefined;
  const selects = await selectFiles(session, spec);
  if (selects === undefined) return undefined;
  try {
    const columns = await readColumns(session, spec, selects);
    const values = columns.map(({ spec, value }) => `${value} as ${quoteName(spec.name)}`);
    const typed = selects.map((select) => `select ${values.join(', ')} from (${select})`);
    await storeFrom(session, spec, typed.join(' union all '));
    return columns.map(({ spec, type }) => ({ name: spec.name, type, misfits: 0, examples: [] }));
  } catch (error) {
    if (isSurprise(error) || isAboutTheFile(error)) return undefined;
    throw error;
  }
}

/** Queries for the cells of all files, in their order: one for each row of files with the same header. */
async function selectFiles(session: Session, spec: TableSpec): Promise<readonly string[] | undefined> {
  const groups: { readonly layout: CsvLayout; readonly files: string[] }[] = [];
  for (const file of spec.files) {
    const layout = await layOut(spec, file);
    if (!canReadFast(spec, layout)) return undefined;
    if (isGzip(file)) await checkPacked(session, file);
    const last = groups.at(-1);
    if (last && last.layout.headers.join('\n') === layout.headers.join('\n')) last.files.push(file);
    else groups.push({ layout, files: [file] });
  }
  return groups.map(({ layout, files }) => selectCells(spec, files, layout));
}

/** Unpacks a file for nothing, which is quick beside reading it: DuckDB would not say that it is cut short, nor stop at one that fills the memory. */
async function checkPacked(session: Session, file: string): Promise<void> {
  for await (const _ of readFileBytes(file)) throwIfInterrupted(session);
}

async function readColumns(
  session: Session,
  spec: TableSpec,
  selects: readonly string[],
): Promise<readonly Column[]> {
  const rules: CellRules = { timezone: spec.timezone, nulls: spec.nulls };
  const cells = spec.columns.flatMap(({ type }, index) => (type === undefined ? [cellName(index)] : []));
  const sample = selects.map((select) => `(from (${select}) limit ${SAMPLE_ROWS})`).join(' union all ');
  const guesses = new Map<string, Guess>();
  for (const guess of await guessTypes(session, cells, rules, `(${sample})`)) guesses.set(guess.cell, guess);
  return spec.columns.map((column, index) => {
    const cell = cellName(index);
    if (column.type !== undefined) {
      const value = declaredValue(cell, column.type, column.dateFormats, rules);
      return {
        spec: column,
        type: column.type,
        value: column.type === 'text' ? value : checked(cell, value, rules),
      };
    }
    const guess = guesses.get(cell);
    // Of a column with no filled cell so far nothing is known: the first filled cell is a surprise.
    if (!guess?.filled)
      return { spec: column, type: 'text', value: checked(cell, 'cast(null as varchar)', rules) };
    const type = guess.types[0];
    if (type === undefined) return { spec: column, type: 'text', value: inferredValue(cell, 'text', rules) };
    return { spec: column, type, value: checked(cell, guessedValue(cell, type, rules), rules) };
  });
}

/** A value that is null only where the cell is blank: on another cell without a value it raises `SURPRISE`. */
function checked(cell: string, value: string, rules: CellRules): string {
  return `coalesce(${value}, case when ${cellIsFilled(cell, rules)} then error(${quoteText(SURPRISE)}) end)`;
}

function isSurprise(error: unknown): boolean {
  return error instanceof Error && error.message.includes(SURPRISE);
}
