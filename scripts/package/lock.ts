import { readFileSync } from 'node:fs';

/** A package in `package-lock.json`. */
export interface Locked {
  readonly name: string;
  readonly version: string;
  readonly integrity?: string;
  readonly dev?: boolean;
  readonly optional?: boolean;
  readonly hasInstallScript?: boolean;
  readonly os?: readonly string[];
  readonly cpu?: readonly string[];
  readonly libc?: readonly string[];
}

/** The packages that come with the extension, optional ones too: everything locked that is not for development. */
export function productionPackages(file = 'package-lock.json'): readonly Locked[] {
  const lock = JSON.parse(readFileSync(file, 'utf8')) as {
    readonly packages: Readonly<Record<string, Omit<Locked, 'name'>>>;
  };
  return Object.entries(lock.packages)
    .filter(([path, { dev }]) => path !== '' && dev !== true)
    .map(([path, locked]) => ({ ...locked, name: path.slice(path.lastIndexOf('node_modules/') + 13) }));
}
