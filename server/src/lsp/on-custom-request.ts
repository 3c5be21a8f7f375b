import type { CancellationToken } from 'vscode-languageserver';
import type { CustomRequest, ProjectParams } from '../protocol/custom-request.ts';
import { answer } from './answer.ts';
import type { ServerContext } from './feature.ts';
import type { Snapshot } from './snapshot.ts';

/** Answers one of our own requests from the state of the document's project; `undefined` becomes null, as `answer` has it. */
export function onCustomRequest<Params extends ProjectParams, Result>(
  context: ServerContext,
  { method }: CustomRequest<Params, Result | null>,
  handler: (
    snapshot: Snapshot,
    params: Params,
    token: CancellationToken,
  ) => Result | undefined | Promise<Result | undefined>,
): void {
  context.connection.onRequest<unknown, unknown>(method, (params: Params, token: CancellationToken) =>
    answer(context, params.textDocument.uri, token, (snapshot) => handler(snapshot, params, token)),
  );
}
