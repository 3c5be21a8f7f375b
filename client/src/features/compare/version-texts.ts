import { type Disposable, l10n, workspace } from 'vscode';
import { VERSION_SCHEME, versionTextRequest } from '../../../../server/src/protocol/index.ts';
import type { LanguageServer } from '../../language-server.ts';

/** Gives the editor the texts of files in other versions, which only the server can read. A version is a commit, whose files never change. */
export function versionTexts(server: LanguageServer): Disposable {
  return workspace.registerTextDocumentContentProvider(VERSION_SCHEME, {
    async provideTextDocumentContent(uri, token) {
      await whenRunning(server);
      // One that is not in that version is empty there, as a comparison shows it.
      return (await server.request(versionTextRequest, { uri: uri.toString() }, { token })) ?? '';
    },
  });
}

/** A window that is opened again asks for its texts before there is a server to ask. */
function whenRunning(server: LanguageServer): Promise<void> {
  return new Promise((done, failed) => {
    let listening: Disposable | undefined;
    const look = (): void => {
      if (server.phase === 'starting') return;
      listening?.dispose();
      if (server.running) done();
      else
        failed(
          new Error(
            l10n.t('The language server of Plumbline is not running. Restart it to see this version.'),
          ),
        );
    };
    listening = server.onState(look);
    look();
  });
}
