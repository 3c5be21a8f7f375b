import type {
  AggregateInfo,
  AggregateName,
  CallName,
  FunctionInfo,
  FunctionName,
  Parameter,
  ParameterType,
  ResultRule,
} from './functions.ts';

const X = 'x:number';
const AT = 'x:time';

/** The functions of one row. `name:type` declares a parameter, `?` behind it an optional and `…` a repeated one. */
export const FUNCTIONS: Readonly<Record<FunctionName, FunctionInfo>> = {
  abs: fn('abs', [X], 'as-argument', 'The number without its sign.', 'abs(-2.5)', 2.5),
  round: fn(
    'round',
    [X, 'digits:integer?'],
    'as-argument',
    'The nearest number with so many decimals (0 unless given); halves go away from zero.',
    'round(2.345, 1)',
    2.3,
  ),
  floor: fn('floor', [X], 'as-argument', 'The greatest whole number that is not above x.', 'floor(-2.5)', -3),
  ceil: fn('ceil', [X], 'as-argument', 'The least whole number that is not below x.', 'ceil(-2.5)', -2),
  sqrt: fn('sqrt', [X], 'number', 'The square root; null below 0.', 'sqrt(2.25)', 1.5),
  ln: fn('ln', [X], 'number', 'The natural logarithm; null for 0 and below.', 'ln(1)', 0),
  exp: fn('exp', [X], 'number', 'e to the power x; null beyond the range of numbers.', 'exp(0)', 1),
  power: fn(
    'power',
    [X, 'y:number'],
    'number',
    'x to the power y; null where undefined.',
    'power(2, 10)',
    1024,
  ),
  least: fn(
    'least',
    ['x:ordered…'],
    'as-argument',
    'The least of the values that are not null.',
    'least(3, null, 2)',
    2,
  ),
  greatest: fn(
    'greatest',
    ['x:ordered…'],
    'as-argument',
    'The greatest of the values that are not null.',
    'greatest(3, null, 2)',
    3,
  ),
  coalesce: fn(
    'coalesce',
    ['x:alike…'],
    'as-argument',
    'The first of the values that is not null.',
    "coalesce(null, 'b')",
    'b',
  ),
  nullif: fn(
    'nullif',
    ['x:alike', 'y:alike'],
    'as-argument',
    'Null where x equals y, else x.',
    "nullif('N/A', 'N/A')",
    null,
  ),
  lower: fn('lower', ['x:text'], 'text', 'The text in lower case.', "lower('Pro PLAN')", 'pro plan'),
  upper: fn('upper', ['x:text'], 'text', 'The text in upper case.', "upper('Pro')", 'PRO'),
  trim: fn(
    'trim',
    ['x:text'],
    'text',
    'The text without blanks, tabs and line breaks at its ends.',
    "trim('  pro ')",
    'pro',
  ),
  length: fn(
    'length',
    ['x:text'],
    'integer',
    'The number of characters (Unicode code points).',
    "length('café')",
    4,
  ),
  substring: fn(
    'substring',
    ['x:text', 'start:integer', 'length:integer?'],
    'text',
    'So many characters from the given one on, counted from 1; to the end without a length.',
    "substring('GB-1042', 1, 2)",
    'GB',
  ),
  replace: fn(
    'replace',
    ['x:text', 'from:quoted', 'to:quoted'],
    'text',
    'The text with every occurrence replaced; null where the result could exceed 100,000 characters.',
    "replace('1,234', ',', '')",
    '1234',
  ),
  concat: fn(
    'concat',
    ['x:text…'],
    'text',
    'The texts one after another; null counts as empty.',
    "concat('a', null, 'b')",
    'ab',
  ),
  contains: fn(
    'contains',
    ['x:text', 'part:text'],
    'boolean',
    'Whether the text holds the part, case included.',
    "contains('refund please', 'refund')",
    true,
  ),
  starts_with: fn(
    'starts_with',
    ['x:text', 'part:text'],
    'boolean',
    'Whether the text begins with the part.',
    "starts_with('GB-1042', 'GB')",
    true,
  ),
  ends_with: fn(
    'ends_with',
    ['x:text', 'part:text'],
    'boolean',
    'Whether the text ends with the part.',
    "ends_with('a@b.org', '.com')",
    false,
  ),
  split_part: fn(
    'split_part',
    ['x:text', 'separator:quoted', 'index:integer'],
    'text',
    'The part with that number, counted from 1; empty behind the last part, null below 1.',
    "split_part('ana@acme.com', '@', 2)",
    'acme.com',
  ),
  regexp_matches: fn(
    'regexp_matches',
    ['x:text', 'pattern:pattern'],
    'boolean',
    'Whether the pattern occurs in the text (RE2 syntax; ^ and $ are the ends of the text).',
    "regexp_matches('order 1042', '[0-9]{4}')",
    true,
  ),
  date_trunc: fn(
    'date_trunc',
    ['unit:unit', AT],
    'as-argument',
    'The start of the second … year in which x lies; weeks begin on Monday.',
    "date_trunc('month', date '2025-05-17')",
    '2025-05-01',
  ),
  date_part: fn(
    'date_part',
    ['unit:unit', AT],
    'integer',
    'One part of the date or clock time; week is the ISO week, dow is 1 for Monday, doy the day of the year.',
    "date_part('doy', date '2025-02-01')",
    32,
  ),
  date_diff: fn(
    'date_diff',
    ['unit:unit', 'from:time', 'to:time'],
    'integer',
    'Whole units elapsed from one time to another, negative backwards; a month has passed when its day of the month is reached.',
    "date_diff('month', date '2025-01-31', date '2025-03-30')",
    1,
  ),
  date_add: fn(
    'date_add',
    ['unit:unit', 'n:integer', AT],
    'as-argument',
    'The time n units later, or earlier for negative n; a day that the month lacks becomes its last day.',
    "date_add('month', 1, date '2025-01-31')",
    '2025-02-28',
  ),
  year: fn('year', [AT], 'integer', 'The year.', "year(date '2025-05-17')", 2025),
  quarter: fn('quarter', [AT], 'integer', 'The quarter, 1 to 4.', "quarter(date '2025-05-17')", 2),
  month: fn('month', [AT], 'integer', 'The month, 1 to 12.', "month(date '2025-05-17')", 5),
  day: fn('day', [AT], 'integer', 'The day of the month.', "day(date '2025-05-17')", 17),
  hour: fn(
    'hour',
    [AT],
    'integer',
    'The hour, 0 to 23; 0 for a date.',
    "hour(timestamp '2025-05-17 14:30:00')",
    14,
  ),
  day_of_week: fn(
    'day_of_week',
    [AT],
    'integer',
    'The day of the week, 1 for Monday to 7 for Sunday.',
    "day_of_week(date '2025-05-17')",
    6,
  ),
};

