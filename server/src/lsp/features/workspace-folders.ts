import type { Feature } from '../feature.ts';
import { pathOfUri } from '../uris.ts';

/** The opened folders, several of which may hold projects, and which come and go. */
export const workspaceFolders: Feature = {
  capabilities: { workspace: { workspaceFolders: { supported: true, changeNotifications: true } } },
  register({ connection, client, projects }) {
    connection.onInitialized(() => {
      if (client().workspace?.workspaceFolders !== true) return;
      connection.workspace.onDidChangeWorkspaceFolders(({ added, removed }) => {
        const gone = new Set(removed.flatMap(({ uri }) => pathOfUri(uri) ?? []));
        const more = added.flatMap(({ uri }) => pathOfUri(uri) ?? []);
        projects.folders = [...projects.folders.filter((folder) => !gone.has(folder)), ...more];
      });
    });
  },
};
