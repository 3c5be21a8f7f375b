import type { Span } from '../../base/span.ts';
import type { BinaryOperator, Expression } from './ast.ts';
import type { ExpressionIssue } from './issue.ts';
import { KEYWORDS, parseOperand } from './parse-operand.ts';
import {
  built,
  hasGivenUp,
  here,
  isOp,
  isWord,
  lastEnd,
  MAX_DEPTH,
  MAX_LENGTH,
  missing,
  next,
  type Parser,
  peek,
  report,
  takeOp,
  takeWord,
  tooDeep,
} from './parser-state.ts';
import { tokenize } from './tokens.ts';

/** How strongly operators bind, weakest first, as in SQL. */
export const POWER = {
  or: 1,
  and: 2,
  not: 3,
  comparison: 4,
  concat: 5,
  sum: 6,
  product: 7,
  unary: 8,
} as const;

const BINARY: Readonly<Record<BinaryOperator, number>> = {
  or: POWER.or,
  and: POWER.and,
  '=': POWER.comparison,
  '<>': POWER.comparison,
  '<': POWER.comparison,
  '<=': POWER.comparison,
  '>': POWER.comparison,
  '>=': POWER.comparison,
  '||': POWER.concat,
  '+': POWER.sum,
  '-': POWER.sum,
  '*': POWER.product,
  '/': POWER.product,
  '%': POWER.product,
};

/**
 * Parses one expression of the format (section 3). Never throws: what is missing is a `missing` node, and each mistake is
 * one issue with the exact characters. Texts beyond the limits give one `too-complex` issue.
 */
export function parseExpression(text: string): { expression: Expression; issues: ExpressionIssue[] } {
  const whole = { start: 0, end: text.length };
  if (text.length > MAX_LENGTH) {
    const message = `The expression has ${text.length} characters; at most ${MAX_LENGTH} are allowed.`;
    return {
      expression: { kind: 'missing', span: whole },
      issues: [{ issue: 'too-complex', span: whole, message }],
    };
  }
  const { tokens, issues } = tokenize(text);
  const p: Parser = { tokens, issues, at: 0, depth: 0, nodes: 0, heights: new WeakMap() };
  const expression = parse(p, 0);
  if (peek(p).kind !== 'end') reportLeftover(p);
  issues.sort((a, b) => a.span.start - b.span.start);
  return { expression, issues };
}

/** Parses operands and operators that bind more strongly than `power`. */
export function parse(p: Parser, power: number): Expression {
  if (p.depth >= MAX_DEPTH) {
    if (!hasGivenUp(p)) tooDeep(p, peek(p).span);
    return missing(p);
  }
  p.depth++;
  let left = parseOperand(p);
  for (;;) {
    const more = parseOperator(p, left, power);
    if (more === null) break;
    left = more;
  }
  p.depth--;
  return left;
}

function parseOperator(p: Parser, left: Expression, power: number): Expression | null {
  const token = peek(p);
  if (token.kind === 'bad') return parseBad(p, left);
  const op = binaryOperatorAt(p);
  if (op !== null) return BINARY[op] > power ? parseBinary(p, left, op) : null;
  if (isPredicate(p))
    return power < POWER.comparison ? (parsePredicate(p, left) ?? parseStray(p, left)) : null;
  return isStray(p) ? parseStray(p, left) : null;
}

function isPredicate(p: Parser): boolean {
  return ['is', 'between', 'in', 'like', 'not'].some((word) => isWord(p, word));
}

/** Whether the current token is an operand, although an operand has just ended. */
function isStray(p: Parser): boolean {
  const { kind, text } = peek(p);
  if (kind === 'name') return text.toLowerCase() !== 'as' && !KEYWORDS.includes(text.toLowerCase());
  return kind === 'number' || kind === 'text' || kind === 'quoted' || kind === 'date';
}

/** Reports an operand without an operator before it, and steps over it and its like. */
function parseStray(p: Parser, left: Expression): Expression {
  reportLeftover(p);
  do next(p);
  while (isStray(p));
  if (isOp(p, '(')) parse(p, POWER.unary);
  return { kind: 'missing', span: { start: left.span.start, end: lastEnd(p) } };
}

function binaryOperatorAt(p: Parser): BinaryOperator | null {
  const token = peek(p);
  const text = token.kind === 'name' ? token.text.toLowerCase() : token.text;
  if (token.kind !== 'op' && text !== 'and' && text !== 'or') return null;
  return text in BINARY && token.kind !== 'text' ? (text as BinaryOperator) : null;
}

function parseBinary(p: Parser, left: Expression, op: BinaryOperator): Expression {
  const { span: opSpan } = next(p);
  const right = parse(p, BINARY[op]);
  const span = { start: left.span.start, end: right.span.end };
  const node = built(p, { kind: 'binary', span, op, opSpan, left, right }, [left, right]);
  return BINARY[op] === POWER.comparison ? refuseChain(p, node) : node;
}

/** `1 < x < 10` compares a truth value with 10, which nobody means. */
function refuseChain(p: Parser, left: Expression): Expression {
  const op = binaryOperatorAt(p);
  if (op === null || BINARY[op] !== POWER.comparison) return left;
  report(p, next(p).span, 'Comparisons do not chain: join two of them with and, or use between.');
  const right = parse(p, POWER.comparison);
  return refuseChain(p, { kind: 'missing', span: { start: left.span.start, end: right.span.end } });
}

/** Steps over an operator that does not exist, and over its right side, without a second issue. */
function parseBad(p: Parser, left: Expression): Expression {
  const bad = next(p);
  if (bad.text === '::') return parseDoubleColon(p, left);
  const end = startsOperand(p) ? parse(p, POWER.unary).span.end : lastEnd(p);
  return { kind: 'missing', span: { start: left.span.start, end } };
}

