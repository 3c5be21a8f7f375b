import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ColumnType } from '../../server/src/core/base/value-type.ts';
import type { ColumnSpec, TableSpec } from '../../server/src/core/evaluate/engine.ts';
import {
  createDuckDbEngine,
  type DuckDbEngine,
  type DuckDbEngineOptions,
} from '../../server/src/engines/duckdb/duckdb-engine.ts';

/** The bundled entry of the engine's process: `engine.js` in the folder of bundles that this test lies in. */
export function engineChildPath(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, 'engine.js'))) {
    const parent = dirname(folder);
    if (parent === folder)
      throw new Error('dist/engine.js is not there: run "node esbuild.mjs --only engine" first.');
    folder = parent;
  }
  return join(folder, 'engine.js');
}

/** A DuckDB engine in a process of its own, with little memory. Called inside `describe`, it is closed after its tests. */
export function testEngine(options: Partial<DuckDbEngineOptions> = {}): DuckDbEngine {
  const engine = createDuckDbEngine({
    childPath: engineChildPath(),
    memoryLimitMb: 512,
    threads: 2,
    ...options,
  });
  after(() => engine.dispose());
  return engine;
}

/** A folder for the files of one `describe`, removed after it. */
export function testFolder(): {
  readonly write: (name: string, content: string | Uint8Array) => Promise<string>;
  readonly path: () => string;
} {
  let folder = '';
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'plumbline-'));
  });
  after(() => rm(folder, { recursive: true, force: true }));
  return {
    path: () => folder,
    write: async (name, content) => {
      const path = join(folder, name);
      await writeFile(path, content);
      return path;
    },
  };
}

type ColumnText = string | ({ readonly header: string | number } & Partial<ColumnSpec>);

/** The spec of a CSV table: columns as headers, `header:type`, or in full. */
export function csvTable(
  table: string,
  files: string | readonly string[],
  columns: readonly ColumnText[],
  rest: Partial<TableSpec> = {},
): TableSpec {
  return {
    table,
    files: typeof files === 'string' ? [files] : files,
    format: 'csv',
    delimiter: ',',
    columns: columns.map(columnSpec),
    timezone: 'UTC',
    nulls: [],
    distinct: false,
    ...rest,
  };
}

function columnSpec(column: ColumnText): ColumnSpec {
  if (typeof column !== 'string') return { name: String(column.header), ...column };
  const [header = '', type] = column.split(':');
  return type === undefined ? { header, name: header } : { header, name: header, type: type as ColumnType };
}
