import type { Expression } from './ast.ts';
import { compareTypes, type Operand } from './compare.ts';
import { checked } from './resolve-operators.ts';
import { broken, call, type Resolver, report, typed, wrongType } from './resolver.ts';
import type { Scalar } from './scalar.ts';
import { type Typed, widen } from './types.ts';

type Node<Kind extends Expression['kind']> = Extract<Expression, { kind: Kind }>;

function operand(r: Resolver, node: Expression): Operand {
  return { node, value: r.resolve(node) };
}

/** `not in`, `not like`, `not between` and `is not null` are `not` around the plain form. */
function maybeNot(value: Typed, negated: boolean): Typed {
  return negated ? call('not', 'boolean', [value.scalar]) : value;
}

export function resolveBetween(r: Resolver, node: Node<'between'>): Typed {
  const operands = [operand(r, node.value), operand(r, node.low), operand(r, node.high)];
  const type = compareTypes(r, operands, '"between"');
  if (type === 'boolean') {
    const message = 'True and false have no order, so nothing is between them.';
    wrongType(r, node.span, message, ['number', 'text', 'date', 'timestamp'], 'boolean');
  }
  if (type === null || type === 'boolean') return broken('boolean');
  return maybeNot(call('between', 'boolean', widened(operands, type)), node.negated);
}

export function resolveIn(r: Resolver, node: Node<'in'>): Typed {
  const operands = [operand(r, node.value), ...node.list.map((item) => operand(r, item))];
  const nothing = node.list.find((item) => item.kind === 'literal' && item.type === 'null');
  if (nothing !== undefined) {
    const message =
      'A list with null matches nothing more, and "not in" such a list never holds; use is null.';
    report(r, 'null-comparison', nothing.span, message, {});
  }
  const type = compareTypes(r, operands, '"in"');
  if (type === null || node.list.length === 0) return broken('boolean');
  return maybeNot(call('in', 'boolean', widened(operands, type)), node.negated);
}

function widened(operands: readonly Operand[], type: Typed['type']): (Scalar | null)[] {
  return operands.map(({ value }) => value.scalar && widen(value.scalar, type));
}

/** The longest pattern that `like` takes. */
const MAX_LIKE = 1_000;

/** The pattern has to be written out: one from the data can keep an engine busy for hours. */
export function resolveLike(r: Resolver, node: Node<'like'>): Typed {
  const value = checked(r, node.value, r.resolve(node.value), ['text'], '"like"');
  const pattern = checked(r, node.pattern, r.resolve(node.pattern), ['text'], '"like"');
  if (pattern !== null && pattern.kind !== 'literal') {
    const message = `The pattern of "like" is a quoted text, as in like 'A%'; to look for a column, write contains(x, y).`;
    report(r, 'wrong-arguments', node.pattern.span, message, { function: 'like' });
    return broken('boolean');
  }
  if (pattern !== null && String(pattern.value).length > MAX_LIKE) {
    const message = `A pattern of "like" has at most ${MAX_LIKE} characters.`;
    report(r, 'too-complex', node.pattern.span, message, {});
    return broken('boolean');
  }
  return maybeNot(call('like', 'boolean', [value, pattern]), node.negated);
}

export function resolveIsNull(r: Resolver, node: Node<'is-null'>): Typed {
  return maybeNot(call('is-null', 'boolean', [r.resolve(node.value).scalar]), node.negated);
}

/** `case x when 1 then …` is `case when x = 1 then …`. */
export function resolveCase(r: Resolver, node: Node<'case'>): Typed {
  const subject = node.subject === null ? null : operand(r, node.subject);
  const branches: { when: Scalar | null; result: Operand }[] = [];
  for (const { when, result } of node.branches) {
    branches.push({ when: condition(r, when, subject), result: operand(r, result) });
  }
  const otherwise = node.otherwise === null ? null : operand(r, node.otherwise);
  const results = branches.map(({ result }) => result);
  const type = compareTypes(r, otherwise === null ? results : [...results, otherwise], '"case"');
  if (type === null) return broken();
  const whole = branches.flatMap(({ when, result }) =>
    when === null || result.value.scalar === null ? [] : [{ when, result: widen(result.value.scalar, type) }],
  );
  if (whole.length < branches.length || branches.length === 0) return broken(type);
  if (otherwise === null) return typed({ kind: 'case', type, branches: whole, otherwise: null });
  if (otherwise.value.scalar === null) return broken(type);
  return typed({ kind: 'case', type, branches: whole, otherwise: widen(otherwise.value.scalar, type) });
}

function condition(r: Resolver, when: Expression, subject: Operand | null): Scalar | null {
  if (subject === null) return checked(r, when, r.resolve(when), ['boolean'], '"when"');
  const value = operand(r, when);
  if (when.kind === 'literal' && when.type === 'null') {
    const message = 'A comparison with null never holds; write case when x is null then ….';
    report(r, 'null-comparison', when.span, message, {});
  }
  const type = compareTypes(r, [subject, value], '"case"');
  if (type === null) return null;
  const [a, b] = widened([subject, value], type);
  return call('=', 'boolean', [a ?? null, b ?? null]).scalar;
}
