import type { Span } from '../../base/span.ts';
import type { YamlNode } from './tree.ts';

/** Where a node stands in a tree, whatever stands around it: the keys and indices that lead to it. */
export interface NodePath {
  readonly steps: readonly (string | number)[];
  /** Whether the last step's key is meant, and not what stands under it. */
  readonly isKey: boolean;
}

/** The path of the outermost node with just that span; `undefined` where none has it. */
export function pathOfSpan(root: YamlNode | undefined, { start, end }: Span): NodePath | undefined {
  const steps: (string | number)[] = [];
  let node = root;
  while (node !== undefined) {
    if (node.span.start === start && node.span.end === end) return { steps, isKey: false };
    if (node.kind === 'scalar') return undefined;
    if (node.kind === 'seq') {
      const index = node.items.findIndex(({ span }) => span.start <= start && end <= span.end);
      if (index < 0) return undefined;
      steps.push(index);
      node = node.items[index];
      continue;
    }
    const entry = node.entries.find(({ span }) => span.start <= start && end <= span.end);
    if (entry === undefined) return undefined;
    steps.push(entry.key.text);
    if (entry.key.span.start === start && entry.key.span.end === end) return { steps, isKey: true };
    node = entry.value;
  }
  return undefined;
}

/**
 * The path of the outermost node with just that span, or else of the scalar in which it lies; `undefined` where it lies in none. What is
 * meant of the scalar is then some of its characters.
 */
export function pathAround(root: YamlNode | undefined, span: Span): NodePath | undefined {
  const exact = pathOfSpan(root, span);
  if (exact !== undefined || root === undefined) return exact;
  const isIn = ({ start, end }: Span): boolean => start <= span.start && span.end <= end;
  const steps: (string | number)[] = [];
  let node: YamlNode = root;
  while (node.kind !== 'scalar') {
    if (node.kind === 'seq') {
      const index = node.items.findIndex((item) => isIn(item.span));
      const item = node.items[index];
      if (item === undefined) return undefined;
      steps.push(index);
      node = item;
      continue;
    }
    const entry = node.entries.find((one) => isIn(one.span));
    if (entry === undefined) return undefined;
    steps.push(entry.key.text);
    if (isIn(entry.key.span)) return { steps, isKey: true };
    node = entry.value;
  }
  return isIn(node.span) ? { steps, isKey: false } : undefined;
}

/** The span of the node at a path; `undefined` where the tree has none there. */
export function spanOfPath(root: YamlNode | undefined, { steps, isKey }: NodePath): Span | undefined {
  let node = root;
  for (const [at, step] of steps.entries()) {
    if (node?.kind === 'seq' && typeof step === 'number') node = node.items[step];
    else if (node?.kind === 'map' && typeof step === 'string') {
      const entry = node.get(step);
      if (isKey && at === steps.length - 1) return entry?.key.span;
      node = entry?.value;
    } else return undefined;
  }
  return node?.span;
}