/** The functions over rows. All but `count()` pass over nulls. */
export const AGGREGATES: Readonly<Record<AggregateName, AggregateInfo>> = {
  count: over(
    fn(
      'count',
      ['x:any?'],
      'integer',
      'The number of rows, or of rows where x is not null; distinct counts values once.',
      'count(distinct x)',
      2,
    ),
    [1, 1, 2, null],
  ),
  count_if: over(
    fn('count_if', ['x:boolean'], 'integer', 'The number of rows for which x holds.', 'count_if(x > 1)', 2),
    [1, 2, 3, null],
  ),
  sum: over(fn('sum', [X], 'as-argument', 'The sum; 0 over no rows, null where all are null.', 'sum(x)', 6), [
    1,
    5,
    null,
  ]),
  avg: over(fn('avg', [X], 'number', 'The mean.', 'avg(x)', 3), [1, 5, null]),
  median: over(
    fn('median', [X], 'number', 'The middle value, or the mean of the two middle ones.', 'median(x)', 2.5),
    [1, 2, 3, 100],
  ),
  min: over(fn('min', ['x:ordered'], 'as-argument', 'The least value.', 'min(x)', 1), [5, 1, null]),
  max: over(fn('max', ['x:ordered'], 'as-argument', 'The greatest value.', 'max(x)', 5), [5, 1, null]),
};

function fn(
  name: CallName,
  parameters: readonly string[],
  result: ResultRule,
  summary: string,
  example: string,
  gives: FunctionInfo['gives'],
): FunctionInfo {
  return { name, parameters: parameters.map(parameter), result, summary, example, gives };
}

function over(info: FunctionInfo, rows: AggregateInfo['over']): AggregateInfo {
  return { ...info, over: rows };
}

function parameter(written: string): Parameter {
  const [name = '', type = ''] = written.replace(/[?…]$/, '').split(':');
  const base = { name, type: type as ParameterType };
  if (written.endsWith('?')) return { ...base, optional: true };
  return written.endsWith('…') ? { ...base, repeated: true } : base;
}
