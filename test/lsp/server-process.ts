import assert from 'node:assert/strict';
import { type ChildProcess, fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import {
  createProtocolConnection,
  type Diagnostic,
  DidChangeTextDocumentNotification,
  DidCloseTextDocumentNotification,
  DidOpenTextDocumentNotification,
  ExitNotification,
  InitializedNotification,
  type InitializeParams,
  InitializeRequest,
  type InitializeResult,
  IPCMessageReader,
  IPCMessageWriter,
  LogMessageNotification,
  type ProtocolConnection,
  PublishDiagnosticsNotification,
  type PublishDiagnosticsParams,
  ShutdownRequest,
  StreamMessageReader,
  StreamMessageWriter,
  type TextDocumentContentChangeEvent,
} from 'vscode-languageserver/node';

/** How the server is spoken to. */
export type Transport = 'stdio' | 'ipc';

/** The bundled server in a process of its own, with the few messages that an editor sends. */
export interface ServerProcess {
  readonly child: ChildProcess;
  readonly connection: ProtocolConnection;
  /** What the server said of itself. */
  readonly initialized: InitializeResult;
  /** Everything that was published so far, in order. */
  readonly published: readonly PublishDiagnosticsParams[];
  open(uri: string, text: string, version?: number): Promise<void>;
  /** Sends a change of an open document: its whole new text, or edits. */
  change(uri: string, version: number, change: string | TextDocumentContentChangeEvent[]): Promise<void>;
  close(uri: string): Promise<void>;
  /** The problems of a document, as soon as they were published for a version of it (or later than now, without one). */
  problems(uri: string, version?: number): Promise<readonly Diagnostic[]>;
  /** Asks for the end, as an editor does. Resolves to the exit code. */
  stop(): Promise<number | null>;
}

/**
 * Starts `dist/server.js` and initializes it, as a client that can do nothing more unless `params` say so. Everything is over the real transport.
 *
 * @param before words of a command line that watches the server; over stdio only
 */
export async function startServerProcess(
  transport: Transport = 'stdio',
  params: Partial<InitializeParams> = {},
  before: readonly string[] = [],
): Promise<ServerProcess> {
  const server = resolve('dist', 'server.js');
  assert.ok(existsSync(server), 'dist/server.js is missing: run `npm run build` first');
  const { child, connection } = transport === 'stdio' ? overStdio(server, before) : overIpc(server);
  const exited = once(child, 'exit').then(([code]: (number | null)[]) => code ?? null);
  const published: PublishDiagnosticsParams[] = [];
  const waiting = new Set<() => void>();
  connection.onNotification(PublishDiagnosticsNotification.type, (params) => {
    published.push(params);
    for (const look of [...waiting]) look();
  });
  // The server logs nothing but failures: one is a test's end, not a wait without end.
  const logged = new Promise<never>((_, fail) => {
    connection.onNotification(LogMessageNotification.type, ({ message }) => fail(new Error(message)));
  });
  logged.catch(() => {});
  connection.listen();
  const initialized = await connection.sendRequest(InitializeRequest.type, {
    processId: process.pid,
    rootUri: null,
    capabilities: {},
    workspaceFolders: null,
    ...params,
  });
  await connection.sendNotification(InitializedNotification.type, {});

  return {
    child,
    connection,
    initialized,
    published,
    open: (uri, text, version = 1) =>
      connection.sendNotification(DidOpenTextDocumentNotification.type, {
        textDocument: { uri, languageId: 'plumbline-metrics', version, text },
      }),
    change: (uri, version, change) =>
      connection.sendNotification(DidChangeTextDocumentNotification.type, {
        textDocument: { uri, version },
        contentChanges: typeof change === 'string' ? [{ text: change }] : change,
      }),
    close: (uri) =>
      connection.sendNotification(DidCloseTextDocumentNotification.type, { textDocument: { uri } }),
    problems: (uri, version) => {
      const from = version === undefined ? published.length : 0;
      const found = new Promise<readonly Diagnostic[]>((done) => {
        const look = (): void => {
          const last = published
            .slice(from)
            .findLast((each) => each.uri === uri && (version === undefined || each.version === version));
          if (last === undefined) return;
          waiting.delete(look);
          done(last.diagnostics);
        };
        waiting.add(look);
        look();
      });
      return Promise.race([found, logged]);
    },
    stop: async () => {
      await connection.sendRequest(ShutdownRequest.type);
      await connection.sendNotification(ExitNotification.type);
      return exited;
    },
  };
}

interface Process {
  readonly child: ChildProcess;
  readonly connection: ProtocolConnection;
}

function overStdio(server: string, before: readonly string[]): Process {
  const [program = process.execPath, ...words] = [...before, process.execPath, server, '--stdio'];
  const child = spawn(program, words, { stdio: ['pipe', 'pipe', 'inherit'] });
  return {
    child,
    connection: createProtocolConnection(
      new StreamMessageReader(child.stdout),
      new StreamMessageWriter(child.stdin),
    ),
  };
}

function overIpc(server: string): Process {
  const child = fork(server, ['--node-ipc'], { execArgv: [] });
  return {
    child,
    connection: createProtocolConnection(new IPCMessageReader(child), new IPCMessageWriter(child)),
  };
}
