import assert from 'node:assert/strict';
import { evaluate } from '../../../server/src/core/evaluate/evaluate.ts';
import { testEngine } from '../../kit/engine.ts';
import { withProject } from '../../kit/reference/run.ts';

/** Two contracts, signed in January and in March; the second is to start in September. */
const CSV = 'signed_on,reviewed_on,from\n2025-01-10,,2025-01-15\n2025-03-05,2025-04-02,2025-09-01\n';

async function asOf(
  engine: ReturnType<typeof testEngine>,
  source: string,
  metric = '',
): Promise<string | undefined> {
  const files = {
    'a.metrics.yaml': `plumbline: 1
sources:
  contracts: { data: contracts.csv, ${source} }
metrics:
  running: { type: count, source: contracts, when: active }
${metric}`,
    'contracts.csv': CSV,
  };
  return withProject(engine, files, async ({ evaluator }) => (await evaluate(evaluator)).asOf);
}

describe('the default as_of', () => {
  const engine = testEngine();

  it('is the latest time of a source, also where spells start after it', async () => {
    assert.equal(
      await asOf(engine, 'time: signed_on, lifespan: { start: from, end: reviewed_on }'),
      '2025-03-05',
    );
  });

  it('is the latest of every time that metrics on the source name', async () => {
    const reviewed = '  reviewed: { type: count, source: contracts, time: reviewed_on }\n';
    assert.equal(
      await asOf(engine, 'time: signed_on, lifespan: { start: from, end: reviewed_on }', reviewed),
      '2025-04-02',
    );
  });

  it('is the latest spell start where there is no time', async () => {
    assert.equal(await asOf(engine, 'lifespan: { start: signed_on, end: from }'), '2025-03-05');
  });
});
