import assert from 'node:assert/strict';
import { analyse } from '../../../server/src/core/analyse.ts';
import type { Checked } from '../../../server/src/core/check/checked.ts';
import { kinds } from '../../../server/src/core/kinds/index.ts';
import { projectOf } from '../../kit/project.ts';
import { fixtureOf } from './fixture.ts';

async function checkedOf(text: string, more: Record<string, string> = {}): Promise<Checked> {
  const { 'pass.metrics.yaml': _, ...common } = fixtureOf('unknown-column', 'pass');
  return analyse(await projectOf({ ...common, ...more, 'a.metrics.yaml': text }), kinds).checked;
}

/** The types of a source's columns, by name. */
function typesOf(checked: Checked, source: string): Record<string, string> {
  const columns = checked.columns.get(source)?.columns ?? new Map();
  return Object.fromEntries([...columns].map(([name, { type, origin }]) => [name, `${origin} ${type}`]));
}

describe('check: the columns of sources', () => {
  it('are the headers of the file, with declared types and names', async () => {
    const checked = await checkedOf(`plumbline: 1
sources:
  answers:
    data: data/survey.csv
    columns:
      points: { header: score, type: integer }
      rating: { type: number }
`);
    assert.deepEqual(typesOf(checked, 'answers'), {
      response_id: 'file unknown',
      answered_on: 'file unknown',
      account_id: 'file unknown',
      rating: 'file number',
      effort: 'file unknown',
      comment: 'file unknown',
      points: 'file integer',
    });
    assert.equal(checked.columns.get('answers')?.columns.get('points')?.header, 'score');
  });

  it('have the types of the expressions that compute them, in whatever order they are written', async () => {
    const checked = await checkedOf(`plumbline: 1
sources:
  lines:
    data: data/orders.csv
    columns:
      big: { value: total > 100 }
      total: { value: price * quantity }
      price: { value: product.price }
      quantity: { type: integer }
      amount: { type: number }
      label: { value: "case when big then 'big' end" }
      named: { type: number, value: quantity }
    links: { product: { to: products, using: product_id } }
`);
    const { big, total, price, label, named } = typesOf(checked, 'lines');
    assert.deepEqual(
      { big, total, price, label, named },
      {
        big: 'computed boolean',
        total: 'computed number',
        price: 'computed number',
        label: 'computed text',
        named: 'computed number',
      },
    );
  });

  it('of facts have the types of their aggregates', async () => {
    const checked = await checkedOf(`plumbline: 1
sources:
  buyers:
    data: data/accounts.csv
    key: account_id
    columns:
      purchases: { of: buys, value: count() }
      spend: { of: buys, value: sum(amount) }
      last: { of: buys, value: max(ordered_on) }
  buys:
    data: data/orders.csv
    columns: { amount: { type: number }, ordered_on: { type: date } }
    links: { buyer: { to: buyers, using: account_id } }
`);
    const { purchases, spend, last } = typesOf(checked, 'buyers');
    assert.deepEqual([purchases, spend, last], ['facts integer', 'facts number', 'facts date']);
  });

  it('of a union are those of its members, and the name of the member', async () => {
    const checked = await checkedOf(`plumbline: 1
sources:
  feedback:
    union:
      tickets: { at: opened_at, text: subject }
      survey: { at: answered_on, text: "'none'", score: score }
`);
    assert.deepEqual(typesOf(checked, 'feedback'), {
      source_name: 'file text',
      at: 'file timestamp',
      text: 'file text',
      score: 'file integer',
    });
  });

  it('are open where the data is missing', async () => {
    const checked = await checkedOf('plumbline: 1\nsources:\n  gone: { data: data/gone.csv }\n');
    assert.equal(checked.columns.get('gone')?.complete, false);
    assert.equal(checked.columns.get('orders')?.complete, true);
  });
});

