import { join } from 'node:path';
import {
  type CancellationToken,
  type Disposable,
  type Event,
  EventEmitter,
  type ExtensionContext,
  type LogOutputChannel,
  workspace,
} from 'vscode';
import {
  type ChangedParams,
  type CustomRequest,
  type EvaluateParams,
  evaluateNotification,
} from '../../server/src/protocol/index.ts';

/** `absent`: never started, as there is nothing on disk for it; `stopped`: it could not be started, or died too often. */
export type Phase = 'absent' | 'starting' | 'running' | 'stopped';

/** How a request is sent. */
export interface RequestOptions<Result> {
  readonly token?: CancellationToken;
  /** Is told what there is so far, where the request has partial results. */
  readonly part?: (part: Result) => void;
  /** Is told how much of the work is done, in percent from 0 to 100, where the request tells that. */
  readonly progress?: (percent: number) => void;
}

/** How our own requests and notifications reach the server. */
interface Requests {
  /** Whether it answers now. */
  readonly running: boolean;
  /** Sends one of our own requests. Rejects where the server is not running. */
  request<Params extends object | null, Result>(
    request: CustomRequest<Params, Result>,
    params: Params,
    options?: RequestOptions<Result>,
  ): Promise<Result>;
  /** Tells the server something that has no answer. Rejects where it is not running. */
  notify(method: string, params: object): Promise<void>;
}

/** The language server as the features of the extension use it. */
export interface LanguageServer extends Requests, Disposable {
  /** Something of a project may be other than before: problems, or numbers. */
  readonly onChanged: Event<ChangedParams>;
  readonly phase: Phase;
  /** It has started, stopped, or died: `running` or `phase` is another. */
  readonly onState: Event<void>;
  /** Starts it, or starts it again. Rejects where it does not start. */
  restart(): Promise<void>;
  /** Stops it, if it runs. */
  stop(): Promise<void>;
}

/** A server that is or was connected. */
export interface Connection extends Requests {
  /** Starts it, or starts it again. Rejects where it does not start. */
  start(): Promise<void>;
  stop(): Promise<void>;
}

/**
 * Makes the connection, without starting the server.
 *
 * @param module the server's script
 * @param told what the connection tells: a notification of the server, that it runs or has ended, that it is not started again
 */
export type Connect = (
  module: string,
  log: LogOutputChannel,
  told: { changed(params: ChangedParams): void; running(isRunning: boolean): void; gaveUp(): void },
) => Connection;

/** The language server of this window. It does not run before `restart`, and what connects to it is not loaded before. */
export function languageServer(extension: ExtensionContext, log: LogOutputChannel): LanguageServer {
  const changed = new EventEmitter<ChangedParams>();
  const state = new EventEmitter<void>();
  let phase: Phase = 'absent';
  let connection: Connection | undefined;
  const enter = (next: Phase): void => {
    if (phase === next) return;
    phase = next;
    state.fire();
  };
  const connected = async (): Promise<Connection> => {
    const { connect } = await import('./language-client.js');
    connection ??= connect(extension.asAbsolutePath(join('dist', 'server.js')), log, {
      changed: (params) => changed.fire(params),
      running(isRunning) {
        // Between two runs it is stopped for a moment: that is told as starting, and its end by whoever gives up.
        if (isRunning) enter('running');
        else if (phase !== 'stopped') enter('starting');
      },
      gaveUp: () => enter('stopped'),
    });
    return connection;
  };
  const answering = async (): Promise<Connection> => {
    // The library would start one that has not been started.
    if (!connection?.running) throw new Error('The language server is not running.');
    return connection;
  };
  const trust = workspace.onDidGrantWorkspaceTrust(async () => {
    const params: EvaluateParams = { enabled: true };
    // One that starts later is told when it starts.
    if (connection?.running) await connection.notify(evaluateNotification.method, params);
  });
  return {
    onChanged: changed.event,
    onState: state.event,
    get running() {
      return connection?.running ?? false;
    },
    get phase() {
      return phase;
    },
    request: async (...request) => (await answering()).request(...request),
    notify: async (method, params) => (await answering()).notify(method, params),
    async restart() {
      enter('starting');
      try {
        await (await connected()).start();
      } catch (error) {
        enter('stopped');
        throw error;
      }
    },
    async stop() {
      if (connection?.running) await connection.stop();
    },
    dispose() {
      for (const each of [trust, changed, state]) each.dispose();
    },
  };
}
