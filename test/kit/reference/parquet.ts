import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { cellText, type RefSource, type RefType, readCell, type WrittenCell } from './world.ts';

/** The rows of a source as a Parquet file. A column with both naive times and others holds instants; `zone` is that of naive ones. */
export async function parquet(source: RefSource, zone: string): Promise<Uint8Array> {
  const folder = await mkdtemp(join(tmpdir(), 'plumbline-'));
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  try {
    const path = join(folder, 'rows.parquet');
    const columns = Object.entries(source.columns).map(([name, type]) => ({
      name,
      type: sqlType(source, name, type),
    }));
    await connection.run(`set timezone = 'UTC'`);
    await connection.run(
      `create table rows (${columns.map(({ name, type }) => `"${name}" ${type}`).join(', ')})`,
    );
    for (const row of source.rows) {
      const cells = columns.map(({ name, type }) =>
        sqlValue(row[name] ?? null, source.columns[name] ?? 'text', type, zone),
      );
      await connection.run(`insert into rows values (${cells.join(', ')})`);
    }
    await connection.run(`copy rows to '${path}' (format parquet)`);
    return await readFile(path);
  } finally {
    connection.closeSync();
    instance.closeSync();
    await rm(folder, { recursive: true, force: true });
  }
}

const TYPES: Readonly<Record<RefType, string>> = {
  boolean: 'boolean',
  integer: 'bigint',
  number: 'double',
  text: 'varchar',
  date: 'date',
  timestamp: 'timestamp',
};

/** Times are naive where all of them are, as a Parquet column holds one type. */
function sqlType(source: RefSource, name: string, type: RefType): string {
  const zoned = source.rows.some((row) => {
    const cell = row[name] ?? null;
    return cell !== null && typeof cell === 'object' && cell.ahead !== undefined;
  });
  return zoned ? 'timestamptz' : TYPES[type];
}

function sqlValue(cell: WrittenCell, type: RefType, sql: string, zone: string): string {
  if (cell === null) return 'null';
  const instant = sql === 'timestamptz' ? readCell(cell, type, zone) : null;
  const written: WrittenCell = typeof instant === 'number' ? { wall: instant, ahead: 0 } : cell;
  const text = typeof written === 'string' ? written : cellText(written, type);
  return `cast('${text.replaceAll("'", "''")}' as ${sql})`;
}
