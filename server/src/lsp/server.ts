import {
  type ClientCapabilities,
  type Connection,
  type InitializeResult,
  TextDocumentSyncKind,
  TextDocuments,
} from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { FileSystem } from '../core/ports.ts';
import type { ServerContext } from './feature.ts';
import { features } from './features/index.ts';
import { createProjects } from './projects.ts';

/** Starts the language server on a connection. The transport and the file system are the host's. */
export function startServer(connection: Connection, fs: FileSystem): void {
  const documents = new TextDocuments(TextDocument);
  let client: ClientCapabilities = {};
  connection.onInitialize((params): InitializeResult => {
    client = params.capabilities;
    return {
      serverInfo: { name: 'plumbline' },
      capabilities: Object.assign(
        { textDocumentSync: TextDocumentSyncKind.Incremental },
        ...features.map(({ capabilities }) =>
          typeof capabilities === 'function' ? capabilities(client) : capabilities,
        ),
      ),
    };
  });
  const projects = createProjects(fs, () => documents.all());
  const context: ServerContext = { connection, documents, projects, fs, client: () => client };
  for (const feature of features) feature.register(context);
  documents.listen(connection);
  connection.listen();
}
