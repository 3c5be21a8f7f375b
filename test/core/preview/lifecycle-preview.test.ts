import assert from 'node:assert/strict';
import { evaluate } from '../../../server/src/core/evaluate/evaluate.ts';
import { resultDocument } from '../../../server/src/core/evaluate/result.ts';
import { metricPreview } from '../../../server/src/core/preview/metric-preview.ts';
import { testEngine } from '../../kit/engine.ts';
import { present } from '../../kit/present.ts';
import { testWork } from '../../kit/preview.ts';
import { openFolder } from '../../kit/reference/run.ts';

describe('the preview of a metric that follows customers', () => {
  const engine = testEngine();

  it('has its values by segment, the way of its rows, and SQL that gives the numbers of its headline', async () => {
    const { evaluator } = await openFolder(engine, 'samples/saas');
    for (const name of [
      'customer_retention',
      'accounts_lost',
      'still_here_after_3_months',
      'product_retention',
    ]) {
      const metric = present(evaluator.checked.project.metrics.get(name));
      const preview = await metricPreview(testWork(evaluator), metric);
      const evaluation = await evaluate(evaluator, { metrics: [metric], by: ['company_size'] });
      const [document] = resultDocument(evaluator.checked, evaluation).metrics;
      assert.deepEqual(preview.result, document, name);
      const [part] = preview.funnel?.parts ?? [];
      assert.ok(part !== undefined && part.counted > 0 && part.counted <= part.rows, name);
      assert.ok((preview.rows?.[0]?.counting.length ?? 0) > 0, name);
      const [statement] = preview.sql ?? [];
      const rows = await engine.run(present(statement).sql);
      const headline = present(document?.headline ?? undefined);
      const small = rows.find(
        ({ period, group_1 }) => period === `${headline.period}-01` && group_1 === 'small',
      );
      const value = document?.values.find(
        (one) => one.period === headline.period && one.group.company_size === 'small',
      )?.value;
      const [above, below] = [
        small?.retained ?? small?.stayed ?? small?.lost,
        small?.opening ?? small?.joined ?? 1,
      ];
      assert.equal(value, Number(above) / Number(below), name);
    }
  });
});
