import { EventEmitter, once } from 'node:events';
import { type InitializeParams, InlayHintRefreshRequest, InlayHintRequest } from 'vscode-languageserver/node';
import { type ServerProcess, startServerProcess } from './server-process.ts';

/** A server whose client asks for hints again whenever it is told to, as editors do. */
export interface HintsClient {
  readonly server: ServerProcess;
  /** The labels of all hints of a document now, by line. */
  hints(uri: string): Promise<ReadonlyMap<number, string>>;
  /** Asks for hints, now and whenever numbers have changed, until they are as wanted. Gives every answer, the last included. */
  hintsUntil(
    uri: string,
    wanted: (hints: ReadonlyMap<number, string>) => boolean,
  ): Promise<readonly ReadonlyMap<number, string>[]>;
}

const WHOLE = { start: { line: 0, character: 0 }, end: { line: 1_000_000, character: 0 } };

/** Starts the bundled server with such a client. */
export async function startHintsClient(params: Partial<InitializeParams> = {}): Promise<HintsClient> {
  const server = await startServerProcess('stdio', {
    capabilities: { workspace: { inlayHint: { refreshSupport: true } } },
    ...params,
  });
  const events = new EventEmitter();
  let refreshed = 0;
  server.connection.onRequest(InlayHintRefreshRequest.type, async () => {
    refreshed++;
    events.emit('refresh');
  });
  const hints: HintsClient['hints'] = async (uri) => {
    const params = { textDocument: { uri }, range: WHOLE };
    const found = (await server.connection.sendRequest(InlayHintRequest.type, params)) ?? [];
    return new Map(found.map(({ position, label }) => [position.line, String(label)]));
  };
  return {
    server,
    hints,
    async hintsUntil(uri, wanted) {
      const answers: ReadonlyMap<number, string>[] = [];
      for (;;) {
        const before = refreshed;
        const answer = await hints(uri);
        answers.push(answer);
        if (wanted(answer)) return answers;
        // A refresh that came while the answer was on its way counts too.
        if (refreshed === before) await once(events, 'refresh');
      }
    },
  };
}
