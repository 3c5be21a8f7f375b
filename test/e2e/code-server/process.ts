import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { type Bench, SETTINGS } from '../editor.ts';
import type { Installed } from './install.ts';

export interface CodeServer {
  /** `host:port`. */
  readonly address: string;
  stop(): Promise<void>;
}

/** Starts code-server on a free port, with a profile of its own. */
export async function startCodeServer(bench: Bench, installed: Installed): Promise<CodeServer> {
  const under = (name: string): string => join(bench.folder, name);
  mkdirSync(under('data/User'), { recursive: true });
  writeFileSync(under('data/User/settings.json'), JSON.stringify(SETTINGS));
  writeFileSync(under('config.yaml'), 'auth: none\n');
  const child = spawn(
    installed.node,
    [
      ...[
        installed.codeServer,
        '--config',
        under('config.yaml'),
        '--auth',
        'none',
        '--bind-addr',
        '127.0.0.1:0',
      ],
      ...['--user-data-dir', under('data'), '--extensions-dir', under('extensions')],
      ...['--disable-telemetry', '--disable-update-check', '--disable-workspace-trust'],
      // Without this the window takes no suite to run.
      ...['--vscode-option', 'enable-smoke-test-driver'],
    ],
    // A group of its own, as it starts processes that are to end with it.
    { env: environment(bench), stdio: ['ignore', 'pipe', 'pipe'], detached: true },
  );
  const log = createWriteStream(under('code-server.log'));
  child.stdout.pipe(log, { end: false });
  child.stderr.pipe(log, { end: false });
  const address = await Promise.race([listening(child), once(child, 'exit').then(() => undefined)]);
  if (address === undefined) throw new Error(`code-server did not start:\n${readFileSync(log.path, 'utf8')}`);
  return { address, stop: () => stop(child) };
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
function environment({ folder, env }: Bench): NodeJS.ProcessEnv {
  const own = Object.entries(process.env).filter(
    ([name]) => !/^(VSCODE_|ELECTRON_|npm_|NODE_OPTIONS$)/.test(name),
  );
  const home = join(folder, 'home');
  return {
    ...Object.fromEntries(own),
    ...env,
    EXTENSIONS_GALLERY: '{"serviceUrl":""}',
    TMPDIR: folder,
    XDG_CACHE_HOME: home,
    XDG_CONFIG_HOME: home,
    XDG_DATA_HOME: home,
  };
}

async function stop(child: ChildProcess): Promise<void> {
  const ended = child.exitCode === null ? once(child, 'exit') : undefined;
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
