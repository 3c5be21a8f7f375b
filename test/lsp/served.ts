import assert from 'node:assert/strict';
import { PassThrough } from 'node:stream';
import {
  createConnection,
  createProtocolConnection,
  type InitializeParams,
  type ProtocolConnection,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageserver/node';
import { EngineFailure, type QueryEngine } from '../../server/src/core/ports.ts';
import { gitVersions } from '../../server/src/hosts/git/git-versions.ts';
import { createNodeFileSystem } from '../../server/src/hosts/node-file-system.ts';
import { startServer } from '../../server/src/lsp/server.ts';
import type { CustomRequest } from '../../server/src/protocol/index.ts';

/** A client of a whole server that runs in this process, on an engine of the test's. */
export interface Served extends Asks {
  readonly client: ProtocolConnection;
  open(uri: string, text: string): Promise<void>;
  change(uri: string, version: number, text: string): Promise<void>;
  end(): Promise<void>;
}

/** Our own requests, on some connection. */
export interface Asks {
  /** Asks one of our own requests. */
  ask<Params, Result>(request: CustomRequest<Params, Result>, params: Params): Promise<Result>;
  /** Asks one of our own requests that has an answer. */
  answerOf<Params, Result>(
    request: CustomRequest<Params, Result>,
    params: Params,
  ): Promise<NonNullable<Result>>;
}

/** Asks our own requests on a connection. */
export function asks(client: ProtocolConnection): Asks {
  const ask: Asks['ask'] = ({ method }, params) => client.sendRequest(method, params);
  return {
    ask,
    async answerOf(request, params) {
      const result = await ask(request, params);
      assert.ok(result !== null && result !== undefined, 'there is an answer');
      return result;
    },
  };
}

/** Starts a server and greets it. */
export async function served(
  createEngine: () => QueryEngine,
  params: Partial<InitializeParams> = {},
): Promise<Served> {
  const [up, down] = [new PassThrough(), new PassThrough()];
  const fs = createNodeFileSystem();
  const server = createConnection(new StreamMessageReader(up), new StreamMessageWriter(down));
  startServer(server, {
    fs,
    store: gitVersions(fs, process.env),
    createEngine,
    now: () => performance.now(),
    pageOf: () => undefined,
    versions: { Plumbline: '1.2.3' },
  });
  const client = createProtocolConnection(new StreamMessageReader(down), new StreamMessageWriter(up));
  client.listen();
  await client.sendRequest('initialize', { processId: null, rootUri: null, capabilities: {}, ...params });
  return {
    client,
    ...asks(client),
    open: (uri, text) =>
      client.sendNotification('textDocument/didOpen', {
        textDocument: { uri, languageId: 'plumbline-metrics', version: 1, text },
      }),
    change: (uri, version, text) =>
      client.sendNotification('textDocument/didChange', {
        textDocument: { uri, version },
        contentChanges: [{ text }],
      }),
    async end() {
      await client.sendRequest('shutdown');
      client.dispose();
      server.dispose();
    },
  };
}

/** An engine that others use too. Who is given it cannot end it: at their end it only finishes what they have asked. */
export function shared(engine: QueryEngine, changes: Partial<QueryEngine> = {}): () => QueryEngine {
  const used = { ...engine, ...changes };
  return () => {
    const open = new Set<Promise<unknown>>();
    let isEnded = false;
    const note = <T>(ask: () => Promise<T>): Promise<T> => {
      if (isEnded) return Promise.reject(new EngineFailure('unavailable', 'The engine has been closed.'));
      const asked = ask();
      open.add(asked);
      return asked;
    };
    return {
      dialect: used.dialect,
      load: (...asked) => note(() => used.load(...asked)),
      run: (...asked) => note(() => used.run(...asked)),
      async dispose() {
        isEnded = true;
        await Promise.allSettled(open);
      },
    };
  };
}
