import assert from 'node:assert/strict';
import fc from 'fast-check';
import { cohortTriangle } from '../../../server/src/core/evaluate/cohort-triangle.ts';
import { evaluate } from '../../../server/src/core/evaluate/evaluate.ts';
import { type MetricDocument, resultDocument } from '../../../server/src/core/evaluate/result.ts';
import { customerFiles, rowsOfCustomers } from '../../kit/customers.ts';
import { testEngine } from '../../kit/engine.ts';
import { present } from '../../kit/present.ts';
import { close } from '../../kit/reference/compare.ts';
import { withProject } from '../../kit/reference/run.ts';
import { runs } from '../../kit/reference/runs.ts';

/** What holds between all customers and the groups and cohorts that they make up. */

/** Types of which a group weighs its `n` entities; the rest weigh what they had at the opening. */
const BY_ENTITIES = ['retention', 'churn', 'cohort', 'worth', 'again'];
const BY_VALUE = ['net', 'gross', 'value_churn'];

type Value = MetricDocument['values'][number];

describe('whatever the groups of customers', () => {
  const engine = testEngine();

  it('the total is the pooled value, and not the mean of the groups', async () => {
    let [compared, apart] = [0, 0];
    await fc.assert(
      fc.asyncProperty(rowsOfCustomers, fc.constantFrom('spells', 'events'), async (rows, source) => {
        await withProject(engine, customerFiles(rows, source), async ({ evaluator }) => {
          const evaluation = await evaluate(evaluator, { by: ['region'], findings: false });
          const { metrics } = resultDocument(evaluator.checked, evaluation);
          const valuesOf = (name: string): readonly Value[] =>
            metrics.find(({ metric }) => metric === name)?.values ?? [];
          const openings = valuesOf('opening_worth');
          const opening = (one: Value): number =>
            openings.find(({ period, group }) => period === one.period && group.region === one.group.region)
              ?.value ?? 0;
          for (const name of [...BY_ENTITIES, ...BY_VALUE]) {
            for (const total of valuesOf(name).filter(({ group }) => group.region === undefined)) {
              const groups = valuesOf(name).filter(
                ({ period, group, value }) =>
                  period === total.period && group.region !== undefined && value !== null,
              );
              if (total.value === null) {
                assert.deepEqual(groups, [], `${name} in ${total.period}`);
                continue;
              }
              const weight = (one: Value): number => (BY_VALUE.includes(name) ? opening(one) : one.n);
              const sum = (of: (one: Value) => number): number =>
                groups.reduce((all, one) => all + of(one), 0);
              const pooled = sum((one) => weight(one) * (one.value ?? 0)) / sum(weight);
              assert.ok(close(total.value, pooled), `${name} in ${total.period}: ${total.value}, ${pooled}`);
              const mean = sum((one) => one.value ?? 0) / groups.length;
              if (!close(total.value, mean)) apart += 1;
              compared += 1;
            }
          }
        });
      }),
      runs(4),
    );
    assert.ok(compared >= 60 && apart >= 20, `${compared} totals were compared, ${apart} are no mean`);
  });

  it('all of a cohort are there in the period in which they joined', async () => {
    let compared = 0;
    await fc.assert(
      fc.asyncProperty(rowsOfCustomers, fc.constantFrom('spells', 'events'), async (rows, source) => {
        await withProject(engine, customerFiles(rows, source), async ({ evaluator }) => {
          const metric = present(evaluator.checked.project.metrics.get('cohort'));
          const triangle = await cohortTriangle(evaluator, metric);
          for (const { entities, there } of triangle) {
            assert.equal(there[0] ?? 0, entities);
            assert.ok(there.every((count) => count === null || count <= entities));
            if (entities > 0) compared += 1;
          }
          // Everybody joined once.
          const joined = triangle.reduce((sum, { entities }) => sum + entities, 0);
          assert.equal(joined, new Set(rows.map(({ who }) => who)).size);
        });
      }),
      runs(4),
    );
    assert.ok(compared >= 10, `${compared} cohorts were compared`);
  });
});
