import { execFile } from 'node:child_process';
import { resolve } from 'node:path';
import { promisify } from 'node:util';
import type { Timed } from './timed.ts';

/** What DuckDB alone took for the sample's data and the statements written by hand. */
export interface Alone {
  readonly loaded: Timed;
  /** The most megabytes that its process took. */
  readonly peak: number;
}

/** Runs DuckDB alone on a folder of data, from the start of its process to its end. */
export async function runAlone(data: string): Promise<Alone & { readonly whole: Timed }> {
  const begun = performance.now();
  const script = resolve('dist', 'bench-duckdb.mjs');
  const { stdout } = await promisify(execFile)(process.execPath, [script, data]);
  const told = JSON.parse(stdout);
  return { ...told, whole: { ...told.whole, wall: performance.now() - begun } };
}
