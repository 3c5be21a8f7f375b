import type { YamlNode } from '../../../../server/src/core/syntax/yaml/tree.ts';

/** What can be seen of a node (of places within texts three), as plain data for comparisons. */
export function dump(node: YamlNode | undefined): unknown {
  if (node === undefined) return undefined;
  const place = { span: node.span, ...(node.origin === undefined ? {} : { origin: node.origin }) };
  if (node.kind === 'scalar') {
    const { text, value, style } = node;
    const offsets = [0, text.length >> 1, text.length].map((index) => node.offsetAt(index));
    return { ...place, text, value: typeof value === 'bigint' ? `${value}n` : value, style, offsets };
  }
  if (node.kind === 'seq') return { ...place, flow: node.flow, items: node.items.map(dump) };
  const entries = node.entries.map(({ key, value, span }) => ({ span, key: dump(key), value: dump(value) }));
  return { ...place, flow: node.flow, entries };
}

/** The texts of a tree: maps as objects, lists as arrays, a missing value as `null`. */
export function texts(node: YamlNode | undefined): unknown {
  if (node === undefined) return undefined;
  if (node.kind === 'scalar') return node.style === 'missing' ? null : node.text;
  if (node.kind === 'seq') return node.items.map(texts);
  const result: Record<string, unknown> = {};
  for (const { key, value } of node.entries) {
    let name = key.text;
    while (name in result) name += "'";
    result[name] = texts(value);
  }
  return result;
}

/** The node under a path of keys and indexes. */
export function at(root: YamlNode | undefined, ...path: readonly (string | number)[]): YamlNode {
  let node = root;
  for (const step of path) {
    if (node?.kind === 'map') node = node.get(String(step))?.value;
    else node = node?.kind === 'seq' ? node.items[Number(step)] : undefined;
  }
  if (node === undefined) throw new Error(`There is nothing at ${path.join('.')}.`);
  return node;
}

/** The scalar under a path. */
export function scalarAt(root: YamlNode | undefined, ...path: readonly (string | number)[]) {
  const node = at(root, ...path);
  if (node.kind !== 'scalar') throw new Error(`${path.join('.')} is no scalar.`);
  return node;
}
