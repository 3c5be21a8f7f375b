/**
 * Patterns of paths, matched in time that grows with the length of the pattern times that of the path, whatever they are: a folder
 * that somebody else wrote may hold both, and regular expressions made of patterns can take longer than anybody lives.
 */

/** A part of a pattern between slashes: `**`, or what the name of one file or folder must be. */
export type Part = 'any folders' | readonly Token[];

type Token =
  | { readonly kind: 'text'; readonly character: string }
  /** `?` */
  | { readonly kind: 'one' }
  /** `*` */
  | { readonly kind: 'some' }
  /** `[a-z]` */
  | {
      readonly kind: 'class';
      readonly negated: boolean;
      readonly ranges: readonly (readonly [string, string])[];
    };

export interface WildcardOptions {
  /** Whether `*`, `?`, `[…]` and `**` match names that begin with a dot, as git's patterns do. */
  readonly hidden: boolean;
}

/** The parts of a pattern without braces. `\` takes the next character as it is. */
export function partsOf(pattern: string): readonly Part[] {
  return splitUnescaped(pattern, '/').map((part) => (part === '**' ? 'any folders' : tokensOf(part)));
}

/** Whether the names of a path, from the outermost folder to the file, are what the parts of a pattern say. */
export function matchesParts(
  parts: readonly Part[],
  names: readonly string[],
  options: WildcardOptions,
): boolean {
  // Before each name: whether the parts so far can have matched the names so far.
  let reached: boolean[] = [true, ...names.map(() => false)];
  for (const part of parts) {
    const next = names.map(() => false);
    const after: boolean[] = [part === 'any folders' && reached[0] === true, ...next];
    for (const [index, name] of names.entries()) {
      if (part === 'any folders') {
        const isPassed = after[index] === true && (options.hidden || !name.startsWith('.'));
        after[index + 1] = reached[index + 1] === true || isPassed;
      } else {
        after[index + 1] = reached[index] === true && matchesName(part, name, options);
      }
    }
    reached = after;
  }
  return reached[names.length] === true;
}

/** Whether a name is what one part says. Of several `*` only the last has to be tried anew, since an earlier one may always end first. */
function matchesName(tokens: readonly Token[], name: string, { hidden }: WildcardOptions): boolean {
  const characters = [...name];
  const [first] = tokens;
  if (!hidden && characters[0] === '.' && !(first?.kind === 'text' && first.character === '.')) return false;
  let at = 0;
  let token = 0;
  let star = -1;
  let from = 0;
  while (at < characters.length) {
    const wanted = tokens[token];
    if (wanted?.kind === 'some') {
      star = token++;
      from = at;
    } else if (wanted !== undefined && isOne(wanted, characters[at] ?? '')) {
      token++;
      at++;
    } else {
      if (star < 0) return false;
      token = star + 1;
      at = ++from;
    }
  }
  return tokens.slice(token).every(({ kind }) => kind === 'some');
}

function isOne(token: Token, character: string): boolean {
  if (token.kind === 'one') return true;
  if (token.kind === 'text') return token.character === character;
  if (token.kind !== 'class') return false;
  return token.ranges.some(([low, high]) => low <= character && character <= high) !== token.negated;
}

function tokensOf(part: string): readonly Token[] {
  const characters = [...part];
  const tokens: Token[] = [];
  for (let at = 0; at < characters.length; at++) {
    const character = characters[at] ?? '';
    const found = character === '[' ? classAt(characters, at) : undefined;
    if (found !== undefined) {
      tokens.push(found.token);
      at = found.end;
    } else if (character === '*') {
      if (tokens.at(-1)?.kind !== 'some') tokens.push({ kind: 'some' });
    } else if (character === '?') tokens.push({ kind: 'one' });
    else if (character === '\\' && at + 1 < characters.length)
      tokens.push({ kind: 'text', character: characters[++at] ?? '' });
    else tokens.push({ kind: 'text', character });
  }
  return tokens;
}

/** `[abc]`, `[a-z]`, `[!a]`, `[^a]`; `undefined` where the bracket is not closed, and stands for itself. */
function classAt(characters: readonly string[], start: number): { token: Token; end: number } | undefined {
  const negated = characters[start + 1] === '!' || characters[start + 1] === '^';
  const first = start + (negated ? 2 : 1);
  const ranges: [string, string][] = [];
  for (let at = first; at < characters.length; at++) {
    let low = characters[at] ?? '';
    // A bracket at the very beginning is one of the characters.
    if (low === ']' && at > first) return { token: { kind: 'class', negated, ranges }, end: at };
    if (low === '\\' && at + 1 < characters.length) low = characters[++at] ?? '';
    const high = characters[at + 2];
    if (characters[at + 1] === '-' && high !== undefined && high !== ']') {
      ranges.push([low, high]);
      at += 2;
    } else ranges.push([low, low]);
  }
  return undefined;
}

/** Splits a text at a character that no `\` stands before. */
export function splitUnescaped(text: string, separator: string): readonly string[] {
  const parts: string[] = [];
  let start = 0;
  for (let at = 0; at < text.length; at++) {
    if (text[at] === '\\') at++;
    else if (text[at] === separator) {
      parts.push(text.slice(start, at));
      start = at + 1;
    }
  }
  return [...parts, text.slice(start)];
}
