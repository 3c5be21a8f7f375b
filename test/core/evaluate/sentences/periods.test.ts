import assert from 'node:assert/strict';
import { formatDay, formatPeriod, parsePeriod } from '../../../../server/src/core/base/period.ts';
import { compute } from '../../../kit/construct.ts';
import { testEngine } from '../../../kit/engine.ts';

/** Sentences of section 5.1 of the format, each by numbers that can be counted on the rows. */
describe('periods', () => {
  const engine = testEngine();

  it('are written as a year, quarter, month, week from Monday, or day, and end before the next begins', () => {
    const bounds = (text: string): readonly string[] => {
      const period = parsePeriod(text) ?? assert.fail(text);
      assert.equal(formatPeriod(period), text);
      return [formatDay(period.start), formatDay(period.end)];
    };
    assert.deepEqual(bounds('2025'), ['2025-01-01', '2026-01-01']);
    assert.deepEqual(bounds('2025-Q4'), ['2025-10-01', '2026-01-01']);
    assert.deepEqual(bounds('2025-05'), ['2025-05-01', '2025-06-01']);
    // ISO 8601: the week of 29 January 2025, a Wednesday; week 1 of 2026 begins in 2025, and 2026 has 53 weeks.
    assert.deepEqual(bounds('2025-W05'), ['2025-01-27', '2025-02-03']);
    assert.deepEqual(bounds('2026-W01'), ['2025-12-29', '2026-01-05']);
    assert.deepEqual(bounds('2026-W53'), ['2026-12-28', '2027-01-04']);
    assert.deepEqual(bounds('2025-05-31'), ['2025-05-31', '2025-06-01']);
    assert.equal(parsePeriod('2025-W53'), undefined);
    assert.equal(parsePeriod('2025-13'), undefined);
    assert.equal(parsePeriod('all')?.grain, 'all');
  });

  it('lie in the time zone of the project', async () => {
    const { values } = await compute(
      engine,
      `
sources: { calls: { data: calls.csv, time: at, as_of: 2025-07-31 } }
metrics: { calls: { type: count, source: calls } }`,
      // In summer London is an hour ahead of UTC.
      { calls: 'at\n2025-06-30T22:59:59Z\n2025-06-30T23:00:00Z\n2025-07-31T22:59:59Z' },
      'timezone: Europe/London',
    );
    assert.deepEqual(values('calls'), [1, 2]);
  });

  it('run without gaps from the earliest time before conditions to as_of; an empty one is 0 for counts and sums, else null', async () => {
    const { periods, values } = await compute(
      engine,
      `
sources: { orders: { data: orders.csv, time: on, as_of: 2025-05-31 } }
metrics:
  orders: { type: count, source: orders, where: amount > 1 }
  customers: { type: count_distinct, source: orders, value: who, where: amount > 1 }
  revenue: { type: sum, source: orders, value: amount, where: amount > 1 }
  mean: { type: average, source: orders, value: amount, where: amount > 1 }
  middle: { type: median, source: orders, value: amount, where: amount > 1 }
  least: { type: min, source: orders, value: amount, where: amount > 1 }
  paid: { type: share, source: orders, matching: amount > 2, where: amount > 1 }
  ratio: { type: ratio, numerator: revenue, denominator: orders }`,
      { orders: 'on,who,amount\n2025-01-20,a,1\n2025-03-10,a,5\n2025-03-11,b,7' },
    );
    assert.deepEqual(periods('orders'), ['2025-01', '2025-02', '2025-03', '2025-04', '2025-05']);
    assert.deepEqual(values('orders'), [0, 0, 2, 0, 0]);
    assert.deepEqual(values('customers'), [0, 0, 2, 0, 0]);
    assert.deepEqual(values('revenue'), [0, 0, 12, 0, 0]);
    for (const [name, value] of [
      ['mean', 6],
      ['middle', 6],
      ['least', 5],
      ['paid', 1],
      ['ratio', 6],
    ] as const)
      assert.deepEqual(values(name), [null, null, value, null, null], name);
  });

  it('of a ratio or formula are the union of its sides, up to the earliest as_of', async () => {
    const { periods, values } = await compute(
      engine,
      `
sources:
  visits: { data: visits.csv, time: on, as_of: 2025-04-30 }
  orders: { data: orders.csv, time: on, as_of: 2025-03-31 }
metrics:
  visits: { type: count, source: visits }
  orders: { type: count, source: orders }
  rate: { type: ratio, numerator: orders, denominator: visits }
  both: { type: formula, formula: visits + orders }`,
      { visits: 'on\n2025-02-01\n2025-02-02\n2025-04-01', orders: 'on\n2025-01-01\n2025-02-01' },
    );
    assert.deepEqual(periods('rate'), ['2025-01', '2025-02', '2025-03']);
    assert.deepEqual(values('rate'), [null, 0.5, null]);
    assert.deepEqual(values('both'), [1, 3, 0]);
  });

  it('come from the time that a metric names, as do the rows that it sets aside', async () => {
    const { periods, values } = await compute(
      engine,
      `
sources: { orders: { data: orders.csv, time: ordered_on } }
metrics:
  ordered: { type: count, source: orders }
  shipped: { type: count, source: orders, time: shipped_on }`,
      {
        orders:
          'ordered_on,shipped_on\n2025-01-10,2025-02-01\n2025-01-11,\n2025-02-01,2025-03-31\n,2025-03-02',
      },
    );
    // The latest time that a metric names is 31 March; the first of their own columns begins each series.
    assert.deepEqual(periods('ordered'), ['2025-01', '2025-02', '2025-03']);
    assert.deepEqual(values('ordered'), [2, 1, 0]);
    assert.deepEqual(periods('shipped'), ['2025-02', '2025-03']);
    assert.deepEqual(values('shipped'), [1, 2]);
  });

  it('that as_of cuts are partial, and all is always complete', async () => {
    const { partial, values } = await compute(
      engine,
      `
sources: { orders: { data: orders.csv, time: on, as_of: 2025-03-30 } }
metrics:
  monthly: { type: count, source: orders }
  daily: { type: count, source: orders, grain: day, where: month(on) = 3 }
  ever: { type: count, source: orders, grain: all }
  before: { type: formula, formula: previous(ever), grain: all }`,
      { orders: 'on\n2025-02-28\n2025-03-30' },
    );
    assert.deepEqual(partial('monthly'), ['2025-03']);
    assert.deepEqual(partial('daily'), []);
    assert.deepEqual(partial('ever'), []);
    assert.deepEqual(values('ever'), [2]);
    assert.deepEqual(values('before'), [null]);
  });

  it('have the spells that began or ended in them, were alive at their close, or at any time in them', async () => {
    const definitions = (kind: string): string => `
sources: { plans: { data: plans.csv, ${kind} lifespan: { start: from, end: to }, as_of: 2025-03-31 } }
metrics:
  started: { type: count, source: plans, when: started }
  ended: { type: count, source: plans, when: ended }
  active: { type: count, source: plans, when: active }
  during: { type: count, source: plans, when: during }`;
    // To 1 February is to the close of January, which is alive there: start < close and end >= close.
    const plans =
      'from,to,signed\n2025-01-15,2025-02-01,2025-01-01\n2025-02-01,2025-02-10,2025-01-02\n2025-02-20,,2025-03-03';
    const { values } = await compute(engine, definitions(''), { plans });
    assert.deepEqual(values('started'), [1, 2, 0]);
    assert.deepEqual(values('ended'), [0, 2, 0]);
    assert.deepEqual(values('active'), [1, 1, 1]);
    assert.deepEqual(values('during'), [1, 2, 1]);
    const both = await compute(
      engine,
      `${definitions('time: signed,')}
  signed: { type: count, source: plans }`,
      { plans },
    );
    assert.deepEqual(both.values('signed'), [2, 0, 1], 'by the time');
    assert.deepEqual(both.values('started'), [1, 2, 0], 'by the spell, where `when` is given');
  });

  it('whose window begins before the data are partial', async () => {
    const { partial } = await compute(
      engine,
      `
sources: { orders: { data: orders.csv, time: on, as_of: 2025-04-30 } }
metrics:
  quarter: { type: count, source: orders, window: 3 months }
  year: { type: count, source: orders, window: year_to_date }
  ever: { type: count, source: orders, window: all_time }`,
      { orders: 'on\n2025-01-01\n2025-04-30' },
    );
    // The windows of January and February would begin in November and December.
    assert.deepEqual(partial('quarter'), ['2025-01', '2025-02']);
    assert.deepEqual(partial('year'), []);
    assert.deepEqual(partial('ever'), []);
  });
});
