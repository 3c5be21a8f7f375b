import type { Span } from '../../base/span.ts';
import type { Expression, NamePart } from './ast.ts';
import { readIsoDate, readIsoTimestamp } from './literals.ts';
import { expectClosing, POWER, parse, parseList } from './parse.ts';
import {
  built,
  giveUp,
  hasGivenUp,
  here,
  isOp,
  isWord,
  lastEnd,
  missing,
  next,
  type Parser,
  peek,
  report,
  takeOp,
  takeWord,
  widened,
} from './parser-state.ts';

/** Words that cannot be a name by themselves; in double quotes, or after or before a dot, they can. */
export const KEYWORDS: readonly string[] = [
  'and',
  'or',
  'not',
  'between',
  'in',
  'like',
  'is',
  'null',
  'true',
  'false',
  'case',
  'when',
  'then',
  'else',
  'end',
];

const STATEMENTS = ['select', 'with', 'insert', 'update', 'delete', 'drop', 'create'];

/** Parses one operand: a literal, a name, a call, a bracket, or an operator that stands before its operand. */
export function parseOperand(p: Parser): Expression {
  while (peek(p).kind === 'bad') next(p);
  const token = peek(p);
  switch (token.kind) {
    case 'number':
      next(p);
      return leaf(p, /^\d+$/.test(token.text) ? 'integer' : 'number', token.text, token.span);
    case 'text':
      next(p);
      return leaf(p, 'text', token.text, token.span);
    case 'date':
      next(p);
      return leaf(p, 'date', token.text, token.span);
    case 'quoted':
      return parseName(p);
    case 'name':
      return parseWord(p, token.text.toLowerCase());
    default:
      return parsePrefix(p);
  }
}

type LiteralType = Extract<Expression, { kind: 'literal' }>['type'];

function leaf(p: Parser, type: LiteralType, value: string, span: Span): Expression {
  return built(p, { kind: 'literal', span, type, value }, []);
}

function parsePrefix(p: Parser): Expression {
  const { span } = peek(p);
  if (takeOp(p, '-')) return parseUnary(p, '-', span, POWER.unary);
  if (takeOp(p, '+')) return parseUnary(p, '+', span, POWER.unary);
  if (!takeOp(p, '(')) return reportMissing(p);
  if (takeOp(p, ')')) {
    report(p, span, 'There is nothing between these brackets.');
    return { kind: 'missing', span: { start: span.start, end: lastEnd(p) } };
  }
  const inner = parse(p, 0);
  expectClosing(p, span);
  return widened(p, inner, { start: span.start, end: lastEnd(p) });
}

function parseUnary(p: Parser, op: '-' | '+' | 'not', start: Span, power: number): Expression {
  const operand = parse(p, power);
  const span = { start: start.start, end: operand.span.end };
  return built(p, { kind: 'unary', span, op, operand }, [operand]);
}

function parseWord(p: Parser, word: string): Expression {
  const { span } = peek(p);
  if (isOp(p, '.', 1)) return parseName(p);
  if (word === 'not') return parseUnary(p, 'not', next(p).span, POWER.not);
  if (word === 'true' || word === 'false') return leaf(p, 'boolean', word, next(p).span);
  if (word === 'null') return leaf(p, 'null', word, next(p).span);
  if (word === 'case') return parseCase(p);
  if (KEYWORDS.includes(word)) return reportMissing(p);
  const after = peek(p, 1);
  if ((word === 'date' || word === 'timestamp') && (after.kind === 'text' || after.kind === 'date')) {
    return parseDateLiteral(p, word);
  }
  if (word === 'interval' && (after.kind === 'text' || after.kind === 'number')) return parseInterval(p);
  if (STATEMENTS.includes(word) && ['name', 'quoted', 'number', 'text'].includes(after.kind)) {
    return refuseStatement(p, span);
  }
  if (STATEMENTS.includes(word) && isOp(p, '*', 1)) return refuseStatement(p, span);
  return isOp(p, '(', 1) ? parseCall(p) : parseName(p);
}

function refuseStatement(p: Parser, span: Span): Expression {
  const message =
    'An expression is one value of a row or group: statements and subqueries are not part of it.';
  giveUp(p, { issue: 'syntax', span, message });
  return missing(p);
}

function parseDateLiteral(p: Parser, type: 'date' | 'timestamp'): Expression {
  const { span: start } = next(p);
  const { text, span: end } = next(p);
  const span = { start: start.start, end: end.end };
  if (type === 'date' && readIsoDate(text) === null) {
    report(p, end, `'${text}' is not a date; a date is written date '2025-01-31'.`);
  } else if (type === 'timestamp' && readIsoTimestamp(text) === null) {
    report(p, end, `'${text}' is not a timestamp; one is written timestamp '2025-01-31 14:30:00'.`);
  } else return leaf(p, type, text, span);
  return { kind: 'missing', span };
}

