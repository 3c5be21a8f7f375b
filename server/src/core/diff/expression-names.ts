import type { Expression } from '../syntax/expression/ast.ts';
import { operandsOf } from '../syntax/expression/names.ts';

/** The names of one word in an expression, in the order of the text. */
export function plainNames(expression: Expression): readonly Extract<Expression, { kind: 'name' }>[] {
  if (expression.kind === 'name') return expression.parts.length === 1 ? [expression] : [];
  return operandsOf(expression).flatMap(plainNames);
}
