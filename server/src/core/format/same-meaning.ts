import type { YamlNode, YamlTree } from '../syntax/yaml/tree.ts';

/**
 * Whether two texts say the same: equal lists, equal maps whatever the order of their keys (of several equal keys, in their
 * order), scalars with equal text, value and style, and the same comments. It is how the formatter checks its own work.
 */
export function sameMeaning(a: YamlTree, b: YamlTree): boolean {
  if (a.issues.length > 0 || b.issues.length > 0) return false;
  const comments = (tree: YamlTree): string =>
    tree.comments
      .map(({ text }) => text.trimEnd())
      .sort()
      .join('\n');
  return sameNode(a.root, b.root) && comments(a) === comments(b);
}

function sameNode(a: YamlNode | undefined, b: YamlNode | undefined): boolean {
  if (a === undefined || b === undefined) return a === b;
  if (a.kind === 'scalar') {
    return b.kind === 'scalar' && a.text === b.text && Object.is(a.value, b.value) && a.style === b.style;
  }
  if (a.kind === 'seq') {
    if (b.kind !== 'seq' || a.items.length !== b.items.length) return false;
    return a.items.every((item, i) => sameNode(item, b.items[i]));
  }
  if (b.kind !== 'map' || a.entries.length !== b.entries.length) return false;
  const others = new Map<string, YamlNode[]>();
  for (const { key, value } of b.entries) {
    const values = others.get(key.text);
    if (values === undefined) others.set(key.text, [value]);
    else values.push(value);
  }
  return a.entries.every(({ key, value }) => sameNode(value, others.get(key.text)?.shift()));
}
