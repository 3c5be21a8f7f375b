import { findFunction, isAggregate } from '../../syntax/expression/functions.ts';
import { KEYWORDS } from '../../syntax/expression/parse-operand.ts';
import { type Token, tokenize } from '../../syntax/expression/tokens.ts';

/** What may stand at a place of an expression, as far as the text before it tells. */
export type Expected =
  /** A value: a name, a call, a literal. */
  | { readonly kind: 'operand'; readonly compared: readonly string[] | undefined }
  /** Something behind a value. */
  | { readonly kind: 'operator' }
  /** The next part of a path. */
  | { readonly kind: 'member'; readonly chain: readonly string[] }
  /** What is between single quotes; `closed` where the closing quote is there. */
  | { readonly kind: 'text'; readonly closed: boolean; readonly use: TextUse }
  /** Behind `is`, behind `not` after a value, behind `in`, behind `as` in a cast. */
  | { readonly kind: 'after-is' | 'after-not' | 'after-in' | 'type' };

/** What a text is for. */
export type TextUse =
  | { readonly for: 'column'; readonly path: readonly string[] }
  | { readonly for: 'unit'; readonly function: string }
  | { readonly for: 'interval' }
  | { readonly for: 'date' }
  | { readonly for: 'nothing' };

/** The place of the cursor in an expression. */
export interface ExpressionState {
  readonly expected: Expected;
  /** The characters that an item replaces. */
  readonly from: number;
  readonly to: number;
  /** The call whose arguments are being written, innermost first. */
  readonly calls: readonly string[];
  readonly insideAggregate: boolean;
  /** The part of a `case` that is being written, where one is open in the innermost brackets. */
  readonly part: 'case' | 'when' | 'then' | 'else' | undefined;
}

/** Brackets that are open, with what was begun inside them. */
interface Frame {
  /** The function that is called, or `in` for a list, or the empty text. */
  readonly call: string;
  /** The tokens of the first argument; for a list, those of the value that is looked for. */
  readonly subject: readonly string[] | undefined;
  argument: number;
  first: readonly string[] | undefined;
  readonly cases: ('case' | 'when' | 'then' | 'else')[];
}

/** Reads an expression up to the cursor, `at`. `undefined` inside a number or a name in double quotes. */
export function expressionState(text: string, at: number): ExpressionState | undefined {
  const { tokens } = tokenize(text);
  const current = tokens.find((token) => isAt(text, token, at));
  if (current?.kind === 'number' || current?.kind === 'quoted' || current?.kind === 'date') return undefined;
  const [from, to] = current === undefined ? [at, at] : replaced(text, current);
  const before = tokens.filter(
    (token) => token.kind !== 'end' && token !== current && token.span.end <= (current?.span.start ?? at),
  );
  const { frames, expected } = walk(before);
  const calls = frames.map(({ call }) => call).reverse();
  const insideAggregate = calls.some((call) => {
    const info = findFunction(call);
    return info !== null && isAggregate(info);
  });
  const part = frames.at(-1)?.cases.at(-1);
  const base = { from, to, calls, insideAggregate, part };
  if (current?.kind !== 'text') return { ...base, expected };
  const closed = to < current.span.end;
  return { ...base, expected: { kind: 'text', closed, use: textUse(before, frames) } };
}

