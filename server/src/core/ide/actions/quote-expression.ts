import { type Path, schemasAt } from '../../schema/applicable.ts';
import { schemaOf } from '../../schema/json-schema.ts';
import { type ScalarNode, toPlain, type YamlNode } from '../../syntax/yaml/tree.ts';
import type { Found } from '../../syntax/yaml/walk.ts';
import { isPlain, renderText } from '../yaml-value.ts';
import { type ActionProvider, actionOf } from './action.ts';
import { foundAt, pathTo } from './at-cursor.ts';

/** Puts the expression at the cursor into quotes, or takes them away where YAML reads the same text without. */
export const quoteExpression: ActionProvider = (request) => {
  const found = foundAt(request);
  const node = found?.node;
  const { file, tree } = request.file;
  if (found === undefined || node?.kind !== 'scalar' || node.origin !== undefined) return [];
  if (!isExpression(tree.root, found)) return [];
  const text = otherStyle(node, isInFlow(found));
  if (text === undefined) return [];
  const title = node.style === 'plain' ? 'Quote the expression' : 'Remove the quotes of the expression';
  return actionOf({ title, kind: 'refactor.rewrite' }, [{ file: file.path, span: node.span, text }]);
};

function otherStyle(node: ScalarNode, flow: boolean): string | undefined {
  if (node.style === 'plain') {
    // A number or a literal in quotes stays the same expression, because expressions are read from the text.
    const quoted = /["\\]/.test(node.text) ? `'${node.text.replaceAll("'", "''")}'` : `"${node.text}"`;
    return /[\r\n]/.test(node.text) ? undefined : quoted;
  }
  if (node.style !== 'single' && node.style !== 'double') return undefined;
  return isPlain(node.text, flow) ? renderText(node.text, flow) : undefined;
}

/** Whether any collection around the node is in flow style: then commas and brackets must be quoted. */
function isInFlow({ path }: Found): boolean {
  return path.some((step) => step.in.flow);
}

function isExpression(root: YamlNode | undefined, found: Found): boolean {
  const last = found.path.at(-1);
  if (last === undefined || ('entry' in last && last.on === 'key')) return false;
  const path: Path = pathTo(found);
  return schemasAt(schemaOf('metrics'), toPlain(root), path).some(
    ({ name }) => name !== undefined && EXPRESSIONS.has(name),
  );
}

const EXPRESSIONS: ReadonlySet<string> = new Set(['expression', 'expressions', 'conditions']);
