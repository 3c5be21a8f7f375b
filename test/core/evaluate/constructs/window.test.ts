import assert from 'node:assert/strict';
import { compute } from '../../../kit/construct.ts';
import { testEngine } from '../../../kit/engine.ts';

const EVENTS = {
  events: `
    on,n
    2024-11-30,1
    2024-12-31,2
    2025-01-01,4
    2025-01-31,8
    2025-02-01,16
    2025-03-31,32`,
};

/** Sums of powers of two, so that a value tells which rows are in it. */
function summed(grain: string, windows: readonly string[]): string {
  return `
defaults: { grain: ${grain} }
sources:
  events: { data: events.csv, time: on }
metrics:
${windows.map((window, index) => `  m${index}: { type: sum, source: events, value: n, window: ${window} }`).join('\n')}
`;
}

describe('a trailing window', () => {
  const engine = testEngine();

  it('closes with the period and starts its length before', async () => {
    const { values, partial } = await compute(engine, summed('month', ['31 days', '2 months']), EVENTS);
    // The months' closes are 1 December, January, February, March, April. 31 days before 1 March is 29 January.
    assert.deepEqual(values('m0'), [1, 2, 4 + 8, 8 + 16, 32]);
    // November and December; December and January; January and February; February and March.
    assert.deepEqual(values('m1'), [1, 1 + 2, 2 + 4 + 8, 4 + 8 + 16, 16 + 32]);
    // The data begin on 30 November: 31 days before the close of November and two months before that of December lie before it.
    assert.deepEqual(partial('m0'), ['2024-11']);
    assert.deepEqual(partial('m1'), ['2024-11', '2024-12']);
  });

  it('clamps months to the last day of a shorter one', async () => {
    const { at } = await compute(engine, summed('day', ['1 month']), EVENTS);
    // The close of 30 March is 31 March: one month before it is 28 February, as February has no 31st.
    assert.equal(at('m0', '2025-03-30').value, 0);
    // The close of 28 February is 1 March: from 1 February on.
    assert.equal(at('m0', '2025-02-28').value, 16);
    // The close of 27 February is the 28th: from 28 January on.
    assert.equal(at('m0', '2025-02-27').value, 8 + 16);
  });

  it('moves the bounds of the period in conditions', async () => {
    const definitions = `
sources:
  events: { data: events.csv, time: on, as_of: 2025-03-31 }
metrics:
  opening: { type: sum, source: events, value: n, where: on = period_start, window: 2 months }
  days: { type: formula, source: events, formula: "count() * 0 + date_diff('day', period_start, period_end)", window: 2 months }
`;
    const { at } = await compute(engine, definitions, EVENTS);
    // Of January and February together the first day is 1 January.
    assert.equal(at('opening', '2025-02').value, 4);
    assert.equal(at('days', '2025-02').value, 31 + 28);
  });

  it('takes spells that were alive at any time in it', async () => {
    const definitions = `
sources:
  spells: { data: spells.csv, lifespan: { start: from, end: to }, as_of: 2025-03-31 }
metrics:
  during: { type: count, source: spells, when: during, window: 2 months }
  ended: { type: count, source: spells, when: ended, window: 2 months }
`;
    const spells = `
      from,to
      2025-01-05,2025-01-20
      2025-02-10,
      2025-03-01,2025-03-15`;
    const { values } = await compute(engine, definitions, { spells });
    assert.deepEqual(values('during'), [1, 2, 2]);
    assert.deepEqual(values('ended'), [1, 1, 1]);
  });

  it('is taken over by inline metrics, and not by metrics with a name', async () => {
    const definitions = `
sources:
  events: { data: events.csv, time: on }
metrics:
  monthly: { type: sum, source: events, value: n }
  part_of_two:
    type: ratio
    numerator: monthly
    denominator: { type: sum, source: events, value: n }
    window: 2 months
`;
    const { at } = await compute(engine, definitions, EVENTS);
    assert.equal(at('part_of_two', '2025-02').value, 16 / (4 + 8 + 16));
  });
});

describe('a window to date', () => {
  const engine = testEngine();

  it('accumulates from the first day of the year, quarter or month', async () => {
    const windows = ['year_to_date', 'quarter_to_date', 'month_to_date', 'all_time'];
    const { values, partial } = await compute(engine, summed('month', windows), EVENTS);
    assert.deepEqual(values('m0'), [1, 3, 12, 28, 60]);
    assert.deepEqual(values('m1'), [1, 3, 12, 28, 60]);
    assert.deepEqual(values('m2'), [1, 2, 12, 16, 32]);
    assert.deepEqual(values('m3'), [1, 3, 15, 31, 63]);
    // The data begin within 2024, within its last quarter and within November; all of time begins with them.
    assert.deepEqual(partial('m0'), ['2024-11', '2024-12']);
    assert.deepEqual(partial('m1'), ['2024-11', '2024-12']);
    assert.deepEqual(partial('m2'), ['2024-11']);
    assert.deepEqual(partial('m3'), []);
  });

  it('begins with the year of the last day of a week that lies in two', async () => {
    const { at } = await compute(engine, summed('week', ['year_to_date']), EVENTS);
    // 2025-W01 runs from 30 December to 5 January.
    assert.equal(at('m0', '2025-W01').value, 4);
    assert.equal(at('m0', '2024-W52').value, 1);
    assert.equal(at('m0', '2025-W05').value, 4 + 8 + 16);
  });
});
