/** What a run of the editor tests works with. All of it lies in one folder, which is removed afterwards. */
export interface Bench {
  /** The folder of the run. Profiles and temporary files of the editor go here, and nowhere else. */
  readonly folder: string;
  /** The extension as it is when installed: what is packaged, and nothing beside it. */
  readonly extension: string;
  /** The module whose `run` the extension host calls. */
  readonly suite: string;
  /** Where screenshots are kept. */
  readonly shots: string;
  /** Environment of the extension host, and so of the suite. */
  readonly env: Readonly<Record<string, string>>;
}

/** A VS Code in which a suite can run. */
export interface Editor {
  readonly name: string;
  /** Opens a folder and runs the suite in the extension host of that window. Resolves when it has ended, whatever it found. */
  run(workspace: string): Promise<void>;
  close(): Promise<void>;
}

/** Settings of every run: nothing that asks, fetches, or saves by itself. */
export const SETTINGS = {
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
