import type { Expression } from '../syntax/expression/ast.ts';

/** The names of one word in an expression, in the order of the text. */
export function plainNames(expression: Expression): readonly Extract<Expression, { kind: 'name' }>[] {
  if (expression.kind === 'name') return expression.parts.length === 1 ? [expression] : [];
  return operandsOf(expression).flatMap(plainNames);
}

/** The expressions that an expression is made of. */
export function operandsOf(node: Expression): readonly Expression[] {
  switch (node.kind) {
    case 'missing':
    case 'literal':
    case 'name':
      return [];
    case 'unary':
      return [node.operand];
    case 'binary':
      return [node.left, node.right];
    case 'between':
      return [node.value, node.low, node.high];
    case 'in':
      return [node.value, ...node.list];
    case 'like':
      return [node.value, node.pattern];
    case 'is-null':
    case 'cast':
      return [node.value];
    case 'case':
      return [
        ...(node.subject === null ? [] : [node.subject]),
        ...node.branches.flatMap(({ when, result }) => [when, result]),
        ...(node.otherwise === null ? [] : [node.otherwise]),
      ];
    case 'call':
      return node.args;
  }
}
