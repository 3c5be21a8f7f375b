import assert from 'node:assert/strict';
import { compute } from '../../../kit/construct.ts';
import { testEngine } from '../../../kit/engine.ts';
import { near } from '../../../kit/reference/compare.ts';

const TABLES = {
  tickets: `
    at,account_id,topic
    2025-01-02,a,billing
    2025-01-03,a,billing
    2025-01-04,b,login
    2025-01-05,b,
    2025-02-06,b,login`,
  accounts: `
    account_id,size
    a,large
    b,small`,
};

const SOURCES = `
sources:
  tickets:
    data: tickets.csv
    time: at
    as_of: 2025-02-28
    links: { account: { to: accounts, using: account_id } }
  accounts: { data: accounts.csv, key: account_id }
segments:
  topic: { source: tickets, by: topic }
  size: { source: accounts, by: size }
`;

describe('total_over', () => {
  const engine = testEngine();

  it('splits the numerator only; equal counts are then shares with an interval', async () => {
    const definitions = `${SOURCES}
metrics:
  tickets: { type: count, source: tickets }
  by_topic: { type: ratio, numerator: tickets, denominator: tickets, total_over: [topic], segments: [topic, size] }
`;
    const { at, values, groups } = await compute(engine, definitions, TABLES);
    assert.deepEqual([...groups('by_topic', 'topic')].sort(), ['(none)', 'billing', 'login']);
    // January: two of four about billing, one about login, one about nothing; February: one of one about login.
    assert.deepEqual(values('by_topic', 'topic.billing'), [0.5, 0]);
    assert.deepEqual(values('by_topic', 'topic.login'), [0.25, 1]);
    assert.deepEqual(values('by_topic', 'topic.(none)'), [0.25, 0]);
    // Wilson's interval of 2 of 4: z = 1.959964, centre 1/2, half z·√(1/4·4 + z²/4)/(4 + z²) = 0.349961.
    const { low, high, n } = at('by_topic', '2025-01', 'topic.billing');
    near(low, 0.150039);
    near(high, 0.849961);
    assert.equal(n, 4);
    // The size splits both sides, and each size is all of itself: no share.
    assert.deepEqual(at('by_topic', '2025-01', 'size.large'), { value: 1, n: 2, low: null, high: null });
  });

  it('makes a share of counts that are used again as well', async () => {
    const definitions = `${SOURCES}
metrics:
  tickets: { type: count, source: tickets }
  small:
    type: ratio
    numerator: { metric: tickets, where: account.size = 'small' }
    denominator: { metric: tickets, where: account.size = 'small' }
    total_over: [topic]
    segments: [topic]
`;
    const { at } = await compute(engine, definitions, TABLES);
    // One of the two tickets of b in January; Wilson's interval of 1 of 2 is 1/2 ± z·√(1/4·2 + z²/4)/(2 + z²).
    const { value, low, high } = at('small', '2025-01', 'topic.login');
    assert.equal(value, 0.5);
    near(low, 0.094531);
    near(high, 0.905469);
  });

  it('leaves what is not equal without an interval', async () => {
    const definitions = `${SOURCES}
metrics:
  topics_per_account:
    type: ratio
    numerator: { type: count, source: tickets }
    denominator: { type: count_distinct, source: tickets, value: account_id }
    total_over: [topic]
    segments: [topic]
`;
    const { at } = await compute(engine, definitions, TABLES);
    assert.deepEqual(at('topics_per_account', '2025-01', 'topic.billing'), {
      value: 1,
      n: 2,
      low: null,
      high: null,
    });
  });

  it('adds the condition of the outer metric to both sides', async () => {
    const definitions = `${SOURCES}
metrics:
  tickets: { type: count, source: tickets }
  small_by_topic:
    type: ratio
    numerator: tickets
    denominator: tickets
    where: account.size = 'small'
    total_over: [topic]
    segments: [topic]
`;
    const { values } = await compute(engine, definitions, TABLES);
    // Of b's two tickets in January none is about billing; the group occurs all the same.
    assert.deepEqual(values('small_by_topic', 'topic.billing'), [0, 0]);
    assert.deepEqual(values('small_by_topic', 'topic.login'), [0.5, 1]);
  });

  it('splits, in a formula, every part that it reaches', async () => {
    const definitions = `${SOURCES}
metrics:
  tickets: { type: count, source: tickets }
  accounts: { type: count_distinct, source: tickets, value: account_id }
  all: { type: count, source: tickets, where: true }
  blend: { type: formula, formula: 10 * tickets + accounts, total_over: [topic], segments: [topic] }
`;
    const { values } = await compute(engine, definitions, TABLES);
    // Both parts are of tickets, so that both are split: 10·2 + 1, then nothing.
    assert.deepEqual(values('blend', 'topic.billing'), [21, 0]);
  });
});
