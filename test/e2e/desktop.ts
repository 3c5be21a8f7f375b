import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runTests } from '@vscode/test-electron';
import { type Bench, type Editor, SETTINGS } from './editor.ts';

/** A VS Code for the desktop. Linux wants a display: `xvfb-run` gives one. Takes no screenshots. */
export function desktop(bench: Bench, executable: string): Editor {
  const data = join(bench.folder, 'data');
  mkdirSync(join(data, 'User'), { recursive: true });
  writeFileSync(join(data, 'User', 'settings.json'), JSON.stringify(SETTINGS));
  return {
    name: `VS Code at ${executable}`,
    run: async (workspace) => {
      await runTests({
        vscodeExecutablePath: executable,
        extensionDevelopmentPath: bench.extension,
        extensionTestsPath: bench.suite,
        extensionTestsEnv: { ...bench.env },
        launchArgs: [
          workspace,
          `--user-data-dir=${data}`,
          `--extensions-dir=${join(bench.folder, 'extensions')}`,
          '--disable-workspace-trust',
          '--disable-gpu',
        ],
      }).catch(() => {
        // The exit code only repeats what the suite has written to its results.
      });
    },
    close: async () => {},
  };
}
