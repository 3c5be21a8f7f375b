import { Disposable, workspace } from 'vscode';
import { hasFiles } from './has-files.ts';
import type { LanguageServer } from './language-server.ts';
import { isOurs } from './our-documents.ts';

/**
 * Starts the language server as soon as the window has files on disk for it, and never in a window of a virtual workspace. Nobody waits
 * for it: the window is ready before the server is.
 *
 * @param failed is told why it did not start
 */
export function startWhenNeeded(server: LanguageServer, failed: (error: unknown) => void): Disposable {
  const listening: Disposable[] = [];
  const look = (): void => {
    if (server.phase !== 'absent' || !hasFiles(opened())) return;
    for (const each of listening.splice(0)) each.dispose();
    server.restart().catch(failed);
  };
  listening.push(
    workspace.onDidChangeWorkspaceFolders(look),
    workspace.onDidOpenTextDocument((document) => {
      if (isOurs(document)) look();
    }),
  );
  look();
  return new Disposable(() => {
    for (const each of listening.splice(0)) each.dispose();
  });
}

function opened(): Parameters<typeof hasFiles>[0] {
  return {
    folders: (workspace.workspaceFolders ?? []).map(({ uri }) => uri.scheme),
    documents: workspace.textDocuments.filter(isOurs).map(({ uri }) => uri.scheme),
  };
}
