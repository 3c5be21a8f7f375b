import assert from 'node:assert/strict';
import fc from 'fast-check';
import { evaluate } from '../../../server/src/core/evaluate/evaluate.ts';
import { metricFunnel } from '../../../server/src/core/evaluate/funnel.ts';
import { countingRows } from '../../../server/src/core/evaluate/preview-rows.ts';
import { resultDocument } from '../../../server/src/core/evaluate/result.ts';
import { testEngine } from '../../kit/engine.ts';
import { present } from '../../kit/present.ts';
import { gatheredProjects } from '../../kit/reference/arbitrary-gathered.ts';
import { lifecycleProjects } from '../../kit/reference/arbitrary-lifecycle.ts';
import { projects } from '../../kit/reference/arbitrary-project.ts';
import { withProject } from '../../kit/reference/run.ts';
import { runs } from '../../kit/reference/runs.ts';
import { projectFiles } from '../../kit/reference/write.ts';

const OTHERS = [
  'count_distinct',
  'ratio',
  'formula',
  'retention',
  'churn',
  'movement',
  'cohort_retention',
  'tenure',
  'lifetime_value',
  'conversion',
];

describe('whatever the project, a funnel', () => {
  const engine = testEngine();

  it('never grows, ends with the `n` of the headline, and has the rows that are shown', async () => {
    let compared = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.tuple(projects, lifecycleProjects, gatheredProjects).chain((each) => fc.constantFrom(...each)),
        async (project) => {
          await withProject(engine, projectFiles(project), async ({ evaluator }) => {
            const evaluation = await evaluate(evaluator, { findings: false });
            for (const document of resultDocument(evaluator.checked, evaluation).metrics) {
              if (document.headline === null) continue;
              const metric = present(evaluator.checked.project.metrics.get(document.metric));
              const { parts } = await metricFunnel(evaluator, metric);
              for (const { rows, timed, clauses, inPeriod, counted } of parts) {
                const steps = [rows, timed ?? rows, ...clauses.map(({ kept }) => kept), inPeriod, counted];
                assert.deepEqual(
                  steps,
                  steps.toSorted((a, b) => b - a),
                );
              }
              const shown = await countingRows(evaluator, metric, 10_000);
              assert.deepEqual(
                shown.map(({ counting }) => counting.length),
                parts.map(({ counted }) => counted),
              );
              // What is counted distinctly has the `n` of its values, what is said of entities theirs, and what is made of others one of theirs.
              if (OTHERS.includes(document.type)) continue;
              if (metric.per !== undefined || metric.oncePer !== undefined) continue;
              const [part] = parts;
              assert.deepEqual(
                [part?.period, part?.counted],
                [document.headline.period, document.headline.n],
              );
              compared += 1;
            }
          });
        },
      ),
      runs(12),
    );
    assert.ok(compared >= 8, `${compared} metrics were compared`);
  });
});
