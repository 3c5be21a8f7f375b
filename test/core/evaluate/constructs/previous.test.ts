import assert from 'node:assert/strict';
import { evaluate } from '../../../../server/src/core/evaluate/evaluate.ts';
import { compute } from '../../../kit/construct.ts';
import { testEngine } from '../../../kit/engine.ts';
import { withProject } from '../../../kit/reference/run.ts';

/** One formula over a count of `events`, at a grain. */
function counted(grain: string, formulas: readonly string[]): string {
  const lines = formulas.map((formula, index) => `  f${index}: { type: formula, formula: "${formula}" }`);
  return `
defaults: { grain: ${grain} }
sources:
  events: { data: events.csv, time: on }
metrics:
  m: { type: sum, source: events, value: n }
${lines.join('\n')}
`;
}

describe('previous(m)', () => {
  const engine = testEngine();

  it('is the value one period back, 0 for an empty one, and null before the series starts', async () => {
    const events = `
      on,n
      2025-01-31,3
      2025-03-01,8
      2025-04-30,2`;
    const { values } = await compute(engine, counted('month', ['previous(m)', 'm - previous(m)']), {
      events,
    });
    assert.deepEqual(values('m'), [3, 0, 8, 2]);
    assert.deepEqual(values('f0'), [null, 3, 0, 8]);
    assert.deepEqual(values('f1'), [null, -3, 8, -6]);
  });

  it('starts with the first of all sides of the formula', async () => {
    const definitions = `
sources:
  events: { data: events.csv, time: on, as_of: 2025-03-31 }
  others: { data: others.csv, time: on, as_of: 2025-03-31 }
metrics:
  late: { type: count, source: events }
  early: { type: count, source: others }
  both: { type: formula, formula: 10 * previous(late) + early }
`;
    const tables = { events: 'on\n2025-03-05', others: 'on\n2025-01-05' };
    const { values } = await compute(engine, definitions, tables);
    // The series runs from January, where the later side counts 0: only January itself has nothing before it.
    assert.deepEqual(values('both'), [null, 0, 0]);
  });

  it('is null for the one period of all time', async () => {
    const { values } = await compute(engine, counted('all', ['previous(m)', 'coalesce(previous(m), -1)']), {
      events: 'on,n\n2025-01-31,3',
    });
    assert.deepEqual(values('f0'), [null]);
    assert.deepEqual(values('f1'), [-1]);
  });

  it('goes back by calendar intervals that are whole periods', async () => {
    const events = `
      on,n
      2023-05-10,1
      2024-02-10,2
      2024-05-10,4
      2025-05-10,8`;
    const months = await compute(
      engine,
      counted('month', ["previous(m, '1 year')", "previous(m, '1 quarter')", "previous(m, '24 months')"]),
      { events },
    );
    const at = (metric: string, period: string): number | null => months.at(metric, period).value;
    assert.deepEqual([at('f0', '2025-05'), at('f1', '2025-05'), at('f2', '2025-05')], [4, 0, 1]);
    assert.deepEqual([at('f0', '2024-05'), at('f1', '2024-05'), at('f2', '2024-05')], [1, 2, null]);
    const years = await compute(
      engine,
      counted('year', ["previous(m, '1 year')", "previous(m, '24 months')"]),
      {
        events,
      },
    );
    assert.deepEqual(years.values('f0'), [null, 1, 6]);
    assert.deepEqual(years.values('f1'), [null, null, 1]);
  });

  it('counts a year of weeks as 52', async () => {
    // 2020-W53 begins on 28 December 2020; 52 weeks before it is 30 December 2019, which is 2020-W01.
    const events = `
      on,n
      2019-12-30,7
      2020-12-28,1
      2021-01-04,2`;
    const { at } = await compute(
      engine,
      counted('week', ["previous(m, '1 year')", "previous(m, '2 weeks')"]),
      {
        events,
      },
    );
    assert.equal(at('f0', '2020-W53').value, 7);
    assert.equal(at('f0', '2021-W01').value, 0);
    assert.equal(at('f1', '2021-W01').value, 0);
    assert.equal(at('f0', '2020-W52').value, null);
  });

  it('clamps to the last day of a shorter month, by day', async () => {
    const events = `
      on,n
      2025-02-27,1
      2025-02-28,5
      2025-03-31,0`;
    const { at } = await compute(engine, counted('day', ["previous(m, '1 month')"]), { events });
    const back = ['2025-03-27', '2025-03-28', '2025-03-29', '2025-03-30', '2025-03-31'];
    assert.deepEqual(
      back.map((period) => at('f0', period).value),
      [1, 5, 5, 5, 5],
    );
  });

  it('reaches through formulas of formulas', async () => {
    const definitions = `
sources:
  events: { data: events.csv, time: on }
metrics:
  m: { type: sum, source: events, value: n }
  step: { type: formula, formula: m - previous(m) }
  bend: { type: formula, formula: step - previous(step) }
`;
    const events = 'on,n\n2025-01-05,1\n2025-02-05,4\n2025-03-05,9\n2025-04-05,16';
    const { values } = await compute(engine, definitions, { events });
    assert.deepEqual(values('step'), [null, 3, 5, 7]);
    assert.deepEqual(values('bend'), [null, null, 2, 2]);
  });

  it('is refused inside a metric of which the interval is no whole number of periods', async () => {
    const files = {
      'a.metrics.yaml': `plumbline: 1
sources:
  events: { data: events.csv, time: on }
metrics:
  m: { type: sum, source: events, value: n }
  step: { type: formula, formula: "m - previous(m, '1 month')" }
  yearly: { type: formula, formula: 2 * step, grain: year }
`,
      'events.csv': 'on,n\n2024-01-31,1\n2025-01-31,3\n',
    };
    await withProject(engine, files, async ({ evaluator }) => {
      const { metrics } = await evaluate(evaluator);
      const reasons = metrics.map(({ refused }) => refused);
      assert.deepEqual(reasons.slice(0, 2), [undefined, undefined]);
      // A year has no month before it: the year before is another thing.
      assert.match(
        reasons[2] ?? '',
        /goes back by 1 month, which is no whole number of periods of the grain year/,
      );
    });
  });
});
