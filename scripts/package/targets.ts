/** The platforms that have a package of their own, as the marketplace names them, with DuckDB's binding for each. */
export const TARGETS = {
  'win32-x64': 'win32-x64',
  'win32-arm64': 'win32-arm64',
  'darwin-x64': 'darwin-x64',
  'darwin-arm64': 'darwin-arm64',
  'linux-x64': 'linux-x64',
  'linux-arm64': 'linux-arm64',
  // Alpine has another C library, musl.
  'alpine-x64': 'linux-x64-musl',
  'alpine-arm64': 'linux-arm64-musl',
} as const;

export type Target = keyof typeof TARGETS;

/** What the names of the packages with the bindings begin with. */
export const BINDINGS = '@duckdb/node-bindings-';

/** Whether there is such a platform. */
export function isTarget(name: string): name is Target {
  return Object.hasOwn(TARGETS, name);
}

/** The npm package with DuckDB's binding for a platform. */
export function bindingOf(target: Target): string {
  return `${BINDINGS}${TARGETS[target]}`;
}

/** The platform that this runs on. Throws where there is no package for it. */
export function currentTarget(): Target {
  const name = `${isAlpine() ? 'alpine' : process.platform}-${process.arch}`;
  if (isTarget(name)) return name;
  throw new Error(`There is no package for ${name}. There are: ${Object.keys(TARGETS).join(', ')}.`);
}

/** Node names the version of glibc where it has that. */
function isAlpine(): boolean {
  if (process.platform !== 'linux') return false;
  const { header } = process.report.getReport() as { readonly header: object };
  return !('glibcVersionRuntime' in header);
}
