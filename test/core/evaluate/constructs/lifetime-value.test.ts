import assert from 'node:assert/strict';
import { compute } from '../../../kit/construct.ts';
import { testEngine } from '../../../kit/engine.ts';
import { near } from '../../../kit/reference/compare.ts';

/** a buys in every month, b in January and March, c for the first time in March; somebody unknown buys too. */
const ORDERS = `
  customer,channel,at,amount
  a,web,2025-01-05,10
  a,shop,2025-02-04,20
  a,web,2025-03-06,30
  b,shop,2025-01-31,5
  b,web,2025-03-31,-1
  c,web,2025-03-01,8
  c,shop,2025-03-01,
  ,web,2025-01-01,99`;

const SOURCE = `
sources:
  orders: { data: orders.csv, time: at, as_of: 2025-03-31 }
segments:
  channel: { source: orders, by: channel }
defaults: { source: orders }
`;

describe('lifetime value', () => {
  const engine = testEngine();

  it('is the mean of what entities have brought by the close, with what Student makes of its spread', async () => {
    const { values, at, groups } = await compute(
      engine,
      `${SOURCE}
metrics:
  worth: { type: lifetime_value, entity: customer, value: amount, segments: [channel] }
  total: { type: sum, value: amount, where: customer is not null, window: all_time }
  worth_of_all: { type: lifetime_value, entity: customer, value: amount, grain: all }
`,
      { orders: ORDERS },
    );
    // January: 10 and 5. February: 30 and 5. March: 60, 4 and 8.
    assert.deepEqual(values('worth'), [7.5, 17.5, 24]);
    // The mean of all times their number is the total.
    assert.deepEqual(
      values('total'),
      ['2025-01', '2025-02', '2025-03'].map((period) => {
        const { value, n } = at('worth', period);
        return (value ?? 0) * n;
      }),
    );
    // s = 3.5355, t(1) = 12.7062: 7.5 ± 31.7655; then s = 31.2410, t(2) = 4.3027: 24 ± 77.6062.
    near(at('worth', '2025-01').low, 7.5 - 31.7655);
    assert.ok(
      Math.abs((at('worth', '2025-03').high ?? 0) - (24 + (4.302653 * Math.sqrt(976)) / Math.sqrt(3))) < 1e-4,
    );
    assert.deepEqual(values('worth_of_all'), [24]);
    // By the first row: a came over the web, b in the shop, c by both on one day.
    assert.deepEqual(groups('worth', 'channel'), ['shop', 'web']);
    assert.deepEqual(values('worth', 'channel.web'), [10, 30, 34]);
    assert.deepEqual(values('worth', 'channel.shop'), [5, 5, 6]);
    assert.deepEqual(at('worth', '2025-01', 'channel.shop'), { value: 5, n: 1, low: null, high: null });
  });

  it('counts the first stretch of entities that were seen at least that long', async () => {
    const { values, at } = await compute(
      engine,
      `${SOURCE}
metrics:
  day: { type: lifetime_value, entity: customer, value: amount, horizon: 1 day }
  month: { type: lifetime_value, entity: customer, value: amount, horizon: 30 days }
  two: { type: lifetime_value, entity: customer, value: amount, horizon: 2 months }
  two_of_all: { type: lifetime_value, entity: customer, value: amount, horizon: 2 months, grain: all }
  year: { type: lifetime_value, entity: customer, value: amount, horizon: 1 year }
`,
      { orders: ORDERS },
    );
    assert.deepEqual(values('day'), [7.5, 7.5, (10 + 5 + 8) / 3]);
    // 30 days of a end before 4 February, on which it buys again; those of b on 2 March; those of c on 31 March, which is over.
    assert.deepEqual(values('month'), [null, 10, 23 / 3]);
    // Two months of a end on 5 March, those of b on 31 March, on which it gives something back.
    assert.deepEqual(values('two'), [null, null, (30 + 5) / 2]);
    assert.deepEqual(values('two_of_all'), [(30 + 5) / 2]);
    assert.deepEqual(values('year'), [null, null, null]);
    assert.equal(at('year', '2025-03').n, 0);
  });

  it('has no value of nobody, and takes what is not known for nothing', async () => {
    const { values, at } = await compute(
      engine,
      `${SOURCE}
metrics:
  none: { type: lifetime_value, entity: customer, value: amount, where: amount > 1000 }
  nothing: { type: lifetime_value, entity: customer, value: amount, where: amount is null }
  same: { type: lifetime_value, entity: customer, value: '0.1' }
`,
      { orders: ORDERS },
    );
    assert.deepEqual(values('none'), [null, null, null]);
    assert.deepEqual(values('nothing'), [null, null, 0]);
    // Three customers with three, two and two orders of a tenth.
    near(at('same', '2025-03').value, 0.7 / 3);
    // In January both have brought the same: there is no spread.
    near(at('same', '2025-01').low, 0.1);
    near(at('same', '2025-01').high, 0.1);
  });

  it('takes the value of a spell when it starts or ends, as the metric says', async () => {
    const { values } = await compute(
      engine,
      `
sources:
  contracts: { data: contracts.csv, as_of: 2025-03-31, lifespan: { start: since, end: until } }
defaults: { source: contracts, grain: month }
metrics:
  signed: { type: lifetime_value, entity: customer, value: fee, when: started }
  over: { type: lifetime_value, entity: customer, value: fee, when: ended }
`,
      {
        contracts: `
          customer,since,until,fee
          a,2025-01-01,2025-02-01,10
          a,2025-02-01,,20
          b,2025-02-01,2025-03-01,40`,
      },
    );
    assert.deepEqual(values('signed'), [10, 35, 35]);
    assert.deepEqual(values('over'), [null, 10, 25]);
  });
});
