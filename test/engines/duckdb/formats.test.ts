import assert from 'node:assert/strict';
import { gzipSync } from 'node:zlib';
import { DuckDBInstance } from '@duckdb/node-api';
import fc from 'fast-check';
import Papa from 'papaparse';
import type { ColumnType } from '../../../server/src/core/base/value-type.ts';
import type { LoadedTable, Row, TableSpec } from '../../../server/src/core/ports.ts';
import { csvTable, testEngine, testFolder } from '../../kit/engine.ts';
import { type SheetCell, xlsxOf } from '../../kit/xlsx.ts';

type Cell = string | null;
type Table = readonly (readonly Cell[])[];
const HEADERS = ['first', 'Second column', 'größe'];

/** Cells that look like values of every type, and some that nearly do. */
const CELLS: Readonly<Record<string, fc.Arbitrary<string>>> = {
  integer: fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }).map(String),
  small: fc.integer({ min: -20, max: 20 }).map(String),
  number: fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => String(value)),
  boolean: fc.constantFrom('true', 'false'),
  upper: fc.constantFrom('TRUE', 'False', 'yes'),
  date: fc
    .date({ min: new Date('1950-01-01'), max: new Date('2090-01-01'), noInvalidDate: true })
    .map((day) => day.toISOString().slice(0, 10)),
  timestamp: fc
    .date({ min: new Date('1950-01-01'), max: new Date('2090-01-01'), noInvalidDate: true })
    .map((day) => day.toISOString().slice(0, 19).replace('T', ' ')),
  zoned: fc.constantFrom('2015-02-24 11:35:52 -0800', '2024-01-01T00:00:00Z', '2024-01-01T00:00+05:30'),
  zeros: fc.constantFrom('007', '00004', '1', '00.5'),
  text: fc.string({
    unit: fc.constantFrom(
      'a',
      'B',
      '"',
      ',',
      ';',
      "'",
      'é',
      '日',
      '\\',
      '&',
      '<',
      '#',
      ' x',
      '{',
      '[',
      '\n',
      '\t',
    ),
    maxLength: 6,
  }),
};

const column = fc
  .constantFrom(...Object.keys(CELLS))
  .map((kind) => fc.option(CELLS[kind] ?? fc.constant(''), { freq: 5 }));
const table: fc.Arbitrary<Table> = fc
  .tuple(column, column, column, fc.integer({ min: 1, max: 8 }))
  .chain(([first, second, third, rows]) =>
    fc.array(fc.tuple(first, second, third), { minLength: rows, maxLength: rows }),
  )
  // A row of blank cells is none in a workbook, as lines between tables are.
  .map((rows) =>
    rows.map(([first, ...rest]) => [first === null || first.trim() === '' ? 'x' : first, ...rest]),
  );

const bare = (cell: string): boolean =>
  /^-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?$/.test(cell) || cell === 'true' || cell === 'false';

function objects(rows: Table, isBare: boolean): readonly string[] {
  return rows.map((row) => {
    const pairs = row.flatMap((cell, index) => {
      if (cell === null && isBare) return [];
      const value = cell === null ? 'null' : isBare && bare(cell) ? cell : JSON.stringify(cell);
      return [`${JSON.stringify(HEADERS[index])}: ${value}`];
    });
    return `{${pairs.join(', ')}}`;
  });
}

function delimited(rows: Table, delimiter: string, newline: '\n' | '\r\n' = '\n'): string {
  return Papa.unparse([HEADERS, ...rows.map((row) => row.map((cell) => cell ?? ''))], { delimiter, newline });
}

function utf16(text: string): Uint8Array {
  return Buffer.from(`\uFEFF${text}`, 'utf16le');
}

function sheet(rows: Table): readonly (readonly SheetCell[])[] {
  return [
    HEADERS,
    ...rows.map((row) =>
      row.map((cell): SheetCell => {
        if (cell === null) return null;
        if (/^-?(0|[1-9]\d*)(\.\d+)?$/.test(cell)) return { number: cell };
        return cell === 'true' || cell === 'false' ? { boolean: cell === 'true' } : cell;
      }),
    ),
  ];
}

