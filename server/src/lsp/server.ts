import {
  type Connection,
  type InitializeResult,
  TextDocumentSyncKind,
  TextDocuments,
} from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { FileSystem } from '../core/ports.ts';
import { features } from './features/index.ts';

/** Starts the language server on a connection. The transport and the file system are the host's. */
export function startServer(connection: Connection, fs: FileSystem): void {
  const documents = new TextDocuments(TextDocument);
  connection.onInitialize(
    (): InitializeResult => ({
      serverInfo: { name: 'plumbline' },
      capabilities: Object.assign(
        { textDocumentSync: TextDocumentSyncKind.Incremental },
        ...features.map((feature) => feature.capabilities),
      ),
    }),
  );
  for (const feature of features) feature.register({ connection, documents, fs });
  documents.listen(connection);
  connection.listen();
}
