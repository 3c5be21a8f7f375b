import { closeSync, openSync, readdirSync, readSync } from 'node:fs';
import { join, sep } from 'node:path';
import { type Locked, productionPackages } from './lock.ts';
import { BINDINGS } from './targets.ts';

const NATIVE_NAME = /\.(node|dll|dylib|so(\.\d+)*)$/;
/** How programs and libraries begin: ELF, Windows, and macOS for one processor (both byte orders) or several. */
const NATIVE_START = ['7f454c46', '4d5a', 'feedface', 'feedfacf', 'cefaedfe', 'cffaedfe', 'cafebabe'];

const ADVICE = [
  'Packages are built without a compiler and tried on one platform only, so DuckDB is the one native package that Plumbline takes.',
  'Use a package of pure JavaScript or WebAssembly instead; where only our own scripts and tests need it, move it to devDependencies.',
  'If it must be native, make it a package of its own for every platform as DuckDB does, and say so in scripts/package/guard.ts.',
].join('\n');

/** Fails, with what to do, where a staged package or the packages behind it bring native code that is not DuckDB's. */
export function guardAgainstNative(staged: string, binding: string): void {
  const found = [...nativeFiles(staged, binding), ...nativePackages(productionPackages())];
  if (found.length === 0) return;
  throw new Error(
    `Native code that is not DuckDB's:\n${found.map((each) => `- ${each}`).join('\n')}\n${ADVICE}`,
  );
}

/**
 * The native files of a folder, by name or by content, but those of one binding of DuckDB's.
 *
 * @param binding its package, such as `@duckdb/node-bindings-linux-x64`
 */
export function nativeFiles(folder: string, binding: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name))
    .filter((path) => NATIVE_NAME.test(path) || startsNative(path))
    .map((path) =>
      path
        .slice(folder.length + 1)
        .split(sep)
        .join('/'),
    )
    .filter((path) => !path.startsWith(`node_modules/${binding}/`));
}

/** Of some packages those that build something when they are installed, or are made for one platform, but DuckDB's bindings. */
export function nativePackages(packages: readonly Locked[]): readonly string[] {
  return packages
    .filter(({ name }) => !name.startsWith(BINDINGS))
    .flatMap(({ name, version, hasInstallScript, os, cpu, libc }) => {
      if (hasInstallScript === true) return [`${name} ${version} runs a script when it is installed`];
      const platform = [os, cpu, libc].flatMap((each) => each ?? []).join(' ');
      return platform === '' ? [] : [`${name} ${version} is made for ${platform} only`];
    });
}

function startsNative(path: string): boolean {
  const file = openSync(path, 'r');
  try {
    const bytes = Buffer.alloc(4);
    readSync(file, bytes, 0, 4, 0);
    return NATIVE_START.some((start) => bytes.toString('hex').startsWith(start));
  } finally {
    closeSync(file);
  }
}