describe('check: links', () => {
  const text = `plumbline: 1
sources:
  a: { data: data/orders.csv, key: order_id, links: { b: { to: b, using: order_id }, c: { to: c, using: order_id } } }
  b: { data: data/orders.csv, key: order_id, links: { d: { to: d, using: order_id }, back: { to: a, using: order_id } } }
  c: { data: data/orders.csv, key: order_id, links: { d: { to: d, using: order_id }, lost: { to: e, using: order_id } } }
  d: { data: data/orders.csv, key: order_id }
`;

  it('are followed in order', async () => {
    const checked = await checkedOf(text);
    assert.equal(checked.follow('a', []), 'a');
    assert.equal(checked.follow('a', ['b', 'd']), 'd');
    assert.equal(checked.follow('a', ['b', 'back', 'c']), 'c');
    assert.equal(checked.follow('a', ['d']), undefined);
    assert.equal(checked.follow('c', ['lost']), undefined);
  });

  it('give every path that visits no source twice', async () => {
    const checked = await checkedOf(text);
    assert.deepEqual(checked.paths('a', 'd'), [
      ['b', 'd'],
      ['c', 'd'],
    ]);
    assert.deepEqual(checked.paths('b', 'd'), [['d'], ['back', 'c', 'd']]);
    assert.deepEqual(checked.paths('a', 'a'), [[]]);
    assert.deepEqual(checked.paths('d', 'a'), []);
  });
});

describe('check: resolution', () => {
  it('reads a word as a path, a raw header or a computed column', async () => {
    const checked = await checkedOf('plumbline: 1\nsources:\n  s: { data: data/raw.csv }\n', {
      'data/raw.csv': 'Order total (EUR),a.b\n1,2\n',
    });
    const name = (links: string[], column: string, type: string) => ({
      kind: 'name',
      type,
      ref: { at: 'row', links, column },
    });
    assert.deepEqual(checked.resolvePath('Order total (EUR)', 's'), name([], 'Order total (EUR)', 'unknown'));
    assert.deepEqual(checked.resolvePath('a.b', 's'), name([], 'a.b', 'unknown'));
    assert.deepEqual(
      checked.resolvePath('account.region.name', 'orders'),
      name(['account', 'region'], 'name', 'unknown'),
    );
    assert.deepEqual(checked.resolvePath('arr', 'accounts'), name([], 'arr', 'number'));
    assert.equal(checked.resolvePath('account.nothing', 'orders'), undefined);
  });

  it('keeps what it resolved, and has nothing for an expression with an error', async () => {
    const checked = await checkedOf(`plumbline: 1
metrics:
  good: { type: count, source: orders, where: [amount > 1, amount] }
`);
    const [first, second] = checked.project.metrics.get('good')?.where ?? [];
    assert.ok(first !== undefined && second !== undefined);
    const scalar = checked.resolve(first, 'orders');
    assert.equal(scalar?.type, 'boolean');
    assert.equal(checked.resolve(first, 'orders'), scalar);
    assert.equal(checked.resolve(second, 'orders'), undefined);
  });
});

