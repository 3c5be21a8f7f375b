import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { TestWindow } from './windows.ts';

/** What a run of the editor tests works with. All of it lies in one folder, which is removed afterwards. */
export interface Bench {
  /** The folder of the run. Profiles and temporary files of the editor go here, and nowhere else. */
  readonly folder: string;
  /** The module whose `run` the extension host calls. */
  readonly suite: string;
  /** Where screenshots are kept. */
  readonly shots: string;
  /** Environment of the extension host, and so of the suite. */
  readonly env: Readonly<Record<string, string>>;
}

/** A window to be opened. */
export interface Opening {
  readonly window: TestWindow;
  /** What it shows: a folder or a workspace file. */
  readonly workspace: string;
  /** The extension under development. A suite runs only where there is one, so an installed extension comes with another that is empty. */
  readonly developed: string;
  /** The package to install first, if any. */
  readonly vsix: string | undefined;
}

/** A VS Code in which a suite can run. */
export interface Editor {
  readonly name: string;
  /** Opens a window and runs its suite in the extension host. Resolves when it has ended, whatever it found. */
  run(opening: Opening): Promise<void>;
  close(): Promise<void>;
}

/** Settings of every run: nothing that asks, fetches, or saves by itself. */
const SETTINGS = {
  'chat.disableAIFeatures': true,
  'extensions.autoCheckUpdates': false,
  'extensions.autoUpdate': false,
  'files.autoSave': 'off',
  'security.workspace.trust.startupPrompt': 'never',
  'telemetry.telemetryLevel': 'off',
  'update.mode': 'none',
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.startupEditor': 'none',
};

/** Writes the user's settings for a window to a file of its profile. */
export function writeSettings(file: string, { settings }: TestWindow): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, JSON.stringify({ ...SETTINGS, ...settings }));
}
