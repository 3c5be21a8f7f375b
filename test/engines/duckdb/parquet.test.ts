import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { DuckDBInstance } from '@duckdb/node-api';
import type { ColumnType } from '../../../server/src/core/base/value-type.ts';
import type { ColumnSpec, Value } from '../../../server/src/core/evaluate/engine.ts';
import { readParquetHeader } from '../../../server/src/core/syntax/parquet-header.ts';
import { csvTable, testEngine, testFolder } from '../../kit/engine.ts';

interface Case {
  /** SQL of the two values in the file. */
  readonly sql: readonly [string, string];
  readonly declared?: ColumnType;
  readonly dateFormats?: readonly string[];
  readonly type: ColumnType;
  readonly values: readonly [Value, Value];
  readonly misfits?: number;
  /** The type that the footer shows, where it shows another. */
  readonly header?: ColumnType;
}

const CASES: readonly Case[] = [
  { sql: ['true', 'null'], type: 'boolean', values: [true, null] },
  { sql: ['1::tinyint', '-2'], type: 'integer', values: [1, -2] },
  { sql: ['9223372036854775807', 'null'], type: 'integer', values: [9223372036854775807n, null] },
  { sql: ['4294967295::uinteger', '0'], type: 'integer', values: [4294967295, 0] },
  { sql: ['5::ubigint', 'null'], type: 'integer', values: [5, null] },
  {
    sql: ['18446744073709551615::ubigint', '1::ubigint'],
    type: 'number',
    values: [18446744073709552000, 1],
    header: 'integer',
  },
  { sql: ['12::decimal(38, 0)', '13'], type: 'integer', values: [12, 13] },
  { sql: ['12.25::decimal(9, 2)', 'null'], type: 'number', values: [12.25, null] },
  { sql: ['1.5::float', '2'], type: 'number', values: [1.5, 2] },
  { sql: ["'nan'::double", '2.5'], type: 'number', values: [null, 2.5], misfits: 0 },
  { sql: ["'inf'::double", '2.5'], type: 'number', values: [null, 2.5], misfits: 1 },
  { sql: ["'007'", "' '"], type: 'text', values: ['007', null] },
  { sql: ["'a'::enum('a', 'b')", "'b'"], type: 'text', values: ['a', 'b'] },
  {
    sql: ["'6ec0bd7f-11c0-43da-975e-2a8ad9ebae0b'::uuid", 'null'],
    type: 'text',
    values: ['6ec0bd7f-11c0-43da-975e-2a8ad9ebae0b', null],
  },
  { sql: ["'2024-02-29'::date", 'null'], type: 'date', values: ['2024-02-29', null] },
  // Naive: noon of a summer day in Berlin is ten o'clock in UTC.
  {
    sql: ["'2024-07-01 12:00:00'::timestamp", 'null'],
    type: 'timestamp',
    values: ['2024-07-01T10:00:00', null],
  },
  {
    sql: ["'2024-07-01 12:00:00'::timestamp_ms", 'null'],
    type: 'timestamp',
    values: ['2024-07-01T10:00:00', null],
  },
  {
    sql: ["'2024-07-01 12:00:00'::timestamp_ns", 'null'],
    type: 'timestamp',
    values: ['2024-07-01T10:00:00', null],
  },
  {
    sql: ["'2024-07-01 12:00:00+01'::timestamptz", 'null'],
    type: 'timestamp',
    values: ['2024-07-01T11:00:00', null],
  },
  { sql: ["'10:30:00'::time", 'null'], type: 'text', values: ['10:30:00', null] },
  { sql: ['[1, 2]', 'null'], type: 'text', values: ['[1, 2]', null] },
  { sql: ["{'a': 1}", 'null'], type: 'text', values: ["{'a': 1}", null] },
  { sql: ["'x'::blob", 'null'], type: 'text', values: ['x', null] },
  { sql: ['1', '2'], declared: 'number', type: 'number', values: [1, 2], misfits: 0, header: 'integer' },
  { sql: ['1', '2'], declared: 'text', type: 'text', values: ['1', '2'], misfits: 0, header: 'integer' },
  {
    sql: ['1', '0'],
    declared: 'boolean',
    type: 'boolean',
    values: [null, null],
    misfits: 2,
    header: 'integer',
  },
  {
    sql: ['1.0::double', '2.5'],
    declared: 'integer',
    type: 'integer',
    values: [1, null],
    misfits: 1,
    header: 'number',
  },
  {
    sql: ["'1.5'", "'x'"],
    declared: 'number',
    type: 'number',
    values: [1.5, null],
    misfits: 1,
    header: 'text',
  },
  {
    sql: ["'2024-02-29'", "' '"],
    declared: 'date',
    type: 'date',
    values: ['2024-02-29', null],
    misfits: 0,
    header: 'text',
  },
  {
    sql: ["'29/02/2024'", 'null'],
    declared: 'date',
    dateFormats: ['%d/%m/%Y'],
    type: 'date',
    values: ['2024-02-29', null],
    misfits: 0,
    header: 'text',
  },
  {
    sql: ["'2024-07-01'::date", 'null'],
    declared: 'timestamp',
    type: 'timestamp',
    values: ['2024-06-30T22:00:00', null],
    misfits: 0,
    header: 'date',
  },
  {
    sql: ["'2024-07-01 00:00:00'::timestamp", "'2024-07-01 12:00:00'::timestamp"],
    declared: 'date',
    type: 'date',
    values: ['2024-07-01', null],
    misfits: 1,
    header: 'timestamp',
  },
];

