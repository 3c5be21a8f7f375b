import assert from 'node:assert/strict';
import { evaluate } from '../../../../server/src/core/evaluate/evaluate.ts';
import { compute } from '../../../kit/construct.ts';
import { testEngine } from '../../../kit/engine.ts';
import { near } from '../../../kit/reference/compare.ts';
import { withProject } from '../../../kit/reference/run.ts';

const TABLES = {
  orders: `
    on,customer,channel,amount
    2025-01-01,ann,web,10
    2025-01-01,ann,web,20
    2025-01-09,bob,web,5
    2025-01-20,bob,app,40
    2025-01-20,cal,app,
    2025-01-25,,app,99
    2025-02-01,ann,web,7`,
  customers: `
    customer,country
    ann,UK
    bob,UK`,
};

const SOURCES = `
sources:
  orders:
    data: orders.csv
    time: on
    as_of: 2025-03-31
    links: { buyer: { to: customers, using: customer } }
  customers: { data: customers.csv, key: customer }
segments:
  channel: { source: orders, by: channel }
`;

describe('per', () => {
  const engine = testEngine();

  it('tells entities and repeated rows apart where a column has the name by which an engine numbers rows', async () => {
    const { at } = await compute(
      engine,
      `
sources:
  orders: { data: orders.csv, key: [rowid, buyer], time: on, links: { who: { to: buyers, using: { buyer: name } } } }
  buyers: { data: buyers.csv, key: name }
metrics:
  each: { type: average, source: orders, per: who, value: count(), grain: all }
  labels: { type: count_distinct, source: orders, value: rowid, grain: all }
`,
      {
        orders: `
          rowid,on,buyer
          x,2025-01-01,ann
          x,2025-01-01,ann
          x,2025-01-01,bob
          y,2025-01-02,bob
          z,2025-01-02,bob`,
        buyers: `
          ROWID,name
          7,ann
          7,bob`,
      },
    );
    // One row repeats another: Ann has one, Bob three.
    assert.deepEqual([at('each', 'all').value, at('each', 'all').n], [2, 2]);
    assert.equal(at('labels', 'all').value, 3);
  });

  it('takes a metric over entities, each with an aggregate over its rows', async () => {
    const { at, values } = await compute(
      engine,
      `${SOURCES}
metrics:
  repeat: { type: share, source: orders, per: customer, matching: count(distinct on) >= 2 }
  middle: { type: median, source: orders, per: customer, value: sum(amount) }
  mean: { type: average, source: orders, per: customer, value: sum(amount) }
  spread: { type: stddev, source: orders, per: customer, value: count() }
  most: { type: max, source: orders, per: customer, value: avg(amount) }
  upper: { type: percentile, p: 0.75, source: orders, per: customer, value: count() }
`,
      TABLES,
    );
    // Ann bought twice on one day, Bob on two days, Cal once; the order of nobody belongs to no entity.
    const repeat = at('repeat', '2025-01');
    assert.deepEqual([repeat.value, repeat.n], [1 / 3, 3]);
    // Wilson for 1 of 3.
    near(repeat.low, 0.061492);
    near(repeat.high, 0.79234);
    // Ann 30, Bob 45, Cal nothing: a sum over nulls is null, and not in the median.
    assert.deepEqual(at('middle', '2025-01'), { value: 37.5, n: 2, low: null, high: null });
    // Mean 37.5 with s = √112.5 and t(1) = 12.7062: ± 12.7062 · 10.6066 / √2.
    near(at('mean', '2025-01').low, -57.796536);
    near(at('mean', '2025-01').high, 132.796536);
    // Two, two and one orders: mean 5/3, squares 1/9 + 1/9 + 4/9 over 2.
    near(at('spread', '2025-01').value, 0.57735);
    assert.equal(at('most', '2025-01').value, 22.5);
    // Of 1, 2, 2 the rank 0.75 · 2 = 1.5 lies between 2 and 2.
    assert.equal(at('upper', '2025-01').value, 2);
    assert.deepEqual(values('repeat'), [1 / 3, 0, null]);
    assert.deepEqual(values('middle'), [37.5, 7, null]);
  });

  it('takes an entity in each group by its rows there', async () => {
    const { at } = await compute(
      engine,
      `${SOURCES}
metrics:
  middle: { type: average, source: orders, per: customer, value: sum(amount), segments: [channel] }
`,
      TABLES,
    );
    // On the web Ann 30 and Bob 5; in the app Bob 40, and Cal without an amount.
    assert.deepEqual(
      [at('middle', '2025-01', 'channel.web').value, at('middle', '2025-01', 'channel.web').n],
      [17.5, 2],
    );
    assert.deepEqual(
      [at('middle', '2025-01', 'channel.app').value, at('middle', '2025-01', 'channel.app').n],
      [40, 1],
    );
  });

  it('takes what a link or path leads to for an entity', async () => {
    const { at } = await compute(
      engine,
      `${SOURCES}
metrics:
  by_link: { type: median, source: orders, per: buyer, value: sum(amount) }
  by_path: { type: median, source: orders, per: buyer.country, value: sum(amount) }
`,
      TABLES,
    );
    // Cal and nobody have no match: Ann 30 and Bob 45; both live in the UK.
    assert.deepEqual([at('by_link', '2025-01').value, at('by_link', '2025-01').n], [37.5, 2]);
    assert.deepEqual([at('by_path', '2025-01').value, at('by_path', '2025-01').n], [75, 1]);
  });

  it('looks at all rows of a window', async () => {
    const { values } = await compute(
      engine,
      `${SOURCES}
metrics:
  repeat: { type: share, source: orders, per: customer, matching: count(distinct on) >= 2, window: all_time }
`,
      TABLES,
    );
    // By the end of February Ann has bought on two days too.
    assert.deepEqual(values('repeat'), [1 / 3, 2 / 3, 2 / 3]);
  });
});

