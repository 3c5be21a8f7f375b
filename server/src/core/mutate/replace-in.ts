import type { Expression } from '../syntax/expression/ast.ts';

/** A syntax tree with one node, told by its identity, replaced by another. */
export function replaceIn(tree: Expression, node: Expression, put: Expression): Expression {
  if (tree === node) return put;
  const again = (child: Expression): Expression => replaceIn(child, node, put);
  const each = (children: readonly Expression[]): readonly Expression[] => children.map(again);
  const maybe = (child: Expression | null): Expression | null => (child === null ? null : again(child));
  switch (tree.kind) {
    case 'unary':
      return { ...tree, operand: again(tree.operand) };
    case 'binary':
      return { ...tree, left: again(tree.left), right: again(tree.right) };
    case 'between':
      return { ...tree, value: again(tree.value), low: again(tree.low), high: again(tree.high) };
    case 'in':
      return { ...tree, value: again(tree.value), list: each(tree.list) };
    case 'like':
      return { ...tree, value: again(tree.value), pattern: again(tree.pattern) };
    case 'is-null':
    case 'cast':
      return { ...tree, value: again(tree.value) };
    case 'case':
      return {
        ...tree,
        subject: maybe(tree.subject),
        branches: tree.branches.map(({ when, result }) => ({ when: again(when), result: again(result) })),
        otherwise: maybe(tree.otherwise),
      };
    case 'call':
      return { ...tree, args: each(tree.args) };
    default:
      return tree;
  }
}
