import { type ExtensionContext, window } from 'vscode';
import { features } from './features/index.ts';
import { type LanguageServer, languageServer } from './language-server.ts';

let server: LanguageServer | undefined;

/** Registers everything that the extension does, and starts the language server. */
export function activate(extension: ExtensionContext): void {
  const log = window.createOutputChannel('Plumbline', { log: true });
  const started = languageServer(extension, log);
  server = started;
  extension.subscriptions.push(log, started);
  for (const feature of features) extension.subscriptions.push(feature({ extension, server: started, log }));
  // Nobody waits for it: the window is ready before the server is.
  started
    .restart()
    .catch((error: unknown) => log.error(`The language server did not start: ${String(error)}`));
}

/** Stops the server. */
export async function deactivate(): Promise<void> {
  await server?.client.stop();
}
