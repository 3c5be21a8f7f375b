/** The longest pattern that `regexp_matches` takes. */
export const MAX_PATTERN = 200;
/** The greatest count in `{…}`. */
const MAX_REPEAT = 100;

/**
 * What is wrong with a pattern of `regexp_matches`, as the end of a sentence; `null` if nothing. The patterns are the
 * part that RE2 and every SQL engine share: literals, `.`, `[…]`, `(…)`, `(?:…)`, `|`, `^`, `$`, `\d \w \s \b` and their
 * opposites, `* + ? {m,n}`, and `(?i)` in front. A repeat inside a repeat is refused, since engines can take minutes
 * over one (engine.md, "The lock").
 */
export function patternProblem(pattern: string): string | null {
  if (pattern.length > MAX_PATTERN) return `is longer than ${MAX_PATTERN} characters`;
  const body = pattern.startsWith('(?i)') ? pattern.slice(4) : pattern;
  const state: State = { text: body, at: 0, problem: null };
  alternatives(state, 0);
  if (state.problem === null && state.at < body.length) state.problem = 'closes a group that is not open';
  return (
    state.problem ?? (isValid(body) ? null : 'has a range or a repeat whose ends are the wrong way round')
  );
}

/** What is left to find here are ranges such as `[z-a]` and `{3,2}`, which every engine refuses. */
function isValid(pattern: string): boolean {
  try {
    new RegExp(pattern);
    return true;
  } catch {
    return false;
  }
}

interface State {
  readonly text: string;
  at: number;
  problem: string | null;
}

const QUANTIFIER = /(?:[*+?]|\{(\d{1,4})(?:,(\d{0,4}))?\})\??/y;
const CLASS = /\[\^?(?:\\.|[^\]\\[])+\]/sy;
/** Ranges to or from a class of characters, and escapes that mean something else inside brackets. */
const BAD_RANGE = /\\[dDwWsS]-[^\]]|[^[^]-\\[dDwWsS]|\\[bB]/;
const ESCAPE = /\\[dDwWsSbBtnr]|\\[^\p{L}\p{N}]/uy;

/** Reads alternatives up to a closing bracket or the end; whether there is a repeat in them. */
function alternatives(state: State, depth: number): boolean {
  let repeats = false;
  while (state.at < state.text.length && state.problem === null && state.text.charAt(state.at) !== ')') {
    if (state.text.charAt(state.at) === '|') {
      state.at++;
      continue;
    }
    const inner = atom(state, depth);
    const quantifier = take(state, QUANTIFIER);
    if (quantifier === null) {
      repeats ||= inner;
      continue;
    }
    if (Number(quantifier[1] ?? 0) > MAX_REPEAT || Number(quantifier[2] ?? 0) > MAX_REPEAT) {
      state.problem = `repeats more than ${MAX_REPEAT} times`;
    }
    const optional = quantifier[0] === '?';
    if (inner && !optional) state.problem = 'has a repeat inside a repeat';
    repeats ||= inner || !optional;
  }
  return repeats;
}

/** Reads one character, class, escape or group; whether there is a repeat in it. */
function atom(state: State, depth: number): boolean {
  const character = state.text.charAt(state.at);
  if (character === '(') return group(state, depth);
  if ('*+?'.includes(character)) state.problem = `has nothing before "${character}" to repeat`;
  else if (character === '{') state.problem = 'has a "{" that repeats nothing; write \\{ for the character';
  else if (character === '[') {
    const written = take(state, CLASS)?.[0];
    if (written === undefined) state.problem = 'has a "[" that is empty, not closed, or holds another "["';
    else if (BAD_RANGE.test(written)) state.problem = 'has a range that is not one of characters';
  } else if (character === '\\') {
    if (take(state, ESCAPE) === null)
      state.problem = `has an escape that is not available: "${state.text.slice(state.at, state.at + 2)}"`;
  } else state.at += String.fromCodePoint(state.text.codePointAt(state.at) ?? 0).length;
  return false;
}

function group(state: State, depth: number): boolean {
  if (state.text.startsWith('(?', state.at) && !state.text.startsWith('(?:', state.at)) {
    state.problem = 'has a group that is not available; only (…), (?:…) and a leading (?i) are';
    return false;
  }
  if (depth > 10) state.problem = 'has groups more than 10 levels deep';
  state.at += state.text.startsWith('(?:', state.at) ? 3 : 1;
  const repeats = alternatives(state, depth + 1);
  if (state.problem === null && state.text.charAt(state.at) !== ')')
    state.problem = 'has a "(" that is not closed';
  state.at++;
  return repeats;
}

function take(state: State, pattern: RegExp): RegExpExecArray | null {
  pattern.lastIndex = state.at;
  const match = pattern.exec(state.text);
  if (match !== null) state.at += match[0].length;
  return match;
}
