import type { Problem } from '../../server/src/core/base/problem.ts';
import type { CompletionItem } from '../../server/src/core/ide/completion/item.ts';
import { placeAt } from '../../server/src/core/ide/completion/item-context.ts';
import type { SchemaKind } from '../../server/src/core/schema/json-schema.ts';
import { validateTree } from '../../server/src/core/schema/validate.ts';
import { parseExpression } from '../../server/src/core/syntax/expression/parse.ts';
import { parseYaml } from '../../server/src/core/syntax/yaml/parse.ts';
import type { YamlTree } from '../../server/src/core/syntax/yaml/tree.ts';
import { nodeAt } from '../../server/src/core/syntax/yaml/walk.ts';

/** What is wrong with a text, apart from what its names and columns mean. */
export interface Health {
  readonly text: string;
  readonly tree: YamlTree;
  readonly problems: readonly Problem[];
}

export function healthOf(kind: SchemaKind, text: string): Health {
  const tree = parseYaml(text);
  return { text, tree, problems: validateTree(kind, tree.root, 'a') };
}

/**
 * What accepting an item breaks, in words; `undefined` where it keeps the law. Accepted with the defaults in its holes,
 *
 * - what it replaces is on one line and around the cursor, as the protocol asks;
 * - the text has no more YAML issues than before;
 * - no schema problem is new, but for: a value that is missing within the inserted text (the user types it next); a key
 *   that the map needs now (`expansion` asks for `value`), or, where the item replaces something written, a problem that
 *   does not touch the inserted text (a metric of another type takes other keys);
 * - an expression at the place has no more syntax issues than before, as it is or with an operand typed behind the item.
 */
export function brokenBy(
  kind: SchemaKind,
  before: Health,
  offset: number,
  item: CompletionItem,
): string | undefined {
  const { span, text: put } = item.edit;
  const text = before.text.slice(0, span.start) + put + before.text.slice(span.end);
  const after = healthOf(kind, text);
  const said = (what: string): string => `"${item.label}" ${what}`;
  if (/[\r\n]/.test(before.text.slice(span.start, span.end))) return said('replaces more than one line');
  if (offset < span.start || offset > span.end) return said('does not replace what is at the cursor');
  if (after.tree.issues.length > before.tree.issues.length) {
    return said(`makes a syntax problem: ${after.tree.issues[0]?.message}`);
  }
  const known = new Map<string, number>();
  for (const { code, message } of before.problems)
    known.set(code + message, (known.get(code + message) ?? 0) + 1);
  const isReplacing = before.text.slice(span.start, span.end).trim() !== '';
  const end = span.start + put.length;
  const fresh = after.problems.find((problem) => {
    const left = known.get(problem.code + problem.message) ?? 0;
    if (left > 0) {
      known.set(problem.code + problem.message, left - 1);
      return false;
    }
    const touches = problem.span.start <= end && problem.span.end >= span.start;
    if (problem.code === 'missing-value' && touches) return false;
    if (problem.code === 'missing-key' && (isReplacing || !touches)) return false;
    return touches || !isReplacing;
  });
  if (fresh !== undefined) return said(`makes a problem: ${fresh.code}: ${fresh.message}`);
  const expression = expressionIssues(kind, after, end);
  if (expression === 0) return undefined;
  const probed = healthOf(kind, `${text.slice(0, end)} x${text.slice(end)}`);
  const least = Math.min(expression, expressionIssues(kind, probed, end));
  const allowed = expressionIssues(kind, before, span.start);
  return least > allowed ? said('breaks the expression') : undefined;
}

/** The syntax issues of the expression at an offset; 0 where none stands there. */
function expressionIssues(kind: SchemaKind, { tree }: Health, offset: number): number {
  const found = nodeAt(tree, offset);
  if (found?.node.kind !== 'scalar') return 0;
  const path = found.path.map((step) => ('index' in step ? step.index : step.entry.key.text));
  const isValue = found.path.at(-1);
  if (isValue !== undefined && 'on' in isValue && isValue.on === 'key') return 0;
  const isExpression = placeAt(kind, tree.root, path).schemas.includes('expression');
  return isExpression && found.node.text.trim() !== '' ? parseExpression(found.node.text).issues.length : 0;
}
