import { Refusal } from '../plan/refusal.ts';

/** What cannot be planned has been reported at its own place. */
export function orNothing<T>(lower: () => T): T | undefined {
  try {
    return lower();
  } catch (error) {
    if (error instanceof Refusal) return undefined;
    throw error;
  }
}
