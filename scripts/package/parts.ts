import { existsSync } from 'node:fs';
import { basename } from 'node:path';

/** A file or folder of the repository that is in a package. */
interface Part {
  readonly path: string;
  /** What of a folder is left out: paths inside the repository that match. */
  readonly without?: RegExp;
}

/**
 * What a package holds, beside its manifest, its bundles and the packages that they load. The editor tests develop an
 * extension of just this, so that one that needs more fails there.
 */
const PARTS: readonly Part[] = [
  { path: 'README.md' },
  { path: 'CHANGELOG.md' },
  { path: 'LICENSE' },
  { path: 'package.nls.json' },
  { path: 'l10n' },
  // Icons, grammars, snippets, media: whatever is there, but not what bundles are made of.
  { path: 'client', without: /^client\/(src|webview|tsconfig\.json)(\/|$)|\.tsx?$/ },
  { path: 'schemas', without: /\.mjs$/ },
  { path: 'docs/rules' },
];

/** The bundles of a package, which the build writes to one folder. */
export const BUNDLES = ['cli.js', 'client.js', 'language-client.js', 'server.js', 'report.js', 'engine.js'];

/** A folder of what webviews load, beside the bundles, if there is one. */
export const WEBVIEW = 'webview';

/** The parts that there are. */
export function presentParts(): readonly Part[] {
  return PARTS.filter(({ path }) => existsSync(path));
}

/** Whether a file of a package that a bundle loads is needed when it runs. */
export function isNeededAtRunTime(path: string): boolean {
  return !/\.(d\.[cm]?ts|map|md)$/i.test(basename(path));
}
