import type { Disposable, ExtensionContext, LogOutputChannel } from 'vscode';
import type { LanguageServer } from '../language-server.ts';

/** What a feature of the extension works with. */
export interface ClientContext {
  readonly extension: ExtensionContext;
  readonly server: LanguageServer;
  readonly log: LogOutputChannel;
}

/**
 * One thing that people see or do. Called once, at activation, before the server has started: it registers what it needs and does no other work, so that
 * a window opens as quickly as without it.
 */
export type ClientFeature = (context: ClientContext) => Disposable;
