import { join } from 'node:path';
import {
  type CancellationToken,
  commands,
  type Disposable,
  type Event,
  EventEmitter,
  type ExtensionContext,
  type LogOutputChannel,
  workspace,
} from 'vscode';
import {
  CloseAction,
  ErrorAction,
  type ErrorHandler,
  LanguageClient,
  type LanguageClientOptions,
  ProgressType,
  State,
  TransportKind,
} from 'vscode-languageclient/node';
import {
  type ChangedParams,
  type CustomRequest,
  changedNotification,
  type EvaluateParams,
  evaluateNotification,
} from '../../server/src/protocol/index.ts';
import { isRunnable, RUN_EXAMPLES, RUN_IN_TESTING } from './features/show-references.ts';
import { DISK } from './has-files.ts';
import { METRICS } from './our-documents.ts';
import { restartPolicy } from './restart-policy.ts';
import { setApart } from './set-apart.ts';

/** `absent`: never started, as there is nothing on disk for it; `stopped`: it could not be started, or died too often. */
export type Phase = 'absent' | 'starting' | 'running' | 'stopped';

/** The language server as the features of the extension use it. */
export interface LanguageServer extends Disposable {
  readonly client: LanguageClient;
  /** Something of a project may be other than before: problems, or numbers. */
  readonly onChanged: Event<ChangedParams>;
  /** Whether it answers now. */
  readonly running: boolean;
  readonly phase: Phase;
  /** It has started, stopped, or died: `running` or `phase` is another. */
  readonly onState: Event<void>;
  /**
   * Sends one of our own requests. Rejects where the server is not running.
   *
   * @param part is told what there is so far, where the request has partial results
   */
  request<Params extends object | null, Result>(
    request: CustomRequest<Params, Result>,
    params: Params,
    options?: { readonly token?: CancellationToken; readonly part?: (part: Result) => void },
  ): Promise<Result>;
  /** Starts it, or starts it again. Rejects where it does not start. */
  restart(): Promise<void>;
}

/** The documents that belong to the server: files on disk only, as the old side of a comparison is no part of the project. */
export const DOCUMENTS = [
  { scheme: DISK, language: METRICS },
  { scheme: DISK, pattern: '**/plumbline.yaml' },
];

/** The language server of this window. It does not run before `restart`. */
export function languageServer(extension: ExtensionContext, log: LogOutputChannel): LanguageServer {
  const module = extension.asAbsolutePath(join('dist', 'server.js'));
  const changed = new EventEmitter<ChangedParams>();
  const state = new EventEmitter<void>();
  let phase: Phase = 'absent';
  const enter = (next: Phase): void => {
    if (phase === next) return;
    phase = next;
    state.fire();
  };
  const client = new QuietClient(
    'plumbline',
    'Plumbline',
    { module, transport: TransportKind.ipc },
    clientOptions(log, () => enter('stopped')),
  );
  client.onNotification(changedNotification.method, (params: ChangedParams) => changed.fire(params));
  client.onDidChangeState(({ newState }) => {
    // Between two runs it is stopped for a moment: that is told as starting, and its end by whoever gives up.
    if (newState === State.Running) enter('running');
    else if (phase !== 'stopped') enter('starting');
  });
  const trust = workspace.onDidGrantWorkspaceTrust(async () => {
    const params: EvaluateParams = { enabled: true };
    // One that starts later is told when it starts.
    if (client.state === State.Running) await client.sendNotification(evaluateNotification.method, params);
  });
  return {
    client,
    onChanged: changed.event,
    onState: state.event,
    get running() {
      return client.state === State.Running;
    },
    get phase() {
      return phase;
    },
    request: requester(client),
    async restart() {
      enter('starting');
      try {
        await (client.state === State.Running ? client.restart() : client.start());
      } catch (error) {
        enter('stopped');
        throw error;
      }
    },
    dispose() {
      for (const each of [trust, changed, state]) each.dispose();
    },
  };
}

/** Writes what goes wrong into the log only: the library's messages say nothing that people can act on, and ours say what can be done. */
class QuietClient extends LanguageClient {
  override error(message: string, data?: unknown): void {
    super.error(message, data, false);
  }
}

function clientOptions(log: LogOutputChannel, gaveUp: () => void): LanguageClientOptions {
  return {
    documentSelector: DOCUMENTS,
    outputChannel: log,
    // A function, as the server may be started again when trust has been granted.
    initializationOptions: () => ({ evaluate: workspace.isTrusted }),
    errorHandler: errorHandler(log, gaveUp),
    // What goes wrong at the start is told by whoever started it, with what can be done.
    initializationFailedHandler: () => false,
    middleware: {
      // What came of them then stands in the Testing view.
      executeCommand: (command, parameters, next) =>
        command === RUN_EXAMPLES
          ? commands.executeCommand(RUN_IN_TESTING, ...parameters)
          : next(command, parameters),
      provideCodeLenses: async (document, token, next) =>
        (await next(document, token))?.filter((lens) => isRunnable(lens)),
      provideInlayHints: async (document, range, token, next) =>
        (await next(document, range, token))?.map((hint) => setApart(hint)),
    },
  };
}

/** Starts the server again when it has died, and gives up when it dies again and again. The state tells of it, so that the library need not. */
function errorHandler(log: LogOutputChannel, gaveUp: () => void): ErrorHandler {
  const mayRestart = restartPolicy();
  return {
    // A message that cannot be read says nothing of the next one. A connection that is no more closes.
    error: (error) => {
      log.error(`The connection to the language server failed: ${error.message}`);
      return { action: ErrorAction.Continue, handled: true };
    },
    closed: () => {
      if (mayRestart(performance.now())) {
        log.warn('The language server has ended unexpectedly. It is started again.');
        return { action: CloseAction.Restart, handled: true };
      }
      log.error('The language server has ended unexpectedly too often. It is not started again.');
      gaveUp();
      return { action: CloseAction.DoNotRestart, handled: true };
    },
  };
}

function requester(client: LanguageClient): LanguageServer['request'] {
  let tokens = 0;
  return async <Params extends object | null, Result>(
    { method }: CustomRequest<Params, Result>,
    params: Params,
    { token, part }: { readonly token?: CancellationToken; readonly part?: (part: Result) => void } = {},
  ): Promise<Result> => {
    // The library would start one that has not been started.
    if (client.state !== State.Running) throw new Error('The language server is not running.');
    const send = (whole: object | null): Promise<Result> =>
      // A token that is given and undefined is sent as a second parameter.
      token === undefined
        ? client.sendRequest<Result>(method, whole)
        : client.sendRequest<Result>(method, whole, token);
    if (part === undefined) return send(params);
    const partialResultToken = `plumbline-${++tokens}`;
    const listening = client.onProgress(new ProgressType<Result>(), partialResultToken, part);
    try {
      return await send({ ...params, partialResultToken });
    } finally {
      listening.dispose();
    }
  };
}
