import fc from 'fast-check';
import type { ColumnType } from '../../server/src/core/base/value-type.ts';
import type { JsValue } from './interpret.ts';

/** The columns of the random rows: two of each type. */
export const RANDOM_COLUMNS = {
  p: 'boolean',
  q: 'boolean',
  i: 'integer',
  j: 'integer',
  x: 'number',
  y: 'number',
  s: 'text',
  t: 'text',
  d: 'date',
  e: 'date',
  a: 'timestamp',
  b: 'timestamp',
} as const satisfies Record<string, ColumnType>;

type ColumnName = keyof typeof RANDOM_COLUMNS;
export type RandomRow = Readonly<Record<ColumnName, JsValue>>;

const INTEGERS = [
  0n,
  1n,
  -1n,
  2n,
  7n,
  -13n,
  100n,
  9007199254740993n,
  9223372036854775807n,
  -9223372036854775808n,
];
const NUMBERS = [0, 1, -1, 0.5, 2.5, -2.5, 0.1, 1e16, 123456.789, 1e-7];
const TEXTS = [
  '',
  'a',
  'A',
  'ab',
  'a-b',
  ' a ',
  "it's",
  '12',
  '-3',
  '2.5',
  'true',
  '2025-02-28',
  'é_%',
  '100%',
];
const DATES = [
  '2024-02-29',
  '2025-01-31',
  '2025-02-28',
  '2025-03-30',
  '2025-10-26',
  '2025-12-31',
  '2026-01-01',
];
const INSTANTS = [
  '2025-01-31T23:59:59.000Z',
  '2025-03-30T00:30:00.000Z',
  '2025-03-30T01:30:00.000Z',
  '2025-10-26T00:30:00.000Z',
  '2025-10-26T01:30:00.000Z',
  '2025-06-30T23:30:00.000Z',
  '2024-02-29T12:00:00.000Z',
];

const VALUES: Readonly<Record<ColumnType, readonly JsValue[]>> = {
  boolean: [true, false],
  integer: INTEGERS,
  number: NUMBERS,
  text: TEXTS,
  date: DATES,
  timestamp: INSTANTS,
};

/** A row of nulls and of values at the edges of their types. */
export const randomRow: fc.Arbitrary<RandomRow> = fc.record(
  Object.fromEntries(
    Object.entries(RANDOM_COLUMNS).map(([name, type]) => [name, fc.constantFrom(null, ...VALUES[type])]),
  ) as Record<ColumnName, fc.Arbitrary<JsValue>>,
);

type Texts = fc.Arbitrary<string>;
type OfType = Readonly<Record<ColumnType, Texts>>;

/** Joins arbitrary texts and fixed ones: `` say`(${left} + ${right})` ``. */
function say(fixed: TemplateStringsArray, ...parts: readonly Texts[]): Texts {
  return fc.tuple(...parts).map((texts) => fixed.map((text, index) => text + (texts[index] ?? '')).join(''));
}

function columns(type: ColumnType): string[] {
  return Object.entries(RANDOM_COLUMNS).flatMap(([name, of]) => (of === type ? [name] : []));
}

const leaves: OfType = {
  boolean: fc.constantFrom('true', 'false', ...columns('boolean')),
  integer: fc.constantFrom('0', '1', '2', '10', '-3', '9223372036854775807', ...columns('integer')),
  number: fc.constantFrom('0.5', '2.5', '-1e3', '0.1', ...columns('number')),
  text: fc.constantFrom("''", "'a'", "'a-b'", "'It''s'", ...columns('text')),
  date: fc.constantFrom("date '2025-01-31'", "date '2024-02-29'", ...columns('date')),
  timestamp: fc.constantFrom(
    "timestamp '2025-03-30 01:30'",
    "timestamp '2025-10-26 00:30Z'",
    ...columns('timestamp'),
  ),
};

const comparison = fc.constantFrom('=', '<>', '<', '<=', '>', '>=');
const anyUnit = fc.constantFrom('second', 'minute', 'hour', 'day', 'week', 'month', 'quarter', 'year');
const dayUnit = fc.constantFrom('day', 'week', 'month', 'quarter', 'year');
const clockUnit = fc.constantFrom('second', 'minute', 'hour');
const partUnit = fc.constantFrom(
  'dow',
  'doy',
  'week',
  'day',
  'month',
  'quarter',
  'year',
  'hour',
  'minute',
  'second',
);
const small = fc.constantFrom('0', '1', '-1', '5', '-14', '30');
const pattern = fc.constantFrom('%a%', '_%', 'a_b', '%_%_', '100%', '_a%', '%');
const not = fc.constantFrom('', 'not ');

