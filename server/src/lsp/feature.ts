import type {
  ClientCapabilities,
  Connection,
  ServerCapabilities,
  TextDocuments,
} from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { FileSystem } from '../core/ports.ts';
import type { Projects } from './projects.ts';

/** What a feature works with. */
export interface ServerContext {
  readonly connection: Connection;
  readonly documents: TextDocuments<TextDocument>;
  readonly projects: Projects;
  /** For the few features that look at folders. */
  readonly fs: FileSystem;
  /** What the client said that it can do; known from `initialize` on. */
  client(): ClientCapabilities;
}

/** One method of the protocol, or several that belong together: the capability beside its handler. */
export interface Feature {
  readonly capabilities: ServerCapabilities | ((client: ClientCapabilities) => ServerCapabilities);
  register(context: ServerContext): void;
}
