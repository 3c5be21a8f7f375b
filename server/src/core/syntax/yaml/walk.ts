import { touches } from '../../base/span.ts';
import type { MapEntry, MapNode, SeqNode, YamlNode, YamlTree } from './tree.ts';

/** One step from a collection to a part of it. */
export type Step =
  | { readonly in: MapNode; readonly entry: MapEntry; readonly on: 'key' | 'value' }
  | { readonly in: SeqNode; readonly index: number };

/** What stands at an offset: the innermost node, and the steps from the root to it. */
export interface Found {
  readonly node: YamlNode;
  readonly path: readonly Step[];
}

/**
 * The innermost node that an offset touches (its end counts), or `undefined` outside the root. Between a key and
 * its value the offset belongs to the value's place, with the map as node. Nodes that came through an alias or a
 * merge key are not entered: they all stand at the alias.
 */
export function nodeAt(tree: YamlTree, offset: number): Found | undefined {
  let node = tree.root;
  if (node === undefined || !touches(node.span, offset)) return undefined;
  const path: Step[] = [];
  for (;;) {
    const next: { step: Step; node: YamlNode } | undefined =
      node.origin === undefined ? stepTo(node, offset) : undefined;
    if (next === undefined) return { node, path };
    path.push(next.step);
    node = next.node;
  }
}

function stepTo(node: YamlNode, offset: number): { step: Step; node: YamlNode } | undefined {
  if (node.kind === 'scalar') return undefined;
  if (node.kind === 'seq') {
    const index = node.items.findIndex((item) => touches(item.span, offset));
    const item = node.items[index];
    return item === undefined ? undefined : { step: { in: node, index }, node: item };
  }
  const entry = node.entries.find(({ key, span }) => key.origin === undefined && touches(span, offset));
  if (entry === undefined) return undefined;
  if (touches(entry.key.span, offset)) return { step: { in: node, entry, on: 'key' }, node: entry.key };
  if (touches(entry.value.span, offset)) return { step: { in: node, entry, on: 'value' }, node: entry.value };
  return undefined;
}