function deeper(of: OfType): OfType {
  const { boolean: p, integer: i, number: x, text: s, date: d, timestamp: a } = of;
  const each = (make: (one: Texts) => Texts): Texts => fc.oneof(...[i, x, s, d, a].map(make));
  const number = fc.oneof(i, x);
  const time = fc.oneof(d, a);
  const choice = (one: Texts): Texts[] => [
    say`case when ${p} then ${one} else ${one} end`,
    say`case ${i} when ${i} then ${one} when ${i} then ${one} end`,
    say`coalesce(${one}, ${one})`,
    say`nullif(${one}, ${one})`,
  ];
  const ranked = (one: Texts): Texts[] => [
    ...choice(one),
    say`least(${one}, ${one})`,
    say`greatest(${one}, ${one}, ${one})`,
  ];
  return {
    boolean: fc.oneof(
      say`(${p} and ${p})`,
      say`(${p} or ${p} or ${p})`,
      say`not (${p})`,
      each((one) => say`(${one} ${comparison} ${one})`),
      each((one) => say`(${one} ${not}between ${one} and ${one})`),
      each((one) => say`(${one} ${not}in (${one}, ${one}))`),
      each((one) => say`(${one} is ${not}null)`),
      say`(${number} ${comparison} ${number})`,
      say`(${time} ${comparison} ${time})`,
      say`(${s} ${not}like '${pattern}')`,
      say`contains(${s}, ${s})`,
      say`starts_with(${s}, ${s})`,
      say`ends_with(${s}, ${s})`,
      say`regexp_matches(${s}, '^[a-z]+')`,
      say`cast(${fc.oneof(i, x, s)} as boolean)`,
      ...choice(p),
    ),
    integer: fc.oneof(
      say`(${i} + ${i})`,
      say`(${i} - ${i})`,
      say`(${i} * ${i})`,
      say`(${i} % ${i})`,
      say`(- ${i})`,
      say`abs(${i})`,
      say`length(${s})`,
      say`cast(${fc.oneof(x, s, p)} as integer)`,
      say`date_part('${partUnit}', ${time})`,
      say`date_diff('${anyUnit}', ${time}, ${time})`,
      say`month(${time})`,
      ...ranked(i),
    ),
    number: fc.oneof(
      say`(${number} / ${number})`,
      say`(${x} + ${number})`,
      say`(${number} - ${x})`,
      say`(- ${x})`,
      say`abs(${x})`,
      say`round(${x})`,
      say`round(${x}, 1)`,
      say`floor(${x})`,
      say`ceil(${x})`,
      say`sqrt(${number})`,
      say`cast(${fc.oneof(i, s)} as number)`,
      ...ranked(x),
    ),
    text: fc.oneof(
      say`(${s} || ${s})`,
      say`concat(${s}, ${s})`,
      say`lower(${s})`,
      say`upper(${s})`,
      say`trim(${s})`,
      say`substring(${s}, ${small}, ${small.filter((n) => !n.startsWith('-'))})`,
      say`substring(${s}, ${i}, ${fc.constantFrom('i', 'j', '(1 - 3)')})`,
      say`substring(${s}, ${i})`,
      say`replace(${s}, 'a', 'xyz')`,
      say`split_part(${s}, '-', ${fc.constantFrom('1', '2', 'i', '(j + 1)')})`,
      say`cast(${fc.oneof(i, p, d, a)} as text)`,
      ...ranked(s),
    ),
    date: fc.oneof(
      say`date_trunc('${anyUnit}', ${d})`,
      say`date_add('${dayUnit}', ${small}, ${d})`,
      say`cast(${fc.oneof(a, s)} as date)`,
      ...ranked(d),
    ),
    timestamp: fc.oneof(
      say`date_trunc('${anyUnit}', ${a})`,
      say`date_add('${anyUnit}', ${small}, ${a})`,
      say`date_add('${clockUnit}', ${small}, ${d})`,
      say`cast(${fc.oneof(d, s)} as timestamp)`,
      say`coalesce(${d}, ${a})`,
      ...ranked(a),
    ),
  };
}

/** The text of an expression of any type over `RANDOM_COLUMNS`, up to three levels deep. */
export const randomExpression: Texts = (() => {
  const either = (one: OfType, two: OfType): OfType =>
    Object.fromEntries(
      Object.entries(one).map(([type, texts]) => [type, fc.oneof(texts, two[type as ColumnType])]),
    ) as unknown as OfType;
  const two = either(leaves, deeper(leaves));
  const three = deeper(two);
  return fc.oneof(...Object.values(three), ...Object.values(deeper(three)));
})();
