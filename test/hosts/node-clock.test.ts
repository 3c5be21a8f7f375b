import assert from 'node:assert/strict';
import { createNodeClock } from '../../server/src/hosts/node-clock.ts';

describe('the clock of the process', () => {
  it('lets timers and messages run when it yields', async () => {
    const clock = createNodeClock();
    let ran = false;
    setImmediate(() => {
      ran = true;
    });
    await clock.yield();
    assert.ok(ran);
  });

  it('does not run backwards', () => {
    const clock = createNodeClock();
    const first = clock.now();
    assert.ok(clock.now() >= first);
  });
});