/** The same table in every format, each with what its reader is told. */
function written(
  rows: Table,
): readonly [name: string, content: string | Uint8Array, options: Partial<TableSpec>][] {
  const csv = delimited(rows, ',');
  const list = objects(rows, true);
  const lines = objects(rows, false);
  return [
    ['t.csv', csv, {}],
    ['t.csv.gz', gzipSync(csv), {}],
    ['t.tsv', delimited(rows, '\t', '\r\n'), { delimiter: '\t' }],
    ['t.tsv.gz', gzipSync(delimited(rows, '\t')), { delimiter: '\t' }],
    ['semi.csv', `\uFEFF${delimited(rows, ';')}`, { delimiter: ';' }],
    ['utf16.csv', utf16(csv), { encoding: 'utf-16le' }],
    ['below.csv', `A report, "so called\r\n\n${csv}`, { headerRow: 3 }],
    ['t.json', `[\n${list.join(',\n')}\n]\n`, { format: 'json' }],
    ['t.ndjson', `${lines.join('\n')}\n`, { format: 'json' }],
    ['t.jsonl.gz', gzipSync(list.join('\n')), { format: 'json' }],
    ['t.xlsx', xlsxOf([{ name: 'A', rows: sheet(rows) }]), { format: 'xlsx' }],
    [
      'inline.xlsx',
      xlsxOf(
        [
          { name: 'B', rows: [] },
          { name: 'A', rows: [['Title'], [], ...sheet(rows)] },
        ],
        { inline: true },
      ),
      { format: 'xlsx', sheet: 'A', headerRow: 3 },
    ],
  ];
}

describe('a table in any format', () => {
  const folder = testFolder();
  const engine = testEngine();

  async function load(
    name: string,
    content: string | Uint8Array,
    options: Partial<TableSpec>,
    types: readonly (ColumnType | undefined)[] = [],
  ): Promise<{ readonly loaded: LoadedTable | undefined; readonly rows: readonly Row[] }> {
    const file = await folder.write(name, content);
    const columns = HEADERS.map((header, index) => {
      const type = types[index];
      return type === undefined ? { header, name: header } : { header, name: header, type };
    });
    const [loaded] = await engine.load([csvTable('t', file, columns, options)]);
    return { loaded, rows: await engine.run('select * from t order by __row') };
  }

  it('has the same values and types', async function () {
    this.timeout(120_000);
    await fc.assert(
      fc.asyncProperty(table, async (rows) => {
        const [first, ...others] = written(rows);
        assert.ok(first !== undefined);
        const expected = await load(...first);
        for (const [name, content, options] of others) {
          const found = await load(name, content, options);
          assert.deepEqual(found.rows, expected.rows, name);
          assert.deepEqual(found.loaded?.columns, expected.loaded?.columns, name);
        }
      }),
      { numRuns: 12 },
    );
  });

  it('has the same values where columns are declared, and the same misfits', async function () {
    this.timeout(120_000);
    const types = fc.constantFrom<ColumnType | undefined>(
      'integer',
      'number',
      'boolean',
      'date',
      'timestamp',
      'text',
      undefined,
    );
    await fc.assert(
      fc.asyncProperty(table, fc.tuple(types, types, types), async (rows, declared) => {
        const [first, ...others] = written(rows);
        assert.ok(first !== undefined);
        const expected = await load(...first, declared);
        for (const [name, content, options] of others) {
          const found = await load(name, content, options, declared);
          assert.deepEqual(found, { ...expected, loaded: found.loaded }, name);
          assert.deepEqual(found.loaded?.columns, expected.loaded?.columns, name);
        }
      }),
      { numRuns: 6 },
    );
  });

  it('has the same values in a Parquet file of its typed columns', async function () {
    this.timeout(120_000);
    const instance = await DuckDBInstance.create(':memory:');
    const connection = await instance.connect();
    const typed = fc.array(
      fc.record({
        i: fc.integer(),
        n: fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e15, max: 1e15 }),
        b: fc.boolean(),
        d: CELLS.date ?? fc.constant(''),
        t: CELLS.timestamp ?? fc.constant(''),
      }),
      { minLength: 1, maxLength: 5 },
    );
    const columns = ['i', 'n', 'b', 'd', 't'];
    await fc.assert(
      fc.asyncProperty(typed, async (rows) => {
        const path = `${folder.path()}/t.parquet`;
        const selects = rows.map(
          ({ i, n, b, d, t }) =>
            `select ${i}::integer as i, '${n}'::double as n, ${b} as b, date '${d}' as d, timestamp '${t}' as t`,
        );
        await connection.run(`copy (${selects.join(' union all ')}) to '${path}' (format parquet)`);
        await engine.load([csvTable('t', path, columns, { format: 'parquet' })]);
        const native = await engine.run('select * from t order by __row');
        const texts = rows.map((row) => ({ ...row, n: row.n }));
        const csv = await folder.write('p.csv', Papa.unparse(texts));
        await engine.load([
          csvTable(
            't',
            csv,
            columns.map((name) => (name === 'n' ? 'n:number' : name)),
          ),
        ]);
        assert.deepEqual(await engine.run('select * from t order by __row'), native);
      }),
      { numRuns: 15 },
    );
    connection.closeSync();
    instance.closeSync();
  });
});
