import assert from 'node:assert/strict';
import { dayOf } from '../../../server/src/core/base/period.ts';
import { metricPreview } from '../../../server/src/core/preview/metric-preview.ts';
import type { GoalPoint } from '../../../server/src/core/preview/preview.ts';
import { targetPreview } from '../../../server/src/core/preview/target-preview.ts';
import { testEngine } from '../../kit/engine.ts';
import { present } from '../../kit/present.ts';
import { testWork } from '../../kit/preview.ts';
import { near } from '../../kit/reference/compare.ts';
import { type OpenProject, withProject } from '../../kit/reference/run.ts';

/** A score a month from October 2024 to June 2025, rising by 2; a second group is always 10 lower. */
const MONTHS = [
  '2024-10',
  '2024-11',
  '2024-12',
  '2025-01',
  '2025-02',
  '2025-03',
  '2025-04',
  '2025-05',
  '2025-06',
];
const scoreIn = (index: number): number => 30 + 2 * index;
const csv = [
  'at,score,team',
  ...MONTHS.flatMap((month, index) => [
    `${month}-10,${scoreIn(index)},red`,
    `${month}-11,${scoreIn(index) - 10},blue`,
  ]),
].join('\n');

const FILES = {
  'plumbline.yaml': 'plumbline: 1\nas_of: 2025-06-15\n',
  'scores.csv': `${csv}\n`,
  'list.csv': 'size\n1\n2\n',
  'a.metrics.yaml': `plumbline: 1
sources:
  scores: { data: scores.csv, time: at, coverage: census }
  list: { data: list.csv }
segments:
  team: { source: scores, by: team }
metrics:
  score: { type: average, source: scores, value: score, better: higher }
  rows: { type: count, source: scores, better: higher }
  list: { type: count, source: list, better: higher }
targets:
  red_by_september:
    metric: score
    segment: team.red
    at_least: 60
    due: 2025-09
    baseline: { period: 2024-12, value: 30 }
    tolerance: 2
    why: A test.
    if_missed: Look again.
  by_december: { metric: score, at_most: 50, due: 2025-12, why: A test. }
  each_quarter: { metric: rows, at_least: 6, each: quarter, why: A test. }
  between: { metric: score, between: [20, 40], due: 2025-07, baseline: { period: 2025-05, value: 41 }, why: A test. }
  all_of_it: { metric: list, at_least: 2, due: all, why: A test. }
  lost: { metric: nothing, at_least: 2, due: 2025-12, why: A test. }
`,
};

const previewOf = ({ evaluator }: OpenProject, name: string, isEvaluated = true) =>
  targetPreview(testWork(evaluator, { isEvaluated }), present(evaluator.checked.project.targets.get(name)));

