import { type Case, checkCases, metric, source, target } from './bad-file.ts';

const missingKeys: readonly Case[] = [
  [
    '⟦metrics⟧: { m: { type: count } }\n',
    'missing-key',
    'A metrics file begins with `plumbline: 1`, the version of the format.',
  ],
  [
    'plumbline: 1\nsources:\n  ⟦s⟧: { time: a }\n',
    'missing-key',
    'The source `s` needs `data` (a file) or `union` (a stack of other sources).',
  ],
  [
    source('{ ⟦data⟧: { sheet: a } }'),
    'missing-key',
    '`data` needs `file`. The path or glob of the file, relative to this file, such as `data/orders-*.csv`.',
  ],
  [
    source('{ data: a, ⟦lifespan⟧: { start: b } }'),
    'missing-key',
    '`lifespan` needs `end`. The column with the moment at which the spell ends.',
  ],
  [source('{ data: a, ⟦one_per⟧: { key: b } }'), 'missing-key', '`one_per` needs `keep` and `by`.'],
  [
    source('{ data: a, columns: { ⟦b⟧: { of: c } } }'),
    'missing-key',
    '`b` needs `value`. Makes this a computed column: an expression over the row such as `mrr * 12`, or, together with `of`, an aggregate such as `sum(amount)` over the rows that link here.',
  ],
  [
    source('{ data: a, links: { ⟦b⟧: { to: c } } }'),
    'missing-key',
    "`b` needs `using`. The column of this source that holds the other's `key`, or a map of pairs `{ mine: theirs }` that must all match.",
  ],
  [
    'plumbline: 1\nsegments:\n  ⟦size⟧: { source: a }\n',
    'missing-key',
    'The segment `size` needs one of `groups`, `by` and `where`.',
  ],
  [
    'plumbline: 1\nsegments:\n  ⟦size⟧: { by: a }\n',
    'missing-key',
    'The segment `size` needs `source`. The source whose rows are put into groups.',
  ],
  [
    'plumbline: 1\nsegments:\n  ⟦size⟧: { label: Size }\n',
    'missing-key',
    'The segment `size` needs `source` and one of `groups`, `by` and `where`.',
  ],
  [
    'plumbline: 1\nmetrics:\n  ⟦orders⟧: { source: orders, scale: 5 }\n',
    'missing-key',
    'The metric `orders` needs `type`. What the metric computes, such as `count`, `share`, `ratio`, `nps` or `retention`.',
  ],
  [
    'plumbline: 1\nmetrics:\n  ⟦a⟧: { type: ratio }\n',
    'missing-key',
    'The metric `a` needs `numerator` and `denominator`.',
  ],
  [
    'plumbline: 1\nmetrics:\n  ⟦a⟧: { type: percentile, value: b }\n',
    'missing-key',
    'The metric `a` needs `p`. Which percentile, from 0 to 1: `0.9` is the value that nine in ten stay below.',
  ],
  [
    'plumbline: 1\nmetrics:\n  ⟦a⟧: { type: movement, entity: b, of: contracted }\n',
    'missing-key',
    'The metric `a` needs `value`. What to add up per entity instead of counting entities, such as `mrr`.',
  ],
  [
    'plumbline: 1\nmetrics:\n  ⟦a⟧: { type: retention, entity: b, value: mrr }\n',
    'missing-key',
    'The metric `a` needs `expansion`. How growth of a customer counts in revenue terms: `include` gives net revenue retention, which may exceed 1; `exclude` caps each customer at its opening value (gross).',
  ],
  [
    'plumbline: 1\nmetrics:\n  ⟦a⟧: { type: tenure }\n',
    'missing-key',
    'The metric `a` needs `entity`, or `duration` and `ended`.',
  ],
  [
    'plumbline: 1\nmetrics:\n  ⟦a⟧: { type: tenure, duration: b }\n',
    'missing-key',
    "The metric `a` needs `ended`. For a snapshot: whether the row has ended, such as `churned = 'Yes'`.",
  ],
  [
    'plumbline: 1\nmetrics:\n  ⟦a⟧: { type: tenure, entity: b, report: survival }\n',
    'missing-key',
    'The metric `a` needs `at`. For `report: survival`: the age at which survival is read, such as `12 months`.',
  ],
  [
    metric('{ type: ratio, ⟦numerator⟧: { where: a }, denominator: b }'),
    'missing-key',
    '`numerator` needs `type`, or `metric` to use another metric over fewer rows.',
  ],
  [
    metric('{ type: conversion, entity: a, within: 1 day, steps: [{ name: a }, { ⟦source⟧: b }] }'),
    'missing-key',
    'Item 2 of `steps` needs `name`. What the step is called, such as `signed_up` or `First invoice`.',
  ],
  [
    metric('{ type: nps, value: a, benchmarks: [{ ⟦value⟧: 41 }] }'),
    'missing-key',
    'Item 1 of `benchmarks` needs `citation`. Where the value was published, such as `SaaS NPS report 2025`.',
  ],
  [
    'plumbline: 1\ntargets:\n  ⟦goal⟧: { metric: a, due: 2025 }\n',
    'missing-key',
    'The target `goal` needs a goal (`at_least`, `at_most` or `between`).',
  ],
  [
    'plumbline: 1\ntargets:\n  ⟦goal⟧: { metric: a, at_least: 5 }\n',
    'missing-key',
    'The target `goal` needs a time (`due` for one period, `each` for every one).',
  ],
  [
    'plumbline: 1\ntargets:\n  ⟦goal⟧: { at_least: 5, each: month }\n',
    'missing-key',
    'The target `goal` needs `metric`. The metric that the target is set for, by its name.',
  ],
  [
    target('{ metric: a, at_least: 5, due: 2025, ⟦baseline⟧: { value: 3 } }'),
    'missing-key',
    '`baseline` needs `period`. The period of the baseline, before that of the goal, such as `2024-Q4`.',
  ],
  [
    'plumbline: 1\njourneys:\n  ⟦customer⟧: { segment: a }\n',
    'missing-key',
    'The journey `customer` needs `stages`. The stages in order, by name: `onboarding: { metrics: [activation_rate] }`.',
  ],
];

