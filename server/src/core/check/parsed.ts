import type { ExpressionWord } from '../model/project.ts';
import type { Expression } from '../syntax/expression/ast.ts';
import type { ExpressionIssue } from '../syntax/expression/issue.ts';
import { parseExpression } from '../syntax/expression/parse.ts';
import type { ScalarNode } from '../syntax/yaml/tree.ts';

interface Parsed {
  readonly expression: Expression;
  readonly issues: readonly ExpressionIssue[];
}

/** Parses are kept as long as the trees that they belong to: a text that did not change is not parsed again. */
const kept = new WeakMap<ScalarNode, Parsed>();

/** The syntax tree of an expression, parsed once per node. */
export function parsedExpression(word: ExpressionWord): Parsed {
  const known = kept.get(word.node) ?? parseExpression(word.text);
  kept.set(word.node, known);
  return known;
}
