import { DidChangeWatchedFilesNotification, type FileSystemWatcher, WatchKind } from 'vscode-languageserver';
import type { ServerContext } from './feature.ts';
import type { ServerHost } from './server.ts';
import { pathOfUri } from './uris.ts';

/**
 * Everything that a project may be made of: what people write, the data, and folders that hold them. Of a folder that goes with all
 * that is in it, clients tell no more than that it is gone.
 */
const WATCHED: readonly FileSystemWatcher[] = [
  { globPattern: '**/*.{yaml,yml,csv,tsv,parquet,json,ndjson,jsonl,xlsx,gz}' },
  { globPattern: '**/.gitignore' },
  { globPattern: '**/*', kind: WatchKind.Delete },
];

/**
 * Learns of changes on disk: from the client where it can watch files, else from the host. A client that sends changes without
 * being asked is listened to as well. Gives what ends the host's watch.
 */
export function watchFiles(
  { connection, client, projects, documents }: ServerContext,
  { watch }: ServerHost,
): () => void {
  let stop: (() => void) | undefined;
  let isHere = false;
  connection.onDidChangeWatchedFiles(({ changes }) => {
    projects.filesChanged(pathsOf(changes));
  });
  const watchHere = (): void => {
    isHere = true;
    stop?.();
    stop = watch?.(projects.folders, (paths) => projects.filesChanged(paths));
  };
  const followFolders = (): void => {
    connection.workspace.onDidChangeWorkspaceFolders(({ added, removed }) => {
      const gone = new Set(pathsOf(removed));
      projects.folders = [...projects.folders.filter((folder) => !gone.has(folder)), ...pathsOf(added)];
      if (isHere) watchHere();
    });
  };
  connection.onInitialized(() => {
    if (client().workspace?.workspaceFolders === true) followFolders();
    if (client().workspace?.didChangeWatchedFiles?.dynamicRegistration !== true) {
      watchHere();
      return;
    }
    const watchers = [...WATCHED];
    connection.client.register(DidChangeWatchedFilesNotification.type, { watchers }).catch(watchHere);
  });
  documents.onDidSave(({ document }) => {
    const path = pathOfUri(document.uri);
    if (path !== undefined) projects.filesChanged([path]);
  });
  return () => stop?.();
}

function pathsOf(files: readonly { readonly uri: string }[]): readonly string[] {
  return files.flatMap(({ uri }) => pathOfUri(uri) ?? []);
}
