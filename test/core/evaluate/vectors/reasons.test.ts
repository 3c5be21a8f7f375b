import assert from 'node:assert/strict';
import { explain } from '../../../../server/src/core/evaluate/explain.ts';
import { testEngine } from '../../../kit/engine.ts';
import { present } from '../../../kit/present.ts';
import { type Attainment, type Counts, documentOf, near, passes, times, withTables } from './kit.ts';

describe('published values of reasons, targets and trends through a project', () => {
  const engine = testEngine();

  passes('kitagawa', async ({ kitagawa: { cases } }) => {
    for (const published of cases) {
      const rows = (month: string, counts: Counts): readonly string[] =>
        Object.entries(counts).flatMap(([group, [hits, of]]) => [
          ...times(hits, `${month}-15,${group},true`),
          ...times(of - hits, `${month}-15,${group},false`),
        ]);
      const project = {
        sources: { answers: { data: 'answers.csv', time: 'on', as_of: '2025-02-28' } },
        segments: { segment: { source: 'answers', by: 'segment' } },
        metrics: { kept: { type: 'share', source: 'answers', matching: 'kept' } },
      };
      const tables = {
        answers: ['on,segment,kept', ...rows('2025-01', published.old), ...rows('2025-02', published.new)],
      };
      await withTables(engine, project, tables, async (_, { evaluator }) => {
        const metric = present(evaluator.checked.project.metrics.get('kept'));
        const { total, groups, rest } = await explain(evaluator, metric, { by: 'segment' });
        near(total.previous, published.total_old);
        near(total.value, published.total_new);
        near(
          groups.reduce((sum, { rate }) => sum + (rate ?? 0), 0),
          published.rate_effect,
        );
        near(
          groups.reduce((sum, { mix }) => sum + (mix ?? 0), 0),
          published.mix_effect,
        );
        near(rest, 0);
        for (const expected of published.segments) {
          const group = present(groups.find((each) => each.group === expected.segment));
          near(group.previous_weight, expected.w_old);
          near(group.weight, expected.w_new);
          near(group.rate, expected.rate_effect);
          near(group.mix, expected.mix_effect_centred);
        }
      });
    }
  });

  passes('target_attainment', async ({ target_attainment: published }) => {
    const higher = published.higher_better;
    const lower = published['lower_better (churn)'];
    const rows = [higher.value, lower.value].flatMap((value, index) => [
      ...times(Math.round(value * 100), `2025-02-15,${index},true`),
      ...times(100 - Math.round(value * 100), `2025-02-15,${index},false`),
    ]);
    const target = (goal: object, { baseline }: Attainment, group: number): object => ({
      metric: group === 0 ? 'csat' : 'churn',
      segment: `which.${group}`,
      due: '2025-02',
      baseline: { period: '2025-01', value: baseline },
      ...goal,
    });
    const share = { type: 'share', source: 'answers', matching: 'yes' };
    const project = {
      sources: { answers: { data: 'answers.csv', time: 'on', as_of: '2025-02-28' } },
      segments: { which: { source: 'answers', by: 'which' } },
      metrics: { csat: { ...share, better: 'higher' }, churn: { ...share, better: 'lower' } },
      targets: {
        up: target({ at_least: higher.target }, higher, 0),
        down: target({ at_most: lower.target }, lower, 1),
      },
    };
    await withTables(engine, project, { answers: ['on,which,yes', ...rows] }, ({ targets }) => {
      const progress = Object.fromEntries(targets.map((each) => [each.target, each.progress]));
      near(progress.up, higher.progress_from_baseline);
      near(progress.down, lower['progress_from_baseline (b-v)/(b-t)']);
      // The interval of 82 of 100 holds 80 %, and that of 6 of 100 holds 5 %.
      assert.deepEqual(
        targets.map(({ status }) => status),
        ['inconclusive', 'inconclusive'],
      );
    });
  });

  passes('trend', async ({ trend: { cases } }) => {
    let compared = 0;
    for (const { y, theil_sen: slope, mann_kendall: test } of cases) {
      if (y === undefined) continue;
      const month = (index: number): string => `2024-${String(index + 1).padStart(2, '0')}`;
      const project = {
        sources: { answers: { data: 'answers.csv', time: 'on', as_of: '2024-12-31' } },
        metrics: { m: { type: 'average', source: 'answers', value: 'x', where: 'x is not null' } },
      };
      // A row without a value makes the series begin in January.
      const rows = ['2024-01-02,', ...y.map((value, index) => `${month(index)}-15,${value}`)];
      await withTables(engine, project, { answers: ['on,x', ...rows] }, (result) => {
        const [found] = documentOf(result, 'm').trends;
        if (y.length < 8) return assert.equal(found, undefined);
        const { slope: own, p, direction, periods } = present(found);
        near(own, slope);
        near(p, test.p);
        assert.deepEqual([direction, periods], ['rising', y.length]);
        compared += 1;
      });
    }
    assert.equal(compared, 1);
  });
});
