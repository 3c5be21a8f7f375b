import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import Papa from 'papaparse';

/** A row as text by column; an empty cell is `''`. */
export type CsvRow = Readonly<Record<string, string>>;

/** The rows of a table by its name, which is that of its file without `.csv`. Throws where there is no such table. */
export type Tables = (name: string) => readonly CsvRow[];

/**
 * The CSV files of a folder and of those in it, read with nothing of Plumbline. Rows that repeat another one exactly are left out, as
 * the format does where a source has a key. Each file is read when it is first asked for.
 */
export function readTables(folder: string): Tables {
  const paths = new Map(
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((path) => path.endsWith('.csv'))
      .map((path) => [basename(path, '.csv'), join(folder, path)]),
  );
  const known = new Map<string, readonly CsvRow[]>();
  return (name) => {
    const path = paths.get(name);
    if (path === undefined) throw new Error(`There is no ${name}.csv in ${folder}.`);
    const rows = known.get(name) ?? readRows(path);
    known.set(name, rows);
    return rows;
  };
}

/** The text of a cell. Throws where the table has no such column. */
export function cell(row: CsvRow, column: string): string {
  const text = row[column];
  if (text === undefined) throw new Error(`There is no column ${column}.`);
  return text;
}

function readRows(path: string): readonly CsvRow[] {
  const parsed = Papa.parse<CsvRow>(readFileSync(path, 'utf8'), { header: true, skipEmptyLines: true });
  if (parsed.errors.length > 0) throw new Error(`${path}: ${parsed.errors[0]?.message}`);
  return [...new Map(parsed.data.map((row) => [JSON.stringify(row), row])).values()];
}