describe('check: what keeps a metric from being evaluated', () => {
  const blockers = async (
    text: string,
    more: Record<string, string> = {},
  ): Promise<Record<string, string>> => {
    const checked = await checkedOf(text, more);
    const found = [...checked.project.metrics.values()].flatMap((metric) => {
      const problem = checked.blocking(metric);
      return problem === undefined ? [] : [[metric.name, problem.code]];
    });
    return Object.fromEntries(found);
  };

  it('is an error in the metric, in a part of it, or in a source it uses', async () => {
    const text = `plumbline: 1
sources:
  visits:
    data: data/orders.csv
    time: ordered_on
    columns:
      amount: { type: number }
      ordered_on: { type: date }
      bad: { value: amuont * 2 }
      worse: { value: bad + 1 }
    links:
      account: { to: accounts, using: account_id }
      lost: { to: nowhere, using: account_id }
metrics:
  fine: { type: sum, source: visits, value: amount, where: account.industry = 'x' }
  own: { type: sum, source: visits, value: amuont }
  column: { type: sum, source: visits, value: worse }
  link: { type: count, source: visits, where: lost.name = 'x' }
  part: { type: ratio, numerator: fine, denominator: own }
  inline: { type: ratio, numerator: { type: sum, source: visits, value: bad }, denominator: fine }
  again: { type: ratio, numerator: part, denominator: fine }
`;
    assert.deepEqual(await blockers(text), {
      own: 'unknown-column',
      column: 'unknown-column',
      link: 'unknown-name',
      part: 'unknown-column',
      inline: 'unknown-column',
      again: 'unknown-column',
    });
  });

  it('is not an error beside the value: in segments, examples or labels', async () => {
    const text = `plumbline: 1
metrics:
  fine:
    type: count
    source: orders
    segments: [nothing]
    label: { wrong: shape }
    examples: [{ period: 2025-13, segment: nothing.at_all, expect: 1 }]
targets:
  wrong: { metric: fine, at_least: 5, due: 2025-13 }
`;
    assert.deepEqual(await blockers(text), {});
  });

  it('is the unknown source of the defaults of a file', async () => {
    const text = `plumbline: 1
defaults: { source: ordrs }
metrics:
  a: { type: count }
  b: { type: count, source: orders }
`;
    assert.deepEqual(await blockers(text), { a: 'unknown-name' });
  });

  it('is data that is missing, and broken YAML', async () => {
    const text = `plumbline: 1
sources:
  gone: { data: data/gone.csv, time: at }
metrics:
  a: { type: count, source: gone }
  b: { type: count, source: orders, where: "amount > 1 }
  c: { type: count, source: orders }
`;
    assert.deepEqual(await blockers(text), { a: 'data-missing', b: 'yaml-syntax' });
  });

  it('is an error that broken YAML in a part beside it explains, so that nothing is computed as if it were not there', async () => {
    const sourceOf = (lines: string): string => `plumbline: 1
sources:
  visits:
${lines}
    columns:
      amount: { type: number }
      ordered_on: { type: date }
      kind: { type: text, values: [a,& b] }
metrics:
  m: { type: sum, source: visits, value: amount }
`;
    assert.deepEqual(await blockers(sourceOf('    data: data/orders.csv\n    time: ordered_on')), {});
    assert.deepEqual(await blockers(sourceOf('    dta: data/orders.csv\n    time: ordered_on')), {
      m: 'unknown-key',
    });
    assert.deepEqual(await blockers(sourceOf('    data: data/orders.csv\n    coverag: census')), {
      m: 'unknown-key',
    });
  });

  it('is broken YAML in the columns of a source where a column is used that may have been lost there', async () => {
    const text = `plumbline: 1
sources:
  visits:
    data: data/orders.csv
    time: ordered_on
    columns:
      kind: { type: text, values: [a,& b] }
      is_large { value: amount > 100 }
metrics:
  fine: { type: sum, source: visits, value: amount }
  lost: { type: count, source: visits, where: is_large }
`;
    assert.deepEqual(await blockers(text), { lost: 'yaml-syntax' });
  });

  it('stays when an error is silenced, unless it was a judgement', async () => {
    const text = `plumbline: 1
metrics:
  judged: { type: sum, source: tickets, value: account.mrr }
  broken: { type: sum, source: tickets, value: amuont }
`;
    assert.deepEqual(await blockers(text), { judged: 'value-behind-link', broken: 'unknown-column' });
    const settings = { 'plumbline.yaml': 'rules: { value-behind-link: off, unknown-column: off }\n' };
    assert.deepEqual(await blockers(text, settings), { broken: 'unknown-column' });
  });

  it('is no warning that a project made an error', async () => {
    const text = `plumbline: 1
metrics:
  fine: { type: count, source: orders, where: amount = null }
`;
    const settings = { 'plumbline.yaml': 'rules: { null-comparison: error, metric-needs-owner: error }\n' };
    assert.deepEqual(await blockers(text, settings), {});
  });

  it('is the unknown version of a file that a metric or its source stands in', async () => {
    const text = `plumbline: 1
metrics:
  other: { type: count, source: later }
  fine: { type: count, source: orders }
`;
    const later =
      'plumbline: 2\nsources:\n  later: { data: data/orders.csv }\nmetrics:\n  new: { type: count, source: orders }\n';
    assert.deepEqual(await blockers(text, { 'b.metrics.yaml': later }), {
      other: 'unknown-version',
      new: 'unknown-version',
    });
  });

  it('reaches every metric of a cycle', async () => {
    const text = `plumbline: 1
metrics:
  a: { type: ratio, numerator: b, denominator: base }
  b: { type: ratio, numerator: a, denominator: base }
  base: { type: count, source: orders }
  outside: { type: ratio, numerator: base, denominator: base }
`;
    assert.deepEqual(await blockers(text), { a: 'reference-cycle', b: 'reference-cycle' });
  });
});
