import { commands, type Disposable, type LogOutputChannel, workspace } from 'vscode';
import {
  CloseAction,
  ErrorAction,
  type ErrorHandler,
  LanguageClient,
  type LanguageClientOptions,
  ProgressType,
  State,
  TransportKind,
  WorkDoneProgress,
  type WorkDoneProgressBegin,
  type WorkDoneProgressEnd,
  type WorkDoneProgressReport,
} from 'vscode-languageclient/node';
import {
  type ChangedParams,
  type CustomRequest,
  changedNotification,
} from '../../server/src/protocol/index.ts';
import { isRunnable, RUN_EXAMPLES, RUN_IN_TESTING } from './features/show-references.ts';
import { DISK } from './has-files.ts';
import type { Connect, Connection, RequestOptions } from './language-server.ts';
import { METRICS } from './our-documents.ts';
import { restartPolicy } from './restart-policy.ts';
import { setApart } from './set-apart.ts';

/** The documents that belong to the server: files on disk only, as the old side of a comparison is no part of the project. */
const DOCUMENTS = [
  { scheme: DISK, language: METRICS },
  { scheme: DISK, pattern: '**/plumbline.yaml' },
];

/**
 * The connection to the server through the library's client. A bundle of its own: the library is most of the client's code, and reading
 * it takes longer than all else that an extension does when it is activated.
 */
export const connect: Connect = (module, log, told) => {
  const client = new QuietClient(
    'plumbline',
    'Plumbline',
    { module, transport: TransportKind.ipc },
    clientOptions(log, () => told.gaveUp()),
  );
  client.onNotification(changedNotification.method, (params: ChangedParams) => told.changed(params));
  client.onDidChangeState(({ newState }) => told.running(newState === State.Running));
  return {
    get running() {
      return client.state === State.Running;
    },
    request: requester(client),
    notify: (method, params) => client.sendNotification(method, params),
    start: () => (client.state === State.Running ? client.restart() : client.start()),
    stop: () => client.stop(),
  };
};
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

function requester(client: LanguageClient): Connection['request'] {
  let tokens = 0;
  return async <Params extends object | null, Result>(
    { method }: CustomRequest<Params, Result>,
    params: Params,
    { token, part, progress }: RequestOptions<Result> = {},
  ): Promise<Result> => {
    const listening: Disposable[] = [];
    const tokenFor = <Value>(type: ProgressType<Value>, listener: (value: Value) => void): string => {
      const name = `plumbline-${++tokens}`;
      listening.push(client.onProgress(type, name, listener));
      return name;
    };
    const tells = {
      ...(part && { partialResultToken: tokenFor(new ProgressType<Result>(), part) }),
      ...(progress && { workDoneToken: tokenFor(WorkDoneProgress.type, (done) => report(done, progress)) }),
    };
    const whole = params === null ? null : { ...params, ...tells };
    try {
      // A token that is given and undefined is sent as a second parameter.
      return await (token === undefined
        ? client.sendRequest<Result>(method, whole)
        : client.sendRequest<Result>(method, whole, token));
    } finally {
      for (const each of listening) each.dispose();
    }
  };
}

function report(
  done: WorkDoneProgressBegin | WorkDoneProgressReport | WorkDoneProgressEnd,
  progress: (percent: number) => void,
): void {
  if (done.kind !== 'end' && done.percentage !== undefined) progress(done.percentage);
}
