import type { Callable } from '../../../server/src/core/syntax/expression/engine-differences.ts';

/** How something of the language is called over the random columns; where DuckDB says it in another way, its own text is the second. */
export type Call = string | readonly [ours: string, theirs: string];

const RANKED = ['i, j', 'x, y', 'i, x', 's, t', 'd, e', 'a, b', 'd, a'] as const;
const COMPARED = [
  ['i', 'j'],
  ['x', 'y'],
  ['i', 'x'],
  ['s', 't'],
  ['d', 'e'],
  ['a', 'b'],
  ['d', 'a'],
] as const;

function compared(operator: string): readonly Call[] {
  return COMPARED.map(([left, right]) => `${left} ${operator} ${right}`);
}

const SPANS = ['second', 'minute', 'hour', 'day', 'week', 'month', 'quarter', 'year'];
const DAYS = SPANS.slice(3);

/**
 * Every function and operator with columns of each type that it takes, and with literals where it asks for them. The compiler asks
 * for an entry where the catalogue has a new function.
 */
export const CALLS: Readonly<Record<Callable, readonly Call[]>> = {
  abs: ['abs(i)', 'abs(x)'],
  round: [
    'round(x)',
    'round(i)',
    'round(x, 2)',
    'round(x, -2)',
    'round(i, 2)',
    'round(i, -2)',
    ['round(x, k)', 'round(x, k::INTEGER)'],
  ],
  floor: ['floor(x)', 'floor(i)'],
  ceil: ['ceil(x)', 'ceil(i)'],
  sqrt: ['sqrt(x)', 'sqrt(i)'],
  ln: ['ln(x)', 'ln(i)'],
  exp: ['exp(x)', 'exp(i)'],
  power: ['power(x, y)', 'power(i, j)', 'power(x, k)'],
  least: RANKED.map((args) => `least(${args})`),
  greatest: RANKED.map((args) => `greatest(${args})`),
  coalesce: ['p, q', ...RANKED].map((args) => `coalesce(${args})`),
  nullif: ['p, q', ...RANKED].map((args) => `nullif(${args})`),
  lower: ['lower(s)'],
  upper: ['upper(s)'],
  trim: ['trim(s)'],
  length: ['length(s)'],
  substring: [
    'substring(s, 2)',
    'substring(s, 1, 3)',
    'substring(s, k)',
    'substring(s, k, m)',
    'substring(s, i, j)',
  ],
  replace: ["replace(s, 'a', 'xyz')", "replace(s, ' ', '')"],
  concat: ['concat(s, t)', "concat(s, '-', t)"],
  contains: ['contains(s, t)'],
  starts_with: ['starts_with(s, t)'],
  ends_with: ['ends_with(s, t)'],
  split_part: ["split_part(s, '-', 1)", "split_part(s, '-', k)", "split_part(s, 'a', i)"],
  regexp_matches: [
    "regexp_matches(s, '^[a-z]+$')",
    "regexp_matches(s, '(?i)a.')",
    "regexp_matches(s, '\\d{2}')",
  ],
  date_trunc: SPANS.flatMap((unit) => [`date_trunc('${unit}', d)`, `date_trunc('${unit}', a)`]),
  date_part: [...SPANS, 'dow', 'doy'].flatMap((unit) => [
    `date_part('${unit}', d)`,
    `date_part('${unit}', a)`,
  ]),
  date_diff: SPANS.flatMap((unit) =>
    ['d, e', 'a, b', 'd, a'].flatMap((args): Call[] => [
      `date_diff('${unit}', ${args})`,
      [`date_diff('${unit}', ${args})`, `date_sub('${unit}', ${args})`],
    ]),
  ),
  date_add: [
    ...SPANS.flatMap((unit) =>
      ['k', 'i'].map((n): Call => [`date_add('${unit}', ${n}, a)`, `a + to_${unit}s(${n})`]),
    ),
    ...DAYS.flatMap((unit) =>
      ['k', 'i'].map((n): Call => [`date_add('${unit}', ${n}, d)`, `d + to_${unit}s(${n})`]),
    ),
    ["date_add('hour', k, d)", 'CAST(d AS TIMESTAMPTZ) + to_hours(k)'],
  ],
  year: ['year(d)', 'year(a)'],
  quarter: ['quarter(d)', 'quarter(a)'],
  month: ['month(d)', 'month(a)'],
  day: ['day(d)', 'day(a)'],
  hour: ['hour(d)', 'hour(a)'],
  day_of_week: [
    ['day_of_week(d)', 'isodow(d)'],
    ['day_of_week(a)', 'isodow(a)'],
  ],
  count: ['count()', 'count(s)', 'count(distinct i)', 'count(distinct s)', 'count(distinct d)'],
  count_if: ['count_if(p)', 'count_if(i > j)'],
  sum: ['sum(i)', 'sum(x)'],
  avg: ['avg(i)', 'avg(x)'],
  median: ['median(i)', 'median(x)'],
  min: ['i', 'x', 's', 'd', 'a'].map((column) => `min(${column})`),
  max: ['i', 'x', 's', 'd', 'a'].map((column) => `max(${column})`),
  or: ['p or q', 'p or q or i = j'],
  and: ['p and q', 'p and q and i = j'],
  not: ['not p', 'not (p and q)'],
  '=': [...compared('='), 'p = q'],
  '<>': [...compared('<>'), 'p <> q'],
  '<': compared('<'),
  '<=': compared('<='),
  '>': compared('>'),
  '>=': compared('>='),
  between: [
    'i between k and j',
    'x between y and i',
    's between t and s',
    'd between e and d',
    'a between b and d',
    'i not between k and j',
  ],
  in: ['i in (j, k, 1)', "s in (t, 'a', '')", 'd in (e)', "s not in (t, 'a')", 'x in (y, i)', 'p in (q)'],
  like: ["s like 'a%'", "s like '%_a_%'", "s like '_'", "s like '100%'", "s like ''", "s not like '%a'"],
  'is-null': ['i is null', 's is not null', 'a is null'],
  negate: ['- i', '- x'],
  '+': ['i + j', 'x + y', 'i + x'],
  '-': ['i - j', 'x - y', 'x - i'],
  '*': ['i * j', 'x * y', 'i * x'],
  '/': ['i / j', 'x / y', 'i / x', 'x / i', 'i / 3'],
  '%': ['i % j', 'i % 7', 'i % -1'],
  '||': ['s || t', "s || '-' || t"],
  case: [
    'case when p then i when q then j end',
    'case when p then i else x end',
    'case i when j then s when 1 then t else null end',
    'case when p then d else a end',
  ],
  cast: [
    ...['s', 'x', 'i', 'p'].flatMap((from): Call[] => [
      [`cast(${from} as integer)`, `try_cast(${from} as bigint)`],
      [`cast(${from} as number)`, `try_cast(${from} as double)`],
      [`cast(${from} as boolean)`, `try_cast(${from} as boolean)`],
    ]),
    ...['s', 'd', 'a'].flatMap((from): Call[] => [
      [`cast(${from} as date)`, `try_cast(${from} as date)`],
      [`cast(${from} as timestamp)`, `try_cast(${from} as timestamptz)`],
    ]),
    ...['i', 'x', 'p', 'd', 'a'].map((from): Call => [`cast(${from} as text)`, `cast(${from} as varchar)`]),
  ],
};
