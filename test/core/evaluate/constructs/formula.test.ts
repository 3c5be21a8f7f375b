import assert from 'node:assert/strict';
import { compute } from '../../../kit/construct.ts';
import { testEngine } from '../../../kit/engine.ts';

const DEFINITIONS = `
sources:
  sales: { data: sales.csv, time: on, as_of: 2025-03-31 }
  costs: { data: costs.csv, time: on, as_of: 2025-03-31 }
segments:
  region: { by: { sales: region, costs: region } }
metrics:
  revenue: { type: sum, source: sales, value: amount }
  cost: { type: sum, source: costs, value: amount }
  profit: { type: formula, formula: revenue - cost, segments: [region] }
  margin: { type: formula, formula: (revenue - cost) / revenue }
  floor: { type: formula, formula: "greatest(profit, 0)" }
`;

const TABLES = {
  sales: `
    on,region,amount
    2025-01-10,north,10
    2025-01-20,south,30
    2025-03-05,north,20`,
  costs: `
    on,region,amount
    2025-01-15,north,25
    2025-02-15,north,5
    2025-03-31,west,4`,
};

describe('a formula', () => {
  const engine = testEngine();

  it('is arithmetic on the values of metrics, period by period', async () => {
    const { periods, values } = await compute(engine, DEFINITIONS, TABLES);
    assert.deepEqual(periods('profit'), ['2025-01', '2025-02', '2025-03']);
    // January 10 + 30 − 25, February 0 − 5, March 20 − 4.
    assert.deepEqual(values('profit'), [15, -5, 16]);
    // Of the sides of a margin February's revenue is 0: division by it is null.
    assert.deepEqual(values('margin'), [15 / 40, null, 16 / 20]);
    assert.deepEqual(values('floor'), [15, 0, 16]);
  });

  it('has the groups of all that it is made of', async () => {
    const { groups, values } = await compute(engine, DEFINITIONS, TABLES);
    assert.deepEqual([...groups('profit', 'region')].sort(), ['north', 'south', 'west']);
    // North: 10 − 25, 0 − 5, 20 − 0. South sold in January only, west cost in March only.
    assert.deepEqual(values('profit', 'region.north'), [-15, -5, 20]);
    assert.deepEqual(values('profit', 'region.south'), [30, 0, 0]);
    assert.deepEqual(values('profit', 'region.west'), [0, 0, -4]);
  });

  it('rests on the least of what its parts rest on, and has no interval', async () => {
    const { at } = await compute(engine, DEFINITIONS, TABLES);
    // January: two sales, one cost.
    assert.deepEqual(at('profit', '2025-01'), { value: 15, n: 1, low: null, high: null });
  });

  it('takes aggregates over a source of its own, with its conditions', async () => {
    const definitions = `
sources:
  sales: { data: sales.csv, time: on, as_of: 2025-03-31 }
metrics:
  per_sale: { type: formula, source: sales, formula: sum(amount) / count() }
  north: { type: formula, source: sales, where: region = 'north', formula: sum(amount) + 100 * count_if(amount > 15) }
  spread: { type: formula, source: sales, formula: max(amount) - min(amount) }
  daily: { type: formula, source: sales, formula: "sum(amount) / date_diff('day', period_start, period_end)" }
`;
    const { values } = await compute(engine, definitions, TABLES, 'timezone: Europe/London');
    assert.deepEqual(values('per_sale'), [20, null, 20]);
    // North: 10 and none above 15; nothing; 20 and one above 15. A sum over no rows is 0.
    assert.deepEqual(values('north'), [10, 0, 120]);
    assert.deepEqual(values('spread'), [20, null, 0]);
    // March has 31 days, though London's clocks go forward in it.
    assert.deepEqual(values('daily'), [40 / 31, 0, 20 / 31]);
  });
});

describe('a filtered reuse', () => {
  const engine = testEngine();

  it('is the metric over fewer rows, as a part of a formula and as a side of a ratio', async () => {
    const definitions = `
sources:
  sales: { data: sales.csv, time: on, as_of: 2025-03-31 }
metrics:
  revenue: { type: sum, source: sales, value: amount, where: amount > 10 }
  north_less: { type: formula, formula: revenue - north, parts: { north: { metric: revenue, where: region = 'north' } } }
  south_share: { type: ratio, numerator: { metric: revenue, where: region = 'south' }, denominator: revenue }
  buyers: { type: median, source: sales, per: region, value: sum(amount) }
  small_buyers: { type: formula, formula: few, parts: { few: { metric: buyers, where: amount < 25 } } }
`;
    const { values } = await compute(engine, definitions, TABLES);
    // Above 10: 30 of the south in January, 20 of the north in March.
    assert.deepEqual(values('north_less'), [30, 0, 0]);
    assert.deepEqual(values('south_share'), [1, null, 0]);
    // Per region: 10 and 30, whose median is 20; below 25 only the north's 10.
    assert.deepEqual(values('buyers'), [20, null, 20]);
    assert.deepEqual(values('small_buyers'), [10, null, 20]);
  });

  it('of a ratio filters both of its sides', async () => {
    const definitions = `
sources:
  sales: { data: sales.csv, time: on, as_of: 2025-01-31 }
metrics:
  price: { type: ratio, numerator: { type: sum, value: amount }, denominator: { type: count }, source: sales }
  north_price: { type: formula, formula: part, parts: { part: { metric: price, where: region = 'north' } } }
`;
    const { values } = await compute(engine, definitions, TABLES);
    // The two sides have no source of their own, and take that of the ratio.
    assert.deepEqual(values('price'), [20]);
    assert.deepEqual(values('north_price'), [10]);
  });
});
