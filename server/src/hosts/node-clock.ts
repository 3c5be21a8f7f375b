import type { Clock } from '../core/ports.ts';

/** The clock of this process. Yielding lets messages, timers and files be served. */
export function createNodeClock(): Clock {
  return {
    now: () => performance.now(),
    yield: () => new Promise((resolve) => setImmediate(resolve)),
  };
}
