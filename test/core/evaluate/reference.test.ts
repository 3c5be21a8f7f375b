import assert from 'node:assert/strict';
import fc from 'fast-check';
import { evaluate } from '../../../server/src/core/evaluate/evaluate.ts';
import { resultDocument } from '../../../server/src/core/evaluate/result.ts';
import { testEngine } from '../../kit/engine.ts';
import { gatheredProjects } from '../../kit/reference/arbitrary-gathered.ts';
import { lifecycleProjects } from '../../kit/reference/arbitrary-lifecycle.ts';
import { SOURCES } from '../../kit/reference/arbitrary-measure.ts';
import { BREAKDOWNS_OF, plainProjects, projects } from '../../kit/reference/arbitrary-project.ts';
import { isoDay } from '../../kit/reference/calendar.ts';
import { close, differences } from '../../kit/reference/compare.ts';
import type { RefMetric } from '../../kit/reference/metric.ts';
import type { RefProject } from '../../kit/reference/project.ts';
import { type OpenProject, withProject } from '../../kit/reference/run.ts';
import { runs } from '../../kit/reference/runs.ts';
import { seriesOf, shareOfTotal } from '../../kit/reference/series.ts';
import { metricJson, projectFiles } from '../../kit/reference/write.ts';

/** Fails with the metric, all definitions, one a line, and the data where a metric differs from its reference. */
function agree(project: RefProject, metric: RefMetric, found: readonly string[]): void {
  if (found.length === 0) return;
  const files = projectFiles(project);
  const { sources, segments, metrics } = JSON.parse(files['all.metrics.yaml'] ?? '');
  const lines = Object.entries({ ...sources, ...segments, ...metrics }).map(
    ([name, definition]) => `${name}: ${JSON.stringify(definition)}`,
  );
  const data = Object.entries(files).filter(([path]) => path.endsWith('.csv'));
  const rows = data.map(([path, text]) => `--- ${path}\n${text}`);
  const settings = files['plumbline.yaml'] ?? '';
  assert.fail([...found, JSON.stringify(metricJson(metric)), settings, ...lines, ...rows].join('\n'));
}

/** Fails with all definitions where a project has errors. */
function assertChecked({ analysis }: OpenProject, project: RefProject): void {
  const errors = analysis.problems.filter(({ severity }) => severity === 'error');
  if (errors.length === 0) return;
  const found = errors.map(({ code, message }) => `${code}: ${message}`);
  const metrics = project.metrics.map((metric) => `${metric.name}: ${JSON.stringify(metricJson(metric))}`);
  assert.fail([...found, ...metrics].join('\n'));
}

describe('metrics of random projects', () => {
  const engine = testEngine();

  async function assertAgrees(project: RefProject, declareTypes: boolean): Promise<void> {
    await withProject(engine, projectFiles(project, declareTypes), async (open) => {
      assertChecked(open, project);
      const { metrics } = await evaluate(open.evaluator, { ownSegments: true });
      for (const metric of project.metrics) {
        const result = metrics.find((one) => one.metric.name === metric.name);
        agree(project, metric, differences(project, metric, result));
      }
    });
  }

  it('have the periods, groups, values and intervals of the reference computation', async () => {
    await fc.assert(fc.asyncProperty(projects, fc.boolean(), assertAgrees), runs(4));
  });

  it('have them for every type, and for spells by every part of their life at every grain', async () => {
    await fc.assert(fc.asyncProperty(plainProjects, fc.boolean(), assertAgrees), runs(4));
  });

  it('have them for entities that are followed through time', async () => {
    await fc.assert(fc.asyncProperty(lifecycleProjects, fc.boolean(), assertAgrees), runs(8));
  });

  it('have them for how long entities stay, what they bring, and the steps that they take', async () => {
    await fc.assert(fc.asyncProperty(gatheredProjects, fc.boolean(), assertAgrees), runs(8));
  });

  it('have them for segments and columns together as well', async () => {
    const cases = fc.constantFrom(...SOURCES).chain((source) => {
      const by = fc.uniqueArray(fc.constantFrom(...BREAKDOWNS_OF[source]), { minLength: 1, maxLength: 3 });
      return fc.record({ source: fc.constant(source), by, project: projects });
    });
    await fc.assert(
      fc.asyncProperty(cases, async ({ source, by, project }) => {
        const names = project.metrics.filter(
          (metric) => metric.source === source && metric.name.startsWith('m'),
        );
        await withProject(engine, projectFiles(project), async (open) => {
          const { project: read } = open.evaluator.checked;
          const wanted = names.flatMap(({ name }) => read.metrics.get(name) ?? []);
          const { metrics } = await evaluate(open.evaluator, { metrics: wanted, by });
          for (const [index, metric] of names.entries()) {
            const result = metrics[index];
            assert.deepEqual(
              result?.breakdowns.map((breakdown) => breakdown.by),
              [by],
            );
            agree(project, metric, differences(project, metric, result));
          }
        });
      }),
      runs(4),
    );
  });

  it('have them for the segments of a ratio or formula together, also those that split only some of its parts', async () => {
    await fc.assert(
      fc.asyncProperty(projects, async (project) => {
        await withProject(engine, projectFiles(project), async (open) => {
          const { project: read } = open.evaluator.checked;
          for (const metric of project.metrics) {
            const { name, by = [] } = metric;
            const wanted = read.metrics.get(name);
            if (name.startsWith('m') || by.length < 2 || wanted === undefined) continue;
            const { metrics } = await evaluate(open.evaluator, { metrics: [wanted], by: [...by] });
            agree(project, metric, differences(project, metric, metrics[0]));
          }
        });
      }),
      runs(3),
    );
  });

  it('have them with the share of the total that a group of a count or sum makes', async () => {
    await fc.assert(
      fc.asyncProperty(projects, async (project) => {
        await withProject(engine, projectFiles(project), async ({ evaluator }) => {
          const evaluation = await evaluate(evaluator, { ownSegments: true });
          const { metrics } = resultDocument(evaluator.checked, evaluation);
          for (const metric of project.metrics) {
            const values = metrics.find((one) => one.metric === metric.name)?.values ?? [];
            const periods = seriesOf(project, metric, []).periods;
            for (const { group, start, share_of_total } of values) {
              const period = periods.find((one) => start === null || isoDay(one.start) === start);
              if (period === undefined) continue;
              const [by, labels] = [Object.keys(group), Object.values(group)];
              const expected = shareOfTotal(project, metric, by, period, labels);
              assert.ok(close(share_of_total, expected), `${metric.name} ${JSON.stringify(group)} ${start}`);
            }
          }
        });
      }),
      runs(3),
    );
  });
});
