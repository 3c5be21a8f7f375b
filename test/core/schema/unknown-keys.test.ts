import { type Case, checkCases, journey, metric, segment, source, target } from './bad-file.ts';

const unknownKeys: readonly Case[] = [
  [
    'plumbline: 1\n⟦metric⟧:\n  m: { type: count }\n',
    'unknown-key',
    'The file has no key `metric`. Did you mean "metrics"?',
  ],
  [
    'plumbline: 1\n⟦dashboards⟧: {}\n',
    'unknown-key',
    'The file has no key `dashboards`. Its keys are `plumbline`, `defaults`, `sources`, `segments`, `metrics`, `targets` and `journeys`.',
  ],
  [
    'plumbline: 1\ndefaults: { ⟦team⟧: cx }\n',
    'unknown-key',
    '`defaults` has no key `team`. Its keys are `owner`, `source`, `grain` and `tags`.',
  ],
  [
    source('{ data: a.csv, ⟦lifspan⟧: { start: a, end: b } }'),
    'unknown-key',
    'The source `s` has no key `lifspan`. Did you mean "lifespan"?',
  ],
  [
    source('{ data: { file: a.csv, ⟦delimeter⟧: ";" } }'),
    'unknown-key',
    '`data` has no key `delimeter`. Did you mean "delimiter"?',
  ],
  [
    source('{ data: a.csv, columns: { plan: { ⟦requried⟧: true } } }'),
    'unknown-key',
    '`plan` has no key `requried`. Did you mean "required"?',
  ],
  [
    source('{ data: a.csv, columns: { Plan A: { ⟦value⟧: mrr } } }'),
    'unknown-key',
    'A column with `value` is computed, so it needs a name such as `arr`: lower-case letters, digits and underscores.',
  ],
  [
    source('{ data: a.csv, links: { a: { to: b, using: c, ⟦kind⟧: one } } }'),
    'unknown-key',
    '`a` has no key `kind`. Its keys are `to`, `using` and `description`.',
  ],
  [
    segment('{ source: a, by: b, persona: { ⟦nmae⟧: Priya } }'),
    'unknown-key',
    '`persona` has no key `nmae`. Did you mean "name"?',
  ],
  [
    metric('{ type: nps, value: score, description: How likely, ⟦0 to 10⟧ }'),
    'unknown-key',
    'The metric `m` has no key `0 to 10`. YAML ends the text of `description` at the comma before it, because it stands inside braces. If it is one text, put it in quotes.',
  ],
  [
    metric('{ type: nps, value: score, ⟦onwer⟧: cx }'),
    'unknown-key',
    'The metric `m` has no key `onwer`. Did you mean "owner"?',
  ],
  [
    metric('{ type: count, ⟦scale⟧: [1, 5] }'),
    'unknown-key',
    '`scale` belongs to csat and ces; a metric of type `count` does not use it.',
  ],
  [
    metric('{ type: sum, value: a, ⟦p⟧: 0.9 }'),
    'unknown-key',
    '`p` belongs to percentile; a metric of type `sum` does not use it.',
  ],
  [
    metric('{ type: nps, value: a, ⟦per⟧: customer_id }'),
    'unknown-key',
    '`per` belongs to average, median, min, max, stddev, percentile and share; a metric of type `nps` does not use it.',
  ],
  [
    metric('{ type: cohort_retention, entity: a, after: 1 month, ⟦window⟧: 28 days }'),
    'unknown-key',
    '`window` means nothing for a metric of type `cohort_retention`. Remove it.',
  ],
  [
    metric(
      '{ type: conversion, entity: a, within: 1 day, steps: [{ name: a }, { name: b }], ⟦window⟧: 28 days }',
    ),
    'unknown-key',
    '`window` means nothing for a metric of type `conversion`. Remove it.',
  ],
  [
    metric('{ type: nps, value: a, ⟦promoters⟧: [9, 10] }'),
    'unknown-key',
    'The metric `m` has no key `promoters`. Besides the keys of every metric, type `nps` takes `value`, `at`, `at_per` and `once_per`.',
  ],
  // The word was meant to be `value`, so that `value` is missing is not said as well.
  [
    metric('{ type: nps, ⟦valeu⟧: score }'),
    'unknown-key',
    'The metric `m` has no key `valeu`. Did you mean "value"?',
  ],
  [
    metric('{ type: ratio, numerator: { type: count, ⟦wher⟧: a }, denominator: b }'),
    'unknown-key',
    '`numerator` has no key `wher`. Did you mean "when" or "where"?',
  ],
  [
    metric('{ type: ratio, numerator: { metric: a, ⟦window⟧: 1 day }, denominator: b }'),
    'unknown-key',
    '`numerator` has no key `window`. Its keys are `metric` and `where`.',
  ],
  [
    metric('{ type: nps, value: a, examples: [{ expect: 1, ⟦peroid⟧: 2025 }] }'),
    'unknown-key',
    'Item 1 of `examples` has no key `peroid`. Did you mean "period"?',
  ],
  [
    target('{ metric: a, ⟦atleast⟧: 5, at_most: 6, due: 2025 }'),
    'unknown-key',
    'The target `t` has no key `atleast`.',
  ],
  [
    journey('{ stages: { a: { ⟦metric⟧: [b] } } }'),
    'unknown-key',
    '`a` has no key `metric`. Did you mean "metrics"?',
  ],
];

describe('a mistake in a metrics file has one problem, at its place', () => {
  describe('unknown keys', () => checkCases(unknownKeys));
});
