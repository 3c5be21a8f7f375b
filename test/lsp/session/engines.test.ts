import assert from 'node:assert/strict';
import type { LoadedTable, QueryEngine, TableSpec } from '../../../server/src/core/ports.ts';
import { cachedEngine } from '../../../server/src/lsp/session/cached-engine.ts';
import { EnginePool } from '../../../server/src/lsp/session/engine-pool.ts';

const SPEC: TableSpec = {
  table: 't',
  files: ['t.csv'],
  format: 'csv',
  delimiter: ',',
  columns: [],
  timezone: 'UTC',
  nulls: [],
  distinct: false,
};

/** An engine that answers with how often it was asked, and says whether it runs. */
function fakeEngine(): QueryEngine & { runs: number; loads: number; disposed: boolean } {
  let tables: readonly LoadedTable[] | undefined;
  let of = '';
  const engine = {
    dialect: 'duckdb',
    runs: 0,
    loads: 0,
    disposed: false,
    async load(specs: readonly TableSpec[]) {
      // As the real one: the same data are not loaded again.
      if (tables === undefined || of !== JSON.stringify(specs)) {
        engine.loads += 1;
        tables = specs.map(({ table }) => ({ table, rows: 1, duplicates: 0, columns: [] }));
        of = JSON.stringify(specs);
      }
      return tables;
    },
    async run(sql: string) {
      if (sql === 'fail') throw new Error('no');
      engine.runs += 1;
      return [{ run: engine.runs }];
    },
    async dispose() {
      engine.disposed = true;
    },
  };
  return engine;
}

describe('an engine that remembers', () => {
  it('asks each statement once while the same data lie in it', async () => {
    const engine = fakeEngine();
    const cached = cachedEngine(engine);
    await cached.load([SPEC]);
    assert.deepEqual(await cached.run('a'), [{ run: 1 }]);
    await cached.load([SPEC]);
    assert.deepEqual(await cached.run('a'), [{ run: 1 }]);
    assert.equal(cached.queries, 1);
    await cached.load([{ ...SPEC, files: ['other.csv'] }]);
    assert.deepEqual(await cached.run('a'), [{ run: 2 }]);
  });

  it('remembers no failure', async () => {
    const cached = cachedEngine(fakeEngine());
    await assert.rejects(cached.run('fail'));
    await assert.rejects(cached.run('fail'));
    assert.equal(cached.queries, 2);
  });

  it('forgets what was not asked for the longest', async () => {
    const engine = fakeEngine();
    const cached = cachedEngine(engine);
    await cached.run('first');
    for (let index = 0; index < 1_000; index++) await cached.run(`${index}`);
    await cached.run('999');
    assert.equal(engine.runs, 1_001, 'the last ones are known');
    await cached.run('first');
    assert.equal(engine.runs, 1_002);
  });
});

describe('a pool of engines', () => {
  it('runs three at once, and puts the data back into one that was ended', async () => {
    const made: ReturnType<typeof fakeEngine>[] = [];
    const create = (): QueryEngine => {
      const engine = fakeEngine();
      made.push(engine);
      return engine;
    };
    const pool = new EnginePool({ create, now: () => 0 });
    const engines = Array.from({ length: 5 }, () => pool.engine());
    for (const engine of engines) await engine.load([SPEC]);
    assert.deepEqual(
      made.map(({ disposed }) => disposed),
      [true, true, false, false, false],
    );
    await engines[0]?.run('a');
    assert.equal(made.length, 6);
    assert.deepEqual([made[5]?.loads, made[5]?.runs], [1, 1]);
    await pool.dispose();
    assert.ok(made.every(({ disposed }) => disposed));
  });
});
