import { DidChangeWatchedFilesNotification } from 'vscode-languageserver';
import type { ServerContext } from './feature.ts';
import type { ServerHost } from './server.ts';
import { pathOfUri } from './uris.ts';

/** Everything that a project may be made of: what people write, the data, and folders that hold them. */
const WATCHED = ['**/*.{yaml,yml,csv,tsv,parquet,json,ndjson,xlsx,gz}', '**/.gitignore'];

/**
 * Learns of changes on disk: from the client where it can watch files, else from the host. A client that sends changes without
 * being asked is listened to as well.
 */
export function watchFiles(
  { connection, client, projects, documents }: ServerContext,
  { watch }: ServerHost,
): void {
  let stop: (() => void) | undefined;
  connection.onDidChangeWatchedFiles(({ changes }) => {
    projects.filesChanged(changes.flatMap(({ uri }) => pathOfUri(uri) ?? []));
  });
  const watchHere = (): void => {
    stop ??= watch?.(projects.folders, (paths) => projects.filesChanged(paths));
  };
  connection.onInitialized(() => {
    if (client().workspace?.didChangeWatchedFiles?.dynamicRegistration !== true) {
      watchHere();
      return;
    }
    const watchers = WATCHED.map((globPattern) => ({ globPattern }));
    connection.client.register(DidChangeWatchedFilesNotification.type, { watchers }).catch(watchHere);
  });
  documents.onDidSave(({ document }) => {
    const path = pathOfUri(document.uri);
    if (path !== undefined) projects.filesChanged([path]);
  });
  connection.onShutdown(() => stop?.());
}
