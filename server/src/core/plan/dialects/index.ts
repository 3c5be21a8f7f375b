import type { Dialect } from './dialect.ts';
import { duckdb } from './duckdb.ts';

/** Every dialect by name. A new one is a file of this folder and a line here. */
export const dialects: ReadonlyMap<string, Dialect> = new Map(
  [duckdb].map((dialect) => [dialect.name, dialect]),
);
