import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stage } from '../../scripts/package/stage.ts';
import { currentTarget } from '../../scripts/package/targets.ts';
import { makeVsix } from '../../scripts/package/vsix.ts';

/** Puts the extension into a folder as it is when installed, so that one that needs more than is packaged fails here. */
export function createExtension(folder: string): void {
  stage(folder, currentTarget(), 'dist');
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
export function makePackage(): string {
  return makeVsix(currentTarget(), 'dist/package').path;
}
