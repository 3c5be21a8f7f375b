import assert from 'node:assert/strict';
import { resolve } from 'node:path';
import { readTables } from '../kit/csv-tables.ts';
import { testEngine } from '../kit/engine.ts';
import { compareSeries, type EvaluatedSample, evaluatedSample } from './against-oracle.ts';
import { educationOracle } from './education-oracle.ts';

const FOLDER = resolve('samples/education');

describe('the education sample, evaluated', () => {
  const engine = testEngine();
  const oracle = educationOracle(readTables(FOLDER));
  const known = new Set(oracle.map(({ metric }) => metric));
  let sample: EvaluatedSample;

  before(async () => {
    sample = await evaluatedSample(engine, FOLDER, oracle);
  });

  for (const metric of known) {
    it(`gives the independent values of ${metric}`, () => {
      for (const series of oracle.filter((one) => one.metric === metric)) compareSeries(sample, series);
    });
  }

  it('has independent values for every metric', () => {
    const metrics = sample.documents.get('')?.metrics.map(({ metric }) => metric) ?? [];
    assert.ok(metrics.length >= 38);
    assert.deepEqual(
      metrics.filter((metric) => !known.has(metric)),
      [],
    );
  });

  it('passes every example', () => {
    assert.ok(sample.examples.length >= 52);
    const failed = sample.examples.filter(({ passed }) => !passed);
    assert.deepEqual(
      failed.map(({ metric, index }) => `${metric.name} ${index}`),
      [],
    );
  });

  it('reports the rows that were planted to be set aside, and nothing else', () => {
    const found = sample.problems.map(({ code, message }) => `${code}: ${message}`).sort();
    const expected = [
      /^orphan-link: 1 row of training without a match in educators/,
      /^rows-set-aside: 1 row of activity set aside: no done_at/,
      /^rows-set-aside: 1 row of assessments set aside: it repeats another row/,
      /^rows-set-aside: 1 row of enrolments set aside: enrolled_to is not after enrolled_from/,
      /^rows-set-aside: 1 score set aside: off the scale of nps/,
    ];
    assert.equal(found.length, expected.length, found.join('\n'));
    for (const [index, pattern] of expected.entries()) assert.match(found[index] ?? '', pattern);
  });
});
