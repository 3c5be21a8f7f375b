import assert from 'node:assert/strict';
import { mkdir, writeFile } from 'node:fs/promises';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import Papa from 'papaparse';
import { EngineFailure, type Row } from '../../../server/src/core/ports.ts';
import { csvTable, testEngine, testFolder } from '../../kit/engine.ts';

describe('reading CSV files', () => {
  const engine = testEngine();
  const folder = testFolder();

  async function rowsOf(
    content: string | Uint8Array,
    columns: readonly string[] = ['a', 'b'],
    name = 'x.csv',
  ): Promise<readonly Row[]> {
    const file = await folder.write(name, content);
    await engine.load([csvTable('t', file, columns)]);
    return engine.run(`select ${columns.map((column) => `"${column}"`).join(', ')} from t order by __row`);
  }

  async function failureOf(
    content: string | Uint8Array,
    columns: readonly string[] = ['a', 'b'],
  ): Promise<EngineFailure> {
    const failure = await rowsOf(content, columns).then(
      () => undefined,
      (error: unknown) => error,
    );
    assert.ok(failure instanceof EngineFailure, 'the file was accepted');
    return failure;
  }

  const AB = [
    { a: 'x', b: 1 },
    { a: 'y', b: 2 },
  ];
  const accepted: readonly [name: string, content: string | Uint8Array, rows: readonly Row[]][] = [
    ['lines that end with LF', 'a,b\nx,1\ny,2\n', AB],
    ['lines that end with CR LF', 'a,b\r\nx,1\r\ny,2\r\n', AB],
    ['lines that end with CR', 'a,b\rx,1\ry,2\r', AB],
    ['line ends of several kinds', 'a,b\r\nx,1\ny,2\r\n', AB],
    ['no end of the last line', 'a,b\nx,1\ny,2', AB],
    ['a byte-order mark', '\uFEFFa,b\nx,1\ny,2\n', AB],
    ['a byte-order mark before a quote', '\uFEFF"a",b\nx,1\ny,2\n', AB],
    ['empty lines anywhere', '\n\na,b\n\nx,1\n\n\ny,2\n\n', AB],
    ['lines of white space', '  \na,b\nx,1\n   \ny,2\n', AB],
    ['a delimiter at the end of every line', 'a,b\nx,1,\ny,2,\n', AB],
    ['quoted cells', '"a","b"\n"x","1"\n"y","2"\n', AB],
    [
      'line breaks in quotes',
      'a,b\n"x\ny",1\n"p\r\nq",2\n',
      [
        { a: 'x\ny', b: 1 },
        { a: 'p\r\nq', b: 2 },
      ],
    ],
    [
      'doubled quotes',
      'a,b\n"say ""hi""",1\n"""",2\n',
      [
        { a: 'say "hi"', b: 1 },
        { a: '"', b: 2 },
      ],
    ],
    [
      'quotes inside unquoted cells',
      'a,b\n5" disk,1\nsay "hi",2\n',
      [
        { a: '5" disk', b: 1 },
        { a: 'say "hi"', b: 2 },
      ],
    ],
    ['delimiters in quotes', 'a,b\n"x,y",1\n', [{ a: 'x,y', b: 1 }]],
    ['spaces around quotes', 'a,b\nx, "1" \n', [{ a: 'x', b: 1 }]],
    ['backslashes', 'a,b\n"x\\",1\n', [{ a: 'x\\', b: 1 }]],
    ['comment signs', 'a,b\n#x,1\n', [{ a: '#x', b: 1 }]],
    [
      'what other programs write for null',
      'a,b\nNULL,1\n\\N,2\n',
      [
        { a: 'NULL', b: 1 },
        { a: '\\N', b: 2 },
      ],
    ],
    ['no rows', 'a,b\n', []],
    ['a gzipped file', gzipSync('a,b\nx,1\ny,2\n'), AB],
    ['a gzipped file that DuckDB refuses', gzipSync('a,b\r\nx,1\ny,2\r\n'), AB],
  ];
  for (const [name, content, rows] of accepted) {
    it(`takes ${name}`, async () => {
      const file = typeof content === 'string' ? 'x.csv' : 'x.csv.gz';
      assert.deepEqual(await rowsOf(content, ['a', 'b'], file), rows);
    });
  }

  it('keeps empty lines of a single column as blank cells', async () => {
    assert.deepEqual(await rowsOf('a\n1\n\n3\n', ['a']), [{ a: 1 }, { a: null }, { a: 3 }]);
  });

  const refused: readonly [name: string, content: string | Uint8Array, message: string][] = [
    ['a row with too few cells', 'a,b\nx,1\ny\n', 'x.csv, row 2 (line 3) has 1 cell, but the header has 2.'],
    [
      'a row with too many cells',
      'a,b\nx,"1\n1"\n\ny,2,3\n',
      'x.csv, row 2 (line 5) has 3 cells, but the header has 2.',
    ],
    ['a quote that is never closed', 'a,b\nx,1\ny,"2\n', 'x.csv, row 2 (line 3): a quote is never closed.'],
    ['text after a closing quote', 'a,b\n"x" y,1\n', 'x.csv, row 1 (line 2): text after a closing quote.'],
    [
      'text that is not UTF-8',
      Buffer.from('a,b\ncafé,1\n', 'latin1'),
      'x.csv is not UTF-8 text (line 2). Say what it is, such as `encoding: windows-1252`, or save it as UTF-8.',
    ],
    ['an empty file', '', 'x.csv is empty: it has no header.'],
    ['a missing column', 'a,c\nx,1\n', 'x.csv does not have a column "b". Its columns are: a, c.'],
  ];
  for (const [name, content, message] of refused) {
    it(`refuses ${name}, and says where it is`, async () => {
      const failure = await failureOf(content);
      assert.deepEqual([failure.reason, failure.table, failure.message], ['data', 't', message]);
    });
  }

  it('names a file that is not there', async () => {
    const spec = csvTable('t', `${folder.path()}/none.csv`, ['a']);
    await assert.rejects(engine.load([spec]), { reason: 'data', message: 'none.csv does not exist.' });
  });

  it('reads the columns of each file by their names, and rows in the order of the files', async () => {
    const files = [
      await folder.write('2.csv', `a,b\n${Array.from({ length: 5000 }, (_, i) => `x${i},${i}\n`).join('')}`),
      await folder.write(
        '1.csv',
        `b,other,a\n${Array.from({ length: 5000 }, (_, i) => `${5000 + i},o,x${5000 + i}\n`).join('')}`,
      ),
      await folder.write('3.csv', 'a,b\r\nx10000,10000\nx10001,10001\r\n'),
    ];
    for (const list of [files, files.slice(0, 2)]) {
      const [table] = await engine.load([csvTable('t', list, ['a', 'b'])]);
      assert.equal(table?.rows, list === files ? 10_002 : 10_000);
      assert.deepEqual(
        await engine.run(`select count(*) as n from t where b <> __row - 1 or a <> 'x' || b`),
        [{ n: 0 }],
      );
    }
  });

  it('reads many files of one header, also with blank lines and no line at the end', async () => {
    const files: string[] = [];
    for (let day = 0; day < 40; day += 1) {
      const lines = Array.from({ length: 50 }, (_, row) => `d${day},${day * 50 + row}`);
      files.push(await folder.write(`${day}.csv`, `a,b\n${lines.join('\n\n')}`));
    }
    const [table] = await engine.load([csvTable('t', files, ['a', 'b'])]);
    assert.equal(table?.rows, 2000);
    assert.deepEqual(await engine.run('select count(*) as n from t where b <> __row - 1'), [{ n: 0 }]);
  });

  it('says in which of several files a row is ragged', async () => {
    const files = [
      await folder.write('good.csv', 'a,b\n1,2\n'),
      await folder.write('bad.csv', 'a,b\n1,2\n3\n'),
    ];
    await assert.rejects(engine.load([csvTable('t', files, ['a', 'b'])]), {
      message: 'bad.csv, row 2 (line 3) has 1 cell, but the header has 2.',
    });
  });

  it('leaves out a table that it cannot read, when told to keep going', async () => {
    const good = await folder.write('good.csv', 'a,b\n1,2\n');
    const bad = await folder.write('bad.csv', 'a,b\n1,2\n3\n');
    const specs = [csvTable('bad', bad, ['a', 'b']), csvTable('t', good, ['a']), csvTable('none', [], ['a'])];
    await assert.rejects(engine.load(specs), { reason: 'data', table: 'bad' });
    const loaded = await engine.load(specs, { keepGoing: true });
    assert.deepEqual(
      loaded.map(({ table, rows, problem }) => [table, rows, problem]),
      [
        ['bad', 0, 'bad.csv, row 2 (line 3) has 1 cell, but the header has 2.'],
        ['t', 1, undefined],
        ['none', 0, 'There is no file to read.'],
      ],
    );
    assert.deepEqual(await engine.run('select a from t'), [{ a: 1 }]);
    await assert.rejects(engine.run('select * from bad'), { reason: 'query' });
    await assert.rejects(engine.run(`select * from read_text('${good}')`), { reason: 'query' });
  });

  it('says what is wrong with a pattern for dates, and with a time zone', async () => {
    const file = await folder.write('x.csv', 'a\n01/02/2024\n');
    const pattern = csvTable('t', file, [{ header: 'a', type: 'date', dateFormats: ['%Q'] }]);
    await assert.rejects(engine.load([pattern]), { reason: 'data', message: /%Q/ });
    const moment = await folder.write('y.csv', 'a\n2024-01-01 10:00:00\n');
    await assert.rejects(engine.load([csvTable('t', moment, ['a'], { timezone: 'Mars/Olympus' })]), {
      reason: 'data',
      message: /Mars\/Olympus/,
    });
  });

  it('takes names, headers and paths that contain anything', async () => {
    const parent = `${folder.path()}/year=2024 [a]*?'"`;
    await mkdir(parent, { recursive: true });
    const file = `${parent}/x[1]'".csv`;
    await writeFile(file, '"he""ad\ner; drop table t",,,b\n1,2,3,4\n');
    const spec = csvTable('order "by" \'x\'; --', file, [
      { header: 'he"ad\ner; drop table t', name: 'select "x"' },
      { header: 1, name: 'second' },
      { header: 2, name: "third'" },
    ]);
    await engine.load([spec]);
    assert.deepEqual(await engine.run(`select * from "order ""by"" 'x'; --"`), [
      { 'select "x"': 1, second: 2, "third'": 3, __row: 1 },
    ]);
  });

  it('takes names of tables that DuckDB has itself', async () => {
    const file = await folder.write('x.csv', 'a\n1\n');
    await engine.load(
      ['cells', 'duckdb_tables', 'sqlite_master', 'select', 'staging', 'T'].map((name) =>
        csvTable(name, file, ['a']),
      ),
    );
    assert.deepEqual(await engine.run('select a from main."duckdb_tables"'), [{ a: 1 }]);
    assert.deepEqual(await engine.run('select c.a from "select", cells c'), [{ a: 1 }]);
  });

  it('drops exact duplicates, keeps the first and counts the others', async () => {
    const file = await folder.write('x.csv', 'a,b,c\n1,x,\n2,y,1\n1,x,\n1,x,0\n01,x,\n1,x,\n2,y,1\n');
    const [all] = await engine.load([csvTable('t', file, ['a', 'b', 'c'])]);
    assert.deepEqual([all?.rows, all?.duplicates], [7, 0]);
    const [table] = await engine.load([csvTable('t', file, ['a', 'b', 'c'], { distinct: true })]);
    assert.deepEqual([table?.rows, table?.duplicates], [4, 3]);
    assert.deepEqual(
      await engine.run('select __row from t order by 1'),
      [1, 2, 4, 5].map((__row) => ({ __row })),
    );
  });

  it('drops duplicates whatever the columns are called', async () => {
    const names = ['h', 'duplicate_hashes', 'count', 'hash', 'table'];
    const file = await folder.write('x.csv', `${names.join(',')}\n1,2,3,4,5\n1,2,3,4,5\n1,2,3,4,6\n`);
    const [table] = await engine.load([csvTable('t', file, names, { distinct: true })]);
    assert.deepEqual([table?.problem, table?.rows, table?.duplicates], [undefined, 2, 1]);
  });

  it('splits cells as another reader does', async () => {
    const cell = fc.string({
      unit: fc.constantFrom('a', 'b', '"', ',', '\n', '\r\n', "'", 'é', '日'),
      maxLength: 6,
    });
    const width = 3;
    const table = fc.array(fc.array(cell, { minLength: width, maxLength: width }), {
      minLength: 1,
      maxLength: 5,
    });
    await fc.assert(
      fc.asyncProperty(
        table,
        fc.constantFrom('\n', '\r\n'),
        fc.constantFrom(',', ';', '\t', '|'),
        async (rows, newline, delimiter) => {
          const text = Papa.unparse([['k', 'x', 'y', 'z'], ...rows.map((row) => ['k', ...row])], {
            newline,
            delimiter,
          });
          const parsed = Papa.parse<string[]>(text, { delimiter }).data.slice(1);
          const file = await folder.write('p.csv', text);
          await engine.load([csvTable('t', file, ['x:text', 'y:text', 'z:text'], { delimiter })]);
          const read = await engine.run('select x, y, z from t order by __row');
          const expected = parsed.map(([, ...cells]) =>
            cells.map((text) => (text.trim() === '' ? null : text)),
          );
          assert.deepEqual(
            read.map((row) => [row.x, row.y, row.z]),
            expected,
          );
        },
      ),
      { numRuns: 40 },
    );
  });
});
