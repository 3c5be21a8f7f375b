import assert from 'node:assert/strict';
import { resolve } from 'node:path';
import { analyse } from '../../server/src/core/analyse.ts';
import { type Evaluation, evaluate } from '../../server/src/core/evaluate/evaluate.ts';
import { loadData } from '../../server/src/core/evaluate/load-data.ts';
import { type ResultDocument, resultDocument } from '../../server/src/core/evaluate/result.ts';
import { type ExampleResult, runExamples } from '../../server/src/core/evaluate/run-examples.ts';
import { kinds } from '../../server/src/core/kinds/index.ts';
import { loadProject } from '../../server/src/core/workspace.ts';
import { createNodeFileSystem } from '../../server/src/hosts/node-file-system.ts';
import { testEngine } from '../kit/engine.ts';
import { type OracleSeries, saasOracle } from './saas-oracle.ts';

const FOLDER = resolve('samples/saas');

describe('the saas sample, evaluated', () => {
  const engine = testEngine();
  const oracle = saasOracle(resolve(FOLDER, 'data'));
  const documents = new Map<string, ResultDocument>();
  let problems: Evaluation['problems'] = [];
  let examples: readonly ExampleResult[] = [];

  before(async () => {
    const loaded = await loadProject(createNodeFileSystem(), FOLDER, { kinds });
    const first = analyse(loaded, kinds);
    assert.deepEqual(first.problems, []);
    const data = await loadData(first.checked, engine, first.checked.project.sources.keys());
    const { checked } = analyse({ ...loaded, shapes: data.shapes }, kinds);
    const evaluator = { checked, kinds, engine, data };
    const segments = new Set(oracle.map(({ group }) => group?.split('.')[0] ?? ''));
    for (const segment of segments) {
      const evaluation = await evaluate(evaluator, { by: segment === '' ? [] : [segment] });
      documents.set(segment, resultDocument(checked, evaluation));
      if (segment === '') problems = evaluation.problems;
    }
    examples = await runExamples(evaluator, [...checked.project.metrics.values()]);
  });

  for (const series of oracle) {
    it(`gives the independent values of ${series.metric}${series.group === undefined ? '' : `, ${series.group}`}`, () => {
      compare(documents, series);
    });
  }

  it('passes every example', () => {
    assert.ok(examples.length >= 42);
    const failed = examples
      .filter(({ passed }) => !passed)
      .map(({ metric, index }) => `${metric.name} ${index}`);
    assert.deepEqual(failed, []);
  });

  it('reports the rows that were planted to be set aside', () => {
    const codes = problems.map(({ code }) => code).sort();
    assert.deepEqual([...new Set(codes)], ['orphan-link', 'rows-set-aside']);
    for (const words of [
      'repeats another row',
      'no answered_at',
      'off the scale',
      'is not after started_on',
    ]) {
      assert.ok(
        problems.some(({ message }) => message.includes(words)),
        words,
      );
    }
  });
});

function compare(documents: ReadonlyMap<string, ResultDocument>, series: OracleSeries): void {
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
