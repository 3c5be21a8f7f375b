import picomatch from 'picomatch';

/**
 * Tells whether a path relative to the folder of the patterns matches one of them; `!pattern` takes paths out again.
 * Hidden folders match only where a pattern names them. A pattern that cannot be read matches nothing.
 */
export function globMatcher(patterns: readonly string[]): (relative: string) => boolean {
  const matchers = (globs: readonly string[]) => globs.flatMap(matcherOf);
  const including = matchers(patterns.filter((pattern) => !pattern.startsWith('!')));
  const excluding = matchers(
    patterns.filter((pattern) => pattern.startsWith('!')).map((glob) => glob.slice(1)),
  );
  return (relative) =>
    including.some((matches) => matches(relative)) && !excluding.some((matches) => matches(relative));
}

/** The letters that make a path a pattern. */
export function isGlob(path: string): boolean {
  return /[*?[\]{}]|[!@+]\(/.test(path);
}

function matcherOf(glob: string): ((relative: string) => boolean)[] {
  try {
    // `windows` is set so that picomatch asks no environment for the platform.
    const matches = picomatch(glob.replace(/^(\.\/)+/, ''), { windows: false });
    return [(relative) => matches(relative)];
  } catch {
    return [];
  }
}
