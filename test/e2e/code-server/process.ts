import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { type Bench, type Opening, writeSettings } from '../editor.ts';
import type { Installed } from './install.ts';

export interface CodeServer {
  /** `host:port`. */
  readonly address: string;
  stop(): Promise<void>;
}

/** Starts code-server on a free port for one window, with a profile of its own. Trust is the process's, not the window's. */
export async function startCodeServer(
  bench: Bench,
  installed: Installed,
  { window, vsix }: Opening,
): Promise<CodeServer> {
  const profile = join(bench.folder, 'profiles', window.name);
  const under = (name: string): string => join(profile, name);
  writeSettings(under('data/User/settings.json'), window);
  writeFileSync(under('config.yaml'), 'auth: none\n');
  const command = [
    installed.codeServer,
    ...['--config', under('config.yaml'), '--auth', 'none', '--bind-addr', '127.0.0.1:0'],
    ...['--user-data-dir', under('data'), '--extensions-dir', under('extensions')],
    ...['--disable-telemetry', '--disable-update-check'],
  ];
  const env = environment(bench, profile);
  if (vsix !== undefined) install([installed.node, ...command, '--install-extension', vsix], env);
  const child = spawn(
    installed.node,
    [
      ...command,
      ...(window.isTrusted ? ['--disable-workspace-trust'] : []),
      // Without this the window takes no suite to run.
      ...['--vscode-option', 'enable-smoke-test-driver'],
    ],
    // A group of its own, as it starts processes that are to end with it.
    { env, stdio: ['ignore', 'pipe', 'pipe'], detached: true },
  );
  const log = createWriteStream(under('code-server.log'));
  child.stdout.pipe(log, { end: false });
  child.stderr.pipe(log, { end: false });
  const address = await Promise.race([listening(child), once(child, 'exit').then(() => undefined)]);
  if (address === undefined) throw new Error(`code-server did not start:\n${readFileSync(log.path, 'utf8')}`);
  return { address, stop: () => stop(child) };
}

function install([command, ...args]: readonly [string, ...string[]], env: NodeJS.ProcessEnv): void {
  const { status, stdout, stderr } = spawnSync(command, args, { env, encoding: 'utf8' });
  if (status !== 0) throw new Error(`The package could not be installed:\n${stdout}${stderr}`);
}

/** It prints where it listens, as we let it choose the port. */
async function listening({ stdout }: ChildProcess): Promise<string | undefined> {
  if (stdout === null) return undefined;
  for await (const line of createInterface({ input: stdout })) {
    const [, address] = /server listening on http:\/\/([^/\s]+)/.exec(line) ?? [];
    if (address !== undefined) return address;
  }
  return undefined;
}

/** The settings of an editor in whose terminal the tests may run are not for the editor under test. */
function environment({ env }: Bench, profile: string): NodeJS.ProcessEnv {
  const own = Object.entries(process.env).filter(
    ([name]) => !/^(VSCODE_|ELECTRON_|npm_|NODE_OPTIONS$)/.test(name),
  );
  const home = join(profile, 'home');
  const temporary = join(profile, 'tmp');
  mkdirSync(temporary, { recursive: true });
  return {
    ...Object.fromEntries(own),
    ...env,
    EXTENSIONS_GALLERY: '{"serviceUrl":""}',
    TMPDIR: temporary,
    XDG_CACHE_HOME: home,
    XDG_CONFIG_HOME: home,
    XDG_DATA_HOME: home,
  };
}

async function stop(child: ChildProcess): Promise<void> {
  const runs = child.exitCode === null && child.signalCode === null;
  const ended = runs ? once(child, 'exit') : undefined;
  signal(child, 'SIGTERM');
  await ended;
  signal(child, 'SIGKILL');
}

function signal({ pid }: ChildProcess, name: NodeJS.Signals): void {
  try {
    if (pid !== undefined) process.kill(-pid, name);
  } catch {
    // The group has ended already.
  }
}