describe('the path of a target', () => {
  const engine = testEngine();

  it('is the straight line of section 6 from the end of the baseline to the end of the due period', async () => {
    await withProject(engine, FILES, async (project) => {
      const { path } = await previewOf(project, 'red_by_september');
      const points = present(path).points;
      assert.deepEqual(
        points.map(({ period }) => period),
        [1, 2, 3, 4, 5, 6, 7, 8, 9].map((month) => `2025-0${month}`),
      );
      points.forEach(({ low, high }, index) => {
        const [from, to] = [dayOf(2025, 1, 1), dayOf(2025, 10, 1)];
        const close = dayOf(2025, index + 2, 1);
        near(low, 30 + ((60 - 30) * (close - from)) / (to - from));
        assert.equal(high, null);
      });
      assert.equal(points.at(-1)?.low, 60);
    });
  });

  it('holds each complete period against its point, within the tolerance, and none that is to come', async () => {
    await withProject(engine, FILES, async (project) => {
      const { path } = await previewOf(project, 'red_by_september');
      for (const { period, value, status, low } of present(path).points) {
        const index = MONTHS.indexOf(period);
        // June is not over on the 15th.
        if (index < 0 || period === '2025-06') {
          assert.deepEqual([value, status], [null, null], period);
          continue;
        }
        const short = (low ?? 0) - scoreIn(index);
        assert.equal(value?.value, scoreIn(index));
        assert.equal(status, short <= 0 ? 'on_track' : short <= 2 ? 'at_risk' : 'off_track', period);
      }
      // The latest of them is what the target's own status says.
      assert.equal(path?.target.status, path?.points.find(({ period }) => period === '2025-05')?.status);
      const judged = new Set(path?.points.map(({ status }) => status));
      assert.ok(judged.has('on_track') && judged.has('at_risk') && judged.has('off_track'));
    });
  });

  it('is one point without a baseline, and a range that stays', async () => {
    await withProject(engine, FILES, async (project) => {
      const single = (await previewOf(project, 'by_december')).path;
      assert.deepEqual(single?.points, [
        {
          period: '2025-12',
          start: '2025-12-01',
          end: '2026-01-01',
          low: null,
          high: 50,
          status: null,
          value: null,
        },
      ]);
      assert.equal(single?.target.status, 'on_track');
      const range = (await previewOf(project, 'between')).path;
      assert.deepEqual(
        range?.points.map(({ period, low, high }) => [period, low, high]),
        [
          ['2025-06', 20, 40],
          ['2025-07', 20, 40],
        ],
      );
    });
  });

  it('of a repeating target has each period with how it was judged', async () => {
    await withProject(engine, FILES, async (project) => {
      const { path } = await previewOf(project, 'each_quarter');
      const brief = ({ period, low, status, value }: GoalPoint) => [period, low, status, value?.value];
      // Two rows a month; of the running quarter the two complete months have 4 of 6, which is more than two thirds of the goal.
      assert.deepEqual(present(path).points.map(brief), [
        ['2024-Q4', 6, 'met', 6],
        ['2025-Q1', 6, 'met', 6],
        ['2025-Q2', 6, 'off_track', 4],
      ]);
    });
  });

  it('of a snapshot has no days and so no points', async () => {
    await withProject(engine, FILES, async (project) => {
      const { path, result } = await previewOf(project, 'all_of_it');
      assert.deepEqual(path?.points, []);
      assert.equal(path?.target.status, 'met');
      assert.equal(result?.headline?.value, 2);
    });
  });
});

describe('the preview of a target', () => {
  const engine = testEngine();

  it('has the metric in its group only, at its own grain', async () => {
    await withProject(engine, FILES, async (project) => {
      const preview = await previewOf(project, 'red_by_september');
      assert.deepEqual(
        preview.result?.values.map(({ period, value, group }) => [period, value, group.team]),
        MONTHS.map((month, index) => [month, scoreIn(index), 'red']),
      );
      assert.deepEqual(
        [preview.result?.headline?.period, preview.result?.headline?.value],
        ['2025-05', scoreIn(7)],
      );
      assert.deepEqual(preview.metric, { name: 'score', label: 'Score', at: 'a.metrics.yaml: score' });
      assert.deepEqual([preview.segment, preview.ifMissed], ['team.red', 'Look again.']);
      assert.deepEqual(preview.baseline, { period: '2024-12', value: 30 });
    });
  });

  it('says why there is no value', async () => {
    await withProject(engine, FILES, async (project) => {
      const lost = await previewOf(project, 'lost');
      assert.equal(lost.about.unavailable, 'There is no metric "nothing".');
      assert.deepEqual([lost.metric, lost.result], [null, undefined]);
      const untrusted = await previewOf(project, 'by_december', false);
      assert.equal(untrusted.about.unavailable, 'Metrics are not evaluated in this workspace.');
      assert.equal(untrusted.metric?.name, 'score');
    });
  });

  it('has the same path as the preview of its metric', async () => {
    await withProject(engine, FILES, async (project) => {
      const { checked } = project.evaluator;
      const metric = present(checked.project.metrics.get('score'));
      const { targets } = await metricPreview(testWork(project.evaluator), metric);
      for (const path of present(targets)) {
        assert.deepEqual(path, (await previewOf(project, path.target.target)).path);
      }
      assert.equal(targets?.length, 3);
    });
  });
});
