import assert from 'node:assert/strict';
import { resolve } from 'node:path';
import { analyse } from '../../server/src/core/analyse.ts';
import { type Evaluation, evaluate } from '../../server/src/core/evaluate/evaluate.ts';
import { findPeriod } from '../../server/src/core/evaluate/series.ts';
import { kinds } from '../../server/src/core/kinds/index.ts';
import { loadProject } from '../../server/src/core/workspace.ts';
import { createNodeFileSystem } from '../../server/src/hosts/node-file-system.ts';
import { readTables } from '../kit/csv-tables.ts';
import { testEngine } from '../kit/engine.ts';
import { present } from '../kit/present.ts';
import { type OpenProject, openFolder } from '../kit/reference/run.ts';
import { educationOracle } from './education-oracle.ts';
import type { OracleSeries } from './saas-series.ts';

const FOLDER = resolve('samples/education');

describe('the education sample, evaluated', () => {
  const engine = testEngine();
  const oracle = educationOracle(readTables(FOLDER));
  const evaluations = new Map<string, Evaluation>();
  let project: OpenProject;

  before(async () => {
    project = await openFolder(engine, FOLDER);
    for (const segment of new Set(oracle.map(({ group }) => segmentOf(group)))) {
      const request = { by: segment === '' ? [] : [segment] };
      evaluations.set(segment, await evaluate(project.evaluator, request));
    }
  });

  it('breaks no rule', async () => {
    const loaded = await loadProject(createNodeFileSystem(), FOLDER, { kinds });
    assert.deepEqual(analyse(loaded, kinds).problems, []);
  });

  it('has every metric computed a second way', () => {
    const metrics = [...project.evaluator.checked.project.metrics.keys()].sort();
    assert.deepEqual([...new Set(oracle.map(({ metric }) => metric))].sort(), metrics);
  });

  for (const metric of new Set(oracle.map((series) => series.metric))) {
    it(`gives the independent values of ${metric}`, () => {
      for (const series of oracle.filter((one) => one.metric === metric))
        compare(present(evaluations.get(segmentOf(series.group))), series);
    });
  }

  it('reports the rows that were planted to be set aside, and no others', () => {
    const problems = present(evaluations.get('')).problems;
    const words = ['is not after enrolled_from', 'repeats another row', 'no done_at', 'off the scale'];
    const expected = [...words, 'without a match in educators'];
    for (const word of expected)
      assert.ok(
        problems.some(({ message }) => message.includes(word)),
        word,
      );
    assert.equal(problems.length, expected.length, problems.map(({ message }) => message).join('\n'));
  });
});

function segmentOf(group: string | undefined): string {
  return group?.split('.')[0] ?? '';
}

function compare({ metrics }: Evaluation, { metric, group, points }: OracleSeries): void {
  const result = present(metrics.find((one) => one.metric.name === metric));
  const labels = group === undefined ? [] : [group.slice(segmentOf(group).length + 1)];
  const series = present(group === undefined ? result.total : result.breakdowns[0]?.series);
  if (group !== undefined)
    assert.ok(
      series.groups.some(([label]) => label === labels[0]),
      'the group is there',
    );
  for (const { period, value, n } of points) {
    const found = series.at(present(findPeriod(series, period)), labels);
    const where = `${group ?? 'the total'} in ${period}`;
    assertClose(found.value, value, where);
    if (n !== undefined) assert.equal(found.n, n, `n of ${where}`);
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