/** `x::text` of Postgres, read as the cast that it means. */
function parseDoubleColon(p: Parser, value: Expression): Expression {
  if (peek(p).kind !== 'name') return { kind: 'missing', span: { start: value.span.start, end: lastEnd(p) } };
  const { text, span } = next(p);
  const whole = { start: value.span.start, end: span.end };
  return built(p, { kind: 'cast', span: whole, value, to: { text, span } }, [value]);
}

function startsOperand(p: Parser): boolean {
  const token = peek(p);
  if (token.kind === 'op') return token.text === '(';
  return token.kind !== 'end' && token.kind !== 'bad' && !isWord(p, 'and') && !isWord(p, 'or');
}

/** `between`, `in`, `like` and `is`, also after `not`. */
function parsePredicate(p: Parser, value: Expression): Expression | null {
  if (takeWord(p, 'is')) return parseIs(p, value);
  const negated = isWord(p, 'not') && ['between', 'in', 'like'].some((word) => isWord(p, word, 1));
  if (negated) p.at++;
  if (takeWord(p, 'between')) return parseBetween(p, value, negated);
  if (takeWord(p, 'in')) return parseIn(p, value, negated);
  if (takeWord(p, 'like')) {
    const pattern = parse(p, POWER.comparison);
    const span = { start: value.span.start, end: pattern.span.end };
    return built(p, { kind: 'like', span, negated, value, pattern }, [value, pattern]);
  }
  return null;
}

function parseIs(p: Parser, value: Expression): Expression {
  const from = peek(p, -1).span.start;
  const negated = takeWord(p, 'not');
  const start = value.span.start;
  if (takeWord(p, 'null')) {
    return built(p, { kind: 'is-null', span: { start, end: lastEnd(p) }, negated, value }, [value]);
  }
  const word = peek(p).text.toLowerCase();
  if (peek(p).kind === 'name' && (word === 'true' || word === 'false')) {
    next(p);
    const span = { start: from, end: lastEnd(p) };
    const text = `${negated ? '<>' : '='} ${word}`;
    report(p, span, `"is" tests for null only; write ${text}.`, { span, text, title: `Write ${text}` });
    return { kind: 'missing', span: { start, end: span.end } };
  }
  report(p, here(p), 'After "is" comes null or not null.');
  const end = startsOperand(p) ? parse(p, POWER.comparison).span.end : lastEnd(p);
  return { kind: 'missing', span: { start, end } };
}

function parseBetween(p: Parser, value: Expression, negated: boolean): Expression {
  const low = parse(p, POWER.comparison);
  let high: Expression;
  if (takeWord(p, 'and')) high = parse(p, POWER.comparison);
  else {
    report(p, here(p), '"between" needs two bounds: between 1 and 10.');
    high = missing(p);
  }
  const span = { start: value.span.start, end: high.span.end };
  return built(p, { kind: 'between', span, negated, value, low, high }, [value, low, high]);
}

function parseIn(p: Parser, value: Expression, negated: boolean): Expression {
  const list: Expression[] = [];
  if (!takeOp(p, '(')) {
    report(p, here(p), `"in" needs a list in brackets: in ('a', 'b').`);
    if (startsOperand(p)) list.push(parse(p, POWER.comparison));
  } else if (takeOp(p, ')')) {
    const span = { start: lastEnd(p) - 1, end: lastEnd(p) };
    report(p, span, 'The list after "in" is empty.');
  } else list.push(...parseList(p));
  const span = { start: value.span.start, end: lastEnd(p) };
  return built(p, { kind: 'in', span, negated, value, list }, [value, ...list]);
}

/** Expressions with commas between, up to and including the closing bracket. */
export function parseList(p: Parser): Expression[] {
  const opening = peek(p, -1).span;
  const list: Expression[] = [];
  do list.push(parse(p, 0));
  while (takeOp(p, ','));
  expectClosing(p, opening);
  return list;
}

/** Takes a closing bracket, or reports what stands in its place and skips to it. */
export function expectClosing(p: Parser, opening: Span): void {
  if (takeOp(p, ')')) return;
  if (peek(p).kind === 'end') {
    report(p, opening, 'The bracket "(" that opens here is never closed.', undefined, lastEnd(p));
    return;
  }
  reportLeftover(p);
  let depth = 0;
  for (; peek(p).kind !== 'end'; p.at++) {
    if (isOp(p, '(')) depth++;
    else if (isOp(p, ')') && depth-- === 0) break;
  }
  takeOp(p, ')');
}

/** Reports a token behind a complete expression. */
function reportLeftover(p: Parser): void {
  const { text, span, kind } = peek(p);
  const shown = kind === 'text' ? `'${text}'` : text;
  if (isOp(p, ')')) report(p, span, 'This ")" closes nothing.');
  else if (isOp(p, ',')) report(p, span, 'A "," is not expected here: an expression is one value.');
  else if (isWord(p, 'over') || isWord(p, 'filter')) {
    report(p, span, `"${text}" is not available; a condition goes into the aggregate, as in count_if(…).`);
  } else if (isWord(p, 'ilike')) {
    report(p, span, `"${text}" is not available; write lower(x) like 'text'.`);
  } else if (isWord(p, 'from') || isWord(p, 'where') || isWord(p, 'group') || isWord(p, 'order')) {
    report(p, span, `An expression is one value, not a statement: "${text}" cannot stand here.`);
  } else
    report(p, span, `"${shown}" is not expected here. Is an operator such as = or and missing before it?`);
}
