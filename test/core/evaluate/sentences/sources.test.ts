import assert from 'node:assert/strict';
import { compute } from '../../../kit/construct.ts';
import { testEngine } from '../../../kit/engine.ts';

/** Sentences of section 2 of the format, each by numbers that can be counted on the rows. */
describe('a source', () => {
  const engine = testEngine();

  it('ends with the as_of of the project, whatever its own', async () => {
    const orders = 'on\n2025-01-05\n2025-02-28\n2025-03-01\n2025-04-10';
    const definitions = `
sources: { orders: { data: orders.csv, time: on, as_of: 2025-06-30 } }
metrics: { orders: { type: count, source: orders } }`;
    const own = await compute(engine, definitions, { orders });
    assert.deepEqual(own.values('orders'), [1, 1, 1, 1, 0, 0]);
    const project = await compute(engine, definitions, { orders }, 'as_of: 2025-02-28');
    assert.deepEqual(project.periods('orders'), ['2025-01', '2025-02']);
    assert.deepEqual(project.values('orders'), [1, 1]);
    assert.deepEqual(project.partial('orders'), []);
  });

  it('reads a clock time without an offset in its own time zone, and converts one with an offset', async () => {
    const { values } = await compute(
      engine,
      `
sources: { calls: { data: calls.csv, time: at, timezone: America/New_York, as_of: 2025-02-28 } }
metrics: { calls: { type: count, source: calls } }`,
      // 20:00 in New York is 01:00 of the next day in London; 00:30 two hours ahead is 22:30 of the day before.
      {
        calls:
          'at\n2025-01-31 18:00:00\n2025-01-31 20:00:00\n2025-02-01T00:30:00+02:00\n2025-02-01T00:30:00Z',
      },
      'timezone: Europe/London',
    );
    assert.deepEqual(values('calls'), [2, 2]);
  });

  it('has spells that are alive without an end, and with one behind as_of', async () => {
    const { values } = await compute(
      engine,
      `
sources: { plans: { data: plans.csv, lifespan: { start: from, end: to }, as_of: 2025-03-31 } }
metrics:
  active: { type: count, source: plans, when: active }
  ended: { type: count, source: plans, when: ended }`,
      { plans: 'from,to\n2025-01-01,2025-02-10\n2025-01-01,\n2025-01-01,2025-04-15' },
    );
    assert.deepEqual(values('active'), [3, 2, 2]);
    assert.deepEqual(values('ended'), [0, 1, 0]);
  });

  it('takes an inclusive end for the last day alive, as the day behind it without', async () => {
    const settings = (inclusive: boolean): string => `
sources: { plans: { data: plans.csv, lifespan: { start: from, end: to, end_inclusive: ${inclusive} }, as_of: 2025-06-30 } }
metrics:
  active: { type: count, source: plans, when: active }
  during: { type: count, source: plans, when: during }`;
    const inclusive = await compute(engine, settings(true), {
      plans: 'from,to\n2025-04-01,2025-05-31\n2025-04-02,2025-04-02',
    });
    assert.deepEqual(inclusive.values('active'), [1, 1, 0]);
    // The second was alive on 2 April only.
    assert.deepEqual(inclusive.values('during'), [2, 1, 0]);
    const exclusive = await compute(engine, settings(false), {
      plans: 'from,to\n2025-04-01,2025-06-01\n2025-04-02,2025-04-03',
    });
    assert.deepEqual(exclusive.values('active'), inclusive.values('active'));
    assert.deepEqual(exclusive.values('during'), inclusive.values('during'));
  });

  it('leaves out spells that end before they start or when they start', async () => {
    const { values } = await compute(
      engine,
      `
sources: { plans: { data: plans.csv, lifespan: { start: from, end: to }, as_of: 2025-01-31 } }
metrics: { started: { type: count, source: plans, when: started } }`,
      { plans: 'from,to\n2025-01-02,2025-01-01\n2025-01-02,2025-01-02\n2025-01-02,2025-01-03' },
    );
    assert.deepEqual(values('started'), [1]);
  });

  it('is a snapshot without a time and a lifespan, whose metrics have the one period of all', async () => {
    const { periods, values, partial } = await compute(
      engine,
      `
sources: { accounts: { data: accounts.csv } }
metrics: { accounts: { type: count, source: accounts, grain: month } }`,
      { accounts: 'account_id\na\nb' },
    );
    assert.deepEqual(periods('accounts'), ['all']);
    assert.deepEqual(values('accounts'), [2]);
    assert.deepEqual(partial('accounts'), []);
  });

  it('is joined on all pairs of a link, and keeps rows without a match', async () => {
    const { values, groups } = await compute(
      engine,
      `
sources:
  orders:
    data: orders.csv
    links: { shop: { to: shops, using: { country: land, shop: number } } }
  shops: { data: shops.csv, key: [land, number] }
segments: { size: { source: shops, by: size } }
metrics: { orders: { type: count, source: orders, segments: [size] } }`,
      {
        orders: 'country,shop\nGB,1\nGB,1\nFR,1\nFR,2\n,1',
        shops: 'land,number,size\nGB,1,small\nFR,1,large\nGB,2,large',
      },
    );
    assert.deepEqual(groups('orders', 'size').toSorted(), ['(none)', 'large', 'small']);
    assert.deepEqual(values('orders', 'size.small'), [2]);
    assert.deepEqual(values('orders', 'size.large'), [1]);
    assert.deepEqual(values('orders', 'size.(none)'), [2]);
    assert.deepEqual(values('orders'), [5]);
  });

  it('is a target of links with the rows too that are set aside for their time', async () => {
    const { values } = await compute(
      engine,
      `
sources:
  orders: { data: orders.csv, time: on, as_of: 2025-01-31, links: { account: { to: accounts, using: account_id } } }
  accounts: { data: accounts.csv, key: account_id, time: opened_on, as_of: 2025-01-31 }
segments: { size: { source: accounts, by: size } }
metrics:
  orders: { type: count, source: orders, segments: [size] }
  accounts: { type: count, source: accounts }`,
      {
        orders: 'on,account_id\n2025-01-02,a\n2025-01-03,b\n2025-01-04,c',
        accounts: 'account_id,opened_on,size\na,2025-01-01,small\nb,,large\nc,2025-06-01,large',
      },
    );
    assert.deepEqual(values('accounts'), [1]);
    assert.deepEqual(values('orders', 'size.large'), [2]);
  });

  it('may have computed columns for its time, key, links and one_per, through links and each other', async () => {
    const { values, periods } = await compute(
      engine,
      `
sources:
  orders:
    data: orders.csv
    time: paid_on
    key: [shop, id]
    one_per: { key: id, keep: last, by: worth }
    columns:
      shop: { value: "split_part(ref, '-', 1)" }
      id: { value: "split_part(ref, '-', 2)" }
      paid_on: { value: "date_add('day', account.days, ordered_on)" }
      worth: { value: net * account.factor }
      net: { value: gross - 1 }
    links: { account: { to: accounts, using: who } }
  accounts: { data: accounts.csv, key: name, columns: { name: { value: lower(account) } } }
metrics:
  worth: { type: sum, source: orders, value: worth }`,
      {
        // GB-1 and FR-1 have the id 1; the second is worth (4 − 1) · 10, the first (3 − 1) · 2.
        orders: 'ref,who,ordered_on,gross\nGB-1,a,2025-01-20,3\nFR-1,b,2025-01-20,4\nGB-2,a,2025-01-31,6',
        accounts: 'account,days,factor\nA,1,2\nB,20,10',
      },
    );
    // b pays after 20 days, on 9 February; a on 1 February.
    assert.deepEqual(periods('worth'), ['2025-02']);
    assert.deepEqual(values('worth'), [30 + 10]);
  });

  it('tells columns apart by their case, and may name raw and blank headers', async () => {
    const { values } = await compute(
      engine,
      `
sources:
  answers:
    data: answers.csv
    columns:
      row: { header: '' }
      score: { header: 'How likely? (0-10)' }
      'How easy?': { type: number, min: 1 }
metrics:
  upper: { type: count_distinct, source: answers, value: Plan }
  lower: { type: count_distinct, source: answers, value: plan }
  rows: { type: max, source: answers, value: row }
  scores: { type: sum, source: answers, value: score }
  ease: { type: sum, source: answers, value: '"How easy?"' }`,
      { answers: ',Plan,plan,How likely? (0-10),How easy?\n7,a,x,9,2\n8,b,x,10,3' },
    );
    assert.deepEqual(
      ['upper', 'lower', 'rows', 'scores', 'ease'].map((name) => values(name)[0]),
      [2, 1, 8, 19, 5],
    );
  });

  it('aggregates of another the rows up to as_of: counts are 0 and other values null where none link', async () => {
    const { values } = await compute(
      engine,
      `
sources:
  accounts:
    data: accounts.csv
    key: account_id
    columns:
      orders: { of: orders, value: count() }
      spend: { of: orders, value: sum(amount) }
  orders: { data: orders.csv, time: on, as_of: 2025-01-31, links: { account: { to: accounts, using: account_id } } }
segments: { rich: { source: accounts, where: spend >= 10 } }
metrics:
  none: { type: count, source: accounts, where: orders = 0 }
  unknown: { type: count, source: accounts, where: spend is null }
  most: { type: max, source: accounts, value: spend }
  by_wealth: { type: count, source: orders, segments: [rich] }`,
      {
        accounts: 'account_id\na\nb\nc',
        orders: 'on,account_id,amount\n2025-01-01,a,4\n2025-01-02,a,8\n2025-02-01,b,100\n2025-01-03,c,1',
      },
    );
    // What b ordered lies behind as_of.
    assert.deepEqual([values('none'), values('unknown'), values('most')], [[1], [1], [12]]);
    assert.deepEqual(values('by_wealth', 'rich.in'), [2]);
    assert.deepEqual(values('by_wealth', 'rich.out'), [1]);
  });
});
