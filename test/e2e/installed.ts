import { cpSync } from 'node:fs';
import { join } from 'node:path';

/** What the editor loads of the package; nothing of `node_modules`, so that a bundle that needs it fails here. */
const PARTS = [
  'package.json',
  'client/language-configuration.json',
  'client/icons',
  'client/syntaxes',
  'dist/client.js',
  'dist/server.js',
];

/** Copies the extension to a folder as it is when installed. */
export function copyInstalled(folder: string): void {
  for (const part of PARTS) cpSync(part, join(folder, part), { recursive: true });
}
