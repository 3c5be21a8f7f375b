import assert from 'node:assert/strict';
import { compute } from '../../../kit/construct.ts';
import { testEngine } from '../../../kit/engine.ts';

const TABLES = {
  orders: `
    on,account_id,amount
    2025-01-01,a,1
    2025-01-02,b,2
    2025-01-03,c,4
    2025-01-04,,8
    2025-02-01,d,16`,
  accounts: `
    account_id,employees,opened,vip
    a,10,2024-12-01,true
    b,60,2024-11-30,false
    c,,,
    d,40,2024-12-01,true`,
};

const SOURCES = `
sources:
  orders: { data: orders.csv, time: on, as_of: 2025-02-28, links: { account: { to: accounts, using: account_id } } }
  accounts: { data: accounts.csv, key: account_id }
segments:
  size: { source: accounts, groups: { small: employees < 50, any: employees > 0 } }
  opened: { source: accounts, by: opened }
  vip: { source: accounts, by: vip }
  vips: { source: accounts, where: vip }
`;

describe('groups', () => {
  const engine = testEngine();

  it('that overlap hold a row each, and the total holds it once', async () => {
    const { values, groups } = await compute(
      engine,
      `${SOURCES}
metrics:
  amount: { type: sum, source: orders, value: amount, segments: [size] }
`,
      TABLES,
    );
    assert.deepEqual([...groups('amount', 'size')].sort(), ['(none)', '(other)', 'any', 'small']);
    assert.deepEqual(values('amount'), [15, 16]);
    assert.deepEqual(values('amount', 'size.small'), [1, 16]);
    assert.deepEqual(values('amount', 'size.any'), [3, 16]);
    // c has no number of employees, so that it meets neither; the last order of January has no account.
    assert.deepEqual(values('amount', 'size.(other)'), [4, 0]);
    assert.deepEqual(values('amount', 'size.(none)'), [8, 0]);
  });

  it('are named by the shortest form of their values', async () => {
    const { values, groups } = await compute(
      engine,
      `${SOURCES}
metrics:
  amount: { type: sum, source: orders, value: amount, segments: [opened, vip, vips] }
`,
      TABLES,
    );
    assert.deepEqual([...groups('amount', 'opened')].sort(), ['(none)', '2024-11-30', '2024-12-01']);
    assert.deepEqual(values('amount', 'opened.2024-12-01'), [1, 16]);
    assert.deepEqual([...groups('amount', 'vip')].sort(), ['(none)', 'false', 'true']);
    assert.deepEqual(values('amount', 'vips.in'), [1, 16]);
    // Null is not in; without an account there is neither in nor out.
    assert.deepEqual(values('amount', 'vips.out'), [6, 0]);
    assert.deepEqual(values('amount', 'vips.(none)'), [8, 0]);
  });

  it('are those of the rows before conditions, and have a value in every period', async () => {
    const { values } = await compute(
      engine,
      `${SOURCES}
metrics:
  count: { type: count, source: orders, where: amount > 2, segments: [size] }
  mean: { type: average, source: orders, value: amount, where: amount > 2, segments: [size] }
`,
      TABLES,
    );
    assert.deepEqual(values('count', 'size.small'), [0, 1]);
    assert.deepEqual(values('mean', 'size.small'), [null, 16]);
    assert.deepEqual(values('mean', 'size.(none)'), [8, null]);
  });

  it('of counts and sums are so much of the total, which is of all rows', async () => {
    const { share } = await compute(
      engine,
      `${SOURCES}
metrics:
  amount: { type: sum, source: orders, value: amount, segments: [size] }
  orders: { type: count, source: orders, segments: [size] }
  mean: { type: average, source: orders, value: amount, segments: [size] }
`,
      TABLES,
    );
    // Of January's 15: small 1, any 3 (small among them), other 4, none 8. Together more than all, as two groups overlap.
    const shares = ['small', 'any', '(other)', '(none)'].map((label) =>
      share('amount', '2025-01', `size.${label}`),
    );
    assert.deepEqual(shares, [1 / 15, 3 / 15, 4 / 15, 8 / 15]);
    assert.equal(share('orders', '2025-01', 'size.any'), 0.5);
    assert.equal(share('mean', '2025-01', 'size.any'), null);
  });
});
