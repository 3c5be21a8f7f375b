import { conjuncts } from '../check/likeness.ts';
import type { Expression } from '../syntax/expression/ast.ts';
import { operandsOf } from '../syntax/expression/names.ts';
import { parseExpression } from '../syntax/expression/parse.ts';
import { printExpression } from '../syntax/expression/print.ts';

/**
 * What an expression says, equal for spellings that compute the same: `1.0` is `1` and `.5` is `0.5`, and the order of the literals of
 * an `in` says nothing. Texts stay as they are, be they numbers or not.
 *
 * @param text what the expression was parsed from
 */
export function expressionMeaning(text: string, expression: Expression): string {
  return printExpression(plainlySpelled(text, expression));
}

/** The same of each condition of an `and`, in its order. */
export function conditionMeanings(text: string, condition: Expression): readonly string[] {
  return conjuncts(plainlySpelled(text, condition)).map(printExpression);
}

function plainlySpelled(text: string, expression: Expression): Expression {
  const spelled = respellings(expression)
    .toSorted((one, other) => other.start - one.start)
    .reduce((result, { start, end, as }) => `${result.slice(0, start)}${as}${result.slice(end)}`, text);
  return spelled === text ? expression : parseExpression(spelled).expression;
}

interface Respelling {
  readonly start: number;
  readonly end: number;
  readonly as: string;
}

function respellings(expression: Expression): readonly Respelling[] {
  if (expression.kind === 'literal') return [{ ...expression.span, as: literal(expression) }];
  const list = expression.kind === 'in' ? expression.list.filter(({ kind }) => kind === 'literal') : [];
  const [first, last] = [list[0], list.at(-1)];
  if (expression.kind !== 'in' || list.length < expression.list.length || !first || !last)
    return operandsOf(expression).flatMap(respellings);
  const sorted = [
    ...new Set(list.flatMap((item) => (item.kind === 'literal' ? [literal(item)] : []))),
  ].sort();
  return [
    ...respellings(expression.value),
    { start: first.span.start, end: last.span.end, as: sorted.join(', ') },
  ];
}

/** More digits than these are not all kept by a number of JavaScript. */
const EXACT_DIGITS = 15;

function literal(node: Extract<Expression, { kind: 'literal' }>): string {
  const { type, value } = node;
  const isNumber = type === 'integer' || type === 'number';
  if (!isNumber || value.replace(/\D/g, '').length > EXACT_DIGITS) return printExpression(node);
  const plain = String(Number(value));
  return /^\d+(\.\d+)?$/.test(plain) ? plain : value;
}
