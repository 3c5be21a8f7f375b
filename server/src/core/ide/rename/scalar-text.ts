import type { Span } from '../../base/span.ts';
import { parseYaml } from '../../syntax/yaml/parse.ts';
import type { ScalarNode, YamlNode } from '../../syntax/yaml/tree.ts';

/** A text as it is written inside of a scalar of some style. Plain and block scalars are written as they are. */
export function escapeIn(style: ScalarNode['style'], text: string): string {
  if (style === 'single') return text.replaceAll("'", "''");
  return style === 'double' ? text.replaceAll('\\', '\\\\').replaceAll('"', '\\"') : text;
}

/** A text of one line in single quotes. */
export function singleQuoted(text: string): string {
  return `'${escapeIn('single', text)}'`;
}

/** Where a scalar may stand: in a block, in brackets, and as a key of either. */
const PLACES: readonly ((text: string) => string)[] = [
  (text) => `- ${text}\n`,
  (text) => `[${text}]\n`,
  (text) => `${text}: 0\n`,
  (text) => `{${text}: 0}\n`,
];

/**
 * Whether a plain scalar with another text would still be read as that text, of the same type as before. Asked of YAML itself: in
 * every place where the scalar may stand by what it says now.
 */
export function isSameWhenPlain(node: ScalarNode, after: string): boolean {
  return PLACES.every((write) => !reads(write, node.text, node) || reads(write, after, node));
}

function reads(write: (text: string) => string, text: string, { value }: ScalarNode): boolean {
  const { root, issues } = parseYaml(write(text));
  const scalar = firstScalar(root);
  return issues.length === 0 && scalar?.text === text && typeof scalar.value === typeof value;
}

function firstScalar(node: YamlNode | undefined): ScalarNode | undefined {
  if (node?.kind === 'seq') return node.items.length === 1 ? firstScalar(node.items[0]) : undefined;
  if (node?.kind === 'map') return node.entries.length === 1 ? node.entries[0]?.key : undefined;
  return node;
}

/** A text as a new plain scalar, or in single quotes where it would be read as something else. */
export function scalarOf(text: string): string {
  const isPlain = PLACES.every((write) => {
    const { root, issues } = parseYaml(write(text));
    return issues.length === 0 && firstScalar(root)?.text === text;
  });
  return isPlain && text !== '' && !/^(null|~)$/i.test(text) ? text : singleQuoted(text);
}

/** What gives a scalar of one line another text, in its own style where it can be. */
export function replaceWhole(node: ScalarNode, text: string): { readonly span: Span; readonly text: string } {
  const span = { start: node.offsetAt(0), end: node.offsetAt(node.text.length) };
  const isUnfit = node.style === 'plain' && !isSameWhenPlain(node, text);
  return { span, text: isUnfit ? singleQuoted(text) : escapeIn(node.style, text) };
}
