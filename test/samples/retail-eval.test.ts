import assert from 'node:assert/strict';
import { resolve } from 'node:path';
import { testEngine } from '../kit/engine.ts';
import { compareSeries, type EvaluatedSample, evaluatedSample } from './against-oracle.ts';
import { retailOracle } from './retail-oracle.ts';

const FOLDER = resolve('samples/retail');

describe('the retail sample, evaluated', () => {
  const engine = testEngine();
  const oracle = retailOracle(resolve(FOLDER, 'data'));
  let sample: EvaluatedSample;

  before(async () => {
    sample = await evaluatedSample(engine, FOLDER, oracle);
  });

  for (const series of oracle) {
    it(`gives the independent values of ${series.metric}${series.group === undefined ? '' : `, ${series.group}`}`, () =>
      compareSeries(sample, series));
  }

  it('has independent values for every metric', () => {
    const metrics = sample.documents.get('')?.metrics.map(({ metric }) => metric) ?? [];
    const known = new Set(oracle.map(({ metric }) => metric));
    assert.ok(metrics.length >= 50);
    assert.deepEqual(
      metrics.filter((metric) => !known.has(metric)),
      [],
    );
  });

  it('passes every example', () => {
    assert.ok(sample.examples.length >= 80);
    const failed = sample.examples.filter(({ passed }) => !passed);
    assert.deepEqual(
      failed.map(({ metric, index }) => `${metric.name} ${index}`),
      [],
    );
  });

  it('reports the rows that were planted to be set aside, and nothing else', () => {
    const found = sample.problems.map(({ code, message }) => `${code}: ${message}`).sort();
    const expected = [
      /^orphan-link: 1 row of contacts without a match in customers/,
      /^rows-set-aside: 1 row of memberships set aside: left_on is not after joined_on/,
      /^rows-set-aside: 1 row of orders set aside: it repeats another row/,
      /^rows-set-aside: 1 row of survey_answers set aside: no answered_at/,
      /^rows-set-aside: 1 score set aside: off the scale of csat/,
      /^rows-set-aside: 1 score set aside: off the scale of nps/,
    ];
    assert.equal(found.length, expected.length, found.join('\n'));
    for (const [index, pattern] of expected.entries()) assert.match(found[index] ?? '', pattern);
  });
});
