import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import type { Locked } from './lock.ts';
import { isNeededAtRunTime } from './parts.ts';

/** Where packages for other platforms are kept. */
const CACHE = resolve('dist', 'packages');

/**
 * Puts a locked package into a folder, without what is not needed when it runs. It is the one that `npm ci` installed; one for
 * another platform is fetched from npm, and refused where it is not the one that was locked.
 */
export function fetchPackage(locked: Locked, folder: string): void {
  const { name } = locked;
  const installed = join('node_modules', name);
  const source = versionOf(installed) === locked.version ? installed : unpack(locked);
  const from = source.length + 1;
  cpSync(source, join(folder, 'node_modules', name), {
    recursive: true,
    filter: (path) => isNeededAtRunTime(path) && !path.slice(from).startsWith('node_modules'),
  });
}

function versionOf(folder: string): string | undefined {
  const manifest = join(folder, 'package.json');
  return existsSync(manifest) ? JSON.parse(readFileSync(manifest, 'utf8')).version : undefined;
}

function unpack(locked: Locked): string {
  const { name, version } = locked;
  const folder = join(CACHE, `${name.replace('/', '-')}-${version}`);
  if (versionOf(join(folder, 'package')) === version) return join(folder, 'package');
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const said = run(
    'npm',
    ['pack', `${name}@${version}`, '--ignore-scripts', '--loglevel=error', '--json'],
    folder,
  );
  const [{ filename }] = JSON.parse(said);
  const archive = join(folder, basename(filename));
  try {
    checkIntegrity(readFileSync(archive), locked);
    run('tar', ['-xzf', basename(archive)], folder);
  } finally {
    rmSync(archive);
  }
  return join(folder, 'package');
}

/** Throws where an archive is not the one that was locked. */
export function checkIntegrity(archive: Buffer, { name, version, integrity }: Locked): void {
  const found = `sha512-${createHash('sha512').update(archive).digest('base64')}`;
  if (found === integrity) return;
  throw new Error(
    `${name} ${version} from npm is not the one in package-lock.json: its integrity is ${found}, not ${integrity}.`,
  );
}

function run(command: string, args: readonly string[], cwd: string): string {
  const { status, stdout, error } = spawnSync(command, args, {
    cwd,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
    shell: process.platform === 'win32',
  });
  if (status !== 0) throw new Error(`${command} ${args.join(' ')} failed`, { cause: error });
  return stdout;
}
