import { type ExtensionContext, window } from 'vscode';
import { features } from './features/index.ts';
import { type LanguageServer, languageServer } from './language-server.ts';
import { startWhenNeeded } from './start-when-needed.ts';

let server: LanguageServer | undefined;

/** Registers everything that the extension does, and starts the language server where there is something for it. */
export function activate(extension: ExtensionContext): void {
  const log = window.createOutputChannel('Plumbline', { log: true });
  const started = languageServer(extension, log);
  server = started;
  extension.subscriptions.push(log, started);
  for (const feature of features) extension.subscriptions.push(feature({ extension, server: started, log }));
  extension.subscriptions.push(
    startWhenNeeded(started, (error) => log.error(`The language server did not start: ${String(error)}`)),
  );
}

/** Stops the server. */
export async function deactivate(): Promise<void> {
  await server?.stop();
}
