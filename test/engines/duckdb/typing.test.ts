import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { ColumnType } from '../../../server/src/core/base/value-type.ts';
import type { Value } from '../../../server/src/core/ports.ts';
import { csvTable, testEngine, testFolder } from '../../kit/engine.ts';

interface Case {
  readonly name: string;
  readonly cells: readonly string[];
  readonly declared?: ColumnType;
  readonly dateFormats?: readonly string[];
  readonly timezone?: string;
  readonly nulls?: readonly string[];
  readonly type: ColumnType;
  readonly values: readonly Value[];
  readonly misfits?: readonly { readonly row: number; readonly text: string }[];
}

// Expected by format.md, section 2, and RFC 3339 for the arithmetic of offsets.
const INFERRED: readonly Case[] = [
  {
    name: 'whole numbers',
    cells: ['0', '-5', '+7', ' 12 ', ''],
    type: 'integer',
    values: [0, -5, 7, 12, null],
  },
  {
    name: 'whole numbers of 64 bits',
    cells: ['9223372036854775807', '-9223372036854775808'],
    type: 'integer',
    values: [9223372036854775807n, -9223372036854775808n],
  },
  {
    name: 'whole numbers beyond 64 bits',
    cells: ['9223372036854775808', '1'],
    type: 'text',
    values: ['9223372036854775808', '1'],
  },
  { name: 'a leading zero', cells: ['1', '007'], type: 'text', values: ['1', '007'] },
  { name: 'a leading zero before a fraction', cells: ['1.5', '00.5'], type: 'text', values: ['1.5', '00.5'] },
  {
    name: 'numbers',
    cells: ['1.50', '-2', '1e3', '.5', '0.25', '2E-2'],
    type: 'number',
    values: [1.5, -2, 1000, 0.5, 0.25, 0.02],
  },
  { name: 'a number too large', cells: ['1e999', '1'], type: 'text', values: ['1e999', '1'] },
  { name: 'what DuckDB takes for numbers', cells: ['0x1F'], type: 'text', values: ['0x1F'] },
  { name: 'underscores', cells: ['1_000'], type: 'text', values: ['1_000'] },
  { name: 'thousands separators', cells: ['"1,000"'], type: 'text', values: ['1,000'] },
  { name: 'nan', cells: ['nan', '1.5'], type: 'text', values: ['nan', '1.5'] },
  { name: 'infinity', cells: ['inf', '1.5'], type: 'text', values: ['inf', '1.5'] },
  { name: 'booleans', cells: ['true', 'false', ''], type: 'boolean', values: [true, false, null] },
  { name: 'upper-case booleans', cells: ['TRUE', 'FALSE'], type: 'text', values: ['TRUE', 'FALSE'] },
  { name: 'words for booleans', cells: ['t', 'yes'], type: 'text', values: ['t', 'yes'] },
  {
    name: 'dates',
    cells: ['2024-02-29', '', '1999-12-31'],
    type: 'date',
    values: ['2024-02-29', null, '1999-12-31'],
  },
  { name: 'a day that is not', cells: ['2023-02-29'], type: 'text', values: ['2023-02-29'] },
  { name: 'dates with slashes', cells: ['2024/02/03'], type: 'text', values: ['2024/02/03'] },
  {
    name: 'infinite dates',
    cells: ['infinity', '2024-02-03'],
    type: 'text',
    values: ['infinity', '2024-02-03'],
  },
  {
    name: 'timestamps in every form',
    cells: [
      '2015-02-24 11:35:52 -0800',
      '2015-02-24T11:35:52Z',
      '2015-02-24T11:35:52+01:00',
      '2015-02-24 11:35',
      '2015-02-24 11:35:52.25',
      '2015-02-24 11:35:52 UTC',
      '2015-02-24T11:35:52-08',
      '2015-02-24T23:59:59.999999-00:30',
    ],
    type: 'timestamp',
    values: [
      '2015-02-24T19:35:52',
      '2015-02-24T11:35:52',
      '2015-02-24T10:35:52',
      '2015-02-24T11:35:00',
      '2015-02-24T11:35:52.250000',
      '2015-02-24T11:35:52',
      '2015-02-24T19:35:52',
      '2015-02-25T00:29:59.999999',
    ],
  },
  {
    name: 'naive timestamps in winter and summer of a zone',
    timezone: 'America/New_York',
    cells: ['2024-01-15 12:00:00', '2024-07-15T12:00:00', '2024-07-15T12:00:00Z'],
    type: 'timestamp',
    values: ['2024-01-15T17:00:00', '2024-07-15T16:00:00', '2024-07-15T12:00:00'],
  },
  {
    name: 'an hour that is not',
    cells: ['2024-01-15 25:00:00'],
    type: 'text',
    values: ['2024-01-15 25:00:00'],
  },
  {
    name: 'an offset of a day',
    cells: ['2024-01-15 12:00:00+24:00'],
    type: 'text',
    values: ['2024-01-15 12:00:00+24:00'],
  },
  {
    name: 'dates among timestamps',
    cells: ['2024-01-15 12:00:00', '2024-01-15'],
    type: 'text',
    values: ['2024-01-15 12:00:00', '2024-01-15'],
  },
  {
    name: 'blank cells only',
    cells: ['', '  ', '""', '\u00a0', '\t'],
    type: 'text',
    values: [null, null, null, null, null],
  },
  {
    name: 'text as written',
    cells: [' a ', '"b "', 'Ünï', '日本'],
    type: 'text',
    values: [' a ', 'b ', 'Ünï', '日本'],
  },
  {
    name: 'null markers',
    nulls: ['NA', '-', '-1'],
    cells: ['1', 'NA', ' - ', '-1', 'na'],
    type: 'text',
    values: ['1', null, null, null, 'na'],
  },
  {
    name: 'null markers among numbers',
    nulls: ['NA', '-1'],
    cells: ['1', 'NA', '-1'],
    type: 'integer',
    values: [1, null, null],
  },
  {
    name: 'null markers among booleans',
    nulls: ['?'],
    cells: ['true', '?'],
    type: 'boolean',
    values: [true, null],
  },
];

