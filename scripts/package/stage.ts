import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import { fetchPackage } from './fetch-package.ts';
import { productionPackages } from './lock.ts';
import { BUNDLES, presentParts, WEBVIEW } from './parts.ts';
import { BINDINGS, bindingOf, type Target } from './targets.ts';

/** Of the manifest, what only npm and this repository need. */
const NOT_OF_EXTENSION = ['bin', 'devDependencies', 'files', 'scripts'];

/**
 * Puts the extension for a platform into a folder, as it is when installed.
 *
 * @param bundles where the build has written the bundles
 */
export function stage(folder: string, target: Target, bundles: string): void {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), `${JSON.stringify(extensionManifest(), undefined, 2)}\n`);
  for (const { path, without } of presentParts()) {
    const filter = (each: string): boolean => without?.test(each.split(sep).join('/')) !== true;
    cpSync(path, join(folder, path), { recursive: true, filter });
  }
  for (const bundle of [...BUNDLES, ...(existsSync(join(bundles, WEBVIEW)) ? [WEBVIEW] : [])]) {
    const filter = (each: string): boolean => !each.endsWith('.map');
    cpSync(join(bundles, bundle), join(folder, 'dist', bundle), { recursive: true, filter });
  }
  const binding = bindingOf(target);
  for (const locked of productionPackages())
    if (!locked.name.startsWith(BINDINGS) || locked.name === binding) fetchPackage(locked, folder);
}

function extensionManifest(): object {
  const manifest: Record<string, unknown> = JSON.parse(readFileSync('package.json', 'utf8'));
  return Object.fromEntries(Object.entries(manifest).filter(([key]) => !NOT_OF_EXTENSION.includes(key)));
}
