import assert from 'node:assert/strict';
import { evaluate } from '../../../server/src/core/evaluate/evaluate.ts';
import type { Estimate } from '../../../server/src/core/plan/metric-plan.ts';
import { testEngine } from '../../kit/engine.ts';
import { present } from '../../kit/present.ts';
import { withProject } from '../../kit/reference/run.ts';

/** The values of metrics over one column `x` of a snapshot, each metric by its fields. */
type Metrics = Readonly<Record<string, string>>;

describe('metrics over published numbers', () => {
  const engine = testEngine();

  async function valuesOf(
    x: readonly (number | string)[],
    metrics: Metrics,
  ): Promise<Record<string, Estimate>> {
    const definitions = Object.entries(metrics).map(
      ([name, fields]) => `  ${name}: { source: answers, ${fields} }`,
    );
    const text = [
      'plumbline: 1',
      'sources:',
      '  answers: { data: x.csv }',
      'metrics:',
      ...definitions,
      '',
    ].join('\n');
    const files = {
      'plumbline.yaml': 'plumbline: 1\n',
      'a.metrics.yaml': text,
      'x.csv': ['x', ...x, ''].join('\n'),
    };
    return withProject(engine, files, async ({ evaluator }) => {
      const { metrics: results } = await evaluate(evaluator);
      return Object.fromEntries(
        results.map(({ metric, total, refused }) => {
          const series = present(total, `value of ${metric.name}: ${refused}`);
          return [metric.name, series.at(present(series.periods[0]), [])];
        }),
      );
    });
  }

  function near(estimate: Estimate | undefined, expected: number, digits: number): void {
    const value = present(estimate?.value ?? undefined);
    assert.ok(Math.abs(value - expected) <= 0.5000001 * 10 ** -digits, `${value} is not ${expected}`);
  }

  it('takes quantiles between the closest ranks: type 7 of Hyndman & Fan (1996), as numpy and R do', async () => {
    // numpy.percentile([15, 20, 35, 40, 50, 3, 7], [25, 50, 75, 90]) is [11, 20, 37.5, 44].
    const values = await valuesOf([15, 20, 35, 40, 50, 3, 7], {
      p25: 'type: percentile, value: x, p: 0.25',
      p50: 'type: median, value: x',
      p75: 'type: percentile, value: x, p: 0.75',
      p90: 'type: percentile, value: x, p: 0.9',
      least: 'type: percentile, value: x, p: 0',
      most: 'type: percentile, value: x, p: 1',
    });
    const numbers = Object.values(values).map(({ value }) => Math.round((value ?? NaN) * 1e9) / 1e9);
    assert.deepEqual(numbers, [11, 20, 37.5, 44, 3, 50]);
  });

  it('computes CSAT as the share of the top two of five', async () => {
    // Farris et al. (2010), Marketing Metrics, 2.7: 8 of 12 answers are 4 or 5; Wilson by the same tables as for 2 of 3 × 4.
    const { csat, average } = await valuesOf([5, 4, 4, 3, 5, 2, 4, 5, 1, 4, 5, 3], {
      csat: 'type: csat, value: x',
      average: 'type: average, value: x',
    });
    near(csat, 0.6666666667, 10);
    assert.equal(csat?.n, 12);
    assert.ok(
      Math.abs((csat?.low ?? 0) - 0.3906220889) < 1e-9 && Math.abs((csat?.high ?? 0) - 0.8618799089) < 1e-9,
    );
    near(average, 3.75, 10);
    assert.ok(
      Math.abs((average?.low ?? 0) - 2.9316076084) < 1e-9 &&
        Math.abs((average?.high ?? 0) - 4.5683923916) < 1e-9,
    );
  });

  it('computes CES as a mean or as the share of the top three of seven', async () => {
    const { mean, agree } = await valuesOf([7, 6, 7, 5, 3, 6, 7, 2, 6, 6], {
      mean: 'type: ces, value: x, report: average',
      agree: 'type: ces, value: x, report: agree',
    });
    near(mean, 5.5, 10);
    assert.ok(
      Math.abs((mean?.low ?? 0) - 4.2724916462) < 1e-9 && Math.abs((mean?.high ?? 0) - 6.7275083538) < 1e-9,
    );
    near(agree, 0.8, 10);
    assert.ok(
      Math.abs((agree?.low ?? 0) - 0.4901624715) < 1e-9 && Math.abs((agree?.high ?? 0) - 0.9433178485) < 1e-9,
    );
  });

  it('gives the mean effort that CYS prints for its example (support.cys.group, article 3000095529)', async () => {
    const counts = [80, 210, 140, 110, 160, 180, 120];
    const answers = counts.flatMap((count, index) => Array.from({ length: count }, () => index + 1));
    const { effort } = await valuesOf(answers, { effort: 'type: ces, value: x' });
    near(effort, 4.08, 2);
    assert.equal(effort?.n, 1000);
  });

  it('gives the score of the basic test of the R package NPS', async () => {
    // brendan-r/NPS, tests/testthat/test_01_basics.R: nps(c(0, 7, 7, 9, 9, 9)) is 1/3; ours is in points.
    const { score } = await valuesOf([0, 7, 7, 9, 9, 9], { score: 'type: nps, value: x' });
    near(score, 33.3333333333, 9);
    assert.ok(
      Math.abs((score?.low ?? 0) + 26.7432587941) < 1e-8 &&
        Math.abs((score?.high ?? 0) - 71.1877032385) < 1e-8,
    );
  });

  it('divides the squares of a deviation by n − 1', async () => {
    // Student's sleep data, first group: sd() of R prints 1.78901.
    const { spread } = await valuesOf([0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0], {
      spread: 'type: stddev, value: x',
    });
    near(spread, 1.7890096578, 9);
  });
});
