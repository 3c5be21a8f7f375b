import assert from 'node:assert/strict';
import { compute } from '../../../kit/construct.ts';
import { testEngine } from '../../../kit/engine.ts';

const ORDERS = `
  on,customer,amount,is_test,updated
  2025-01-01,ann,1,false,1
  2025-01-05,ann,2,false,2
  2025-02-01,bob,4,true,3
  2025-02-02,bob,8,false,4
  2025-02-03,cal,16,,5
  2025-03-01,,32,false,6
  2025-03-02,,64,false,7`;

describe('the where of a source', () => {
  const engine = testEngine();

  it('leaves only rows that meet it, also for links and for where the series starts', async () => {
    const { values, periods } = await compute(
      engine,
      `
sources:
  orders: { data: orders.csv, time: on, where: amount > 1, links: { buyer: { to: customers, using: customer } } }
  customers: { data: customers.csv, key: customer, where: country = 'UK' }
  tests: { data: orders.csv, time: on, where: not is_test }
segments:
  country: { source: customers, by: country }
metrics:
  amount: { type: sum, source: orders, value: amount, segments: [country] }
  untested: { type: sum, source: tests, value: amount }
`,
      { orders: ORDERS, customers: 'customer,country\nann,UK\nbob,FR' },
    );
    assert.deepEqual(periods('amount'), ['2025-01', '2025-02', '2025-03']);
    assert.deepEqual(values('amount'), [2, 28, 96]);
    // Bob is no row of customers, so that his orders have no match.
    assert.deepEqual(values('amount', 'country.UK'), [2, 0, 0]);
    assert.deepEqual(values('amount', 'country.(none)'), [0, 28, 96]);
    // Where the condition is null a row does not belong: Cal's order is out.
    assert.deepEqual(values('untested'), [3, 8, 96]);
  });
});

describe('one_per', () => {
  const engine = testEngine();

  it('keeps the first or last row of each key, of the rows that belong', async () => {
    const { values } = await compute(
      engine,
      `
sources:
  latest: { data: orders.csv, time: on, one_per: { key: customer, keep: last, by: updated } }
  earliest: { data: orders.csv, time: on, one_per: { key: [customer], keep: first, by: updated } }
  untested: { data: orders.csv, time: on, where: amount < 8, one_per: { key: customer, keep: last, by: updated } }
metrics:
  last: { type: sum, source: latest, value: amount }
  first: { type: sum, source: earliest, value: amount }
  belonging: { type: sum, source: untested, value: amount }
`,
      { orders: ORDERS },
    );
    // Ann's second, Bob's second, Cal's only; rows without a customer are nobody's doubles.
    assert.deepEqual(values('last'), [2, 24, 96]);
    assert.deepEqual(values('first'), [1, 20, 96]);
    // Below 8 Bob's last is the first of his two.
    assert.deepEqual(values('belonging'), [2, 4]);
  });
});

describe('a column of a source', () => {
  const engine = testEngine();

  it('is computed from the row, also through links', async () => {
    const { values } = await compute(
      engine,
      `
sources:
  orders:
    data: orders.csv
    time: on
    links: { buyer: { to: customers, using: customer } }
    columns:
      twice: { value: amount * 2 }
      four: { value: twice * 2 }
      land: { value: "coalesce(buyer.country, 'nowhere')" }
  customers: { data: customers.csv, key: customer }
segments:
  land: { source: orders, by: land }
metrics:
  four: { type: sum, source: orders, value: four, segments: [land] }
`,
      { orders: ORDERS, customers: 'customer,country\nann,UK\nbob,FR' },
    );
    assert.deepEqual(values('four'), [12, 112, 384]);
    assert.deepEqual(values('four', 'land.nowhere'), [0, 64, 384]);
  });

  it('of its own source aggregates the rows that link to each row', async () => {
    const { values } = await compute(
      engine,
      `
sources:
  staff:
    data: staff.csv
    key: id
    links: { boss: { to: staff, using: boss_id } }
    columns:
      reports: { of: staff, value: count() }
      cost: { of: staff, value: sum(pay) }
      below: { of: staff, value: sum(reports) }
metrics:
  reports: { type: sum, source: staff, value: reports }
  bosses: { type: count, source: staff, where: reports > 0 }
  cost: { type: max, source: staff, value: cost }
  below: { type: max, source: staff, value: below }
`,
      { staff: 'id,boss_id,pay\n1,,10\n2,1,5\n3,1,6\n4,2,3' },
    );
    // 2 and 3 report to 1, and 4 to 2: of the reports of 1, one has one of its own.
    assert.deepEqual(
      ['reports', 'bosses', 'cost', 'below'].map((name) => values(name)[0]),
      [3, 2, 11, 1],
    );
  });

  it('of another source aggregates the rows that link to each row', async () => {
    const { at, values } = await compute(
      engine,
      `
sources:
  orders:
    data: orders.csv
    time: on
    as_of: 2025-02-28
    links: { buyer: { to: customers, using: customer } }
  customers:
    data: customers.csv
    key: customer
    columns:
      orders: { of: orders, value: count() }
      spend: { of: orders, value: sum(amount) }
      mean: { of: orders, value: sum(amount) / count() }
  visits: { data: visits.csv, time: on, links: { visitor: { to: customers, using: customer } } }
segments:
  value: { source: customers, groups: { high: spend >= 10, low: spend < 10 } }
metrics:
  customers: { type: count, source: customers, segments: [value] }
  orders: { type: sum, source: customers, value: orders }
  spend: { type: sum, source: customers, value: spend }
  without: { type: count, source: customers, where: spend is null and orders = 0 }
  amount: { type: sum, source: orders, value: amount, segments: [value] }
  visits_of_buyers: { type: count, source: visits, value: visitor.orders }
`,
      {
        orders: `${ORDERS}
          2025-03-05,ann,128,false,8`,
        customers: 'customer,country\nann,UK\nbob,FR\ncal,\ndee,FR',
        visits: 'on,customer\n2025-01-01,ann\n2025-01-02,dee\n2025-01-03,x',
      },
    );
    // Up to 28 February: Ann 1 + 2, Bob 4 + 8, Cal 16, Dee nothing. Ann's 128 of March is after that.
    assert.equal(at('orders', 'all').value, 2 + 2 + 1 + 0);
    assert.equal(at('spend', 'all').value, 3 + 12 + 16);
    // A count over no rows is 0, a sum here null.
    assert.equal(at('without', 'all').value, 1);
    assert.equal(at('customers', 'all', 'value.high').value, 2);
    assert.equal(at('customers', 'all', 'value.low').value, 1);
    assert.equal(at('customers', 'all', 'value.(other)').value, 1);
    assert.deepEqual(values('amount', 'value.high'), [0, 28]);
    assert.deepEqual(values('amount', 'value.low'), [3, 0]);
    // Dee has no orders, which is 0; x is no customer, which is nothing.
    assert.deepEqual(values('visits_of_buyers'), [2]);
  });
});
