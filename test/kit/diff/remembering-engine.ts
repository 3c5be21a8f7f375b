import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import type { LoadedTable, QueryEngine, Row, TableSpec } from '../../../server/src/core/ports.ts';

/** An engine that answers from memory what it was asked before, and counts the statements. */
export interface RememberingEngine extends QueryEngine {
  readonly counts: { readonly run: number; readonly remembered: number };
}

/**
 * Remembers what an engine answered, by the text of the statement and by the bytes and layout of the tables that it names, across loads:
 * the rows of one statement over equal tables are equal. So many versions of a project that have most in common can each be evaluated
 * from scratch. Tables are only loaded when something is asked that is not known.
 *
 * @param folder for copies of the data, each called by its bytes, so that the engine reads none of them twice
 */
export function rememberingEngine(engine: QueryEngine, folder: () => string): RememberingEngine {
  const counts = { run: 0, remembered: 0 };
  const loaded = new Map<string, LoadedTable>();
  const answers = new Map<string, readonly Row[]>();
  let wanted: readonly Kept[] = [];
  let lies = '';
  const load = async (): Promise<readonly LoadedTable[]> => {
    const tables = await engine.load(
      wanted.map(({ spec }) => spec),
      { keepGoing: true },
    );
    lies = keysOf(wanted);
    for (const table of tables) {
      const key = wanted.find(({ spec }) => spec.table === table.table)?.key;
      if (key !== undefined) loaded.set(key, table);
    }
    return tables;
  };
  return {
    dialect: engine.dialect,
    counts,
    async load(specs) {
      wanted = specs.map((spec) => keptTable(spec, folder()));
      const known = wanted.flatMap(({ key }) => loaded.get(key) ?? []);
      return known.length === specs.length ? known : load();
    },
    async run(sql, options) {
      const key = `${keysOf(wanted.filter(({ spec }) => sql.includes(spec.table)))} ${sql}`;
      const known = answers.get(key);
      if (known !== undefined) {
        counts.remembered += 1;
        return known;
      }
      if (lies !== keysOf(wanted)) await load();
      counts.run += 1;
      const rows = await engine.run(sql, options);
      answers.set(key, rows);
      return rows;
    },
    dispose: () => engine.dispose(),
  };
}

/** A table as it is asked for, from copies of its files. Its key is equal for tables that are read from equal bytes in the same way. */
interface Kept {
  readonly key: string;
  readonly spec: TableSpec;
}

function keysOf(tables: readonly Kept[]): string {
  return tables.map(({ key }) => key).join();
}

function keptTable({ files, root: _, ...rest }: TableSpec, folder: string): Kept {
  const copies = files.map((file) => {
    const bytes = readFileSync(file);
    const copy = join(folder, `${digest(bytes)}${extname(file)}`);
    if (!existsSync(copy)) writeFileSync(copy, bytes);
    return copy;
  });
  const spec = { ...rest, files: copies, root: folder };
  return { key: digest(JSON.stringify(spec)), spec };
}

function digest(data: string | Uint8Array): string {
  return createHash('sha256').update(data).digest('hex').slice(0, 24);
}
