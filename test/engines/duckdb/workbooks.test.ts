import assert from 'node:assert/strict';
import { readdir, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { LoadedTable, Row, TableSpec } from '../../../server/src/core/ports.ts';
import type { DuckDbEngine } from '../../../server/src/engines/duckdb/duckdb-engine.ts';
import { csvTable, testEngine, testFolder } from '../../kit/engine.ts';
import { present } from '../../kit/present.ts';
import { type SheetCell, xlsxOf } from '../../kit/xlsx.ts';
import { zipOf } from '../../kit/zip.ts';

describe('workbooks', () => {
  const folder = testFolder();
  const engine = testEngine();

  async function load(
    rows: readonly (readonly SheetCell[])[],
    columns: readonly string[],
    options: Partial<TableSpec> = {},
  ): Promise<{ readonly table: LoadedTable; readonly rows: readonly Row[] }> {
    const file = await folder.write('x.xlsx', xlsxOf([{ name: 'Sheet 1', rows }]));
    const [table] = await engine.load([csvTable('t', file, columns, { format: 'xlsx', ...options })]);
    return { table: present(table), rows: await engine.run('select * from t order by __row') };
  }

  // Day 45000 is 15 March 2023 by the 1900 date system (ECMA-376, 18.17.4.1); 0.520833… of a day is 12:30.
  it('takes dates for dates, and dates with a time for naive timestamps of the source', async () => {
    const { table, rows } = await load(
      [
        ['day', 'moment', 'either', 'clock'],
        [
          { date: 45000 },
          { date: 45000.520833333336, time: true },
          { date: 45000 },
          { date: 0.25, time: true },
        ],
        [null, { date: 45107, time: true }, { date: 45000.5, time: true }, { date: 0.5, time: true }],
      ],
      ['day', 'moment', 'either', 'clock'],
      { timezone: 'Europe/Berlin' },
    );
    assert.deepEqual(
      table.columns.map(({ type }) => type),
      ['date', 'timestamp', 'timestamp', 'text'],
    );
    assert.deepEqual(rows, [
      {
        day: '2023-03-15',
        moment: '2023-03-15T11:30:00',
        either: '2023-03-14T23:00:00',
        clock: '06:00:00',
        __row: 1,
      },
      {
        day: null,
        moment: '2023-06-29T22:00:00',
        either: '2023-03-15T11:00:00',
        clock: '12:00:00',
        __row: 2,
      },
    ]);
  });

  it('keeps numbers as they are stored, and takes texts by what they say, as in CSV', async () => {
    const { table, rows } = await load(
      [
        ['id', 'code', 'amount', 'ok', 'answer'],
        [
          { number: '9007199254740993' },
          '007',
          { number: '0.30000000000000004' },
          { boolean: true },
          { formula: 'A1*2', result: '4' },
        ],
        [{ number: '2' }, '12', { number: '1E+3' }, { boolean: false }, '5'],
      ],
      ['id', 'code', 'amount', 'ok', 'answer'],
    );
    assert.deepEqual(
      table.columns.map(({ type }) => type),
      ['integer', 'text', 'number', 'boolean', 'integer'],
    );
    assert.deepEqual(rows[0], {
      id: 9007199254740993n,
      code: '007',
      amount: 0.1 + 0.2,
      ok: true,
      answer: 4,
      __row: 1,
    });
    assert.deepEqual(table.notices, undefined);
  });

  it('counts errors and formulas without a result, which are blank', async () => {
    const { table, rows } = await load(
      [
        ['a', 'b'],
        [{ error: '#DIV/0!' }, 'x'],
        [],
        [{ number: '1' }, { formula: 'A2+1' }],
        [{ error: '#N/A' }, 'y'],
      ],
      ['a', 'b'],
    );
    assert.deepEqual(rows, [
      { a: null, b: 'x', __row: 1 },
      { a: 1, b: null, __row: 2 },
      { a: null, b: 'y', __row: 3 },
    ]);
    assert.deepEqual(table.notices, [
      {
        kind: 'error',
        header: 'a',
        count: 2,
        examples: [
          { row: 1, text: '#DIV/0!' },
          { row: 3, text: '#N/A' },
        ],
      },
      { kind: 'error', header: 'b', count: 1, examples: [{ row: 2, text: 'a formula without a result' }] },
    ]);
  });

  it('stacks workbooks of a glob, and names the one that lacks a column or a sheet', async () => {
    const one = await folder.write(
      '1.xlsx',
      xlsxOf([
        {
          name: 'A',
          rows: [
            ['a', 'b'],
            ['x', { number: '1' }],
          ],
        },
      ]),
    );
    const two = await folder.write(
      '2.xlsx',
      xlsxOf([
        {
          name: 'A',
          rows: [
            ['b', 'a'],
            [{ number: '2' }, 'y'],
          ],
        },
      ]),
    );
    const spec = csvTable('t', [one, two], ['a', 'b'], { format: 'xlsx' });
    await engine.load([spec]);
    assert.deepEqual(await engine.run('select a, b from t order by __row'), [
      { a: 'x', b: 1 },
      { a: 'y', b: 2 },
    ]);
    const three = await folder.write('3.xlsx', xlsxOf([{ name: 'B', rows: [['a']] }]));
    await assert.rejects(engine.load([{ ...spec, files: [one, three] }]), {
      reason: 'data',
      message: '3.xlsx does not have a column "b". Its columns are: a.',
    });
    await assert.rejects(engine.load([{ ...spec, files: [one, three], sheet: 'A' }]), {
      message: '3.xlsx has no sheet "A". Its sheets are: B.',
    });
  });

  const broken: readonly [name: string, content: Uint8Array, message: RegExp][] = [
    ['text', Buffer.from('a,b\n'), /is not an XLSX workbook/],
    ['a workbook with a password', Buffer.from('d0cf11e0a1b11ae1', 'hex'), /protected by a password/],
    ['half of a workbook', xlsxOf([{ name: 'A', rows: [['a']] }]).subarray(0, 900), /cut short/],
    [
      'a workbook that unpacks to far more than it is',
      bomb({}),
      /takes more than 256 MB unpacked. Save it as CSV or Parquet/,
    ],
    ['one that says it does not', bomb({ size: 10 }), /takes more than 256 MB unpacked/],
    [
      'XML that is none',
      zipOf([
        ...parts(),
        {
          name: 'xl/worksheets/sheet1.xml',
          content:
            '<worksheet><sheetData><row r="1"><c r="A1" t="s"><v>7</v></c></row></sheetData></worksheet>',
        },
      ]),
      /names no column|damaged/,
    ],
  ];
  for (const [name, content, message] of broken) {
    it(`refuses ${name}`, async function () {
      this.timeout(60_000);
      const file = await folder.write('x.xlsx', content);
      const good = await folder.write('good.csv', 'a\n1\n');
      const loaded = await engine.load(
        [csvTable('t', file, ['a'], { format: 'xlsx' }), csvTable('good', good, ['a'])],
        { keepGoing: true },
      );
      assert.match(present(loaded[0]?.problem), message);
      assert.deepEqual(await engine.run('select a from good'), [{ a: 1 }]);
    });
  }

  describe('that were converted before', () => {
    const folderOfCache = join(tmpdir(), `plumbline-cache-${process.pid}`, 'made', 'here');
    after(() => rm(dirname(dirname(folderOfCache)), { recursive: true, force: true }));
    // Each has a process of its own.
    const engines = Array.from({ length: 8 }, () => testEngine({ cacheFolder: folderOfCache }));
    const caching = (): DuckDbEngine => present(engines.pop());
    const rows = Array.from({ length: 50 }, (_, index) => [{ number: String(index) }, `text "${index}"`]);
    const content = xlsxOf([{ name: 'A', rows: [['n', 's'], ...rows] }]);
    const read = async (memory: DuckDbEngine, name: string): Promise<readonly Row[]> => {
      const file = await folder.write(name, content);
      await memory.load([csvTable(name.replace('.xlsx', ''), file, ['n', 's'], { format: 'xlsx' })]);
      return memory.run(`select n, s from ${name.replace('.xlsx', '')} order by __row`);
    };
    const files = async (): Promise<readonly string[]> => (await readdir(folderOfCache)).sort();

    it('are not converted again, wherever the same content lies', async () => {
      const first = await read(caching(), 'one.xlsx');
      const [csv = '', ...more] = await files();
      assert.equal(more.length, 1);
      const before = (await stat(join(folderOfCache, csv))).ino;
      assert.deepEqual(await read(caching(), 'two.xlsx'), first);
      assert.equal((await stat(join(folderOfCache, csv))).ino, before);
      assert.equal(first.length, 50);
    });

    it('are converted again where what was kept is cut short, changed or half written', async () => {
      const expected = await read(caching(), 'one.xlsx');
      const [csv = '', json = ''] = await files();
      const path = join(folderOfCache, csv);
      const whole = await readFile(path);
      await truncate(path, whole.length - 7);
      assert.deepEqual(await read(caching(), 'three.xlsx'), expected);
      assert.deepEqual(await readFile(path), whole);
      await writeFile(path, Buffer.from(whole).fill('9', 20, 21));
      assert.deepEqual(await read(caching(), 'four.xlsx'), expected);
      await writeFile(join(folderOfCache, json), '{"version":');
      assert.deepEqual(await read(caching(), 'five.xlsx'), expected);
    });

    it('are read by two processes at once', async () => {
      const results = await Promise.all(['six.xlsx', 'seven.xlsx'].map((name) => read(caching(), name)));
      assert.deepEqual(results[0], results[1]);
      assert.deepEqual(
        (await files()).filter((name) => name.endsWith('.tmp')),
        [],
      );
    });
  });

  it('are read where nothing can be kept', async () => {
    const { rows } = await load([['a'], [{ number: '1' }]], ['a']);
    assert.deepEqual(rows, [{ a: 1, __row: 1 }]);
  });
});

/** What every workbook has beside its sheets. */
function parts() {
  const relations = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
  return [
    {
      name: 'xl/workbook.xml',
      content: '<workbook><sheets><sheet name="A" sheetId="1" r:id="r1"/></sheets></workbook>',
    },
    {
      name: 'xl/_rels/workbook.xml.rels',
      content: `<Relationships><Relationship Id="r1" Type="${relations}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`,
    },
  ];
}

function bomb(sizes: { readonly size?: number }): Uint8Array {
  const start = '<worksheet><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>a</t></is></c></row>';
  const content = Buffer.concat([Buffer.from(start), Buffer.alloc(300 * 1024 * 1024, ' ')]);
  return zipOf([...parts(), { name: 'xl/worksheets/sheet1.xml', content, ...sizes }]);
}
