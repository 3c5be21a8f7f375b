import { Disposable, EventEmitter, l10n, type Uri, workspace } from 'vscode';
import { VERSION_SCHEME, versionTextRequest } from '../../../../server/src/protocol/index.ts';
import type { LanguageServer } from '../../language-server.ts';

/** Files as they are in another version, to be looked at. */
export interface VersionTexts extends Disposable {
  /** What a version is called may name another commit now: those that are shown are asked for anew. */
  refresh(): void;
}

/** Gives the editor the texts of files in other versions, which only the server can read. */
export function versionTexts(server: LanguageServer): VersionTexts {
  const changed = new EventEmitter<Uri>();
  const listening = Disposable.from(
    changed,
    workspace.registerTextDocumentContentProvider(VERSION_SCHEME, {
      onDidChange: changed.event,
      async provideTextDocumentContent(uri, token) {
        await whenRunning(server);
        // One that is not in that version is empty there, as a comparison shows it.
        return (await server.request(versionTextRequest, { uri: uri.toString() }, { token })) ?? '';
      },
    }),
  );
  return {
    refresh() {
      for (const { uri } of workspace.textDocuments) if (uri.scheme === VERSION_SCHEME) changed.fire(uri);
    },
    dispose: () => listening.dispose(),
  };
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
