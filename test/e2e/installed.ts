import { cpSync } from 'node:fs';
import { join } from 'node:path';

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