const missingValues: readonly Case[] = [
  [
    'plumbline: 1\n⟦metrics⟧:\n',
    'missing-value',
    '`metrics` has no value yet. Write a map of keys and values.',
  ],
  [
    'plumbline: 1\nmetrics:\n  ⟦orders⟧:\n',
    'missing-value',
    'The metric `orders` has no value yet. Write a map of keys and values.',
  ],
  [
    'plumbline: 1\nmetrics:\n  m:\n    ⟦type⟧:\n',
    'missing-value',
    '`type` has no value yet. Write a word such as `count`.',
  ],
  [
    'plumbline: 1\nmetrics:\n  m:\n    type: count\n    ⟦where⟧:\n',
    'missing-value',
    "`where` has no value yet. Write a condition, such as `plan <> 'free'`, or a list of conditions.",
  ],
  [
    'plumbline: 1\nmetrics:\n  m:\n    type: nps\n    ⟦value⟧: ~\n',
    'missing-value',
    '`value` has no value yet. Write an expression, such as `amount / 100`.',
  ],
  [
    'plumbline: 1\nmetrics:\n  m:\n    type: count\n    ⟦owner⟧:\n',
    'missing-value',
    '`owner` has no value yet.',
  ],
  [
    metric('{ type: count, examples: [{ ⟦expect⟧: }] }'),
    'missing-value',
    '`expect` has no value yet. Write a number such as `33.33`, a percentage such as `42%`, or `null` for no data.',
  ],
  [
    target('{ metric: a, ⟦at_least⟧: , due: 2025 }'),
    'missing-value',
    '`at_least` has no value yet. Write a number such as `50`, or a percentage such as `42%`.',
  ],
];

describe('a mistake in a metrics file has one problem, at its place', () => {
  describe('missing keys', () => checkCases(missingKeys));
  describe('values still to be written', () => checkCases(missingValues));
});
