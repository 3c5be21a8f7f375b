import assert from 'node:assert/strict';
import { gzipSync } from 'node:zlib';
import { DuckDBInstance } from '@duckdb/node-api';
import type { TableSpec } from '../../../server/src/core/ports.ts';
import { csvTable, testEngine, testFolder } from '../../kit/engine.ts';
import { present } from '../../kit/present.ts';

const MANY = `a,b\n${Array.from({ length: 20_000 }, (_, row) => `${row * 7919},text ${row}`).join('\n')}\n`;

describe('files that are not what they seem', () => {
  const folder = testFolder();
  const engine = testEngine();

  const cases: readonly [
    name: string,
    file: string,
    content: string | Uint8Array,
    options: Partial<TableSpec>,
    message: RegExp,
  ][] = [
    [
      'a packed file that is cut short',
      'x.csv.gz',
      gzipSync(MANY).subarray(0, 20_000),
      {},
      /^x\.csv\.gz is cut short/,
    ],
    [
      'a packed file that is damaged',
      'x.csv.gz',
      Buffer.from(gzipSync(MANY)).fill(0x55, 1000, 1100),
      {},
      /^x\.csv\.gz cannot be unpacked/,
    ],
    [
      'a packed list that is cut short',
      'x.json.gz',
      gzipSync(`[${'{"a": 1, "b": 2},'.repeat(20_000)}`).subarray(0, 100),
      { format: 'json' },
      /is cut short/,
    ],
    ['a file that is not packed', 'x.csv.gz', 'a,b\n1,2\n', {}, /is not packed with gzip/],
    [
      'a workbook called CSV',
      'x.csv',
      Buffer.from('PK\x03\x04 and so on'),
      {},
      /is a workbook or a zip archive/,
    ],
    [
      'UTF-16 called UTF-8',
      'x.csv',
      Buffer.from('\uFEFFa,b\n1,2\n', 'utf16le'),
      {},
      /Write `encoding: utf-16le`/,
    ],
    [
      'text that is not of its encoding',
      'x.csv',
      Buffer.from('a,b\n\x81\x20,2\n', 'latin1'),
      { encoding: 'shift_jis' },
      /is not shift_jis text\. Correct its `encoding`/,
    ],
    [
      'JSON with a fault far down',
      'x.ndjson',
      `${'{"a": 1, "b": 2}\n'.repeat(70_000)}{"a": 1, "b": }\n`,
      { format: 'json' },
      /^"x\.ndjson" is not valid JSON \(line 70001\): a value is expected/,
    ],
    [
      'a packed file that would fill the memory',
      'x.csv.gz',
      gzipSync(Buffer.concat([Buffer.from('a,b\n'), Buffer.alloc(400 * 1024 * 1024, '1,2\n')]), { level: 1 }),
      {},
      /unpacks to more than 200 times its size/,
    ],
  ];
  for (const [name, file, content, options, message] of cases) {
    it(`refuses ${name}, and loads the rest`, async function () {
      this.timeout(60_000);
      const path = await folder.write(file, content);
      const good = await folder.write('good.csv', 'a\n1\n');
      const loaded = await engine.load(
        [csvTable('t', path, ['a', 'b'], options), csvTable('good', good, ['a'])],
        {
          keepGoing: true,
        },
      );
      assert.match(present(loaded[0]?.problem), message);
      assert.deepEqual(await engine.run('select a from good'), [{ a: 1 }]);
    });
  }

  it('names the Parquet file of several that lacks a column', async () => {
    const instance = await DuckDBInstance.create(':memory:');
    const connection = await instance.connect();
    const paths = ['p1.parquet', 'p2.parquet'].map((name) => `${folder.path()}/${name}`);
    await connection.run(`copy (select 1 as a, 2 as b) to '${paths[0]}' (format parquet)`);
    await connection.run(`copy (select 1 as a) to '${paths[1]}' (format parquet)`);
    connection.closeSync();
    instance.closeSync();
    await assert.rejects(engine.load([csvTable('t', paths, ['a', 'b'], { format: 'parquet' })]), {
      message: 'p2.parquet does not have a column "b". Its columns are: a.',
    });
  });

  it('counts nested values and keys that come late, with the rows that they stand in', async () => {
    const lines = ['{"a": {"x": 1}, "b": [1, 2]}', '{"a": 5, "c": true}', '{"b": [], "c": false}', '{}'];
    const path = await folder.write('n.ndjson', lines.join('\n'));
    const [table] = await engine.load([csvTable('t', path, ['a', 'b'], { format: 'json' })]);
    assert.deepEqual(table?.notices, [
      { kind: 'nested', header: 'a', count: 1, examples: [{ row: 1, text: '{"x": 1}' }] },
      {
        kind: 'nested',
        header: 'b',
        count: 2,
        examples: [
          { row: 1, text: '[1, 2]' },
          { row: 3, text: '[]' },
        ],
      },
      {
        kind: 'later',
        header: 'c',
        count: 2,
        examples: [
          { row: 2, text: 'true' },
          { row: 3, text: 'false' },
        ],
      },
    ]);
    assert.deepEqual(await engine.run('select a, b from t order by __row'), [
      { a: '{"x": 1}', b: '[1, 2]' },
      { a: '5', b: null },
      { a: null, b: '[]' },
      { a: null, b: null },
    ]);
  });

  it('stops reading a large file when it is cancelled', async function () {
    this.timeout(60_000);
    const path = await folder.write(
      'large.json',
      `[${'{"a": "some text", "b": 12},\n'.repeat(2_000_000)}{"a": "x"}]`,
    );
    const stop = new AbortController();
    const loading = engine.load([csvTable('large', path, ['a', 'b'], { format: 'json' })], {
      signal: stop.signal,
      progress: (_done, _total, _table, share) => {
        if (share !== undefined) stop.abort();
      },
    });
    await assert.rejects(loading, { reason: 'cancelled' });
    const good = await folder.write('good.csv', 'a\n1\n');
    await engine.load([csvTable('good', good, ['a'])]);
    assert.deepEqual(await engine.run('select a from good'), [{ a: 1 }]);
  });
});
