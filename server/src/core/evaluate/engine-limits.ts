import { Refusal } from '../plan/refusal.ts';
import { EngineFailure } from './engine.ts';
import type { Run } from './extents.ts';

/** An evaluation gives up after so many statements that ran out of time or memory: each may have taken its whole limit. */
const MOST_COSTLY = 10;

/**
 * Why one statement could not be computed, in words for users: the engine refused it, it ran out of its time or memory, or the engine was
 * killed; or the statement is too large to be written. Any other error is thrown again: an engine that is not there, a command that was stopped, a defect.
 */
export function failureText(error: unknown): string {
  if (error instanceof Refusal) return error.message;
  if (!(error instanceof EngineFailure) || !isOfStatement(error)) throw error;
  return `The engine could not compute it: ${error.message}`;
}

/** Whether an engine failed at one statement, so that others may still be computed. */
function isOfStatement({ reason }: EngineFailure): boolean {
  return reason === 'query' || reason === 'timeout' || reason === 'killed';
}

/**
 * Runs statements until too many of them were too much for the engine; refuses those that come then. A statement in which the engine
 * was killed is run once more, as somebody else may have ended its process.
 */
export function limitedRun(run: Run): Run {
  let costly = 0;
  const runOnce: Run = async (sql) => {
    if (costly >= MOST_COSTLY) {
      const message = `It was not tried, as ${MOST_COSTLY} queries before it ran out of time or memory.`;
      throw new EngineFailure('timeout', message);
    }
    try {
      return await run(sql);
    } catch (error) {
      if (error instanceof EngineFailure && (error.reason === 'timeout' || error.reason === 'killed'))
        costly += 1;
      throw error;
    }
  };
  return async (sql) => {
    try {
      return await runOnce(sql);
    } catch (error) {
      if (error instanceof EngineFailure && error.reason === 'killed') return runOnce(sql);
      throw error;
    }
  };
}
