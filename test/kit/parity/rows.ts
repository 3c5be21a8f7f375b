import fc from 'fast-check';
import type { ColumnType } from '../../../server/src/core/base/value-type.ts';
import { duckdb } from '../../../server/src/core/plan/dialects/duckdb.ts';
import type { JsValue } from '../interpret.ts';

/** The columns over which everything of the language is called: two of each type, and two small whole numbers. */
export const PARITY_COLUMNS = {
  p: 'boolean',
  q: 'boolean',
  i: 'integer',
  j: 'integer',
  k: 'integer',
  m: 'integer',
  x: 'number',
  y: 'number',
  s: 'text',
  t: 'text',
  d: 'date',
  e: 'date',
  a: 'timestamp',
  b: 'timestamp',
} as const satisfies Record<string, ColumnType>;

export type ParityColumn = keyof typeof PARITY_COLUMNS;
export type ParityRow = Readonly<Record<ParityColumn, JsValue>>;

const LEAST = -(2n ** 63n);
const MOST = 2n ** 63n - 1n;

const integers = fc.oneof(
  fc.constantFrom(0n, 1n, -1n, 2n, 7n, 9007199254740993n, 2147483648n, LEAST, LEAST + 1n, MOST),
  fc.bigInt({ min: -1000n, max: 1000n }),
  fc.bigInt({ min: LEAST, max: MOST }),
);
const small = fc.bigInt({ min: -6n, max: 6n });
const numbers = fc.oneof(
  fc.constantFrom(0, 1, -1, 0.5, 2.5, -2.5, 0.1, 1.005, 1e15 + 0.5, 1e300, -1e300, 5e-324, Number.MAX_VALUE),
  fc.double({ min: -1000, max: 1000, noNaN: true }),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
);
const WORDS = [
  '',
  ' ',
  'a',
  'A',
  'ab',
  'a-b-c',
  ' a ',
  "it's",
  'é',
  'e\u0301',
  'straße',
  'İstanbul',
  'Ω',
  '👩‍👩‍👧 ok',
  '日本語',
  '\u00a0a\u00a0',
  '\ta\n',
  'a\nb',
  '100%',
  'a_b',
  '\\',
  'NULL',
  'nan',
  '1',
  '-12',
  ' 7 ',
  '2.5',
  '1e3',
  '0x1F',
  '9223372036854775808',
  'true',
  'T',
  'yes',
  '2024-02-29',
  '2023-02-29',
  '2025-3-1',
  '2025-05-17 10:30',
  '2025-05-17T10:30:00Z',
  '2015-02-24 11:35:52 -0800',
  '2025-10-26 01:30:00',
];
const texts = fc.oneof(
  fc.constantFrom(...WORDS),
  fc.string({ unit: 'grapheme', maxLength: 8 }).map(withoutZero),
);
const day = fc
  .integer({ min: -25_567, max: 47_481 })
  .map((days) => new Date(days * 86_400_000).toISOString().slice(0, 10));
const dates = fc.oneof(
  fc.constantFrom(
    '2024-02-29',
    '2025-02-28',
    '2025-01-31',
    '2024-12-30',
    '2026-01-01',
    '2000-02-29',
    '1900-02-28',
  ),
  fc.constantFrom('1600-01-01', '9999-12-31'),
  day,
);
/** Around the changes of the clocks of London and Havana, and anywhere since 1970. */
const instants = fc.oneof(
  fc.constantFrom(
    '2025-03-30T00:59:59.999Z',
    '2025-03-30T01:00:00.000Z',
    '2025-10-26T00:30:00.000Z',
    '2025-10-26T01:30:00.000Z',
    '2025-11-02T04:30:00.000Z',
    '2025-11-02T05:30:00.000Z',
    '2024-02-29T23:59:59.500Z',
    '2024-12-31T23:30:00.000Z',
  ),
  fc.integer({ min: 0, max: 4_102_444_800 }).map((seconds) => new Date(seconds * 1000).toISOString()),
);

