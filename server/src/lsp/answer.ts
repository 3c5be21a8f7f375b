import type { CancellationToken } from 'vscode-languageserver';
import { Cancelled } from '../core/base/cancel.ts';
import type { ServerContext } from './feature.ts';
import type { Snapshot } from './snapshot.ts';

/**
 * Answers a request about a document from the state of its project. `undefined` becomes `null`, which every method of the
 * protocol takes for "nothing". A request that was cancelled has no answer that anybody reads; any other exception is logged
 * and answered with nothing, so that one defect never ends the session.
 */
export async function answer<T>(
  { connection, projects }: ServerContext,
  uri: string,
  token: CancellationToken,
  of: (snapshot: Snapshot) => T | undefined | Promise<T | undefined>,
): Promise<T | null> {
  try {
    const snapshot = await projects.snapshot(uri);
    if (snapshot === undefined || token.isCancellationRequested) return null;
    return (await of(snapshot)) ?? null;
  } catch (error) {
    if (!(error instanceof Cancelled)) {
      const defect = error instanceof Error ? (error.stack ?? error.message) : String(error);
      connection.console.error(`A request failed: ${defect}`);
    }
    return null;
  }
}

/** Answers a request about the whole workspace from the state of each of its projects; those that fail are left out. */
export async function answerEach<T>(
  context: ServerContext,
  token: CancellationToken,
  of: (snapshot: Snapshot) => T,
): Promise<readonly T[]> {
  const answers: T[] = [];
  for (const session of await context.projects.all()) {
    const answered = await answer(context, context.projects.uriOfSettings(session), token, of);
    if (answered !== null) answers.push(answered);
  }
  return answers;
}
