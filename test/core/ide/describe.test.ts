import assert from 'node:assert/strict';
import { describeMetric } from '../../../server/src/core/ide/describe/metric.ts';
import { describeSegment } from '../../../server/src/core/ide/describe/segment.ts';
import { describeSource } from '../../../server/src/core/ide/describe/source.ts';
import { describeTarget } from '../../../server/src/core/ide/describe/target.ts';
import { toPlain } from '../../../server/src/core/ide/prose/plain.ts';
import { ideFixture } from '../../kit/ide.ts';
import { present } from '../../kit/present.ts';
import { shopWith } from './shop.ts';

async function metricWords(text: string, name = 'm'): Promise<string> {
  const { context } = await ideFixture(shopWith(text));
  const metric = present(context.checked.project.metrics.get(name));
  return toPlain(describeMetric(context.checked, metric));
}

describe('a metric in words', () => {
  const cases: readonly (readonly [text: string, words: string])[] = [
    ['{ type: sum, source: orders, value: amount }', 'The sum of amount, over the rows of Orders, by month.'],
    [
      "{ type: nps, source: orders, value: amount, where: [city = 'Bath', amount > 1], grain: quarter, segments: [size, { segment: country, via: customer }] }",
      "The Net Promoter Score of amount, over the rows of Orders for which city = 'Bath' and amount > 1, by quarter. Broken down by Size and Country (by way of customer). In points. Higher is better.",
    ],
    [
      '{ type: share, source: orders, matching: amount > 1, time: ordered_at }',
      'The share of rows for which amount > 1, among those of Orders, dated by ordered_at, by month. In percent.',
    ],
    [
      '{ type: median, source: orders, per: customer, value: sum(amount), window: all_time }',
      'The median of sum(amount), each value being that of one customer, over the rows of Orders, since the first row, by month.',
    ],
    [
      '{ type: sum, source: orders, value: amount, at: last, at_per: customer_id, window: 28 days }',
      'The sum of amount, over the rows of Orders, using only the latest rows of each period for each customer_id, over the trailing 28 days, by month.',
    ],
    [
      '{ type: cohort_retention, source: orders, entity: customer_id, after: 3 months }',
      'The share of distinct customer_id that joined in the period and are active at any moment of the period, or of a day of their own, that lies 3 months later, over the rows of Orders, by month. In percent. Higher is better.',
    ],
    [
      '{ type: count, source: customers }',
      'The number of rows, among those of Customers, as the rows are now.',
    ],
    [
      '{ type: ratio, numerator: gone, denominator: gone, segments: [size], total_over: [size] }',
      `gone divided by gone, by month. Broken down by Size. By Size only the numerator is split; the rest stays total.

- gone: there is no metric of that name
- gone: there is no metric of that name`,
    ],
    ['{ source: orders }', 'A metric whose type is still to be written, by month.'],
  ];
  for (const [text, words] of cases) {
    it(`is said of ${text}`, async () => assert.equal(await metricWords(`metrics:\n  m: ${text}\n`), words));
  }

  it('lists what a ratio and a formula are made of', async () => {
    const text = `metrics:
  n: { type: count, source: orders }
  r: { type: ratio, numerator: { type: count, source: orders, where: amount > 1 }, denominator: n }
  f: { type: formula, formula: big / previous(gone), parts: { big: { metric: n, where: amount > 15 } } }
`;
    assert.equal(
      await metricWords(text, 'r'),
      `The numerator divided by n, by month.

- numerator: the number of rows, among those of Orders for which amount > 1
- n: the number of rows, among those of Orders`,
    );
    assert.equal(
      await metricWords(text, 'f'),
      `big / previous(gone), by month.

- gone: there is no metric of that name
- big: N, only for rows for which amount > 15
- n: the number of rows, among those of Orders`,
    );
  });
});

describe('customers over time in words', () => {
  const spells = 'sources:\n  spells: { data: data/orders.csv, lifespan: { start: ordered_at } }\nmetrics:\n';
  const words = (source: string, own: string): Promise<string> =>
    metricWords(`${spells}  m: { source: ${source}, entity: customer, ${own} }\n`);

  it('are alive in spells, and active where rows have only a time', async () => {
    for (const [own, alive, active] of [
      ['type: cohort_retention, after: 3 months', 'are alive at any moment', 'are active at any moment'],
      [
        'type: retention',
        'alive at the opening that are alive at the close',
        'active in the period before that are active again in the period',
      ],
      [
        'type: churn',
        'gone at the close, of those alive at the opening',
        'no longer active in the period, of those active in the period before',
      ],
      [
        'type: churn, base: average',
        'of the mean of the opening and closing counts',
        'of the mean of those active',
      ],
      ['type: retention, value: amount, expansion: include', 'left at the close', 'have again in the period'],
      ['type: churn, value: amount, expansion: exclude', 'lost by the close', 'is lost in the period'],
    ] as const) {
      const [ofSpells, ofEvents] = [await words('spells', own), await words('orders', own)];
      assert.ok(ofSpells.includes(alive), ofSpells);
      assert.ok(ofEvents.includes(active), ofEvents);
      assert.doesNotMatch(ofEvents, /alive|opening|close/);
      assert.doesNotMatch(ofSpells, /active/);
    }
    assert.match(
      await words('orders', 'type: movement, of: new'),
      /new, counted as there in each period in which they are active/,
    );
  });
});

describe('other definitions in words', () => {
  it('say what they hold', async () => {
    const { context } = await ideFixture(
      shopWith(`sources:
  spells: { data: data/orders.csv, lifespan: { start: ordered_at }, where: amount > 0, coverage: census }
segments:
  s: { source: orders, where: [amount > 1, amount < 9] }
metrics:
  m: { type: share, source: orders, matching: amount > 1 }
targets:
  t: { metric: m, segment: size.large, between: [40%, 60%], each: quarter, tolerance: 5% }
`),
    );
    const { project } = context.checked;
    assert.equal(
      toPlain(describeSource(project, present(project.sources.get('orders')))),
      'The rows of data/orders.csv, one for each order_id, dated by ordered_at.\n\n- customer: each row belongs to one of Customers, by customer_id',
    );
    assert.equal(
      toPlain(describeSource(project, present(project.sources.get('spells')))),
      'The rows of data/orders.csv for which amount > 0, alive from ordered_at on. A census: values carry no interval.',
    );
    assert.equal(
      toPlain(describeSegment(project, present(project.segments.get('s')))),
      'The rows of Orders for which amount > 1 and amount < 9 are in, all others out.',
    );
    assert.equal(
      toPlain(describeSegment(project, present(project.segments.get('size')))),
      'Groups the rows of Orders by conditions:\n\n- small: amount < 15\n- large: amount >= 15',
    );
    assert.equal(
      toPlain(describeTarget(context.checked, present(project.targets.get('t')))),
      'M of size.large should be between 40.0 and 60.0 % in each quarter, with a tolerance of 5.0 pp.',
    );
  });
});
