import { expandBraces } from './braces.ts';
import { matchesParts, type Part, partsOf } from './wildcards.ts';

/**
 * Tells whether a path relative to the folder of the patterns matches one of them; `!pattern` takes paths out again. A pattern may hold
 * `*`, `?`, `[a-z]`, `{a,b}`, and `**` for any folders. Hidden folders match only where a pattern names them. A pattern that cannot be
 * read matches nothing.
 */
export function globMatcher(patterns: readonly string[]): (relative: string) => boolean {
  const matchers = (globs: readonly string[]) => globs.flatMap(readGlob);
  const including = matchers(patterns.filter((pattern) => !pattern.startsWith('!')));
  const excluding = matchers(
    patterns.filter((pattern) => pattern.startsWith('!')).map((glob) => glob.slice(1)),
  );
  const matches = (globs: readonly (readonly Part[])[], names: readonly string[]): boolean =>
    globs.some((parts) => matchesParts(parts, names, { hidden: false }));
  return (relative) => {
    const names = relative.split('/');
    return matches(including, names) && !matches(excluding, names);
  };
}

/** The letters that make a path a pattern. */
export function isGlob(path: string): boolean {
  return /[*?[\]{}]/.test(path);
}

/** Longer than any path. */
const MAX_LENGTH = 4096;

function readGlob(glob: string): readonly (readonly Part[])[] {
  if (glob.length > MAX_LENGTH) return [];
  return (expandBraces(glob.replace(/^(\.\/)+/, '')) ?? []).map(partsOf);
}
