import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { evaluate } from '../../server/src/core/evaluate/evaluate.ts';
import { metricFunnel } from '../../server/src/core/evaluate/funnel.ts';
import { countingRows } from '../../server/src/core/evaluate/preview-rows.ts';
import type { Series } from '../../server/src/core/evaluate/series.ts';
import { verdictAt } from '../../server/src/core/evaluate/verdict.ts';
import { testEngine } from '../kit/engine.ts';
import { type OpenProject, withProject } from '../kit/reference/run.ts';
import { blocksOf } from './blocks.ts';
import { filesOf, startOf, withBlock } from './page-project.ts';
import { tablesUnder } from './tables.ts';

const PAGE = readFileSync('docs/how-a-number-is-computed.md', 'utf8');
const FILES = filesOf(blocksOf(PAGE).reduce(withBlock, startOf(PAGE)));

/** Of the standard normal distribution, and of Student's t with 4 degrees of freedom, 97.5 %: as statistical tables print them. */
const Z = 1.959964;
const T4 = 2.776445;

interface Answer {
  readonly row: number;
  readonly text: string;
  /** When it was given, as a clock in London shows it; empty where nobody knows. */
  readonly local: string;
  readonly account: string;
  readonly channel: string;
  readonly score: number | undefined;
}

/** The file as this test reads it: without our reader, engine or periods. */
const ANSWERS: readonly Answer[] = (FILES['answers.csv'] ?? '')
  .trim()
  .split('\n')
  .slice(1)
  .map((text, index) => {
    const [, at = '', account = '', channel = '', score = ''] = text.split(',');
    return {
      row: index + 1,
      text,
      local: at === '' ? '' : inLondon(new Date(at)),
      account,
      channel,
      score: score === '' ? undefined : Number(score),
    };
  });

function inLondon(at: Date): string {
  // Sweden writes dates as ISO does.
  return at.toLocaleString('sv-SE', { timeZone: 'Europe/London' }).slice(0, 16);
}

const isRepeated = ({ row, text }: Answer): boolean =>
  ANSWERS.some((other) => other.row < row && other.text === text);
const timed = ANSWERS.filter(
  (answer) => !isRepeated(answer) && answer.local !== '' && answer.local < '2025-06-11',
);
const mailed = timed.filter(({ channel }) => channel === 'email');
const isScore = ({ score }: Answer): boolean => score !== undefined && score >= 0 && score <= 10;
const scored = mailed.filter(isScore);
const of = (...periods: readonly string[]): readonly Answer[] =>
  scored.filter(({ local }) => periods.includes(local.slice(0, 7)));
const promoters = (answers: readonly Answer[]): number =>
  answers.filter(({ score = 0 }) => score >= 9).length;
const detractors = (answers: readonly Answer[]): number =>
  answers.filter(({ score = 0 }) => score <= 6).length;
const nps = (answers: readonly Answer[]): number =>
  (100 * (promoters(answers) - detractors(answers))) / answers.length;