describe('Parquet files', () => {
  const engine = testEngine();
  const folder = testFolder();

  async function writeParquet(name: string, select: string): Promise<string> {
    const instance = await DuckDBInstance.create(':memory:');
    const connection = await instance.connect();
    const path = `${folder.path()}/${name}`;
    await connection.run(`copy (${select}) to '${path}' (format parquet)`);
    connection.closeSync();
    instance.closeSync();
    return path;
  }

  async function headerOf(path: string): Promise<Awaited<ReturnType<typeof readParquetHeader>>> {
    const bytes = new Uint8Array(await readFile(path));
    return readParquetHeader(async (start, length) => bytes.slice(start, start + length), bytes.length);
  }

  for (const { sql, declared, dateFormats, type, values, misfits = 0, header } of CASES) {
    it(`${sql.join(' and ')}${declared ? ` as ${declared}` : ''}`, async () => {
      const path = await writeParquet(
        'x.parquet',
        `select ${sql[0]} as v union all by name select ${sql[1]} as v`,
      );
      const column: ColumnSpec = {
        header: 'v',
        name: 'v',
        ...(declared && { type: declared }),
        ...(dateFormats && { dateFormats }),
      };
      const spec = csvTable('t', path, [column], { format: 'parquet', timezone: 'Europe/Berlin' });
      const [table] = await engine.load([spec]);
      const rows = await engine.run('select v from t order by __row');
      assert.deepEqual(
        rows.map(({ v }) => v),
        values,
      );
      assert.deepEqual([table?.columns[0]?.type, table?.columns[0]?.misfits], [type, misfits]);
      assert.deepEqual(await headerOf(path), { columns: [{ name: 'v', type: header ?? type }], rows: 2 });
    });
  }

  it('reads several files in their order, with columns by name', async () => {
    const files = [
      await writeParquet('b.parquet', 'select i as a, i as b from range(3000) r(i)'),
      await writeParquet('a.parquet', 'select i as b, 0 as other, i + 0.5 as a from range(3000, 6000) r(i)'),
    ];
    const columns = [
      { header: 'b', name: 'b' },
      { header: 'a', name: 'a' },
    ];
    const [table] = await engine.load([csvTable('t', files, columns, { format: 'parquet' })]);
    assert.deepEqual(
      table?.columns.map(({ type }) => type),
      ['integer', 'number'],
    );
    assert.deepEqual(await engine.run('select count(*) as n, count(*) filter (b = __row - 1) as ok from t'), [
      { n: 6000, ok: 6000 },
    ]);
  });

  it('drops exact duplicates', async () => {
    const path = await writeParquet('x.parquet', 'select i % 2 as a, null as b from range(5) r(i)');
    const [table] = await engine.load([
      csvTable('t', path, ['a', 'b'], { format: 'parquet', distinct: true }),
    ]);
    assert.deepEqual([table?.rows, table?.duplicates], [2, 3]);
  });

  it('names a column that is missing, and a file that is not Parquet', async () => {
    const path = await writeParquet('x.parquet', 'select 1 as a');
    await assert.rejects(engine.load([csvTable('t', path, ['b'], { format: 'parquet' })]), {
      reason: 'data',
      table: 't',
      message: 'x.parquet does not have a column "b". Its columns are: a.',
    });
    const text = await folder.write('y.parquet', 'a,b\n1,2\n');
    await assert.rejects(engine.load([csvTable('t', text, ['a'], { format: 'parquet' })]), {
      reason: 'data',
      message: /y\.parquet/,
    });
    const missing = csvTable('t', `${folder.path()}/none.parquet`, ['a'], { format: 'parquet' });
    await assert.rejects(engine.load([missing]), { reason: 'data', message: /none\.parquet/ });
  });
});
