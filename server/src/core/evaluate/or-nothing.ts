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

/** The same for what runs. */
export async function orRefused<T>(run: () => Promise<T>): Promise<T | undefined> {
  try {
    return await run();
  } catch (error) {
    if (error instanceof Refusal) return undefined;
    throw error;
  }
}
