import { join } from 'node:path';
import type { ExtensionContext } from 'vscode';
import { LanguageClient, TransportKind } from 'vscode-languageclient/node';

let client: LanguageClient | undefined;

/** Starts the language server for metrics files. */
export async function activate(context: ExtensionContext): Promise<void> {
  const module = context.asAbsolutePath(join('dist', 'server.js'));
  client = new LanguageClient(
    'plumbline',
    'Plumbline',
    { module, transport: TransportKind.ipc },
    {
      // Files on disk only: the old side of a comparison has the same path, but is no part of the project.
      documentSelector: [
        { scheme: 'file', language: 'plumbline-metrics' },
        { scheme: 'file', pattern: '**/plumbline.yaml' },
      ],
    },
  );
  await client.start();
}

/** Stops the server. */
export async function deactivate(): Promise<void> {
  await client?.stop();
}
