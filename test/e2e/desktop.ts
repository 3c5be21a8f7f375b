import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { resolveCliArgsFromVSCodeExecutablePath, runTests } from '@vscode/test-electron';
import { type Bench, type Editor, writeSettings } from './editor.ts';

/** A VS Code for the desktop. Linux wants a display: `xvfb-run` gives one. Takes no screenshots. */
export function desktop(bench: Bench, executable: string): Editor {
  return {
    name: `VS Code at ${executable}`,
    run: async ({ window, workspace, developed, vsix }) => {
      const profile = join(bench.folder, 'profiles', window.name);
      writeSettings(join(profile, 'data', 'User', 'settings.json'), window);
      const folders = [
        `--user-data-dir=${join(profile, 'data')}`,
        `--extensions-dir=${join(profile, 'extensions')}`,
      ];
      if (vsix !== undefined) install(executable, vsix, folders);
      await runTests({
        vscodeExecutablePath: executable,
        extensionDevelopmentPath: developed,
        extensionTestsPath: bench.suite,
        extensionTestsEnv: { ...bench.env },
        launchArgs: [
          workspace,
          ...folders,
          ...(window.isTrusted ? ['--disable-workspace-trust'] : []),
          '--disable-gpu',
        ],
      }).catch(() => {
        // The exit code only repeats what the suite has written to its results.
      });
    },
    close: async () => {},
  };
}

function install(executable: string, vsix: string, folders: readonly string[]): void {
  const [command = executable, ...args] = resolveCliArgsFromVSCodeExecutablePath(executable);
  const own = args.filter((arg) => !/^--(user-data|extensions)-dir=/.test(arg));
  const { status, error } = spawnSync(command, [...own, ...folders, '--install-extension', vsix], {
    stdio: ['ignore', 'inherit', 'inherit'],
    shell: process.platform === 'win32',
  });
  if (status !== 0) throw new Error(`${vsix} could not be installed`, { cause: error });
}