function parseInterval(p: Parser): Expression {
  const { span: start } = next(p);
  next(p);
  const unit = peek(p);
  if (unit.kind === 'name' && /^(second|minute|hour|day|week|month|quarter|year)s?$/i.test(unit.text))
    next(p);
  const span = { start: start.start, end: lastEnd(p) };
  report(p, span, "There are no intervals here; write date_add('day', 7, x).");
  return { kind: 'missing', span };
}

function parseName(p: Parser): Expression {
  const parts: NamePart[] = [];
  do {
    const { kind, text, span } = peek(p);
    if (kind !== 'name' && kind !== 'quoted') {
      const star = isOp(p, '*');
      report(
        p,
        star ? span : here(p),
        star ? 'All columns at once cannot be a value.' : 'A name is missing after the dot.',
      );
      if (star) next(p);
      return { kind: 'missing', span: { start: parts[0]?.span.start ?? span.start, end: lastEnd(p) } };
    }
    next(p);
    parts.push(kind === 'quoted' ? { text, span, quoted: true } : { text, span });
  } while (takeOp(p, '.'));
  const span = { start: parts[0]?.span.start ?? 0, end: lastEnd(p) };
  return built(p, { kind: 'name', span, parts }, []);
}

function parseCall(p: Parser): Expression {
  const { text, span: nameSpan } = next(p);
  const name: NamePart = { text, span: nameSpan };
  next(p);
  if (text.toLowerCase() === 'cast') return parseCast(p, nameSpan);
  if (isOp(p, '*') && isOp(p, ')', 1)) reportStar(p, text);
  if (takeOp(p, ')')) {
    return built(p, { kind: 'call', span: spanFrom(p, nameSpan), name, distinct: false, args: [] }, []);
  }
  const distinct = isWord(p, 'distinct') && !isOp(p, ')', 1) && !isOp(p, ',', 1) && !isOp(p, '.', 1);
  if (distinct) next(p);
  const args = parseList(p);
  return built(p, { kind: 'call', span: spanFrom(p, nameSpan), name, distinct, args }, args);
}

function spanFrom(p: Parser, start: Span): Span {
  return { start: start.start, end: lastEnd(p) };
}

function reportStar(p: Parser, name: string): void {
  const { span } = next(p);
  const fixed = `${name}()`;
  const fix = { span, text: '', title: `Write ${fixed}` };
  if (name.toLowerCase() === 'count') report(p, span, 'The number of rows is written count().', fix);
  else report(p, span, 'All columns at once cannot be a value.');
}

function parseCast(p: Parser, start: Span): Expression {
  const opening = peek(p, -1).span;
  const value = parse(p, 0);
  let to: NamePart = { text: '', span: { start: lastEnd(p), end: lastEnd(p) } };
  if (!takeWord(p, 'as')) {
    report(p, here(p), 'A cast names its type: cast(x as date).');
  } else if (peek(p).kind !== 'name') {
    report(p, here(p), 'A type is missing here, such as integer, number, text or date.');
  } else {
    const { text, span } = next(p);
    to = { text, span };
  }
  expectClosing(p, opening);
  return built(p, { kind: 'cast', span: spanFrom(p, start), value, to }, [value]);
}

function parseCase(p: Parser): Expression {
  const { span: start } = next(p);
  const subject = isWord(p, 'when') ? null : parse(p, 0);
  const branches: { when: Expression; result: Expression }[] = [];
  while (takeWord(p, 'when')) {
    const when = parse(p, 0);
    if (!takeWord(p, 'then')) report(p, here(p), 'A "then" with the result is missing here.');
    branches.push({ when, result: parse(p, 0) });
  }
  if (branches.length === 0) report(p, here(p), 'A "case" needs at least one "when … then …".');
  const otherwise = takeWord(p, 'else') ? parse(p, 0) : null;
  if (!takeWord(p, 'end')) {
    const noticed = peek(p).kind === 'end' ? lastEnd(p) : peek(p).span.start;
    report(p, start, 'This "case" is not closed with "end".', undefined, noticed);
  }
  const children = branches.flatMap(({ when, result }) => [when, result]);
  if (subject !== null) children.push(subject);
  if (otherwise !== null) children.push(otherwise);
  return built(p, { kind: 'case', span: spanFrom(p, start), subject, branches, otherwise }, children);
}

/** Reports that an operand is missing before the current token, which stays where it is. */
function reportMissing(p: Parser): Expression {
  if (hasGivenUp(p)) return missing(p);
  const token = peek(p);
  const before = p.at === 0 ? null : peek(p, -1);
  const empty = token.kind === 'end' && before === null;
  const span = here(p);
  if (empty) report(p, span, 'The expression is empty.');
  else if (token.kind === 'end') {
    const percent = before?.text === '%' ? ' A percentage is written as a fraction: 0.42 for 42 %.' : '';
    report(p, span, `The expression ends where a value is expected after "${before?.text ?? ''}".${percent}`);
  } else if (KEYWORDS.includes(token.text.toLowerCase()) && token.kind === 'name') {
    report(
      p,
      span,
      `A value is expected before "${token.text}". A column of that name stands in double quotes.`,
    );
  } else report(p, span, `A value is expected before "${token.text}".`);
  return missing(p);
}
