import assert from 'node:assert/strict';
import type { BookNeed } from '../../../server/src/lsp/session/numbers-book.ts';
import { testEngine } from '../../kit/engine.ts';
import { present } from '../../kit/present.ts';
import { sampleCopy, sessionOf } from '../../kit/session.ts';

describe('numbers that are asked for by the thousand', () => {
  const engine = testEngine();
  const sample = sampleCopy('saas');

  it('are computed with progress up to the last, and given up when nobody waits any more', async () => {
    const { session, errors } = sessionOf(sample.root(), engine);
    const evaluation = present(session.evaluation);
    const { loaded } = await session.analysis();
    const needs = [...loaded.project.metrics.keys()].map((name): BookNeed => ({ kind: 'metric', name }));
    assert.ok(needs.length > 24, 'they take several rounds');
    const known = (): number => needs.filter((need) => evaluation.book.isCurrent(need)).length;
    const stop = new AbortController();
    await evaluation.compute(needs, stop.signal, () => stop.abort());
    await session.whenSettled();
    const given = known();
    assert.ok(given > 0 && given < needs.length, `${given} of ${needs.length}`);
    const steps: number[] = [];
    // Whoever gives up takes nothing from another who waits for the same.
    const gone = new AbortController();
    const left = evaluation.compute(needs, gone.signal);
    setImmediate(() => gone.abort());
    await evaluation.compute(needs, new AbortController().signal, (done) => steps.push(done));
    assert.equal(known(), needs.length);
    assert.equal(steps.at(-1), needs.length);
    assert.deepEqual(
      steps,
      steps.toSorted((a, b) => a - b),
    );
    await left;
    await session.dispose();
    assert.deepEqual(errors, []);
  });
});
