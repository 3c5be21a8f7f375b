import assert from 'node:assert/strict';
import type { Metric, MetricReference } from '../../../server/src/core/model/project.ts';
import { readText } from '../../kit/metrics-file.ts';
import { present } from '../../kit/present.ts';
import type {
  ConversionSpec,
  CountSpec,
  CsatSpec,
  DistinctSpec,
  FormulaSpec,
  PercentileSpec,
  RatioSpec,
} from '../../kit/read-kinds.ts';

function metricOf(text: string, name = 'm'): Metric {
  return present(readText(text).metrics.get(name), name);
}

function inlineOf(reference: MetricReference | undefined): Metric {
  assert.equal(reference?.kind, 'inline');
  return present(reference?.kind === 'inline' ? reference.metric : undefined);
}

const texts = (words: readonly { readonly text: string }[] | undefined): string[] | undefined =>
  words?.map((word) => word.text);

describe('readMetric', () => {
  it('reads every common field', () => {
    const metric = metricOf(`metrics:
  m:
    type: count
    label: Active accounts
    description: >
      Accounts with a paid plan,
      at the close.
    why: Tells whether we grow.
    owner: cx
    tags: [north_star, board]
    source: subscriptions
    where: [not is_test, mrr > 0]
    time: account.signed_up_on
    when: active
    grain: week
    window: 28 days
    at: last
    at_per: [account_id, plan]
    per: account.region
    once_per: account
    total_over: reason
    segments: [company_size, { segment: industry, via: account }]
    unit: hours
    decimals: 2
    better: lower
    version: 3
    changes:
      - { version: 3, date: 2025-06-01, note: excludes trials }
      - { date: 2025-01-01 }
    status: deprecated
    deprecated: { since: 2025-05-01, use: other, remove_after: 2026-01-01 }
    value: account_id
`);
    assert.equal(metric.type, 'count');
    assert.equal(metric.label, 'Active accounts');
    assert.equal(metric.description, 'Accounts with a paid plan, at the close.');
    assert.equal(metric.why, 'Tells whether we grow.');
    assert.equal(metric.owner, 'cx');
    assert.deepEqual(metric.tags, ['north_star', 'board']);
    assert.equal(metric.source?.text, 'subscriptions');
    assert.deepEqual(texts(metric.where), ['not is_test', 'mrr > 0']);
    assert.equal(metric.time?.text, 'account.signed_up_on');
    assert.equal(metric.when?.text, 'active');
    assert.equal(metric.grain?.text, 'week');
    assert.equal(metric.window?.text, '28 days');
    assert.equal(metric.at?.text, 'last');
    assert.deepEqual(texts(metric.atPer?.items), ['account_id', 'plan']);
    assert.equal(metric.per?.text, 'account.region');
    assert.equal(metric.oncePer?.text, 'account');
    assert.deepEqual(texts(metric.totalOver?.items), ['reason']);
    assert.deepEqual(
      metric.segments.map(({ segment, via }) => [segment.text, via?.text]),
      [
        ['company_size', undefined],
        ['industry', 'account'],
      ],
    );
    assert.equal(metric.unit?.text, 'hours');
    assert.equal(metric.decimals, 2);
    assert.equal(metric.better, 'lower');
    assert.equal(metric.version, 3);
    assert.deepEqual(metric.changes, [{ version: 3, date: '2025-06-01', note: 'excludes trials' }]);
    assert.equal(metric.status, 'deprecated');
    assert.equal(metric.deprecated?.since, '2025-05-01');
    assert.equal(metric.deprecated?.use?.text, 'other');
    assert.equal((metric.spec as CountSpec).value?.text, 'account_id');
    assert.equal(metric.parent, undefined);
  });

  it('has the defaults of the format where nothing is set', () => {
    const metric = metricOf('metrics:\n  m: { type: count }\n');
    assert.equal(metric.version, 1);
    assert.equal(metric.status, 'active');
    assert.deepEqual(metric.changes, []);
    assert.equal(metric.decimals, undefined);
    assert.equal(metric.better, undefined);
    assert.equal(metric.grain, undefined);
  });

  it('reads the fields of a type: numbers, lists and expressions', () => {
    const csat = metricOf('metrics:\n  m: { type: csat, value: score, scale: [1, 7], satisfied: [6, 7] }\n')
      .spec as CsatSpec;
    assert.equal(csat.value?.role, 'value');
    assert.deepEqual(
      csat.scale?.items.map((word) => word.value),
      [1, 7],
    );
    assert.deepEqual(
      csat.satisfied?.items.map((word) => word.value),
      [6, 7],
    );
    const p = metricOf('metrics:\n  m: { type: percentile, value: x, p: 0.9 }\n').spec as PercentileSpec;
    assert.equal(p.p?.value, 0.9);
    const distinct = (value: string) =>
      (metricOf(`metrics:\n  m: { type: count_distinct, value: ${value} }\n`).spec as DistinctSpec).value;
    assert.deepEqual(texts(distinct('account_id')?.items), ['account_id']);
    assert.deepEqual(texts(distinct('[account_id, plan]')?.items), ['account_id', 'plan']);
  });

  it('reads the steps of a conversion', () => {
    const { steps, within } = metricOf(`metrics:
  m:
    type: conversion
    entity: user_id
    within: 14 days
    steps:
      - { name: visited, source: visits, where: not bot }
      - { name: bought, source: orders, where: [paid, amount > 0], time: paid_at, entity: buyer_id }
      -
`).spec as ConversionSpec;
    assert.equal(within?.text, '14 days');
    assert.deepEqual(
      steps.map((step) => [
        step.name?.text,
        step.source?.text,
        texts(step.where),
        step.time?.text,
        step.entity?.text,
      ]),
      [
        ['visited', 'visits', ['not bot'], undefined, undefined],
        ['bought', 'orders', ['paid', 'amount > 0'], 'paid_at', 'buyer_id'],
      ],
    );
  });

  it('reads an unknown or missing type as none, and keeps its node', () => {
    const { metrics } = readText('metrics:\n  a: { type: conut, source: s }\n  b: { source: s }\n  c:\n');
    assert.equal(metrics.get('a')?.type, undefined);
    assert.equal(metrics.get('a')?.typeNode?.text, 'conut');
    assert.equal(metrics.get('a')?.source?.text, 's');
    assert.equal(metrics.get('b')?.typeNode, undefined);
    assert.equal(metrics.get('c')?.node, undefined);
  });

  it('reads an expression from the text of its scalar, in every style', () => {
    const where = (yaml: string) =>
      present(metricOf(`metrics:\n  m:\n    type: count\n    where: ${yaml}\n`).where[0]);
    assert.equal(where('"x = \'a\\tb\'"').text, "x = 'a\tb'");
    assert.equal(where("'x = ''y'''").text, "x = 'y'");
    assert.equal(where('>-\n      a\n      and b').text, 'a and b');
    assert.equal(where('null').text, 'null');
    assert.equal(where('00004').text, '00004');
  });
});

