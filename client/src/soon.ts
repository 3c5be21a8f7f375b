/** Work that is asked for more often than it is to be done. */
export interface Soon {
  /** Does it after the delay, once for all that ask meanwhile. */
  soon(): void;
  /** Does it at once; what was asked for is done with it. */
  now(): void;
  dispose(): void;
}

/**
 * Gathers requests for some work. It never runs twice at a time: one that is asked for while it runs follows it.
 *
 * @param work may not reject
 */
export function soon(delayMs: number, work: () => Promise<void>): Soon {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let running = false;
  let again = false;
  const run = async (): Promise<void> => {
    clearTimeout(timer);
    timer = undefined;
    again = running;
    if (running) return;
    running = true;
    await work();
    running = false;
    if (again) await run();
  };
  return {
    soon() {
      timer ??= setTimeout(() => void run(), delayMs);
    },
    now: () => void run(),
    dispose: () => clearTimeout(timer),
  };
}