describe('the worked case of docs/how-a-number-is-computed.md', () => {
  const engine = testEngine();
  const project = <T>(use: (project: OpenProject) => Promise<T>): Promise<T> =>
    withProject(engine, FILES, use);
  const metric = ({ evaluator }: OpenProject, name: string) =>
    evaluator.checked.project.metrics.get(name) ?? assert.fail(name);

  it('has each row in its period, set aside or left out', async () => {
    const [table = []] = tablesUnder(PAGE, 'Step 1');
    const expected = ANSWERS.map((answer) => [
      String(answer.row),
      answer.local,
      answer.local === '' || answer.local >= '2025-06-11' ? '' : answer.local.slice(0, 7),
      answer.score === undefined ? '' : String(answer.score),
      scored.includes(answer),
    ]);
    assert.deepEqual(
      table.map(([row, local, period, score, fate]) => [row, local, period, score, fate === 'counts']),
      expected,
    );
    await project(async (open) => {
      const [part] = await countingRows(open.evaluator, metric(open, 'nps'), 50);
      assert.deepEqual(
        part?.counting.map(({ row }) => row),
        of('2025-05').map(({ row }) => row),
      );
      const why = new Map(part?.notCounting.map(({ row, reason }) => [row, reason.kind]));
      assert.deepEqual(
        [9, 10, 12, 13, 15].map((row) => why.get(row)),
        ['no-value', 'no-time', 'clause', 'no-value', 'after-as-of'],
      );
    });
  });

  it('leaves as many rows after each step', async () => {
    const [table = []] = tablesUnder(PAGE, 'Step 2');
    const byHand = [
      ANSWERS.filter((answer) => !isRepeated(answer)),
      timed,
      mailed,
      mailed.filter(({ local }) => local.startsWith('2025-05')),
      of('2025-05'),
    ].map(({ length }) => length);
    assert.deepEqual(
      table.map(([, rows]) => Number(rows)),
      byHand,
    );
    const [part] = await project(
      async (open) => (await metricFunnel(open.evaluator, metric(open, 'nps'))).parts,
    );
    assert.deepEqual(
      [part?.rows, part?.timed, part?.clauses[0]?.kept, part?.inPeriod, part?.counted],
      byHand,
    );
  });

  it('has these values, by period', async () => {
    const [table = []] = tablesUnder(PAGE, 'Step 3');
    const byHand = ['2025-04', '2025-05', '2025-06'].map((period) => {
      const answers = of(period);
      const [up, down] = [promoters(answers), detractors(answers)];
      return [period, up, answers.length - up - down, down, answers.length, nps(answers)];
    });
    assert.deepEqual(
      table.map(([period, ...cells]) => [period, ...cells.map(Number)]),
      byHand,
    );
    const total = await project(async (open) => totalOf(open, 'nps'));
    assert.deepEqual(
      estimatesOf(total).map(({ n, value }) => [n, value]),
      byHand.map((row) => row.slice(4)),
    );
  });

  it('has these values, by group', async () => {
    const [table = []] = tablesUnder(PAGE, 'Step 4');
    const plans = new Map([
      ['a1', 'team'],
      ['a2', 'free'],
      ['a3', 'team'],
      ['a4', 'free'],
    ]);
    const groups = ['free', 'team', '(none)'].map((group) => {
      const answers = of('2025-05').filter(({ account }) => (plans.get(account) ?? '(none)') === group);
      const scores = answers.map(({ score }) => score).join(', ');
      return [
        group,
        scores,
        ...[promoters(answers), detractors(answers), answers.length, nps(answers)].map(String),
      ];
    });
    assert.deepEqual(table, groups);
    const mean = groups.reduce((sum, row) => sum + Number(row.at(-1)), 0) / groups.length;
    assert.ok(PAGE.includes(`The mean of the groups would be ${mean.toFixed(1)}:`), String(mean));
    await project(async ({ evaluator }) => {
      const { metrics } = await evaluate(evaluator, { by: ['plan'] });
      const series = metrics[0]?.breakdowns[0]?.series ?? assert.fail();
      const may = series.periods[1] ?? assert.fail();
      assert.deepEqual(
        groups.map(([group = '']) => String(series.at(may, [group]).value)),
        groups.map((row) => row.at(-1)),
      );
    });
  });

  it('has these intervals', async () => {
    const [wald = [], wilson = [], student = []] = tablesUnder(PAGE, 'Step 5');
    const [p, d] = [2.75 / 8, 1.75 / 8];
    const around = 100 * Z * Math.sqrt((p + d - (p - d) ** 2) / 8);
    near(wald, [p, d, 12.5, around, 12.5 - around, 12.5 + around]);
    const below = 1 + Z ** 2 / 5;
    const centre = (0.4 + Z ** 2 / 10) / below;
    const half = (Z * Math.sqrt((0.4 * 0.6) / 5 + Z ** 2 / 100)) / below;
    near(wilson, [centre, half, centre - half, centre + half]);
    const s = Math.sqrt(10 / 4);
    const halfMean = (T4 * s) / Math.sqrt(5);
    near(student, [8, s, halfMean, 8 - halfMean, 8 + halfMean]);
    await project(async (open) => {
      for (const [name, table] of [
        ['nps', wald],
        ['promoters', wilson],
        ['mean_score', student],
      ] as const) {
        const { low, high } = estimatesOf(await totalOf(open, name))[1] ?? assert.fail();
        near(table.slice(-2), [low ?? Number.NaN, high ?? Number.NaN]);
      }
    });
  });

  it('judges the change so', async () => {
    const [table = []] = tablesUnder(PAGE, 'Step 6');
    const adjusted = (answers: readonly Answer[]): readonly [number, number] => {
      const n = answers.length + 3;
      const [p, d] = [(promoters(answers) + 0.75) / n, (detractors(answers) + 0.75) / n];
      return [100 * (p - d), 100 * Math.sqrt((p + d - (p - d) ** 2) / n)];
    };
    const [april, may] = [adjusted(of('2025-04')), adjusted(of('2025-05'))];
    const z = (may[0] - april[0]) / Math.sqrt(april[1] ** 2 + may[1] ** 2);
    near(table, [...april, ...may, z]);
    assert.ok(Math.abs(z) < Z);
    await project(async (open) => {
      const total = await totalOf(open, 'nps');
      const [, second = assert.fail()] = total.periods;
      assert.equal(verdictAt(total, second, []), 'no_clear_change');
    });
  });

  it('judges the target so', async () => {
    const [counts = [], path = []] = tablesUnder(PAGE, 'Step 7');
    const answers = of('2025-04', '2025-05');
    near(counts, [promoters(answers), detractors(answers), answers.length, nps(answers)]);
    const day = 86_400_000;
    const days = (Date.UTC(2025, 6, 1) - Date.UTC(2025, 3, 1)) / day;
    const passed = (Date.UTC(2025, 5, 1) - Date.UTC(2025, 3, 1)) / day;
    assert.deepEqual([days, passed], [91, 61]);
    const expected = 10 + (15 * passed) / days;
    near(path, [expected, expected - 12.5, (100 * 2.5) / 15]);
    await project(async ({ evaluator }) => {
      const { targets } = await evaluate(evaluator);
      const current = targets[0]?.current;
      assert.equal(current?.estimate?.value, 12.5);
      assert.equal(current?.status, 'at_risk');
      assert.ok(Math.abs((current?.progress ?? 0) - 2.5 / 15) < 1e-12);
      assert.ok(current?.expected?.kind === 'at_least' && Math.abs(current.expected.value - expected) < 1e-9);
    });
  });
});

async function totalOf({ evaluator }: OpenProject, name: string): Promise<Series> {
  const { metrics } = await evaluate(evaluator);
  return metrics.find(({ metric }) => metric.name === name)?.total ?? assert.fail(name);
}

function estimatesOf(series: Series) {
  return series.periods.map((period) => series.at(period, []));
}

/** The last cells of a table are these numbers, to the digits that are shown. */
function near(table: readonly (readonly string[])[], numbers: readonly number[]): void {
  assert.equal(table.length, numbers.length);
  for (const [index, row] of table.entries()) {
    const shown = (row.at(-1) ?? '').replace(' %', '');
    const digits = shown.split('.')[1]?.length ?? 0;
    assert.equal(shown, (numbers[index] ?? Number.NaN).toFixed(digits), row.join(' '));
  }
}