describe('once_per', () => {
  const engine = testEngine();

  it('takes each linked row once, so that what lies behind a link is not added up again', async () => {
    const { values, at } = await compute(
      engine,
      `
sources:
  visits:
    data: visits.csv
    time: on
    as_of: 2025-02-28
    links: { account: { to: accounts, using: account_id } }
  accounts: { data: accounts.csv, key: account_id }
segments:
  page: { source: visits, by: page }
metrics:
  seats: { type: sum, source: visits, value: account.seats, once_per: account, segments: [page] }
  accounts: { type: count, source: visits, once_per: account }
  mean: { type: average, source: visits, value: account.seats, once_per: account, where: page = 'home' }
`,
      {
        visits: `
          on,account_id,page
          2025-01-01,a,home
          2025-01-02,a,home
          2025-01-03,b,home
          2025-01-04,b,help
          2025-01-05,x,help
          2025-02-01,c,home`,
        accounts: `
          account_id,seats
          a,3
          b,5
          c,`,
      },
    );
    // a and b once each; x has no match and arrives at no row; c has a row without seats, whose sum is null.
    assert.deepEqual(values('seats'), [8, null]);
    assert.deepEqual(values('seats', 'page.help'), [5, 0]);
    assert.deepEqual(values('accounts'), [2, 1]);
    assert.deepEqual([at('mean', '2025-01').value, at('mean', '2025-01').n], [4, 2]);
  });
});

describe('once_per over what differs among the rows of one link', () => {
  const engine = testEngine();

  it('is refused with a way out, as any of them could be meant', async () => {
    const files = {
      'a.metrics.yaml': `plumbline: 1
sources:
  visits: { data: visits.csv, time: on, links: { account: { to: accounts, using: account_id } } }
  accounts: { data: accounts.csv, key: account_id }
metrics:
  minutes: { type: sum, source: visits, value: minutes * account.seats, once_per: account }
`,
      'visits.csv': 'on,account_id,minutes\n2025-01-01,a,5\n2025-01-02,a,9\n',
      'accounts.csv': 'account_id,seats\na,3\n',
    };
    await withProject(engine, files, async ({ evaluator }) => {
      const { metrics } = await evaluate(evaluator);
      assert.match(
        metrics[0]?.refused ?? '',
        /"minutes" may differ among them: take values from behind "account"/,
      );
    });
  });
});
