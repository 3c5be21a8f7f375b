import assert from 'node:assert/strict';
import { testEngine } from '../../../kit/engine.ts';
import { near, numberOf, passes, scores, times, withTables } from './kit.ts';

describe('published values of surveys through a project', () => {
  const engine = testEngine();

  passes('csat_ces_forms', async ({ csat_ces_forms: published }) => {
    const forms = [
      ['csat', published.csat_x, published.csat_5pt_top2, 5],
      ['ces', published.ces2_x, published['ces2_7pt_top3_agree(5-7)'], 7],
    ] as const;
    for (const [type, x, form, most] of forms) {
      const metrics = {
        top: { type, source: 'answers', value: 'x', ...(type === 'ces' ? { report: 'agree' } : {}) },
        mean: { type: 'average', source: 'answers', value: 'x' },
        rescaled: { type: 'formula', formula: `100 * (mean - 1) / ${most - 1}` },
        high: { type: 'share', source: 'answers', matching: 'x >= 6' },
        low: { type: 'share', source: 'answers', matching: 'x <= 3' },
        index: { type: 'formula', formula: '100 * (high - low)' },
        effort: { type: 'ces', source: 'answers', value: 'x' },
      };
      await withTables(
        engine,
        { sources: { answers: { data: 'x.csv' } }, metrics },
        { x: ['x', ...x.map(String)] },
        (result) => {
          const top = numberOf(result, 'top');
          assert.equal(top.n, form.n);
          near(top.value, form.top_box);
          near(top.low, form.wilson[0]);
          near(top.high, form.wilson[1]);
          near(numberOf(result, 'mean').value, form.mean);
          near(numberOf(result, 'rescaled').value, form.mean_rescaled_0_100);
          if (type === 'csat') return;
          near(numberOf(result, 'effort').value, published.ces2_mean);
          near(numberOf(result, 'index').value, published['ces2_index = %(6-7) - %(1-3)']);
        },
      );
    }
    const { n, published_mean: mean, ...counts } = published.published_check;
    const effort = counts['counts 1..7'].flatMap((count, index) => times(count, String(index + 1)));
    await withTables(
      engine,
      {
        sources: { answers: { data: 'x.csv' } },
        metrics: { effort: { type: 'ces', source: 'answers', value: 'x' } },
      },
      { x: ['x', ...effort] },
      (result) => {
        const { value, n: rows } = numberOf(result, 'effort');
        near(value, mean, 0.005);
        assert.equal(rows, n);
      },
    );
  });

  passes('nps', async ({ nps: { cases } }) => {
    // Each case is a group; without an answer there is a row that gives none.
    const rows = cases.flatMap(({ promoters, passives, detractors, n }, index) =>
      (n === 0 ? [''] : scores([promoters, passives, detractors])).map((score) => `${index},${score}`),
    );
    const project = {
      sources: { answers: { data: 'answers.csv' } },
      segments: { which: { source: 'answers', by: 'which' } },
      metrics: { nps: { type: 'nps', source: 'answers', value: 'score', segments: ['which'] } },
    };
    await withTables(engine, project, { answers: ['which,score', ...rows] }, (result) => {
      for (const [index, { nps, n, adjusted_wald: wald }] of cases.entries()) {
        const found = numberOf(result, 'nps', 'all', { which: String(index) });
        assert.equal(found.n, n);
        if (nps === null) assert.equal(found.value, null);
        else near(found.value, nps);
        if (wald === undefined) continue;
        near(found.low, wald.ci_points[0]);
        near(found.high, wald.ci_points[1]);
      }
    });
  });
});