const DECLARED: readonly Case[] = [
  {
    name: 'text keeps zeros',
    declared: 'text',
    cells: ['00004', ' '],
    type: 'text',
    values: ['00004', null],
  },
  {
    name: 'booleans of any case',
    declared: 'boolean',
    cells: ['TRUE', 'False', 'true', '1'],
    type: 'boolean',
    values: [true, false, true, null],
    misfits: [{ row: 4, text: '1' }],
  },
  {
    name: 'numbers take whole ones, of any size',
    declared: 'number',
    cells: ['1', '18446744073709551616', '2.5', 'x'],
    type: 'number',
    values: [1, 18446744073709552000, 2.5, null],
    misfits: [{ row: 4, text: 'x' }],
  },
  {
    name: 'whole numbers',
    declared: 'integer',
    cells: ['1', '1.5', '9223372036854775808', '', '4'],
    type: 'integer',
    values: [1, null, null, null, 4],
    misfits: [
      { row: 2, text: '1.5' },
      { row: 3, text: '9223372036854775808' },
    ],
  },
  {
    name: 'dates',
    declared: 'date',
    cells: ['2024-01-02', '2024-01-02 10:00:00', '2/1/2024'],
    type: 'date',
    values: ['2024-01-02', null, null],
    misfits: [
      { row: 2, text: '2024-01-02 10:00:00' },
      { row: 3, text: '2/1/2024' },
    ],
  },
  {
    name: 'dates by patterns',
    declared: 'date',
    dateFormats: ['%d/%m/%Y', '%Y.%m.%d'],
    cells: ['02/01/2024', '2024.01.03', '2024-01-04'],
    type: 'date',
    values: ['2024-01-02', '2024-01-03', null],
    misfits: [{ row: 3, text: '2024-01-04' }],
  },
  {
    name: 'timestamps take dates',
    declared: 'timestamp',
    timezone: 'Europe/Berlin',
    cells: ['2024-01-02', '2024-01-02T10:00:00Z', 'soon'],
    type: 'timestamp',
    values: ['2024-01-01T23:00:00', '2024-01-02T10:00:00', null],
    misfits: [{ row: 3, text: 'soon' }],
  },
  {
    name: 'timestamps by patterns',
    declared: 'timestamp',
    timezone: 'Europe/Berlin',
    dateFormats: ['%d/%m/%Y %H:%M'],
    cells: ['02/07/2024 10:00'],
    type: 'timestamp',
    values: ['2024-07-02T08:00:00'],
  },
  {
    name: 'timestamps by patterns with an offset',
    declared: 'timestamp',
    timezone: 'Europe/Berlin',
    dateFormats: ['%d/%m/%Y %H:%M %z'],
    cells: ['02/07/2024 10:00 +0300'],
    type: 'timestamp',
    values: ['2024-07-02T07:00:00'],
  },
  {
    name: 'more misfits than are shown',
    declared: 'integer',
    cells: ['a', 'b', 'c', 'd'],
    type: 'integer',
    values: [null, null, null, null],
    misfits: [
      { row: 1, text: 'a' },
      { row: 2, text: 'b' },
      { row: 3, text: 'c' },
    ],
  },
];

