import assert from 'node:assert/strict';
import fc from 'fast-check';
import { formatPeriod } from '../../../server/src/core/base/period.ts';
import { affectedMetrics, mayMove } from '../../../server/src/core/diff/affected.ts';
import { isMoved } from '../../../server/src/core/diff/compare-series.ts';
import { projectFacts } from '../../../server/src/core/diff/project-facts.ts';
import { changedData } from '../../../server/src/core/diff-versions/changed-data.ts';
import { evaluate, type MetricResult } from '../../../server/src/core/evaluate/evaluate.ts';
import type { QueryEngine } from '../../../server/src/core/ports.ts';
import { openFolderVersion } from '../../kit/diff/compare-folders.ts';
import { changed } from '../../kit/diff/random-change.ts';
import { testEngine } from '../../kit/engine.ts';
import { gatheredProjects } from '../../kit/reference/arbitrary-gathered.ts';
import { lifecycleProjects } from '../../kit/reference/arbitrary-lifecycle.ts';
import { projects } from '../../kit/reference/arbitrary-project.ts';
import { withFolder, withProject } from '../../kit/reference/run.ts';
import { runs } from '../../kit/reference/runs.ts';
import { projectFiles } from '../../kit/reference/write.ts';

type Files = Readonly<Record<string, string>>;
/** All values of all metrics from scratch, by metric. */
async function valuesOf(engine: QueryEngine, files: Files): Promise<ReadonlyMap<string, Values>> {
  return withProject(engine, files, async ({ evaluator }) => {
    const { metrics } = await evaluate(evaluator, { ownSegments: true, findings: false });
    return new Map(metrics.map((result) => [result.metric.name, seenOf(result)]));
  });
}

type Values = ReadonlyMap<string, number | null>;

/** Every value of a metric by breakdown, period and group; one that has none says why under a key of its own. */
function seenOf({ total, breakdowns, refused, refusedBreakdowns }: MetricResult): Values {
  const values = new Map<string, number | null>();
  if (refused !== undefined) values.set('refused', null);
  for (const { by } of refusedBreakdowns) values.set(`refused ${by.join()}`, null);
  for (const { by, series } of [...(total === undefined ? [] : [{ by: [], series: total }]), ...breakdowns]) {
    for (const period of series.periods) {
      for (const group of series.groups)
        values.set(JSON.stringify([by, formatPeriod(period), group]), series.at(period, group).value);
    }
  }
  return values;
}

function isOther(before: Values, after: Values): boolean {
  if (before.size !== after.size) return true;
  return [...before].some(([key, value]) => {
    const now = after.get(key);
    return now === undefined || isMoved({ before: value, after: now });
  });
}

describe('the metrics that a change reaches', () => {
  const engine = testEngine();
  let moved = 0;

  const cases = {
    project: fc.oneof(projects, lifecycleProjects, gatheredProjects),
    where: fc.constantFrom(
      'definitions',
      'definitions',
      'definitions',
      'definitions',
      'settings',
      'data' as const,
    ),
    pick: fc.nat(),
  };

  it('are among others all whose values move when everything is evaluated from scratch', async () => {
    await fc.assert(
      fc.asyncProperty(fc.record(cases), async ({ project, where, pick }) => {
        const before = projectFiles(project);
        const after = changed(before, where, pick);
        const reached = await withFolder(before, (old) =>
          withFolder(after, async (now) => {
            const [one, other] = [await openFolderVersion(old), await openFolderVersion(now)];
            const known = projectFacts(one, other);
            const data = await changedData(one, other, known.renames);
            return affectedMetrics(one, other, known, data).filter(mayMove);
          }),
        );
        const names = new Set(reached.map(({ name }) => name));
        const [old, now] = [await valuesOf(engine, before), await valuesOf(engine, after)];
        for (const [name, values] of now) {
          const was = old.get(name);
          if (was === undefined || !isOther(was, values)) continue;
          moved += 1;
          const lines = (text = ''): string[] => text.split('\n');
          const left = lines(before['all.metrics.yaml']).filter(
            (line) => !lines(after['all.metrics.yaml']).includes(line),
          );
          const written = JSON.parse(before['all.metrics.yaml'] ?? '').metrics[name];
          assert.ok(
            names.has(name),
            `${name} moved, and is not reached by ${where} ${left.join(' ')}: ${JSON.stringify(written)}`,
          );
        }
      }),
      runs(8),
    );
    assert.ok(moved > 0);
  });
});
