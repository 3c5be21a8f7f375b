/** How long something took, and how much processor time of this process, both in milliseconds. */
export interface Timed {
  readonly wall: number;
  readonly cpu: number;
}

/** Measures work of this process. What earlier work left behind is cleared away before, where Node was started with `--expose-gc`. */
export async function timed(work: () => unknown): Promise<Timed> {
  globalThis.gc?.();
  const before = process.cpuUsage();
  const begun = performance.now();
  await work();
  const wall = performance.now() - begun;
  const { user, system } = process.cpuUsage(before);
  return { wall, cpu: (user + system) / 1000 };
}