/** Whether the cursor is on a token: inside a text, or on or at either end of a word or a number. */
function isAt(text: string, { kind, span }: Token, at: number): boolean {
  if (kind === 'text' || kind === 'quoted') {
    const open = text.slice(span.start, span.end).replaceAll(/[^'"]/g, '').length % 2 === 1;
    return span.start < at && (at < span.end || (open && at === span.end));
  }
  if (kind === 'number') return span.start < at && at <= span.end;
  return (kind === 'name' || kind === 'date') && span.start <= at && at <= span.end;
}

/** What is replaced: a word, or what is between quotes. */
function replaced(text: string, { kind, span }: Token): readonly [number, number] {
  if (kind !== 'text') return [span.start, span.end];
  const closed = span.end - span.start > 1 && text.charAt(span.end - 1) === "'";
  return [span.start + 1, closed ? span.end - 1 : span.end];
}

function newFrame(call: string, subject: readonly string[] | undefined): Frame {
  return { call, subject, argument: 0, first: undefined, cases: [] };
}

/** Follows the tokens before the cursor through brackets and keywords. */
function walk(before: readonly Token[]): { readonly frames: readonly Frame[]; readonly expected: Expected } {
  const frames: Frame[] = [newFrame('', undefined)];
  let expected: Expected = { kind: 'operand', compared: undefined };
  for (const [index, token] of before.entries()) {
    expected = step(before, index, token, frames, expected);
  }
  const last = before.at(-1);
  if (last?.kind === 'op' && last.text === '.') {
    return { frames, expected: { kind: 'member', chain: pathBefore(before, before.length - 1) ?? [] } };
  }
  return { frames, expected };
}

const OPERAND: Expected = { kind: 'operand', compared: undefined };
const OPERATOR: Expected = { kind: 'operator' };

function step(
  before: readonly Token[],
  index: number,
  token: Token,
  frames: Frame[],
  expected: Expected,
): Expected {
  const frame = frames.at(-1);
  if (frame === undefined) return expected;
  if (token.kind === 'name') return stepWord(before, index, token.text.toLowerCase(), frame, expected);
  if (token.kind !== 'op') return token.kind === 'bad' ? OPERAND : OPERATOR;
  switch (token.text) {
    case '(':
      frames.push(openFrame(before, index));
      return { kind: 'operand', compared: frames.at(-1)?.subject };
    case ')':
      if (frames.length > 1) frames.pop();
      return OPERATOR;
    case ',':
      if (frame.argument === 0) frame.first = pathBefore(before, index);
      frame.argument++;
      return { kind: 'operand', compared: frame.call === 'in' ? frame.subject : undefined };
    case '=':
    case '<>':
    case '<':
    case '<=':
    case '>':
    case '>=':
      return { kind: 'operand', compared: pathBefore(before, index) };
    default:
      return OPERAND;
  }
}

function stepWord(
  before: readonly Token[],
  index: number,
  word: string,
  frame: Frame,
  expected: Expected,
): Expected {
  const previous = before[index - 1];
  if (previous?.kind === 'op' && previous.text === '.') return OPERATOR;
  const { cases } = frame;
  switch (word) {
    case 'and':
    case 'or':
      return OPERAND;
    case 'not':
      return expected.kind === 'operator' ? { kind: 'after-not' } : expected;
    case 'is':
      return { kind: 'after-is' };
    case 'in':
      return { kind: 'after-in' };
    case 'between':
    case 'like':
      return { kind: 'operand', compared: pathBefore(before, index) };
    case 'case':
      cases.push('case');
      return OPERAND;
    case 'when':
    case 'then':
    case 'else':
      if (cases.length > 0) cases[cases.length - 1] = word;
      return OPERAND;
    case 'end':
      cases.pop();
      return OPERATOR;
    case 'distinct':
      return frame.call === 'count' && expected.kind === 'operand' ? OPERAND : OPERATOR;
    case 'as':
      return frame.call === 'cast' ? { kind: 'type' } : OPERATOR;
    default:
      return OPERATOR;
  }
}

function openFrame(before: readonly Token[], index: number): Frame {
  const previous = before[index - 1];
  if (previous?.kind !== 'name') return newFrame('', undefined);
  const word = previous.text.toLowerCase();
  if (word === 'in') return newFrame('in', pathBefore(before, index - 1));
  return newFrame(KEYWORDS.includes(word) ? '' : word, undefined);
}

/** The path that ends right before the token with an index, `not` passed over; `undefined` where none does. */
function pathBefore(tokens: readonly Token[], index: number): readonly string[] | undefined {
  let at = index - 1;
  const isNot = (token: Token | undefined): boolean =>
    token?.kind === 'name' && token.text.toLowerCase() === 'not';
  if (isNot(tokens[at])) at--;
  const path: string[] = [];
  for (;;) {
    const token = tokens[at];
    const isName = token?.kind === 'quoted' || (token?.kind === 'name' && !isKeyword(token));
    if (token === undefined || !isName) return undefined;
    path.unshift(token.text);
    const dot = tokens[at - 1];
    if (dot?.kind !== 'op' || dot.text !== '.') return path;
    at -= 2;
  }
}

function isKeyword(token: Token): boolean {
  return KEYWORDS.includes(token.text.toLowerCase());
}

/** What the text behind these tokens is for. */
function textUse(before: readonly Token[], frames: readonly Frame[]): TextUse {
  const last = before.at(-1);
  const frame = frames.at(-1);
  if (last?.kind === 'name' && ['date', 'timestamp'].includes(last.text.toLowerCase()))
    return { for: 'date' };
  const word = last?.text.toLowerCase() ?? '';
  if (last !== undefined && (COMPARISONS.has(word) || word === 'like')) {
    return columnUse(pathBefore(before, before.length - 1));
  }
  if (last?.kind === 'name' && word === 'when') return columnUse(caseSubject(before));
  const startsArgument = last?.kind === 'op' && (last.text === '(' || last.text === ',');
  if (frame === undefined || !startsArgument) return { for: 'nothing' };
  if (frame.call === 'in') return columnUse(frame.subject);
  if (frame.call === 'previous' && frame.argument === 1) return { for: 'interval' };
  const info = findFunction(frame.call);
  const parameter = info?.parameters[frame.argument];
  if (parameter?.type === 'unit') return { for: 'unit', function: frame.call };
  return frame.argument > 0 && info !== null ? columnUse(frame.first) : { for: 'nothing' };
}

/** The path that the innermost `case` compares with what stands behind each `when`. */
function caseSubject(before: readonly Token[]): readonly string[] | undefined {
  const is = (word: string) => (token: Token) => token.kind === 'name' && token.text.toLowerCase() === word;
  const start = before.findLastIndex(is('case'));
  const when = before.findIndex((token, index) => index > start && is('when')(token));
  return start < 0 || when < 0 ? undefined : pathBefore(before, when);
}

const COMPARISONS: ReadonlySet<string> = new Set(['=', '<>', '<', '<=', '>', '>=']);

function columnUse(path: readonly string[] | undefined): TextUse {
  return path === undefined ? { for: 'nothing' } : { for: 'column', path };
}
