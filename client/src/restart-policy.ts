/** Decides, each time a process has died, whether it is started again. */
export type RestartPolicy = (now: number) => boolean;

/** How often a process may die within the span before it is left alone. */
const MOST = 4;
const SPAN_MS = 3 * 60_000;

/**
 * Starts a process again that has died, up to four times in three minutes: one that dies at once whenever it starts would else burn the
 * machine, and one that dies once a day is better started again than asked about.
 *
 * @returns a policy that remembers when it was asked; `now` is in milliseconds and only ever grows
 */
export function restartPolicy(): RestartPolicy {
  const deaths: number[] = [];
  return (now) => {
    deaths.push(now);
    while (deaths[0] !== undefined && now - deaths[0] > SPAN_MS) deaths.shift();
    return deaths.length <= MOST;
  };
}
