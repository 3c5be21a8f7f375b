import assert from 'node:assert/strict';
import { compute } from '../../../kit/construct.ts';
import { testEngine } from '../../../kit/engine.ts';

/** Sentences of sections 4, 5 and 5.2 of the format, each by numbers that can be counted on the rows. */
describe('a metric', () => {
  const engine = testEngine();

  it('counts rows, values, distinct values and lists of them, without nulls', async () => {
    const { values } = await compute(
      engine,
      `
sources: { orders: { data: orders.csv } }
metrics:
  rows: { type: count, source: orders }
  known: { type: count, source: orders, value: who }
  people: { type: count_distinct, source: orders, value: who }
  pairs: { type: count_distinct, source: orders, value: [who, shop] }
  cheap: { type: share, source: orders, matching: amount < 3 }
  spread: { type: stddev, source: orders, value: amount }
  total: { type: sum, source: orders, value: amount }
  ninety: { type: percentile, source: orders, value: amount, p: 0.9 }`,
      { orders: 'who,shop,amount\na,x,1\na,x,3\na,y,5\nb,,\n,y,' },
    );
    assert.deepEqual(
      [values('rows'), values('known'), values('people'), values('pairs')],
      [[5], [4], [2], [2]],
    );
    // One of the three whose amount is known.
    assert.deepEqual(values('cheap'), [1 / 3]);
    // The squares of 1, 3 and 5 around 3 add up to 8; by n − 1 they are 4.
    assert.deepEqual(values('spread'), [2]);
    assert.deepEqual(values('total'), [9]);
    // Rank 1 + 0.9 · 2 = 2.8 lies four fifths of the way from 3 to 5.
    assert.ok(Math.abs((values('ninety')[0] ?? 0) - 4.6) < 1e-12);
  });

  it('counts rows for which all conditions of a list hold; one that is null does not', async () => {
    const { values } = await compute(
      engine,
      `
sources: { orders: { data: orders.csv } }
metrics:
  both: { type: count, source: orders, where: [amount > 1, paid] }
  joined: { type: count, source: orders, where: amount > 1 and paid }
  unpaid: { type: count, source: orders, where: not paid }`,
      { orders: 'amount,paid\n2,true\n2,false\n2,\n,true\n1,true' },
    );
    assert.deepEqual([values('both'), values('joined'), values('unpaid')], [[1], [1], [1]]);
  });

  it('of scores takes whole scores on its scale, and the top of it for satisfied', async () => {
    const { at } = await compute(
      engine,
      `
sources: { answers: { data: answers.csv } }
metrics:
  nps: { type: nps, source: answers, value: score }
  five: { type: csat, source: answers, value: five }
  seven: { type: csat, source: answers, value: seven, scale: [1, 7] }
  listed: { type: csat, source: answers, value: five, satisfied: [3, 5] }
  ease: { type: ces, source: answers, value: seven, report: average }
  agree: { type: ces, source: answers, value: seven, report: agree }`,
      {
        answers: 'score,five,seven\n10,5,7\n9,4,5\n8,3,4\n0,1,1\n11,6,8\n9.5,4.5,6.5\n,,',
      },
    );
    // Two promoters and one detractor of the four on the scale; 11 and 9.5 are off it.
    assert.deepEqual([at('nps', 'all').value, at('nps', 'all').n], [25, 4]);
    assert.deepEqual([at('five', 'all').value, at('five', 'all').n], [2 / 4, 4]);
    assert.deepEqual(at('seven', 'all').value, 2 / 4);
    assert.deepEqual(at('listed', 'all').value, 2 / 4);
    assert.deepEqual(at('ease', 'all').value, (7 + 5 + 4 + 1) / 4);
    assert.deepEqual(at('agree', 'all').value, 2 / 4);
  });

  it('that is a ratio is null where the denominator is 0 or null, and rests on it', async () => {
    const { values, at } = await compute(
      engine,
      `
sources: { orders: { data: orders.csv, time: on, as_of: 2025-03-31 } }
metrics:
  per_order: { type: ratio, numerator: { type: sum, source: orders, value: amount }, denominator: { type: count, source: orders } }
  to_mean: { type: ratio, numerator: { type: count, source: orders }, denominator: { type: average, source: orders, value: amount } }
  per_zero: { type: ratio, numerator: { type: count, source: orders }, denominator: { type: sum, source: orders, value: zero } }`,
      { orders: 'on,amount,zero\n2025-01-01,4,0\n2025-01-02,,0\n2025-03-01,,0' },
    );
    assert.deepEqual(values('per_order'), [2, null, null]);
    assert.equal(at('per_order', '2025-01').n, 2);
    assert.deepEqual(values('to_mean'), [2 / 4, null, null]);
    assert.deepEqual(values('per_zero'), [null, null, null]);
  });

  it('leaves the grain of its parts aside, and hands them what they have not set', async () => {
    const { values } = await compute(
      engine,
      `
sources: { orders: { data: orders.csv, time: on, as_of: 2025-02-28 } }
metrics:
  yearly: { type: sum, source: orders, value: amount, grain: year }
  halves: { type: formula, formula: yearly / 2 }
  rate:
    type: ratio
    source: orders
    time: paid_on
    where: amount > 1
    numerator: { type: sum, value: amount, grain: year }
    denominator: { type: count }`,
      {
        orders:
          'on,paid_on,amount\n2025-01-01,2025-02-01,4\n2025-01-02,2025-02-02,8\n2025-02-01,2025-02-03,1',
      },
    );
    assert.deepEqual(values('halves'), [6, 0.5]);
    // Both sides by the day of payment, and both without the 1.
    assert.deepEqual(values('rate'), [6]);
  });

  it('groups what a segment says: its own sources, sides of a condition, the rest, and none', async () => {
    const { values, groups } = await compute(
      engine,
      `
sources:
  tickets: { data: tickets.csv, links: { account: { to: accounts, using: account_id } } }
  accounts: { data: accounts.csv, key: account_id }
  visits: { data: visits.csv }
segments:
  size: { source: accounts, groups: { small: employees < 50, large: employees >= 1000 } }
  exact: { source: accounts, by: employees }
  vip: { source: accounts, where: employees > 10 and paying }
  kind: { by: { tickets: kind, accounts: plan } }
  offer: { by: { accounts: plan, visits: plan } }
metrics:
  tickets: { type: count, source: tickets, segments: [size, exact, vip, kind, offer] }
  accounts: { type: count, source: accounts, segments: [size, kind] }`,
      {
        tickets: 'account_id,kind\na,bug\nb,bug\nc,question\nd,\nz,bug',
        accounts:
          'account_id,employees,paying,plan\na,10,true,pro\nb,100,true,pro\nc,1000,,free\nd,,false,free',
        visits: 'plan\npro',
      },
    );
    // c and a are named; b meets no condition; d is unknown, and so meets none; z leads nowhere.
    assert.deepEqual(
      ['small', 'large', '(other)', '(none)'].map((label) => values('tickets', `size.${label}`)[0]),
      [1, 1, 2, 1],
    );
    assert.deepEqual(groups('tickets', 'exact').toSorted(), ['(none)', '10', '100', '1000']);
    assert.deepEqual(values('tickets', 'exact.(none)'), [2]);
    // Tickets are not among the sources of the segment, and lead to one of them.
    assert.deepEqual(
      ['pro', 'free', '(none)'].map((label) => values('tickets', `offer.${label}`)[0]),
      [2, 2, 1],
    );
    assert.deepEqual(
      ['in', 'out'].map((label) => values('tickets', `vip.${label}`)[0]),
      [1, 3],
    );
    // One segment over sources that share no table.
    assert.deepEqual(
      ['bug', 'question', '(none)'].map((label) => values('tickets', `kind.${label}`)[0]),
      [3, 1, 1],
    );
    assert.deepEqual(
      ['pro', 'free'].map((label) => values('accounts', `kind.${label}`)[0]),
      [2, 2],
    );
    assert.deepEqual([values('tickets'), values('accounts')], [[5], [4]]);
  });

  it('reaches a segment by the path that `via` names', async () => {
    const { values } = await compute(
      engine,
      `
sources:
  trades:
    data: trades.csv
    links: { buyer: { to: firms, using: buyer }, seller: { to: firms, using: seller } }
  firms: { data: firms.csv, key: firm }
segments: { size: { source: firms, by: size } }
metrics:
  bought: { type: count, source: trades, segments: [{ segment: size, via: buyer }] }
  sold: { type: count, source: trades, segments: [{ segment: size, via: seller }] }`,
      { trades: 'buyer,seller\na,b\na,b\nb,a', firms: 'firm,size\na,small\nb,large' },
    );
    assert.deepEqual([values('bought', 'size.small'), values('sold', 'size.small')], [[2], [1]]);
  });

  it('made of others chooses the path for all of them, where they have several', async () => {
    const { values } = await compute(
      engine,
      `
sources:
  trades:
    data: trades.csv
    links: { buyer: { to: firms, using: buyer }, seller: { to: firms, using: seller } }
  visits: { data: visits.csv, links: { guest: { to: firms, using: guest } } }
  firms: { data: firms.csv, key: firm }
segments: { size: { source: firms, by: size } }
metrics:
  trades: { type: count, source: trades }
  sold: { type: count, source: trades, segments: [{ segment: size, via: seller }] }
  rate: { type: ratio, numerator: trades, denominator: { type: count, source: visits }, segments: [{ segment: size, via: buyer }] }
  twice: { type: formula, formula: sold * 2, segments: [{ segment: size, via: buyer }] }
  large: { type: ratio, numerator: { metric: trades, where: worth > 1 }, denominator: trades, segments: [{ segment: size, via: seller }] }`,
      {
        trades: 'buyer,seller,worth\na,b,1\na,b,2\nb,a,3',
        visits: 'guest\na\na\na\na\nb',
        firms: 'firm,size\na,small\nb,large',
      },
    );
    // Small buyers bought twice and visited four times; visits have one way only.
    assert.deepEqual([values('rate', 'size.small'), values('rate', 'size.large')], [[2 / 4], [1 / 1]]);
    // The formula's choice comes before that of the metric that it names.
    assert.deepEqual([values('sold', 'size.small'), values('twice', 'size.small')], [[1], [4]]);
    assert.deepEqual([values('large', 'size.small'), values('large', 'size.large')], [[1], [1 / 2]]);
  });
});
