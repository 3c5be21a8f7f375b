import type {
  ClientCapabilities,
  Connection,
  ServerCapabilities,
  TextDocuments,
} from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { FileSystem } from '../core/ports.ts';
import type { Projects } from './projects.ts';
import type { Refresh } from './refresh.ts';
import type { ProjectSession } from './session/project-session.ts';
import type { SettingsStore } from './settings.ts';

/** What a feature works with. */
export interface ServerContext {
  readonly connection: Connection;
  readonly documents: TextDocuments<TextDocument>;
  readonly fs: FileSystem;
  readonly projects: Projects;
  readonly settings: SettingsStore;
  /** Has the client ask again for hints and lenses. */
  readonly refresh: Refresh;
  /** Of the server and all that it consists of, by names that are ready to be read. */
  readonly versions: Readonly<Record<string, string>>;
  /** What the client said that it can do; known from `initialize` on. */
  client(): ClientCapabilities;
  /** The page that explains a kind of problem. */
  pageOf(code: string): string | undefined;
  /** Calls back whenever problems or numbers of a project may have changed. */
  onChanged(listener: (session: ProjectSession, what: 'problems' | 'numbers') => void): void;
}

/** One method of the protocol, or several that belong together: the capability beside its handler. */
export interface Feature {
  readonly capabilities: ServerCapabilities | ((client: ClientCapabilities) => ServerCapabilities);
  register(context: ServerContext): void;
}