describe('inline metrics', () => {
  it('are metrics with a parent, called by their path', () => {
    const metric = metricOf(`metrics:
  m:
    type: ratio
    source: tickets
    numerator: { type: count, where: is_open }
    denominator: accounts_active
`);
    const { numerator, denominator } = metric.spec as RatioSpec;
    const inline = inlineOf(numerator);
    assert.equal(inline.name, 'm.numerator');
    assert.equal(inline.nameNode.text, 'numerator');
    assert.equal(inline.parent, metric);
    assert.equal(inline.type, 'count');
    assert.deepEqual(texts(inline.where), ['is_open']);
    assert.equal(inline.source, undefined);
    assert.equal(denominator?.kind === 'name' && denominator.word.text, 'accounts_active');
  });

  it('may be a filtered reuse', () => {
    const metric = metricOf(`metrics:
  m:
    type: ratio
    numerator: { metric: booking_value, where: is_instant }
    denominator: booking_value
`);
    const inline = inlineOf((metric.spec as RatioSpec).numerator);
    assert.equal(inline.type, undefined);
    assert.equal(inline.reuse?.text, 'booking_value');
    assert.deepEqual(texts(inline.where), ['is_instant']);
  });

  it('with a type are no reuse, and a metric of the file is none either', () => {
    const { metrics } = readText(`metrics:
  m: { type: ratio, numerator: { type: count, metric: other } }
  top: { metric: other, where: x }
`);
    assert.equal(inlineOf((present(metrics.get('m')).spec as RatioSpec).numerator).reuse, undefined);
    assert.equal(metrics.get('top')?.reuse, undefined);
  });

  it('nest, and are the parts of a formula', () => {
    const metric = metricOf(`metrics:
  m:
    type: formula
    formula: lux / whole
    parts:
      lux: { metric: listings, where: is_lux }
      whole: { type: ratio, numerator: { type: count }, denominator: visits }
      plain: listings
      typing:
`);
    const { parts, formula } = metric.spec as FormulaSpec;
    assert.equal(formula?.text, 'lux / whole');
    assert.deepEqual([...parts.keys()], ['lux', 'whole', 'plain']);
    assert.equal(inlineOf(parts.get('lux')).name, 'm.lux');
    const nested = inlineOf((inlineOf(parts.get('whole')).spec as RatioSpec).numerator);
    assert.equal(nested.name, 'm.whole.numerator');
    assert.equal(nested.parent?.parent, metric);
  });

  it('do not stand among the metrics of the project', () => {
    const { metrics } = readText(
      'metrics:\n  m: { type: ratio, numerator: { type: count }, denominator: x }\n',
    );
    assert.deepEqual([...metrics.keys()], ['m']);
  });
});

