import type { Path } from '../../schema/applicable.ts';
import { makeMap } from '../../syntax/yaml/nodes.ts';
import type { ScalarNode, YamlNode } from '../../syntax/yaml/tree.ts';

/** The word that is put at the cursor. Nobody writes it. */
export const MARK = 'zqcursorqz';

/** The scalar that holds the mark. */
export interface Found {
  readonly root: YamlNode | undefined;
  readonly on: 'key' | 'value';
  readonly node: ScalarNode;
  /** Of a key: with the key as the last step. */
  readonly path: Path;
  /** Whether it stands in brackets. */
  readonly flow: boolean;
  /** Of a key: its value. */
  readonly value: YamlNode | undefined;
}

/** Finds the mark in a tree. Nodes that came through an alias are passed over. */
export function findMark(root: YamlNode | undefined): Found | undefined {
  const found = root === undefined ? undefined : findIn(root, [], false);
  return found === undefined ? undefined : { ...found, root };
}

function findIn(node: YamlNode, path: Path, flow: boolean): Omit<Found, 'root'> | undefined {
  if (node.origin !== undefined) return undefined;
  if (node.kind === 'scalar') {
    return node.text.includes(MARK) ? { on: 'value', node, path, flow, value: undefined } : undefined;
  }
  if (node.kind === 'seq') {
    for (const [index, item] of node.items.entries()) {
      const found = findIn(item, [...path, index], node.flow);
      if (found !== undefined) return found;
    }
    return undefined;
  }
  for (const { key, value } of node.entries) {
    if (key.origin !== undefined) continue;
    const own = [...path, key.text];
    if (key.text.includes(MARK)) return { on: 'key', node: key, path: own, flow: node.flow, value };
    const found = findIn(value, own, node.flow);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** The tree without the marked key of the map at a path, so that the schema is asked about what the user wrote. */
export function withoutMark(root: YamlNode | undefined, path: Path): YamlNode | undefined {
  if (root === undefined) return undefined;
  const [step, ...rest] = path;
  if (root.kind === 'seq') {
    const items = root.items.map((item, index) =>
      index === step ? (withoutMark(item, rest) ?? item) : item,
    );
    return { ...root, items };
  }
  if (root.kind === 'scalar') return root;
  const entries =
    step === undefined
      ? root.entries.filter(({ key }) => !key.text.includes(MARK))
      : root.entries.map((entry) =>
          entry.key.text === step
            ? { ...entry, value: withoutMark(entry.value, rest) ?? entry.value }
            : entry,
        );
  return makeMap({ span: root.span, flow: root.flow, entries });
}
