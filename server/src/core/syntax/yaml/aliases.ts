import type { Span } from '../../base/span.ts';
import { didYouMean } from '../../base/suggest.ts';
import { MAX_DEPTH } from './chunk.ts';
import { copyNode, makeMissing } from './nodes.ts';
import { type Report, report } from './report.ts';
import type { YamlNode } from './tree.ts';

/** How many nodes the aliases of one text may make together; see `resolveAlias`. */
export const MAX_ALIASED_NODES = 20_000;

/** What one text's aliases can refer to, and what they have used up. Anchors are met in file order. */
export interface Anchors {
  readonly byName: Map<string, Anchor>;
  /** Nodes made so far, to know the size of an anchored node without walking it. */
  made: number;
  /** The deepest level reached since it was last reset, to know the height of an anchored node. */
  deepest: number;
  /** Nodes that aliases and merge keys have made so far. */
  aliased: number;
  overLimit: boolean;
}

export interface Anchor {
  readonly span: Span;
  readonly size: number;
  readonly height: number;
  /** Absent while the node is being built: an alias to it then lies inside it. */
  readonly node: YamlNode | undefined;
}

export function noAnchors(): Anchors {
  return { byName: new Map(), made: 0, deepest: 0, aliased: 0, overLimit: false };
}

/** Builds a node that has an anchor, and makes the name known, also while the node is being built. */
export function buildAnchored(
  anchors: Anchors,
  to: Report,
  name: string,
  span: Span,
  depth: number,
  build: () => YamlNode,
): YamlNode {
  const before = anchors.byName.get(name);
  if (before !== undefined) {
    report(
      to,
      'yaml-duplicate-anchor',
      span,
      `The anchor "${name}" exists already. Give each anchor a name of its own: an alias means the nearest one above it.`,
      [{ span: before.span, message: `"${name}" was used here first.` }],
    );
  }
  anchors.byName.set(name, { span, size: 0, height: 0, node: undefined });
  const { made, deepest } = anchors;
  anchors.deepest = depth;
  const node = build();
  anchors.byName.set(name, { span, size: anchors.made - made, height: anchors.deepest - depth, node });
  anchors.deepest = Math.max(deepest, anchors.deepest);
  return node;
}

/**
 * What an alias at `span` stands for: a copy of the anchored node. A missing scalar stands in, after an issue,
 * where the anchor is unknown or contains the alias, and where the aliases of the text together would make too
 * many or too deep nodes. Time is linear in the nodes made.
 */
export function resolveAlias(
  anchors: Anchors,
  to: Report,
  name: string,
  span: Span,
  depth: number,
): YamlNode {
  const anchor = lookUp(anchors, to, name, span);
  if (anchor?.node === undefined || !spend(anchors, to, anchor, span, depth)) return makeMissing(span.end);
  // The alias itself was counted as one node already.
  anchors.made += anchor.size - 1;
  anchors.deepest = Math.max(anchors.deepest, depth + anchor.height);
  return copyNode(anchor.node, span);
}

/** The anchor of a name, or `undefined` after an issue. */
export function lookUp(anchors: Anchors, to: Report, name: string, span: Span): Anchor | undefined {
  const anchor = anchors.byName.get(name);
  if (anchor === undefined) {
    const hint = didYouMean(name, anchors.byName.keys());
    report(
      to,
      'yaml-alias',
      span,
      `There is no anchor "&${name}" above this line.${hint} Quote a text that starts with "*".`,
    );
    return undefined;
  }
  if (anchor.node === undefined) {
    report(to, 'yaml-alias', span, `"*${name}" stands inside what it refers to. Write the value out.`, [
      { span: anchor.span, message: `"${name}" is anchored here.` },
    ]);
    return undefined;
  }
  return anchor;
}

/** Takes what a copy of an anchored node costs from the budget. Returns whether it may be made; only the first refusal is reported. */
export function spend(anchors: Anchors, to: Report, anchor: Anchor, span: Span, depth: number): boolean {
  if (depth + anchor.height > MAX_DEPTH) {
    report(
      to,
      'yaml-alias',
      span,
      `With this alias the nesting becomes deeper than ${MAX_DEPTH} levels. Write less deeply nested values.`,
    );
    return false;
  }
  if (anchors.aliased + anchor.size > MAX_ALIASED_NODES) {
    if (!anchors.overLimit) {
      report(
        to,
        'yaml-alias',
        span,
        `The aliases of this file repeat more than ${MAX_ALIASED_NODES.toLocaleString('en-US')} values; this one and those below that are too large are left out. Write fewer aliases, or split the file.`,
      );
    }
    anchors.overLimit = true;
    return false;
  }
  anchors.aliased += anchor.size;
  return true;
}
