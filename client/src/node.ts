import { join } from 'node:path';
import { type ExtensionContext, workspace } from 'vscode';
import { LanguageClient, TransportKind } from 'vscode-languageclient/node';
import { type EvaluateParams, evaluateNotification } from '../../server/src/protocol/index.ts';
import { isRunnable, registerCommands } from './commands.ts';
import { setApart } from './hints.ts';

let client: LanguageClient | undefined;

/** Starts the language server for metrics files. */
export async function activate(context: ExtensionContext): Promise<void> {
  const module = context.asAbsolutePath(join('dist', 'server.js'));
  const started = new LanguageClient(
    'plumbline',
    'Plumbline',
    { module, transport: TransportKind.ipc },
    {
      // Files on disk only: the old side of a comparison has the same path, but is no part of the project.
      documentSelector: [
        { scheme: 'file', language: 'plumbline-metrics' },
        { scheme: 'file', pattern: '**/plumbline.yaml' },
      ],
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
  client = started;
  context.subscriptions.push(
    registerCommands(started),
    workspace.onDidGrantWorkspaceTrust(() => allowEvaluation(started)),
  );
  await started.start();
}

/** Stops the server. */
export async function deactivate(): Promise<void> {
  await client?.stop();
}

async function allowEvaluation(started: LanguageClient): Promise<void> {
  const params: EvaluateParams = { enabled: true };
  await started.sendNotification(evaluateNotification.method, params);
}
