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
import { LanguageClient, ProgressType, State, TransportKind } from 'vscode-languageclient/node';
import {
  type ChangedParams,
  type CustomRequest,
  changedNotification,
  type EvaluateParams,
  evaluateNotification,
} from '../../server/src/protocol/index.ts';
import { isRunnable } from './features/show-references.ts';
import { setApart } from './set-apart.ts';

/** The language server as the features of the extension use it. */
export interface LanguageServer extends Disposable {
  readonly client: LanguageClient;
  /** Something of a project may be other than before: problems, or numbers. */
  readonly onChanged: Event<ChangedParams>;
  /** Whether it answers now. */
  readonly running: boolean;
  /** It has started, stopped, or died. */
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
  /** Starts it, or starts it again. */
  restart(): Promise<void>;
}

/** The documents that belong to the server: files on disk only, as the old side of a comparison is no part of the project. */
export const DOCUMENTS = [
  { scheme: 'file', language: 'plumbline-metrics' },
  { scheme: 'file', pattern: '**/plumbline.yaml' },
];

/** The language server of this window. It does not run before `restart`. */
export function languageServer(extension: ExtensionContext, log: LogOutputChannel): LanguageServer {
  const module = extension.asAbsolutePath(join('dist', 'server.js'));
  const changed = new EventEmitter<ChangedParams>();
  const state = new EventEmitter<void>();
  const client = new LanguageClient(
    'plumbline',
    'Plumbline',
    { module, transport: TransportKind.ipc },
    {
      documentSelector: DOCUMENTS,
      outputChannel: log,
      // A function, as the server may be started again when trust has been granted.
      initializationOptions: () => ({ evaluate: workspace.isTrusted }),
      middleware: {
        provideCodeLenses: async (document, token, next) =>
          (await next(document, token))?.filter((lens) => isRunnable(lens)),
        provideInlayHints: async (document, range, token, next) =>
          (await next(document, range, token))?.map((hint) => setApart(hint)),
      },
    },
  );
  client.onNotification(changedNotification.method, (params: ChangedParams) => changed.fire(params));
  client.onDidChangeState(() => state.fire());
  const trust = workspace.onDidGrantWorkspaceTrust(async () => {
    const params: EvaluateParams = { enabled: true };
    await client.sendNotification(evaluateNotification.method, params);
  });
  let tokens = 0;
  return {
    client,
    onChanged: changed.event,
    onState: state.event,
    get running() {
      return client.state === State.Running;
    },
    async request<Params extends object | null, Result>(
      { method }: CustomRequest<Params, Result>,
      params: Params,
      { token, part }: { readonly token?: CancellationToken; readonly part?: (part: Result) => void } = {},
    ): Promise<Result> {
      if (part === undefined) return client.sendRequest<Result>(method, params, token);
      const partialResultToken = `plumbline-${++tokens}`;
      const listening = client.onProgress(new ProgressType<Result>(), partialResultToken, part);
      try {
        return await client.sendRequest<Result>(method, { ...params, partialResultToken }, token);
      } finally {
        listening.dispose();
      }
    },
    restart: () => (client.state === State.Stopped ? client.start() : client.restart()),
    dispose() {
      for (const each of [trust, changed, state]) each.dispose();
    },
  };
}