describe('typing of CSV cells', () => {
  const engine = testEngine();
  const folder = testFolder();

  // Lines of two kinds are what DuckDB does not take: such a file is read by our own reader, and typed by stages.
  for (const [path, lineBreak] of [
    ['in one pass', '\n'],
    ['by stages', '\r\n'],
  ]) {
    for (const example of [...INFERRED, ...DECLARED]) {
      it(`${path}: ${example.declared ? 'declared' : 'undeclared'}: ${example.name}`, async () => {
        const lines = example.cells.map((cell, index) => `${index},${cell}\n`);
        const file = await folder.write('x.csv', `k,v${lineBreak}${lines.join('')}`);
        const column = {
          header: 'v',
          name: 'v',
          ...(example.declared && { type: example.declared }),
          ...(example.dateFormats && { dateFormats: example.dateFormats }),
        };
        const rules = { timezone: example.timezone ?? 'UTC', nulls: example.nulls ?? [] };
        const [table] = await engine.load([csvTable('t', file, ['k', column], rules)]);
        const rows = await engine.run('select v from t order by __row');
        assert.deepEqual(
          rows.map(({ v }) => v),
          example.values,
        );
        const loaded = table?.columns[1];
        assert.equal(loaded?.type, example.type);
        assert.deepEqual(loaded?.examples, example.misfits ?? []);
        const blanks = example.cells.filter((cell) => cell.trim() === '').length;
        const nulls = example.values.filter((value) => value === null).length;
        if (example.declared) assert.equal(loaded?.misfits, nulls - blanks);
      });
    }
  }

  it('types by every cell, however late the one that differs comes', async () => {
    const count = 20_000;
    const rows = Array.from(
      { length: count },
      (_, index) =>
        `${index},${index === count - 1 ? 'x' : index},${index < count - 1 ? '' : '2024-01-01'},${index === count - 2 ? '1.5' : '7'}\n`,
    );
    const file = await folder.write('late.csv', `k,mixed,sparse,fraction\n${rows.join('')}`);
    const [table] = await engine.load([csvTable('t', file, ['k', 'mixed', 'sparse', 'fraction'])]);
    assert.deepEqual(
      table?.columns.map(({ type }) => type),
      ['integer', 'text', 'date', 'number'],
    );
    assert.equal(table?.rows, count);
    assert.deepEqual(
      await engine.run('select k, mixed, sparse, fraction, __row from t order by __row desc limit 1'),
      [{ k: 19_999, mixed: 'x', sparse: '2024-01-01', fraction: 7, __row: 20_000 }],
    );
  });

  it('gives the types and values of a second, simple implementation', async () => {
    // Columns of cells that are mostly of one kind, so that every type is often found, and often just missed.
    const digits = fc.string({ unit: fc.constantFrom(...'0129.-+eE:T Zab"\n,'), maxLength: 12 });
    const day = fc.date({ min: new Date('0001-01-01'), max: new Date('9999-12-31'), noInvalidDate: true });
    const kinds = [
      fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n }).map(String),
      fc.integer().map(String),
      fc.double({ noNaN: true, noDefaultInfinity: true }).map(String),
      fc.constantFrom('true', 'false', 'TRUE', ' true'),
      day.map((date) => date.toISOString().slice(0, 10)),
      fc
        .tuple(day, fc.constantFrom('', 'Z', ' UTC', '+05:30', '-0330', ' +14'))
        .map(([date, offset]) => date.toISOString().slice(0, 19) + offset),
      fc.constantFrom(
        '0',
        '007',
        '1.',
        '.5',
        '+1',
        '-0',
        '1e2',
        '.',
        '-',
        'e5',
        '2023-02-29',
        '2024-01-01 24:00',
      ),
      digits,
    ];
    const column = fc
      .constantFrom(...kinds)
      .chain((kind) =>
        fc.array(
          fc.oneof(
            { weight: 12, arbitrary: kind },
            { weight: 2, arbitrary: fc.constantFrom('', ' ') },
            { weight: 1, arbitrary: digits },
          ),
          { minLength: 3, maxLength: 3 },
        ),
      );
    const columns = fc.array(column, { minLength: 1, maxLength: 6 });
    await fc.assert(
      fc.asyncProperty(columns, fc.constantFrom('\n', '\r\n'), async (columns, lineBreak) => {
        const quote = (text: string): string =>
          /[",\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
        const lines = [0, 1, 2].map((row) =>
          ['k', ...columns.map((cells) => quote(cells[row] ?? ''))].join(','),
        );
        const names = columns.map((_, index) => `c${index}`);
        const file = await folder.write('p.csv', `k,${names.join(',')}${lineBreak}${lines.join('\n')}\n`);
        const [table] = await engine.load([csvTable('t', file, names)]);
        const rows = await engine.run('select * from t order by __row');
        for (const [index, cells] of columns.entries()) {
          const expected = typeSimply(cells);
          assert.equal(table?.columns[index]?.type, expected.type, JSON.stringify(cells));
          assert.deepEqual(
            rows.map((row) => row[`c${index}`]),
            expected.values,
            JSON.stringify(cells),
          );
        }
      }),
      { numRuns: 40 },
    );
  });
});

