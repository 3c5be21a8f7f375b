import assert from 'node:assert/strict';
import { resolve } from 'node:path';
import { testEngine } from '../kit/engine.ts';
import { compareSeries, type EvaluatedSample, evaluatedSample } from './against-oracle.ts';
import { saasOracle } from './saas-oracle.ts';

const FOLDER = resolve('samples/saas');

describe('the saas sample, evaluated', () => {
  const engine = testEngine();
  const oracle = saasOracle(resolve(FOLDER, 'data'));
  let sample: EvaluatedSample;

  before(async () => {
    sample = await evaluatedSample(engine, FOLDER, oracle);
  });

  for (const series of oracle) {
    it(`gives the independent values of ${series.metric}${series.group === undefined ? '' : `, ${series.group}`}`, () =>
      compareSeries(sample, series));
  }

  it('passes every example', () => {
    assert.ok(sample.examples.length >= 42);
    const failed = sample.examples.filter(({ passed }) => !passed);
    assert.deepEqual(
      failed.map(({ metric, index }) => `${metric.name} ${index}`),
      [],
    );
  });

  it('reports the rows that were planted to be set aside', () => {
    const codes = sample.problems.map(({ code }) => code).sort();
    assert.deepEqual([...new Set(codes)], ['orphan-link', 'rows-set-aside']);
    for (const words of [
      'repeats another row',
      'no answered_at',
      'off the scale',
      'is not after started_on',
    ]) {
      assert.ok(
        sample.problems.some(({ message }) => message.includes(words)),
        words,
      );
    }
  });
});
