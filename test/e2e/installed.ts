import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** The platform that this runs on, as packages name it. */
const TARGET = `${process.platform}-${process.arch}`;

/** What the editor loads of the package; of `node_modules` just the engine, so that a bundle that needs more fails here. */
const PARTS = [
  'package.json',
  'client/language-configuration.json',
  'client/icons',
  'client/syntaxes',
  'dist/client.js',
  'dist/engine.js',
  'dist/server.js',
  'docs/rules',
  'node_modules/@duckdb',
];

/** Copies the extension to a folder as it is when installed. */
export function copyInstalled(folder: string): void {
  for (const part of PARTS) cpSync(part, join(folder, part), { recursive: true });
}

/** Makes an extension that does nothing: what is under development where the one under test is installed. */
export function createEmptyExtension(folder: string): void {
  mkdirSync(folder, { recursive: true });
  const manifest = {
    name: 'empty',
    publisher: 'plumbline-tests',
    version: '0.0.0',
    engines: { vscode: '^1.91.0' },
  };
  writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest));
}

/** Makes the package of this platform, as `npm run package` does. Returns its path. */
export function packageVsix(): string {
  const { status, error } = spawnSync(process.execPath, ['scripts/package.mjs', '--target', TARGET], {
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  if (status !== 0) throw new Error(`The package of ${TARGET} could not be made`, { cause: error });
  return resolve('dist', 'vsix', `plumbline-${TARGET}.vsix`);
}
