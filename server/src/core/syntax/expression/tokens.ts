import type { Span } from '../../base/span.ts';
import type { ExpressionFix, ExpressionIssue } from './issue.ts';

/** A token. `bad` is a character that means nothing here; it is reported by the tokenizer, and the parser steps over it. */
export interface Token {
  readonly kind: 'number' | 'text' | 'name' | 'quoted' | 'date' | 'op' | 'bad' | 'end';
  /** Names and texts without their quotes, operators in their standard spelling, all else as written. */
  readonly text: string;
  readonly span: Span;
}

const SPACE = /\s+/y;
const LINE_COMMENT = /--[^\n]*/y;
const BLOCK_COMMENT = /\/\*.*?(?:\*\/|$)/sy;
const BARE_DATE = /\d{4}-\d{2}-\d{2}(?![\w-])/y;
const NUMBER = /(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?/y;
const TAIL = /[\p{L}\p{N}_.]+/uy;
const NAME = /[\p{L}_][\p{L}\p{M}\p{N}_$]*/uy;
const TEXT = /'(?:[^']|'')*(?:'|$)/y;
const QUOTED = /"(?:[^"]|"")*(?:"|$)/y;
const CURLY = /[‘’“”`´][^‘’“”`´]*[‘’“”`´]/y;
const OPERATOR = /<>|<=|>=|\|\||[=<>+\-*/%(),.]/y;

/** Operators of other languages, each with what is written here; `null` where nothing can stand in its place. */
const FOREIGN: readonly (readonly [written: string, means: string | null, message: string])[] = [
  ['===', '=', 'Equality is written =.'],
  ['!==', '<>', 'Inequality is written <>.'],
  ['==', '=', 'Equality is written =.'],
  ['=<', '<=', 'At most is written <=.'],
  ['=>', '>=', 'At least is written >=.'],
  ['&&', 'and', 'Both conditions together are written with and.'],
  ['**', null, 'A power is written power(x, y).'],
  ['::', null, 'A change of type is written cast(x as type).'],
  ['!', 'not', 'Negation is written not.'],
  ['&', null, 'Both conditions together are written with and.'],
  ['|', null, 'Either condition is written with or; texts are joined with ||.'],
  ['^', null, 'A power is written power(x, y).'],
  ['~', null, "A pattern is tested with regexp_matches(x, 'pattern')."],
  [';', null, 'An expression is one value and cannot hold a ";" or a second statement.'],
  ['[', null, 'Lists stand in round brackets, and names with blanks in double quotes.'],
  ['{', null, 'Templates are not part of expressions.'],
];

/** Cuts a text into tokens, the last of kind `end`. Every character that fits nowhere is reported once. Never throws. */
export function tokenize(text: string): { tokens: Token[]; issues: ExpressionIssue[] } {
  const tokens: Token[] = [];
  const issues: ExpressionIssue[] = [];
  const state = { text, at: 0, tokens, issues };
  while (state.at < text.length) readToken(state);
  tokens.push({ kind: 'end', text: '', span: { start: text.length, end: text.length } });
  return { tokens, issues };
}

interface State {
  readonly text: string;
  at: number;
  readonly tokens: Token[];
  readonly issues: ExpressionIssue[];
}

function readToken(state: State): void {
  if (take(state, SPACE) !== null || readComment(state)) return;
  if (readDate(state) || readNumber(state) || readName(state) || readQuotes(state)) return;
  if (readNotEqual(state) || readForeign(state, (written) => written.length > 1)) return;
  const start = state.at;
  const operator = take(state, OPERATOR);
  if (operator !== null) push(state, 'op', operator, start);
  else if (!readForeign(state, () => true)) readUnknown(state);
}

function readComment(state: State): boolean {
  const start = state.at;
  if (take(state, LINE_COMMENT) === null && take(state, BLOCK_COMMENT) === null) return false;
  issue(
    state,
    start,
    'An expression cannot hold a comment; put it on a line of its own in the file, after #.',
  );
  return true;
}

/** `2025-01-31` without quotes would be a subtraction, which nobody means. */
function readDate(state: State): boolean {
  const start = state.at;
  const written = take(state, BARE_DATE);
  if (written === null) return false;
  const fixed = `date '${written}'`;
  issue(state, start, `A date is written ${fixed}.`, { text: fixed, title: `Write ${fixed}` });
  push(state, 'date', written, start);
  return true;
}

function readNumber(state: State): boolean {
  const start = state.at;
  const written = take(state, NUMBER);
  if (written === null) return false;
  push(state, 'number', written, start);
  const tail = take(state, TAIL);
  if (tail !== null) issue(state, start, `"${written}${tail}" is not a number.`);
  return true;
}

function readName(state: State): boolean {
  const start = state.at;
  const name = take(state, NAME);
  if (name === null) return false;
  push(state, 'name', name, start);
  return true;
}

function readQuotes(state: State): boolean {
  const start = state.at;
  const written = take(state, TEXT) ?? take(state, QUOTED);
  if (written === null) return readCurly(state);
  const quote = written.charAt(0);
  const closed = written.length > 1 && written.endsWith(quote) && isClosed(written, quote);
  const inner = written.slice(1, closed ? -1 : undefined).replaceAll(quote + quote, quote);
  push(state, quote === "'" ? 'text' : 'quoted', inner, start);
  if (!closed) issue(state, start, `The quote ${quote} that opens here is never closed.`);
  else if (inner.includes('\0')) issue(state, start, 'A text cannot hold the character with the code 0.');
  else if (quote === '"' && inner === '') issue(state, start, 'A name is missing between the double quotes.');
  return true;
}

/** Whether the last quote of `'a'''` closes the text, and is not the second half of a doubled quote. */
function isClosed(written: string, quote: string): boolean {
  let run = 0;
  while (run < written.length - 1 && written.charAt(written.length - 1 - run) === quote) run++;
  return run % 2 === 1;
}

function readCurly(state: State): boolean {
  const start = state.at;
  const written = take(state, CURLY);
  if (written === null) return false;
  const inner = written.slice(1, -1);
  const quote = written.startsWith('`') ? '"' : "'";
  const fixed = quote + inner + quote;
  issue(state, start, `Text is written in straight single quotes and a name in double quotes: ${fixed}.`, {
    text: fixed,
    title: `Write ${fixed}`,
  });
  push(state, quote === '"' ? 'quoted' : 'text', inner, start);
  return true;
}

/** `!=` is a spelling of `<>`. */
function readNotEqual(state: State): boolean {
  if (!state.text.startsWith('!=', state.at) || state.text.startsWith('!==', state.at)) return false;
  state.at += 2;
  push(state, 'op', '<>', state.at - 2);
  return true;
}

function readForeign(state: State, fits: (written: string) => boolean): boolean {
  const found = FOREIGN.find(([written]) => fits(written) && state.text.startsWith(written, state.at));
  if (found === undefined) return false;
  const [written, means, message] = found;
  const start = state.at;
  state.at += written.length;
  if (means === null) issue(state, start, message);
  else issue(state, start, message, { text: means === 'not' ? 'not ' : means, title: `Write ${means}` });
  const kind = means === null ? 'bad' : /[a-z]/.test(means) ? 'name' : 'op';
  push(state, kind, means ?? written, start);
  return true;
}

function readUnknown(state: State): void {
  const start = state.at;
  const character = String.fromCodePoint(state.text.codePointAt(start) ?? 0);
  state.at += character.length;
  issue(state, start, `The character "${character}" means nothing here.`);
  push(state, 'bad', character, start);
}

function take(state: State, pattern: RegExp): string | null {
  pattern.lastIndex = state.at;
  const match = pattern.exec(state.text);
  if (match === null) return null;
  state.at += match[0].length;
  return match[0];
}

function push(state: State, kind: Token['kind'], text: string, start: number): void {
  state.tokens.push({ kind, text, span: { start, end: state.at } });
}

/** More than these say nothing new about a text that is no expression at all. */
const MAX_ISSUES = 20;

function issue(state: State, start: number, message: string, fix?: Omit<ExpressionFix, 'span'>): void {
  if (state.issues.length >= MAX_ISSUES) return;
  const span = { start, end: state.at };
  const base = { issue: 'syntax', span, message } as const;
  state.issues.push(fix === undefined ? base : { ...base, fix: { span, ...fix } });
}
