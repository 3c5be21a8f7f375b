import assert from 'node:assert/strict';
import { compute } from '../../../kit/construct.ts';
import { testEngine } from '../../../kit/engine.ts';

/** Balances, repeated at some days of the month. */
const TABLES = {
  balances: `
    on,account_id,amount
    2025-01-10,a,1
    2025-01-10,b,2
    2025-01-31,a,4
    2025-02-15,a,8
    2025-02-15,b,16
    2025-02-20,b,32`,
  accounts: `
    account_id,size
    a,large
    b,small`,
};

const SOURCES = `
sources:
  balances:
    data: balances.csv
    time: on
    as_of: 2025-03-31
    links: { account: { to: accounts, using: account_id } }
  accounts: { data: accounts.csv, key: account_id }
segments:
  size: { source: accounts, by: size }
`;

describe('at', () => {
  const engine = testEngine();

  it('takes the rows of the last or first time in each period', async () => {
    const { values } = await compute(
      engine,
      `${SOURCES}
metrics:
  closing: { type: sum, source: balances, value: amount, at: last }
  opening: { type: sum, source: balances, value: amount, at: first }
  yearly: { type: sum, source: balances, value: amount, at: first, grain: year }
`,
      TABLES,
    );
    // On 31 January only a, on 20 February only b; March has no rows.
    assert.deepEqual(values('closing'), [4, 32, 0]);
    // On 10 January and 15 February both.
    assert.deepEqual(values('opening'), [3, 24, 0]);
    assert.deepEqual(values('yearly'), [3]);
  });

  it('takes them for each entity where at_per names it', async () => {
    const { values } = await compute(
      engine,
      `${SOURCES}
metrics:
  closing: { type: sum, source: balances, value: amount, at: last, at_per: account_id, segments: [size] }
`,
      TABLES,
    );
    // a on 31 January, b on the 10th; a on 15 February, b on the 20th.
    assert.deepEqual(values('closing'), [4 + 2, 8 + 32, 0]);
    assert.deepEqual(values('closing', 'size.small'), [2, 32, 0]);
  });

  it('picks before conditions, and for all groups together', async () => {
    const { values, groups } = await compute(
      engine,
      `${SOURCES}
metrics:
  small: { type: sum, source: balances, value: amount, at: last, where: account.size = 'small' }
  by_size: { type: sum, source: balances, value: amount, at: last, segments: [size] }
`,
      TABLES,
    );
    // The last day of January has no row of a small account.
    assert.deepEqual(values('small'), [0, 32, 0]);
    assert.deepEqual([...groups('by_size', 'size')].sort(), ['large', 'small']);
    assert.deepEqual(values('by_size', 'size.large'), [4, 0, 0]);
    assert.deepEqual(values('by_size', 'size.small'), [0, 32, 0]);
  });

  it('looks at the window where there is one', async () => {
    const { values } = await compute(
      engine,
      `${SOURCES}
metrics:
  closing: { type: sum, source: balances, value: amount, at: last, window: 2 months }
`,
      TABLES,
    );
    // In February and March together the last rows are those of 20 February.
    assert.deepEqual(values('closing'), [4, 32, 32]);
  });
});
