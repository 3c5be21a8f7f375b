/** How often things are measured. */
export interface Turns {
  /** Measurements of each that are kept. */
  readonly repeat: number;
  /** Rounds before those, which are thrown away: they compile code and fill caches. */
  readonly warm: number;
  /** What is waited for after each measurement. */
  readonly rest?: () => Promise<void>;
}

/**
 * Measures several things in turn, round after round, so that a busy machine is as busy for all of them. What is returned has, for each of
 * them, its measurements in the order of the rounds.
 */
export async function inTurn<T>(
  measures: readonly (() => Promise<T>)[],
  { repeat, warm, rest }: Turns,
): Promise<readonly (readonly T[])[]> {
  const taken = measures.map((): T[] => []);
  for (let nth = -warm; nth < repeat; nth++) {
    for (const [index, measure] of measures.entries()) {
      const measured = await measure();
      if (nth >= 0) taken[index]?.push(measured);
      await rest?.();
    }
  }
  return taken;
}
