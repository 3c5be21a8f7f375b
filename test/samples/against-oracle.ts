import assert from 'node:assert/strict';
import { analyse } from '../../server/src/core/analyse.ts';
import { type Evaluation, evaluate } from '../../server/src/core/evaluate/evaluate.ts';
import { loadData } from '../../server/src/core/evaluate/load-data.ts';
import { type ResultDocument, resultDocument } from '../../server/src/core/evaluate/result.ts';
import { type ExampleResult, runExamples } from '../../server/src/core/evaluate/run-examples.ts';
import { kinds } from '../../server/src/core/kinds/index.ts';
import type { QueryEngine } from '../../server/src/core/ports.ts';
import { loadProject } from '../../server/src/core/workspace.ts';
import { createNodeFileSystem } from '../../server/src/hosts/node-file-system.ts';
import type { OracleSeries } from './oracle-series.ts';

/** A sample as Plumbline computes it, to be held against its oracle. */
export interface EvaluatedSample {
  /** By segment; the total is that of `''`. */
  readonly documents: ReadonlyMap<string, ResultDocument>;
  readonly problems: Evaluation['problems'];
  readonly examples: readonly ExampleResult[];
}

/** Evaluates a sample by every segment that an oracle knows, and runs its examples. Fails where its definitions have any problem or note. */
export async function evaluatedSample(
  engine: QueryEngine,
  folder: string,
  oracle: readonly OracleSeries[],
): Promise<EvaluatedSample> {
  const loaded = await loadProject(createNodeFileSystem(), folder, { kinds });
  const first = analyse(loaded, kinds);
  assert.deepEqual(first.problems, []);
  const data = await loadData(first.checked, engine, first.checked.project.sources.keys());
  const { checked } = analyse({ ...loaded, shapes: data.shapes }, kinds);
  const evaluator = { checked, kinds, engine, data };
  const documents = new Map<string, ResultDocument>();
  let problems: Evaluation['problems'] = [];
  for (const segment of new Set(['', ...oracle.map(({ group }) => group?.split('.')[0] ?? '')])) {
    if (segment === '') {
      const evaluation = await evaluate(evaluator, { by: [] });
      problems = evaluation.problems;
      documents.set(segment, resultDocument(checked, evaluation));
      continue;
    }
    const known = new Set(
      oracle.flatMap(({ metric, group }) => (group?.startsWith(`${segment}.`) ? metric : [])),
    );
    const metrics = [...checked.project.metrics.values()].filter(({ name }) => known.has(name));
    const evaluation = await evaluate(evaluator, { metrics, by: [segment], targets: [], findings: false });
    documents.set(segment, resultDocument(checked, evaluation));
  }
  const examples = await runExamples(evaluator, [...checked.project.metrics.values()]);
  return { documents, problems, examples };
}

/** Fails at the first point of a series that has another value, or another size where one is given. */
export function compareSeries({ documents }: EvaluatedSample, series: OracleSeries): void {
  const segment = series.group?.split('.')[0] ?? '';
  const label = series.group?.slice(segment.length + 1);
  const metric = documents.get(segment)?.metrics.find((one) => one.metric === series.metric);
  assert.ok(metric !== undefined, 'the metric is evaluated');
  const values = metric.values.filter(({ group }) => group[segment] === label);
  assert.ok(series.points.length > 0);
  for (const point of series.points) {
    const found = values.find(({ period }) => period === point.period);
    assert.ok(found !== undefined, `${point.period} is there`);
    assertClose(found.value, point.value, point.period);
    if (point.n !== undefined) assert.equal(found.n, point.n, `n of ${point.period}`);
  }
}

function assertClose(found: number | null, expected: number | null, where: string): void {
  if (found === null || expected === null) assert.equal(found, expected, where);
  else
    assert.ok(
      Math.abs(found - expected) <= 1e-9 * Math.max(1, Math.abs(expected)),
      `${where}: ${found} is not ${expected}`,
    );
}
