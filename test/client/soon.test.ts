import assert from 'node:assert/strict';
import { soon } from '../../client/src/soon.ts';

/** Work that ends when it is told to. */
function steppedWork(): { readonly runs: () => number; work(): Promise<void>; end(): Promise<void> } {
  const ends: (() => void)[] = [];
  let runs = 0;
  return {
    runs: () => runs,
    work() {
      runs++;
      return new Promise((done) => {
        ends.push(done);
      });
    },
    async end() {
      ends.shift()?.();
      await new Promise((done) => setImmediate(done));
    },
  };
}

describe('work that is asked for often', () => {
  it('runs once at a time, and once more for all that asked meanwhile', async () => {
    const stepped = steppedWork();
    const { now } = soon(0, stepped.work);
    for (let count = 0; count < 5; count++) now();
    assert.equal(stepped.runs(), 1);
    await stepped.end();
    assert.equal(stepped.runs(), 2);
    await stepped.end();
    assert.equal(stepped.runs(), 2);
  });

  it('is done once for all that ask before the delay is over', async () => {
    const stepped = steppedWork();
    const done = new Promise<void>((resolve) => {
      const gathered = soon(1, async () => {
        void stepped.work();
        resolve();
      });
      for (let count = 0; count < 5; count++) gathered.soon();
    });
    await done;
    assert.equal(stepped.runs(), 1);
  });
});
