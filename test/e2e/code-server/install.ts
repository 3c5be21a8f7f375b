import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { delimiter, join, resolve } from 'node:path';

const CODE_SERVER = '4.139.1';
/** Code-server refuses the Node that runs the tests; npm has this one as a package without install scripts. */
const NODE = '24.21.0';
const STAMP = `3 ${CODE_SERVER} ${NODE} ${process.arch}`;
const NO_SCRIPTS = ['--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];

/** What it takes to start a VS Code in a browser. */
export interface Installed {
  readonly node: string;
  readonly codeServer: string;
  readonly chromium: string;
}

/**
 * Installs code-server, the Node it wants and, where there is none, Chromium. Does nothing when it was done before.
 *
 * @param folder where to install to; about 700 MB
 */
export function installCodeServer(folder: string): Installed {
  const stamp = join(folder, 'stamp');
  const node = join(folder, 'node');
  const server = join(folder, 'server');
  if (!existsSync(stamp) || readFileSync(stamp, 'utf8') !== STAMP) {
    console.log(`Installing code-server ${CODE_SERVER} to ${folder}: about a minute`);
    rmSync(stamp, { force: true });
    for (const part of [node, server]) emptyPackage(part);
    npm(node, 'install', '--no-save', `node-linux-${process.arch}@${NODE}`);
    npm(server, 'install', '--no-save', `code-server@${CODE_SERVER}`);
    // Without scripts its own parts are not installed with it. Their versions are locked in the package.
    const vscode = join(server, 'node_modules', 'code-server', 'lib', 'vscode');
    npm(vscode, 'install', '--omit=dev');
    npm(join(vscode, 'extensions'), 'install', '--omit=dev');
    const shim = resolve('test', 'e2e', 'code-server', 'spdlog.cjs');
    copyFileSync(shim, join(vscode, 'node_modules', '@vscode', 'spdlog', 'index.js'));
    writeFileSync(stamp, STAMP);
  }
  return {
    node: join(node, 'node_modules', `node-linux-${process.arch}`, 'bin', 'node'),
    codeServer: join(server, 'node_modules', 'code-server', 'out', 'node', 'entry.js'),
    chromium: chromiumPath(),
  };
}

function emptyPackage(folder: string): void {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), '{"private":true}\n');
}

function npm(folder: string, ...args: readonly string[]): void {
  run('npm', [...args, ...NO_SCRIPTS], folder);
}

function run(command: string, args: readonly string[], cwd?: string): void {
  const done = spawnSync(command, args, {
    cwd,
    env: withoutNpm(process.env),
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  if (done.status !== 0) throw new Error(`${command} ${args.join(' ')} failed`, { cause: done.error });
}

/** Under `npm run`, npm tells its children of this project; an install in another folder must not hear of it. */
function withoutNpm(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(
    Object.entries(env).filter(
      ([name]) => !/^npm_(package|lifecycle|command|execpath|config_local_prefix)/.test(name),
    ),
  );
}

/** A Chromium that is there, or is installed now. */
export function chromiumPath(): string {
  return findChromium() ?? installChromium();
}

function findChromium(): string | undefined {
  const named = process.env.CHROMIUM_PATH;
  if (named !== undefined) return named;
  const folders = (process.env.PATH ?? '').split(delimiter);
  return ['chromium', 'chromium-browser', 'google-chrome']
    .flatMap((name) => folders.map((folder) => join(folder, name)))
    .find((path) => existsSync(path));
}

function installChromium(): string {
  if (process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
    run('apt-get', ['update', '-qq']);
    run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium', 'fonts-dejavu-core']);
  }
  const chromium = findChromium();
  if (chromium === undefined)
    throw new Error('There is no Chromium: install one, or set CHROMIUM_PATH to it.');
  return chromium;
}