describe('benchmarks and examples', () => {
  const { benchmarks, examples } = metricOf(`metrics:
  m:
    type: nps
    benchmarks:
      - { value: 41, citation: "SaaS NPS report 2025", as_of: 2025-01-01 }
      - { value: 42.5% }
    examples:
      - given:
          survey: [{ score: 10, id: 00004, note: "" }, { score: 9, id: , note: null }, half]
          empty: []
        expect: 33.33
      - period: 2025-05
        segment: company_size.enterprise
        expect: 48.1
      - { period: 2025, expect: null }
      - { period: 2025, expect: }
      - { period: 2025 }
      - words
`);

  it('reads benchmarks with their citation', () => {
    assert.deepEqual(
      benchmarks.map(({ value, citation, asOf }) => [value?.value, citation, asOf]),
      [
        [41, 'SaaS NPS report 2025', '2025-01-01'],
        [0.425, undefined, undefined],
      ],
    );
  });

  it('reads the cells of given rows as written', () => {
    const given = present(examples[0]?.given);
    const rows = (source: string) =>
      given
        .get(source)
        ?.rows.map(({ cells }) => [...cells].map(([column, cell]) => [column, cell.text, cell.node.value]));
    assert.deepEqual(rows('survey'), [
      [
        ['score', '10', 10],
        ['id', '00004', 4],
        ['note', '', ''],
      ],
      [
        ['score', '9', 9],
        ['id', '', null],
        ['note', 'null', null],
      ],
    ]);
    assert.deepEqual(rows('empty'), []);
    assert.equal(given.get('survey')?.source.text, 'survey');
  });

  it('reads what is expected: a number, no data, or nothing yet', () => {
    const expected = (index: number) => examples[index]?.expect;
    assert.equal(expected(0)?.value, 33.33);
    assert.equal(expected(0)?.decimals, 2);
    assert.equal(expected(1)?.decimals, 1);
    assert.equal(expected(2), null);
    assert.equal(expected(3), undefined);
    assert.equal(expected(4), undefined);
    assert.equal(examples.length, 5);
  });

  it('reads the period and group of an example against the data', () => {
    assert.equal(examples[1]?.period?.text, '2025-05');
    assert.equal(examples[1]?.segment?.group, 'enterprise');
    assert.equal(examples[1]?.given, undefined);
  });
});
