import type { LoadedTable, QueryEngine, Row } from '../../core/ports.ts';

/** Answers are kept up to so many statements and, together, so many cells. */
const MAX_STATEMENTS = 1_000;
const MAX_CELLS = 2_000_000;

/** An engine that remembers its answers, and counts the statements that it really ran. */
export interface CachedEngine extends QueryEngine {
  readonly queries: number;
  /** Rises whenever other data lie in the engine, and where a load did not end well: what lies in it then is not known. */
  readonly version: number;
}

/**
 * Remembers what an engine answered, by the text of the statement, for as long as the same data lie in it: numbers that a
 * change of text leaves alone are not computed again.
 */
export function cachedEngine(engine: QueryEngine): CachedEngine {
  const kept = new Map<string, readonly Row[]>();
  let tables: readonly LoadedTable[] | undefined;
  let cells = 0;
  let queries = 0;
  let version = 0;
  const replace = (loaded: readonly LoadedTable[] | undefined): void => {
    tables = loaded;
    version += 1;
    kept.clear();
    cells = 0;
  };
  const forget = (sql: string): void => {
    cells -= cellsIn(kept.get(sql) ?? []);
    kept.delete(sql);
  };
  const keep = (sql: string, rows: readonly Row[]): void => {
    if (kept.has(sql)) forget(sql);
    kept.set(sql, rows);
    cells += cellsIn(rows);
    for (const oldest of kept.keys()) {
      if (kept.size <= MAX_STATEMENTS && cells <= MAX_CELLS) break;
      forget(oldest);
    }
  };
  return {
    dialect: engine.dialect,
    get queries() {
      return queries;
    },
    get version() {
      return version;
    },
    async load(specs, options) {
      try {
        const loaded = await engine.load(specs, options);
        // An engine in which just these data lie already answers with what it answered before.
        if (loaded !== tables) replace(loaded);
        return loaded;
      } catch (error) {
        replace(undefined);
        throw error;
      }
    },
    async run(sql, options) {
      const known = kept.get(sql);
      if (known !== undefined) {
        // Moved to the end: the first is the one that was not asked for the longest.
        kept.delete(sql);
        kept.set(sql, known);
        return known;
      }
      const asked = version;
      queries += 1;
      const rows = await engine.run(sql, options);
      if (asked === version) keep(sql, rows);
      return rows;
    },
    dispose: () => engine.dispose(),
  };
}

function cellsIn(rows: readonly Row[]): number {
  const [first] = rows;
  return first === undefined ? 1 : rows.length * Object.keys(first).length;
}
