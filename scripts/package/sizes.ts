import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, sep } from 'node:path';

/** Bytes by what they are of, the most first. */
export type Sizes = Readonly<Record<string, number>>;

/** The sizes of what a staged package holds, before compression: of each bundle, of each package that bundles load, of each other folder. */
export function sizesOfParts(folder: string): Sizes {
  return largestFirst(
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map(({ parentPath, name }) => join(parentPath, name))
      .map((path) => [partOf(path.slice(folder.length + 1).split(sep)), statSync(path).size]),
  );
}

function partOf(path: readonly string[]): string {
  const [first = '', second = '', third] = path;
  if (first === 'node_modules') return second.startsWith('@') ? `${second}/${third}` : second;
  return first === 'dist' ? `${first}/${second}` : first;
}

/** What esbuild tells of a build. */
interface Metafile {
  readonly outputs: Readonly<Record<string, Output>>;
}
interface Output {
  readonly inputs: Readonly<Record<string, { readonly bytesInOutput: number }>>;
}

/**
 * Of each bundle, named by its path in the folder of the build, how many bytes come from each package, and from each folder of ours.
 *
 * @param folder where the build has written the bundles and `meta.json`
 */
export function sizesOfBundles(folder: string): Readonly<Record<string, Sizes>> {
  const { outputs } = JSON.parse(readFileSync(join(folder, 'meta.json'), 'utf8')) as Metafile;
  return Object.fromEntries(
    Object.entries(outputs)
      .filter(([path]) => !path.endsWith('.map'))
      .map(([path, { inputs }]) => [
        path.slice(folder.length + 1),
        largestFirst(
          Object.entries(inputs).map(([input, { bytesInOutput }]) => [originOf(input), bytesInOutput]),
        ),
      ]),
  );
}

function originOf(input: string): string {
  const [, name] = /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(input) ?? [];
  return name ?? input.split('/').slice(0, 4).slice(0, -1).join('/');
}

function largestFirst(pairs: readonly (readonly [string, number])[]): Sizes {
  const sums = new Map<string, number>();
  for (const [key, bytes] of pairs) sums.set(key, (sums.get(key) ?? 0) + bytes);
  return Object.fromEntries([...sums].filter(([, bytes]) => bytes > 0).sort(([, a], [, b]) => b - a));
}
