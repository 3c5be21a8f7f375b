import assert from 'node:assert/strict';
import { utimes, writeFile } from 'node:fs/promises';
import type { DuckDbEngine } from '../../../server/src/engines/duckdb/duckdb-engine.ts';
import { csvTable, testEngine, testFolder } from '../../kit/engine.ts';

/** A moment long ago, so that a file can be changed without that being seen. */
const THEN = new Date('2020-01-01T00:00:00Z');

describe('loading again', () => {
  const folder = testFolder();
  const engine = testEngine();
  const ROWS = 5000;

  /** Writes a file of one size, as if it had never been changed. */
  async function writeUnseen(name: string, digit: string): Promise<string> {
    const path = `${folder.path()}/${name}`;
    const lines = Array.from(
      { length: ROWS },
      (_, row) => `${digit},x${row},2024-01-0${digit},${row % 2 === 0},${digit}.5,`,
    );
    await writeFile(path, `n,s,d,b,f,e\n${lines.join('\n')}\n`);
    await utimes(path, THEN, THEN);
    return path;
  }

  const spec = (name: string, path: string) => csvTable(name, path, ['n', 's', 'd', 'b', 'f', 'e']);
  const sum = async (memory: DuckDbEngine, table: string): Promise<unknown> =>
    (await memory.run(`select sum(n) as s from ${table}`))[0]?.s;

  it('reads the file that has changed, and no other', async () => {
    const kept = await writeUnseen('kept.csv', '1');
    const changed = await folder.write('changed.csv', 'n,s,d,b,f,e\n1,,,,,\n');
    const specs = [spec('kept', kept), spec('changed', changed)];
    await engine.load(specs);
    const rows = await engine.run('select * from kept order by __row');
    // Were the file read again, its rows would be others.
    await writeUnseen('kept.csv', '2');
    await folder.write('changed.csv', 'n,s,d,b,f,e\n1,,,,,\n41,,,,,\n');
    const [first, second] = await engine.load(specs);
    assert.deepEqual([first?.rows, second?.rows], [ROWS, 2]);
    assert.equal(await sum(engine, 'changed'), 42);
    assert.deepEqual(await engine.run('select * from kept order by __row'), rows);
    await assert.rejects(engine.run(`select * from read_text('${kept}')`), { reason: 'query' });
  });

  it('reads a file again whose time or size differs', async () => {
    const path = await writeUnseen('timed.csv', '1');
    await engine.load([spec('timed', path)]);
    await writeUnseen('timed.csv', '3');
    await utimes(path, THEN, new Date());
    await engine.load([spec('timed', path)]);
    assert.equal(await sum(engine, 'timed'), 3 * ROWS);
  });

  it('reads a table again of which more is wanted, or in another way', async () => {
    const path = await writeUnseen('more.csv', '1');
    await engine.load([csvTable('more', path, ['n'])]);
    await engine.load([csvTable('more', path, ['n', 's:text'])]);
    assert.deepEqual(await engine.run('select s from more where __row = 3'), [{ s: 'x2' }]);
  });

  it('keeps the numbers of rows where duplicates were dropped', async () => {
    const path = await folder.write('double.csv', 'a\n1\n1\n2\n');
    const other = csvTable('other', await folder.write('o.csv', 'a\n1\n'), ['a']);
    const double = csvTable('double', path, ['a'], { distinct: true });
    for (const specs of [[double], [double, other], [other, double]]) {
      await engine.load(specs);
      assert.deepEqual(await engine.run('select a, __row as r from double order by 2'), [
        { a: 1, r: 1 },
        { a: 2, r: 3 },
      ]);
    }
  });

  it('reads nothing again after a load that failed or was cancelled', async () => {
    const kept = await writeUnseen('early.csv', '1');
    await engine.load([spec('early', kept)]);
    await writeUnseen('early.csv', '2');
    const stop = new AbortController();
    const big = await folder.write('big.json', `[${'{"a": 1},\n'.repeat(300_000)}{"a": 2}]`);
    const loading = engine.load([spec('early', kept), csvTable('big', big, ['a'], { format: 'json' })], {
      signal: stop.signal,
      progress: (done) => {
        if (done === 1) stop.abort();
      },
    });
    await assert.rejects(loading, { reason: 'cancelled' });
    await engine.load([spec('early', kept)]);
    assert.equal(await sum(engine, 'early'), ROWS);
  });

  it('tells how much of a large file is read', async function () {
    this.timeout(60_000);
    const lines = '{"a": 1, "text": "some words that make the line longer"}\n'.repeat(600_000);
    const file = await folder.write('long.ndjson', lines);
    const shares: number[] = [];
    await engine.load([csvTable('long', file, ['a', 'text'], { format: 'json' })], {
      progress: (_done, _total, table, share) => {
        assert.equal(table, 'long');
        if (share !== undefined) shares.push(share);
      },
    });
    assert.ok(shares.length > 0, 'nothing was told');
    assert.deepEqual(
      shares,
      [...shares].sort((one, other) => one - other),
    );
    assert.ok(shares.every((share) => share > 0 && share <= 1));
  });
});
