import assert from 'node:assert/strict';
import { formatPeriod } from '../../../server/src/core/base/period.ts';
import { cohortTriangle } from '../../../server/src/core/evaluate/cohort-triangle.ts';
import { evaluate } from '../../../server/src/core/evaluate/evaluate.ts';
import { Refusal } from '../../../server/src/core/plan/refusal.ts';
import { testEngine } from '../../kit/engine.ts';
import { present } from '../../kit/present.ts';
import { openFolder } from '../../kit/reference/run.ts';

describe('the triangle of cohorts', () => {
  const engine = testEngine();

  it('has the whole cohort in its first period, and the values of the metric on its diagonals', async () => {
    const { evaluator } = await openFolder(engine, 'samples/saas');
    const metric = present(evaluator.checked.project.metrics.get('still_here_after_3_months'));
    const triangle = await cohortTriangle(evaluator, metric);
    const { metrics } = await evaluate(evaluator, { metrics: [metric] });
    const series = present(metrics[0]?.total);
    assert.deepEqual(
      triangle.map(({ period }) => formatPeriod(period)),
      series.periods.map(formatPeriod),
    );
    for (const { period, entities, there } of triangle) {
      assert.equal(there[0], entities, formatPeriod(period));
      const { value } = series.at(period, []);
      const kept = there[3] ?? null;
      assert.equal(value, kept === null || entities === 0 ? null : kept / entities, formatPeriod(period));
      // A cohort is never more than all of it.
      assert.ok(there.every((count) => count === null || count <= entities));
    }
    assert.ok(triangle.some(({ there, entities }) => (there[3] ?? 0) > 0 && (there[3] ?? 0) < entities));
  });

  it('is refused where there is none', async () => {
    const { evaluator } = await openFolder(engine, 'samples/saas');
    const { metrics } = evaluator.checked.project;
    const refused = (name: string, grain?: 'all' | 'day'): Promise<unknown> =>
      cohortTriangle(evaluator, present(metrics.get(name)), grain === undefined ? {} : { grain });
    await assert.rejects(refused('customer_retention'), Refusal);
    await assert.rejects(refused('cancellation_rate'), Refusal);
    await assert.rejects(refused('still_here_after_3_months', 'all'), Refusal);
    await assert.rejects(refused('still_here_after_3_months', 'day'), /choose a coarser grain/);
  });
});
