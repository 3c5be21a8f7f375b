import {
  type ClientCapabilities,
  type Connection,
  type InitializeResult,
  type ServerCapabilities,
  TextDocumentSyncKind,
  TextDocuments,
} from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { VersionStore } from '../core/diff-versions/version-store.ts';
import type { FileSystem, Log, QueryEngine } from '../core/ports.ts';
import type { ServerContext } from './feature.ts';
import { features } from './features/index.ts';
import { createShowLoad } from './load-progress.ts';
import { Projects } from './projects.ts';
import { createRefresh } from './refresh.ts';
import type { ProjectSession } from './session/project-session.ts';
import { createSettings } from './settings.ts';
import { pathOfUri } from './uris.ts';
import { watchFiles } from './watch-files.ts';

/** What the server asks of the machine that it runs on. */
export interface ServerHost {
  readonly fs: FileSystem;
  createEngine(log: Log): QueryEngine;
  /** Milliseconds that only ever grow. */
  now(): number;
  /** Where the page is that explains a kind of problem; `undefined` where there is none. */
  pageOf(code: string): string | undefined;
  /** Of the server and all that it consists of, by names that are ready to be read. */
  readonly versions?: Readonly<Record<string, string>>;
  /** Where versions of projects are kept, such as in git; absent where nothing can be compared. */
  readonly store?: VersionStore;
  /** Watches folders where the client cannot. Calls back with paths, and gives what ends the watch. */
  watch?(folders: readonly string[], changed: (paths: readonly string[]) => void): () => void;
}

/** Starts the language server on a connection. The transport, the file system and the engine are the host's. */
export function startServer(connection: Connection, host: ServerHost): void {
  const documents = new TextDocuments(TextDocument);
  const listeners: ((session: ProjectSession, what: 'problems' | 'numbers') => void)[] = [];
  let client: ClientCapabilities = {};
  let options: unknown;
  const log: Log = {
    info: (message) => connection.console.info(message),
    warn: (message) => connection.console.warn(message),
    error: (message) => connection.console.error(message),
  };
  const projects = new Projects({
    fs: host.fs,
    log,
    now: () => host.now(),
    createEngine: () => host.createEngine(log),
    versions: host.store,
    showLoad: createShowLoad(connection, () => client),
    changed: (session, what) => {
      for (const listener of listeners) listener(session, what);
    },
  });
  const refresh = createRefresh(connection, () => client);
  const context: ServerContext = {
    connection,
    documents,
    fs: host.fs,
    projects,
    refresh,
    settings: createSettings(
      connection,
      () => client,
      () => options,
      refresh,
    ),
    versions: host.versions ?? {},
    client: () => client,
    pageOf: (code) => host.pageOf(code),
    onChanged: (listener) => void listeners.push(listener),
  };
  connection.onInitialize((params): InitializeResult => {
    client = params.capabilities;
    options = params.initializationOptions;
    const folders =
      params.workspaceFolders?.map(({ uri }) => uri) ?? (params.rootUri ? [params.rootUri] : []);
    projects.folders = folders.flatMap((uri) => pathOfUri(uri) ?? []);
    // An editor that does not trust a folder says so: then everything works but evaluation.
    projects.evaluates = !isOff(options, 'evaluate');
    return {
      serverInfo: { name: 'plumbline' },
      capabilities: capabilitiesFor(client),
    };
  });
  const failed = (error: unknown): void => {
    log.error(`A document could not be taken in: ${error instanceof Error ? error.stack : String(error)}`);
  };
  documents.onDidChangeContent(({ document }) => {
    projects.setText(document.uri, document.getText()).catch(failed);
  });
  documents.onDidClose(({ document }) => void projects.close(document.uri).catch(failed));
  // Whether numbers have changed is for whoever shows them.
  context.onChanged((_, what) => {
    if (what === 'numbers') refresh();
  });
  for (const feature of features) feature.register(context);
  const endWatch = watchFiles(context, host);
  // A connection has one handler for it: a second would take the place of the first.
  connection.onShutdown(() => {
    endWatch();
    return projects.dispose();
  });
  documents.listen(connection);
  connection.listen();
}

/** What all features can do together. Several may say something of the workspace. */
function capabilitiesFor(client: ClientCapabilities): ServerCapabilities {
  const each = features.map(({ capabilities }) =>
    typeof capabilities === 'function' ? capabilities(client) : capabilities,
  );
  return {
    ...Object.assign({}, ...each),
    textDocumentSync: TextDocumentSyncKind.Incremental,
    workspace: {
      ...Object.assign({}, ...each.map(({ workspace }) => workspace)),
      workspaceFolders: { supported: true, changeNotifications: true },
    },
  };
}

function isOff(options: unknown, key: string): boolean {
  if (typeof options !== 'object' || options === null) return false;
  return Object.entries(options).some(([name, value]) => name === key && value === false);
}
