import type { ClientCapabilities, Connection } from 'vscode-languageserver';
import { DidChangeConfigurationNotification } from 'vscode-languageserver';
import { ALL_HINTS, type HintOptions } from '../core/ide/inlay-hints.ts';

/** What people can set in their editor, under `plumbline`. */
export interface EditorSettings {
  readonly inlayHints: HintOptions;
}

const DEFAULTS: EditorSettings = { inlayHints: ALL_HINTS };

const SECTION = 'plumbline';

/** The settings of each resource, as the client has them now. */
export interface SettingsStore {
  of(uri: string): Promise<EditorSettings>;
}

/**
 * Asks the client for the settings of a resource (`workspace/configuration`) once, until it says that they have changed. A client that
 * cannot be asked, or has none to tell, has one set for all: its `initializationOptions`, and whatever it sends later. `changed` is called when answers
 * may be others from now on.
 */
export function createSettings(
  connection: Connection,
  client: () => ClientCapabilities,
  initial: () => unknown,
  changed: () => void,
): SettingsStore {
  const known = new Map<string, Promise<EditorSettings>>();
  let pushed: unknown;
  const ask = async (uri: string): Promise<EditorSettings> => {
    if (client().workspace?.configuration !== true) return readSettings(pushed ?? initial());
    const own: unknown = await connection.workspace.getConfiguration({ scopeUri: uri, section: SECTION });
    return readSettings(own ?? initial());
  };
  connection.onInitialized(() => {
    const { didChangeConfiguration } = client().workspace ?? {};
    if (didChangeConfiguration?.dynamicRegistration !== true) return;
    // A client that refuses sends changes or it does not: there is nothing else to do about it.
    connection.client.register(DidChangeConfigurationNotification.type, { section: SECTION }).catch(() => {});
  });
  connection.onDidChangeConfiguration(({ settings }) => {
    pushed = at(settings, SECTION) ?? pushed;
    known.clear();
    changed();
  });
  return {
    of(uri) {
      const settings = known.get(uri) ?? ask(uri);
      known.set(uri, settings);
      // A client that fails to answer is asked again the next time, and meanwhile has the defaults.
      return settings.catch(() => {
        known.delete(uri);
        return DEFAULTS;
      });
    },
  };
}

/** Reads settings of which any may be missing or of another type, as people write them by hand: these have their default. */
export function readSettings(value: unknown): EditorSettings {
  const written = at(value, 'inlayHints');
  const isOn = (kind: keyof HintOptions): boolean => {
    const own = at(written, kind);
    return typeof own === 'boolean' ? own : DEFAULTS.inlayHints[kind];
  };
  return {
    inlayHints: {
      metrics: isOn('metrics'),
      segments: isOn('segments'),
      where: isOn('where'),
      targets: isOn('targets'),
      sources: isOn('sources'),
      examples: isOn('examples'),
    },
  };
}

function at(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null
    ? Object.entries(value).find(([own]) => own === key)?.[1]
    : undefined;
}
