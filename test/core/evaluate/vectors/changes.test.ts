import assert from 'node:assert/strict';
import { testEngine } from '../../../kit/engine.ts';
import { present } from '../../../kit/present.ts';
import { documentOf, near, passes, scores, times, withTables } from './kit.ts';

describe('published values of changes through a project', () => {
  const engine = testEngine();

  /** The values of two months, the later one first in the vectors: the change and the verdict on it. */
  async function changed(
    metric: object,
    later: readonly string[],
    earlier: readonly string[],
  ): Promise<{ readonly change: number | null; readonly verdict: string | null }> {
    const project = {
      sources: { answers: { data: 'answers.csv', time: 'on', as_of: '2025-02-28' } },
      metrics: { metric: { source: 'answers', ...metric } },
    };
    const rows = [
      ...earlier.map((value) => `2025-01-15,${value}`),
      ...later.map((value) => `2025-02-15,${value}`),
    ];
    return withTables(engine, project, { answers: ['on,x', ...rows] }, (result) =>
      present(documentOf(result, 'metric').headline ?? undefined),
    );
  }

  function verdictOf(change: number, isClear: boolean): string {
    return !isClear ? 'no_clear_change' : change > 0 ? 'up' : 'down';
  }

  passes('nps_change', async ({ nps_change: { cases } }) => {
    for (const { a, b, wald, adjusted_wald: tested } of cases) {
      const { change, verdict } = await changed({ type: 'nps', value: 'x' }, scores(a), scores(b));
      near(change, wald.diff_points);
      assert.equal(verdict, verdictOf(wald.diff_points, tested.p_two_sided < 0.05));
    }
  });

  passes('welch_difference', async ({ welch_difference: { cases } }) => {
    for (const { a, b, diff, p } of cases) {
      const { change, verdict } = await changed(
        { type: 'average', value: 'x' },
        a.map(String),
        b.map(String),
      );
      near(change, diff);
      assert.equal(verdict, verdictOf(diff, p < 0.05));
    }
    // Neither published difference is clear. That of the sleep data is with every patient counted four times.
    const [sleep] = cases;
    const often = (values: readonly number[]): string[] => values.flatMap((value) => times(4, String(value)));
    const { verdict } = await changed(
      { type: 'average', value: 'x' },
      often(sleep?.a ?? []),
      often(sleep?.b ?? []),
    );
    assert.equal(verdict, 'down');
  });

  passes('newcombe_difference_95', async ({ newcombe_difference_95: { cases } }) => {
    const answers = (hits: number, n: number): readonly string[] => [
      ...times(hits, 'true'),
      ...times(n - hits, 'false'),
    ];
    for (const { x1, n1, x2, n2, diff, lower, upper } of cases) {
      const { change, verdict } = await changed(
        { type: 'share', matching: 'x' },
        answers(x1, n1),
        answers(x2, n2),
      );
      near(change, diff);
      assert.equal(verdict, verdictOf(diff, lower > 0 || upper < 0));
    }
  });
});
