import { type Span, touches } from '../../base/span.ts';
import type { Expression } from './ast.ts';
import type { ExpressionFix, ExpressionIssue } from './issue.ts';
import type { Token } from './tokens.ts';

/** The most characters an expression may have. */
export const MAX_LENGTH = 10_000;
/** How deep an expression may be nested; a chain of `and` or of `or` counts as one level. */
export const MAX_DEPTH = 64;
/** The most names, values, operators and calls an expression may have. */
export const MAX_NODES = 2_000;

/** Where the parser stands in the tokens of one expression. */
export interface Parser {
  readonly tokens: readonly Token[];
  readonly issues: ExpressionIssue[];
  at: number;
  /** Brackets, calls and operators that are open around the current place. */
  depth: number;
  nodes: number;
  /** How deep each node built so far is. */
  readonly heights: WeakMap<Expression, number>;
}

/** The current token; behind the last one stands the token `end`, for ever. */
export function peek(p: Parser, ahead = 0): Token {
  return p.tokens[Math.min(p.at + ahead, p.tokens.length - 1)] ?? END;
}

const END: Token = { kind: 'end', text: '', span: { start: 0, end: 0 } };

/** Takes the current token. */
export function next(p: Parser): Token {
  const token = peek(p);
  if (token.kind !== 'end') p.at++;
  return token;
}

/** The end of the token before the current one. */
export function lastEnd(p: Parser): number {
  return p.at === 0 ? 0 : (p.tokens[p.at - 1]?.span.end ?? 0);
}

/** The characters to point at for something that is not right here: the current token, or the last one at the end. */
export function here(p: Parser): Span {
  const token = peek(p);
  return token.kind === 'end' && p.at > 0 ? peek(p, -1).span : token.span;
}

/** Whether the current token is this operator. */
export function isOp(p: Parser, text: string, ahead = 0): boolean {
  const token = peek(p, ahead);
  return token.kind === 'op' && token.text === text;
}

/** Whether the current token is this keyword, in any case. */
export function isWord(p: Parser, word: string, ahead = 0): boolean {
  const token = peek(p, ahead);
  return token.kind === 'name' && token.text.toLowerCase() === word;
}

export function takeOp(p: Parser, text: string): boolean {
  if (!isOp(p, text)) return false;
  p.at++;
  return true;
}

export function takeWord(p: Parser, word: string): boolean {
  if (!isWord(p, word)) return false;
  p.at++;
  return true;
}

/**
 * Reports a mistake, unless one was reported at the same place already: one mistake, one issue. `at` is the place where
 * it was noticed, when that is not where it is shown.
 */
export function report(
  p: Parser,
  span: Span,
  message: string,
  fix?: ExpressionFix,
  at: number = span.start,
): void {
  if (hasGivenUp(p) || p.issues.some((known) => touches(known.span, at))) return;
  const issue = { issue: 'syntax', span, message } as const;
  p.issues.push(fix === undefined ? issue : { ...issue, fix });
}

/** Gives the whole expression up: no token is left, and nothing that is still open is reported. */
export function giveUp(p: Parser, issue: ExpressionIssue): void {
  p.issues.push(issue);
  p.at = p.tokens.length - 1;
  p.nodes = Number.POSITIVE_INFINITY;
}

export function hasGivenUp(p: Parser): boolean {
  return p.nodes === Number.POSITIVE_INFINITY;
}

/** A node for what is not there, just behind the last token. */
export function missing(p: Parser): Expression {
  const at = lastEnd(p);
  return { kind: 'missing', span: { start: at, end: at } };
}

/** Counts a new node and its height, and gives up where the expression becomes too large or too deep. */
export function built(p: Parser, node: Expression, children: readonly Expression[]): Expression {
  p.nodes++;
  const height = 1 + Math.max(0, ...children.map((child) => levelsUnder(p, node, child)));
  p.heights.set(node, height);
  if (hasGivenUp(p)) return node;
  if (p.nodes > MAX_NODES) {
    const message = `The expression has more than ${MAX_NODES} parts. Split it into computed columns.`;
    giveUp(p, { issue: 'too-complex', span: node.span, message });
  } else if (height > MAX_DEPTH) tooDeep(p, node.span);
  return node;
}

/** The same node with the brackets around it in its span. */
export function widened(p: Parser, node: Expression, span: Span): Expression {
  const wider = { ...node, span };
  p.heights.set(wider, p.heights.get(node) ?? 1);
  return wider;
}

/** `a and b and c` is one level, although it is a tree of two. */
function levelsUnder(p: Parser, node: Expression, child: Expression): number {
  const height = p.heights.get(child) ?? 1;
  const chain = node.kind === 'binary' && (node.op === 'and' || node.op === 'or');
  return chain && child.kind === 'binary' && child.op === node.op ? height - 1 : height;
}

/** Gives up because of brackets, calls or operators inside one another. */
export function tooDeep(p: Parser, span: Span): void {
  const message = `The expression is nested more than ${MAX_DEPTH} levels deep. Split it into computed columns.`;
  giveUp(p, { issue: 'too-complex', span, message });
}