/** One in eight is null, so that a pair has one often and both sometimes. */
function orNull<T>(values: fc.Arbitrary<T>): fc.Arbitrary<T | null> {
  return fc.option(values, { nil: null, freq: 7 });
}

function withoutZero(text: string): string {
  return text.replaceAll('\0', '');
}

/** Two columns of one type: now and then the same value, so that `=` holds. */
function pair<T>(values: fc.Arbitrary<T>): fc.Arbitrary<readonly [T | null, T | null]> {
  return fc.oneof(
    { weight: 4, arbitrary: fc.tuple(orNull(values), orNull(values)) },
    { weight: 1, arbitrary: orNull(values).map((value) => [value, value] as const) },
  );
}

/** A row with values at the edges of their types, and ordinary ones. */
export const parityRow: fc.Arbitrary<ParityRow> = fc
  .tuple(
    pair(fc.boolean()),
    pair(integers),
    pair(small),
    pair(numbers),
    pair(texts),
    pair(dates),
    pair(instants),
  )
  .map(([[p, q], [i, j], [k, m], [x, y], [s, t], [d, e], [a, b]]) => {
    return { p, q, i, j, k, m, x, y, s, t, d, e, a, b };
  });

const ROW: ParityRow = {
  p: true,
  q: false,
  i: 7n,
  j: 2n,
  k: 1n,
  m: 2n,
  x: 2.5,
  y: -0.5,
  s: 'a-b',
  t: 'b',
  d: '2025-11-02',
  e: '2025-11-03',
  a: '2025-11-02T04:30:00.000Z',
  b: '2025-11-02T05:30:00.000Z',
};

/** Rows that are drawn too seldom: Havana has two midnights on 2 November 2025, London two hours from 01:00 on 26 October. */
export const DIRECTED_ROWS: readonly ParityRow[] = [
  ROW,
  { ...ROW, p: false, a: '2025-11-02T04:00:00.000Z' },
  { ...ROW, p: null, a: '2025-11-02T05:00:00.000Z' },
  { ...ROW, d: null, a: '2025-10-26T00:30:00.000Z', b: '2025-10-26T01:30:00.000Z' },
  { ...ROW, i: -9223372036854775808n, j: -1n, x: 0, s: '2015-02-24 11:35:52 -0800' },
  { ...ROW, x: Number.MAX_VALUE, y: Number.MAX_VALUE },
  { ...ROW, x: Number.MAX_VALUE, y: -Number.MAX_VALUE },
  { ...ROW, i: null, j: null, x: null, s: null, d: '9999-12-31', k: 6n },
  { ...ROW, d: '2025-01-31', e: '2025-02-28', a: '2025-03-29T12:00:00.000Z', b: '2025-03-30T11:00:00.000Z' },
];

/** The rows (for none, a relation without rows) with their place in the list as `n`; timestamps as instants without a zone, as our tables hold them, or with one. */
export function relationOf(
  rows: readonly ParityRow[],
  timestamps: 'TIMESTAMP' | 'TIMESTAMPTZ',
  names: readonly ParityColumn[],
): string {
  const cell = (row: ParityRow, name: ParityColumn): string => {
    const [type, value] = [PARITY_COLUMNS[name], row[name]];
    const written = value === null || typeof value === 'boolean' ? value : String(value);
    const sql = `CAST(${duckdb.literal(type, written, { timezone: 'UTC' })} AS ${duckdb.typeName(type)})`;
    return type === 'timestamp' && timestamps === 'TIMESTAMPTZ' ? `timezone('UTC', ${sql})` : sql;
  };
  const shown = rows.length === 0 ? [ROW] : rows;
  const values = shown.map((row, n) => `(${[n, ...names.map((name) => cell(row, name))].join(', ')})`);
  const relation = `(VALUES ${values.join(', ')}) AS r(${['n', ...names].join(', ')})`;
  return rows.length === 0 ? `${relation} WHERE FALSE` : relation;
}
