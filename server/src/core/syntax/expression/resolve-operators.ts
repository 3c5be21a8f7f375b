import type { ValueType } from '../../base/value-type.ts';
import type { BinaryOperator, Expression } from './ast.ts';
import { compareTypes } from './compare.ts';
import { isInt64 } from './literals.ts';
import { broken, call, needs, type Resolver, report, textOf, typed, wrongType } from './resolver.ts';
import type { Scalar } from './scalar.ts';
import { commonType, fits, isOpen, type Typed, widen, wordFor } from './types.ts';

type Unary = Extract<Expression, { kind: 'unary' }>;
type Binary = Extract<Expression, { kind: 'binary' }>;

/** `-x`, `+x` and `not x`. A sign before a number is part of the number. */
export function resolveUnary(r: Resolver, node: Unary): Typed {
  const operand = r.resolve(node.operand);
  if (node.op === 'not') {
    return call('not', 'boolean', [checked(r, node.operand, operand, ['boolean'], '"not"')]);
  }
  const scalar = checked(r, node.operand, operand, ['number'], `The sign "${node.op}"`);
  const type = fits(operand.type, ['number']) ? operand.type : 'number';
  if (node.op === '+') return scalar === null ? broken(type) : typed(scalar);
  return scalar === null ? broken(type) : typed(negated(scalar));
}

function negated(scalar: Scalar): Scalar {
  if (scalar.kind === 'literal' && typeof scalar.value === 'string') {
    const value = scalar.value.startsWith('-') ? scalar.value.slice(1) : `-${scalar.value}`;
    if (scalar.type === 'number') return exactly(value) ?? { ...scalar, value };
    if (isInt64(BigInt(value))) return { ...scalar, value: BigInt(value).toString() };
  }
  return { kind: 'call', type: scalar.type, fn: 'negate', args: [scalar] };
}

/** The least integer is the negative of a number that is too large for one. */
function exactly(value: string): Scalar | null {
  return value === '-9223372036854776000'
    ? { kind: 'literal', type: 'integer', value: '-9223372036854775808' }
    : null;
}

/** The operand's scalar where its type fits; else an issue and `null`. */
export function checked(
  r: Resolver,
  node: Expression,
  value: Typed,
  expected: readonly ValueType[],
  what: string,
): Scalar | null {
  if (fits(value.type, expected)) {
    const [only] = expected;
    const open = value.type === 'null' && only !== undefined && value.scalar !== null;
    return open ? widen(value.scalar, only) : value.scalar;
  }
  wrongType(r, node.span, needs(what, expected, value.type), expected, value.type);
  return null;
}

export function resolveBinary(r: Resolver, node: Binary): Typed {
  const { op } = node;
  if (op === 'and' || op === 'or') return resolveLogic(r, node, op);
  const left = r.resolve(node.left);
  const right = r.resolve(node.right);
  switch (op) {
    case '+':
    case '-':
    case '*':
    case '/':
    case '%':
      return resolveArithmetic(r, node, op, left, right);
    case '||':
      return resolveConcat(r, node, left, right);
    default:
      return resolveComparison(r, node, op, left, right);
  }
}

/** A chain of one operator becomes one call with all operands, so that it stays flat in SQL. */
function resolveLogic(r: Resolver, node: Binary, op: 'and' | 'or'): Typed {
  const operands: Expression[] = [node.right];
  let left = node.left;
  while (left.kind === 'binary' && left.op === op) {
    operands.unshift(left.right);
    left = left.left;
  }
  operands.unshift(left);
  const args = operands.map((operand) => checked(r, operand, r.resolve(operand), ['boolean'], `"${op}"`));
  return call(op, 'boolean', args);
}

type Arithmetic = '+' | '-' | '*' | '/' | '%';

function resolveArithmetic(r: Resolver, node: Binary, op: Arithmetic, left: Typed, right: Typed): Typed {
  if ((op === '+' || op === '-') && reportDateArithmetic(r, node, left, right)) return broken();
  const wanted = [op === '%' ? 'integer' : 'number'] as const;
  const a = checked(r, node.left, left, wanted, `"${op}"`);
  const b = checked(r, node.right, right, wanted, `"${op}"`);
  const type = op === '/' ? 'number' : op === '%' ? 'integer' : sumType(left, right);
  return call(op, type, [a && widen(a, type), b && widen(b, type)]);
}

