import { type Case, checkCases, journey, metric, segment, source, target } from './bad-file.ts';

const NAME =
  'a name of lower-case letters, digits and underscores that begins with a letter, such as `monthly_revenue`';
const PERIOD = 'a period such as `2025`, `2025-Q4`, `2025-05`, `2025-W05`, `2025-05-31` or `all`';
const TYPES =
  '`count`, `count_distinct`, `sum`, `average`, `median`, `min`, `max`, `stddev`, `percentile`, `share`, `ratio`, `formula`, `nps`, `csat`, `ces`, `movement`, `retention`, `churn`, `cohort_retention`, `tenure`, `conversion` or `lifetime_value`';

const wrongValues: readonly Case[] = [
  ['plumbline: ⟦one⟧\n', 'wrong-value', '`plumbline` must be a whole number, not `one`.'],
  ['⟦- a⟧\n', 'wrong-value', 'The file must be a map of keys and values, not a list.'],
  [
    'plumbline: 1\ndefaults: { grain: ⟦monthly⟧ }\n',
    'wrong-value',
    '`grain` must be one of `day`, `week`, `month`, `quarter`, `year` or `all`, not `monthly`. Did you mean "month"?',
  ],
  [
    source('{ data: ⟦[a.csv]⟧ }'),
    'wrong-value',
    '`data` must be the path of a file, or a map such as `{ file: data/orders.csv, delimiter: ";" }`, not a list.',
  ],
  [
    source('{ data: a, as_of: ⟦30/06/2025⟧ }'),
    'wrong-value',
    '`as_of` must be a date such as `2025-06-30`, not `30/06/2025`.',
  ],
  [
    source('{ data: a, as_of: ⟦2025-02-30⟧ }'),
    'wrong-value',
    '`as_of` must be a day of the calendar, and there is no `2025-02-30`.',
  ],
  [
    source('{ data: a, coverage: ⟦full⟧ }'),
    'wrong-value',
    '`coverage` must be one of `sample` or `census`, not `full`.',
  ],
  [
    source('{ data: a, lifespan: { start: a, end: b, end_inclusive: ⟦yes⟧ } }'),
    'wrong-value',
    '`end_inclusive` must be `true` or `false`, not `yes`.',
  ],
  [
    source('{ data: a, columns: { b: { type: ⟦string⟧ } } }'),
    'wrong-value',
    '`type` must be one of `boolean`, `integer`, `number`, `text`, `date` or `timestamp`, not `string`.',
  ],
  [
    source('{ data: a, columns: { b: ⟦text⟧ } }'),
    'wrong-value',
    '`b` must be a map of keys and values, not `text`.',
  ],
  [
    source('{ data: a, links: { b: { to: c, using: ⟦[d]⟧ } } }'),
    'wrong-value',
    '`using` must be the name of a column, or a map of columns such as `{ mine: theirs }`, not a list.',
  ],
  [
    source('{ data: a, timezone: ⟦+02:00⟧ }'),
    'wrong-value',
    '`timezone` must be a time zone such as `Europe/London` or `UTC`, not `+02:00`.',
  ],
  [segment('{ source: a, groups: ⟦{}⟧ }'), 'wrong-value', '`groups` is empty. It needs at least one entry.'],
  [metric('⟦count⟧'), 'wrong-value', 'The metric `m` must be a map of keys and values, not `count`.'],
  [
    metric('{ type: ⟦cuont⟧, scale: 5 }'),
    'wrong-value',
    `\`type\` must be one of ${TYPES}, not \`cuont\`. Did you mean "count"?`,
  ],
  [metric('{ type: ⟦5⟧ }'), 'wrong-value', `\`type\` must be one of ${TYPES}, not \`5\`.`],
  [
    metric('{ type: nps, value: ⟦""⟧ }'),
    'wrong-value',
    '`value` is empty. Write an expression, such as `amount / 100`.',
  ],
  [
    metric('{ type: nps, value: ⟦{ a: b }⟧ }'),
    'wrong-value',
    '`value` must be an expression, such as `amount / 100`, not a map.',
  ],
  [
    metric('{ type: percentile, value: a, p: ⟦90⟧ }'),
    'wrong-value',
    '`p` must be a number, 1 or less, not `90`.',
  ],
  [
    metric('{ type: percentile, value: a, p: ⟦-1⟧ }'),
    'wrong-value',
    '`p` must be a number, 0 or more, not `-1`.',
  ],
  [
    metric('{ type: csat, value: a, scale: ⟦[1, 2, 5]⟧ }'),
    'wrong-value',
    '`scale` must be two whole numbers, the lowest and the highest score, such as `[1, 5]`.',
  ],
  [
    metric('{ type: csat, value: a, scale: ⟦5⟧ }'),
    'wrong-value',
    '`scale` must be two whole numbers, the lowest and the highest score, such as `[1, 5]`, not `5`.',
  ],
  [
    metric('{ type: csat, value: a, satisfied: ⟦[]⟧ }'),
    'wrong-value',
    '`satisfied` is empty. It needs at least one item.',
  ],
  [
    metric('{ type: csat, value: a, scale: [1, ⟦five⟧] }'),
    'wrong-value',
    'Item 2 of `scale` must be a whole number, not `five`.',
  ],
  [
    metric('{ type: movement, entity: a, of: ⟦churned⟧ }'),
    'wrong-value',
    '`of` must be one of `opening`, `new`, `returned`, `retained`, `lost`, `closing`, `acquired`, `expanded` or `contracted`, not `churned`.',
  ],
  [
    metric('{ type: count, window: ⟦year_to_dat⟧ }'),
    'wrong-value',
    '`window` must be a length of time such as `28 days`, or `month_to_date`, `quarter_to_date`, `year_to_date` or `all_time`, not `year_to_dat`. Did you mean "year_to_date"?',
  ],
  [
    metric('{ type: count, window: ⟦28d⟧ }'),
    'wrong-value',
    '`window` must be a length of time such as `28 days`, or `month_to_date`, `quarter_to_date`, `year_to_date` or `all_time`, not `28d`.',
  ],
  [
    metric('{ type: count, version: ⟦0⟧ }'),
    'wrong-value',
    '`version` must be a whole number from 1, not `0`.',
  ],
  [
    metric('{ type: count, version: ⟦2.0⟧ }'),
    'wrong-value',
    '`version` must be a whole number in plain digits, not `2.0`.',
  ],
  [
    metric('{ type: count, tags: ⟦board⟧ }'),
    'wrong-value',
    '`tags` must be a list of words, such as `[board, renewal]`, not `board`.',
  ],
  [metric('{ type: count, owner: ⟦42⟧ }'), 'wrong-value', '`owner` must be text, not `42`.'],
  [metric('{ type: count, source: ⟦Orders⟧ }'), 'wrong-value', `\`source\` must be ${NAME}, not \`Orders\`.`],
  [
    metric('{ type: count, segments: [a, ⟦b.c⟧] }'),
    'wrong-value',
    'Item 2 of `segments` must be the name of a segment, or a map such as `{ segment: company_size, via: account }`, not `b.c`.',
  ],
  [
    metric('{ type: ratio, numerator: ⟦[a]⟧, denominator: b }'),
    'wrong-value',
    '`numerator` must be the name of a metric, or an inline metric such as `{ type: count, source: tickets }`, not a list.',
  ],
  [
    metric('{ type: ratio, numerator: a, denominator: { type: ⟦cout⟧ } }'),
    'wrong-value',
    `\`type\` must be one of ${TYPES}, not \`cout\`. Did you mean "count"?`,
  ],
  [
    metric('{ type: conversion, entity: a, within: 2 weeks, steps: ⟦[{ name: a }]⟧ }'),
    'wrong-value',
    '`steps` needs 2 items or more.',
  ],
  [
    metric('{ type: cohort_retention, entity: a, after: ⟦3⟧ }'),
    'wrong-value',
    '`after` must be a length of time such as `28 days` or `3 months`, not `3`.',
  ],
  [
    metric('{ type: nps, value: a, examples: [{ expect: ⟦forty⟧ }] }'),
    'wrong-value',
    '`expect` must be a number such as `33.33`, a percentage such as `42%`, or `null` for no data, not `forty`.',
  ],
  [
    target('{ metric: a, at_least: ⟦fifty⟧, due: 2025 }'),
    'wrong-value',
    '`at_least` must be a number such as `50`, or a percentage such as `42%`, not `fifty`.',
  ],
  [
    target('{ metric: a, at_least: ⟦0x1F⟧, due: 2025 }'),
    'wrong-value',
    '`at_least` must be a number in plain digits, not `0x1F`.',
  ],
  [
    target('{ metric: a, between: ⟦[40]⟧, due: 2025 }'),
    'wrong-value',
    '`between` must be two numbers, the lower one first, such as `[40, 60]`.',
  ],
  [
    target('{ metric: a, at_least: 5, due: ⟦2025-13⟧ }'),
    'wrong-value',
    `\`due\` must be ${PERIOD}, not \`2025-13\`.`,
  ],
  [target('{ metric: a, at_least: 5, due: ⟦25⟧ }'), 'wrong-value', `\`due\` must be ${PERIOD}, not \`25\`.`],
  // 2025 begins on a Wednesday and is no leap year, so it has 52 weeks.
  [
    target('{ metric: a, at_least: 5, due: ⟦2025-W53⟧ }'),
    'wrong-value',
    '`due` must be a week of the calendar, and there is no `2025-W53`.',
  ],
  [
    target('{ metric: a, at_least: 5, each: ⟦quater⟧ }'),
    'wrong-value',
    '`each` must be one of `day`, `week`, `month`, `quarter` or `year`, not `quater`. Did you mean "quarter"?',
  ],
  [
    target('{ metric: a, at_least: 5, due: 2025, tolerance: ⟦-2⟧ }'),
    'wrong-value',
    '`tolerance` must be a number of 0 or more such as `2`, or a percentage such as `2%`, not `-2`.',
  ],
  [journey('{ stages: { a: { metrics: ⟦nps⟧ } } }'), 'wrong-value', '`metrics` must be a list, not `nps`.'],
];

describe('a mistake in a metrics file has one problem, at its place', () => {
  describe('wrong values', () => checkCases(wrongValues));
});