/** The rules of the format, said again without SQL: for timestamps with JavaScript's own reader of ISO text. */
function typeSimply(cells: readonly string[]): { type: ColumnType; values: Value[] } {
  const filled = cells.filter((cell) => cell.trim() !== '');
  const readers: readonly [ColumnType, (text: string) => Value | undefined][] = [
    ['integer', readInteger],
    ['number', readNumber],
    ['boolean', (text) => (text === 'true' ? true : text === 'false' ? false : undefined)],
    ['date', readDate],
    ['timestamp', readTimestamp],
  ];
  for (const [type, read] of readers) {
    if (filled.length === 0 || filled.some((cell) => read(cell.trim()) === undefined)) continue;
    return { type, values: cells.map((cell) => (cell.trim() === '' ? null : (read(cell.trim()) ?? null))) };
  }
  return { type: 'text', values: cells.map((cell) => (cell.trim() === '' ? null : cell)) };
}

function readInteger(text: string): Value | undefined {
  if (!/^[+-]?(0|[1-9]\d*)$/.test(text)) return undefined;
  const value = BigInt(text.replace('+', ''));
  if (BigInt.asIntN(64, value) !== value) return undefined;
  return Number.isSafeInteger(Number(value)) ? Number(value) : value;
}

function readNumber(text: string): Value | undefined {
  // A whole number is a double here like the others, also beyond 53 bits.
  if (/^[+-]?\d+$/.test(text)) return readInteger(text) === undefined ? undefined : Number(text) + 0;
  if (!/^[+-]?(0|[1-9]\d*)?(\.\d*)?(e[+-]?\d+)?$/i.test(text) || !/^[+-]?\.?\d/.test(text)) return undefined;
  return Number.isFinite(Number(text)) ? Number(text) + 0 : undefined;
}

function readDate(text: string): Value | undefined {
  if (!/^\d{4}-\d\d-\d\d$/.test(text)) return undefined;
  const date = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text) ? text : undefined;
}

function readTimestamp(text: string): Value | undefined {
  const match = /^(\d{4}-\d\d-\d\d)[ T](\d\d:\d\d)(:\d\d)?(?: ?(Z|UTC|[+-]\d\d(?::?\d\d)?))?$/.exec(text);
  if (!match || readDate(match[1] ?? '') === undefined) return undefined;
  const offset = (match[4] ?? 'Z')
    .replace('UTC', 'Z')
    .replace(/^(.\d\d):?(\d\d)$/, '$1:$2')
    .replace(/^(.\d\d)$/, '$1:00');
  const date = new Date(`${match[1]}T${match[2]}${match[3] ?? ':00'}${offset}`);
  return Number.isNaN(date.getTime()) ? undefined : date.toISOString().slice(0, 19);
}
