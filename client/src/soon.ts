/** Work that is asked for more often than it is to be done. */
export interface Soon {
  /** Does it after the delay, once for all that ask meanwhile. */
  soon(): void;
  /** Does it at once; what was asked for is done with it. */
  now(): void;
  dispose(): void;
}

/** Nobody waits longer than this for work that took long. */
const MAX_DELAY_MS = 2_000;

/**
 * Gathers requests for some work. It never runs twice at a time: one that is asked for while it runs follows it.
 *
 * @param delayMs the least that it waits
 * @param work may not reject
 * @param patience so many times as long as the work took it waits before it is done again, so that who does it is left free between
 */
export function soon(delayMs: number, work: () => Promise<void>, patience = 0): Soon {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let running = false;
  let again = false;
  let tookMs = 0;
  const run = async (): Promise<void> => {
    clearTimeout(timer);
    timer = undefined;
    again = running;
    if (running) return;
    running = true;
    const start = performance.now();
    await work();
    tookMs = performance.now() - start;
    running = false;
    if (again) await run();
  };
  return {
    soon() {
      timer ??= setTimeout(() => void run(), Math.max(delayMs, Math.min(MAX_DELAY_MS, patience * tookMs)));
    },
    now: () => void run(),
    dispose: () => clearTimeout(timer),
  };
}