/** Whole numbers stay whole; beside what is not known yet, only a broken number is sure to give a broken one. */
function sumType(left: Typed, right: Typed): ValueType {
  const types = [left.type, right.type];
  if (types.includes('number')) return 'number';
  if (types.includes('unknown')) return 'unknown';
  return commonType([left, right]) === 'integer' ? 'integer' : 'number';
}

/** Dates are moved and compared by functions, whose unit says what is meant. */
function reportDateArithmetic(r: Resolver, node: Binary, left: Typed, right: Typed): boolean {
  const isTime = ({ type }: Typed): boolean => type === 'date' || type === 'timestamp';
  if (!isTime(left) && !isTime(right)) return false;
  const [a, b] = [textOf(r, node.left) ?? 'a', textOf(r, node.right) ?? 'b'];
  const [time, count] = isTime(left) ? [a, b] : [b, a];
  let text = `date_add('day', ${node.op === '-' ? `-${bracketed(count)}` : count}, ${time})`;
  let message = `Days are added to a date with ${text}.`;
  if (isTime(left) && isTime(right)) {
    text = `date_diff('day', ${b}, ${a})`;
    message = node.op === '-' ? `The days between two dates are ${text}.` : 'Two dates cannot be added.';
  }
  const sensible = node.op === '-' ? isTime(left) : isTime(left) !== isTime(right);
  const days =
    isTime(left) && isTime(right) ? true : fits(isTime(left) ? right.type : left.type, ['integer']);
  const fixable = r.text !== undefined && sensible && days;
  const found = isTime(left) ? left.type : right.type;
  const fix = fixable ? { span: node.span, text, title: `Write ${text}` } : undefined;
  wrongType(r, node.span, message, ['number'], found, fix);
  return true;
}

function bracketed(text: string): string {
  return /^[\w.]+$/.test(text) ? text : `(${text})`;
}

function resolveConcat(r: Resolver, node: Binary, left: Typed, right: Typed): Typed {
  if (left.type === 'boolean' && right.type === 'boolean') {
    const fix = { span: node.opSpan, text: 'or', title: 'Write or' };
    const message = 'The operator || joins texts; either condition is written with or.';
    wrongType(r, node.opSpan, message, ['text'], 'boolean', fix);
    return broken('boolean');
  }
  const [a, b] = [joined(r, node.left, left), joined(r, node.right, right)];
  return call('||', 'text', [a, b]);
}

function joined(r: Resolver, node: Expression, value: Typed): Scalar | null {
  if (fits(value.type, ['text'])) return checked(r, node, value, ['text'], '"||"');
  const written = textOf(r, node);
  const text = `cast(${written ?? 'x'} as text)`;
  const message = `"||" joins texts, but this is ${wordFor(value.type)}; write ${text}.`;
  const fix = written === undefined ? undefined : { span: node.span, text, title: `Write ${text}` };
  wrongType(r, node.span, message, ['text'], value.type, fix);
  return null;
}

type Comparison = Exclude<BinaryOperator, Arithmetic | 'and' | 'or' | '||'>;

function resolveComparison(r: Resolver, node: Binary, op: Comparison, left: Typed, right: Typed): Typed {
  const operands = [
    { node: node.left, value: left },
    { node: node.right, value: right },
  ];
  reportNull(r, node, op);
  const type = compareTypes(r, operands, `"${op}"`);
  if (type === 'boolean' && op !== '=' && op !== '<>') {
    const message = `True and false have no order; compare them with = or <>.`;
    wrongType(r, node.opSpan, message, ['number', 'text', 'date', 'timestamp'], 'boolean');
    return broken('boolean');
  }
  if (type === null) return broken('boolean');
  return call(op, 'boolean', [
    left.scalar && widen(left.scalar, type),
    right.scalar && widen(right.scalar, type),
  ]);
}

/** `x = null` never holds, which nobody expects who has not read it somewhere. */
function reportNull(r: Resolver, node: Binary, op: Comparison): void {
  const isNull = (side: Expression): boolean => side.kind === 'literal' && side.type === 'null';
  if (!isNull(node.left) && !isNull(node.right)) return;
  const test = op === '<>' ? 'is not null' : 'is null';
  const message = `A comparison with null never holds; write ${test}.`;
  const span = { start: node.opSpan.start, end: node.right.span.end };
  const simple =
    (op === '=' || op === '<>') &&
    isNull(node.right) &&
    !isOpen(node.left.kind === 'literal' ? 'null' : 'text');
  const fix = simple ? { span, text: test, title: `Write ${test}` } : undefined;
  report(r, 'null-comparison', simple ? span : node.span, message, {}, fix);
}
