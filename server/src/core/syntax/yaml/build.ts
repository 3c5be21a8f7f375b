import {
  isAlias,
  isMap,
  isScalar,
  isSeq,
  type Pair,
  type ParsedNode,
  type YAMLMap,
  type YAMLSeq,
} from 'yaml';
import type { Span } from '../../base/span.ts';
import { type Anchors, buildAnchored, lookUp, noAnchors, resolveAlias, spend } from './aliases.ts';
import { buildScalar } from './build-scalar.ts';
import { copyEntry, makeMap, makeMissing } from './nodes.ts';
import { type Report, report } from './report.ts';
import type { Comment, MapEntry, MapNode, ScalarNode, SeqNode, YamlNode } from './tree.ts';

/** What is shared while the tree of one text is built, chunk by chunk in file order. */
export interface Build extends Report {
  readonly anchors: Anchors;
  readonly comments: Comment[];
  /** Places of quotes and brackets that are never closed, each already reported. */
  readonly unclosed: number[];
}

export function newBuild(text: string, found: Report['found']): Build {
  return { text, found, anchors: noAnchors(), comments: [], unclosed: [] };
}

/** A key and its value, as the library reads them. */
export type AnyPair = Pair<ParsedNode, ParsedNode | null>;

/** Where the colon behind a pair's key stands, if it has one. */
export function colonOf(pair: AnyPair): number | undefined {
  return pair.srcToken?.sep?.find((token) => token.type === 'map-value-ind')?.offset;
}

/** A map in the making. */
export interface MapParts {
  readonly entries: MapEntry[];
  /** What merge keys add, in order: maps that stand inline, or anchored maps with the place of their use. */
  readonly merges: { readonly entries: readonly MapEntry[]; readonly use: Span | undefined }[];
}

/** Turns a node of the library into one of ours. `behind` is where the value is missing if there is none. */
export function buildNode(
  b: Build,
  node: ParsedNode | null | undefined,
  depth: number,
  behind: number,
): YamlNode {
  b.anchors.made++;
  b.anchors.deepest = Math.max(b.anchors.deepest, depth);
  if (node === null || node === undefined) return makeMissing(behind);
  if (isAlias(node)) {
    return resolveAlias(b.anchors, b, node.source, { start: node.range[0], end: node.range[1] }, depth);
  }
  const { anchor } = node;
  if (anchor === undefined) return buildBare(b, node, depth);
  return withAnchor(b, anchor, node.range[0], depth, () => buildBare(b, node, depth));
}

/** Builds a node whose anchor stands somewhere before `before`. */
export function withAnchor(
  b: Build,
  name: string,
  before: number,
  depth: number,
  build: () => YamlNode,
): YamlNode {
  const start = Math.max(0, b.text.lastIndexOf(`&${name}`, before));
  return buildAnchored(b.anchors, b, name, { start, end: start + name.length + 1 }, depth, build);
}

function buildBare(b: Build, node: Exclude<ParsedNode, { anchor?: never }>, depth: number): YamlNode {
  if (isMap(node)) return buildMap(b, node, depth);
  if (isSeq(node)) return buildSeq(b, node, depth);
  return buildScalar(b, node);
}

function buildMap(b: Build, map: YAMLMap.Parsed, depth: number): MapNode {
  const parts: MapParts = { entries: [], merges: [] };
  for (const pair of map.items) addPair(b, parts, pair, depth);
  const flow = map.flow === true;
  if (flow) checkClosed(b, map);
  return finishMap(parts, flow, flow ? { start: map.range[0], end: map.range[1] } : undefined, map.range[0]);
}

function buildSeq(b: Build, seq: YAMLSeq.Parsed, depth: number): SeqNode {
  const items = seq.items.map((item) => buildNode(b, item, depth + 1, seq.range[0]));
  const flow = seq.flow === true;
  if (flow) checkClosed(b, seq);
  return makeSeq(items, flow, { start: seq.range[0], end: flow ? seq.range[1] : seq.range[0] + 1 });
}

/** A list; a block list reaches from its first dash (the start of `span`) to the end of its last item. */
export function makeSeq(items: readonly YamlNode[], flow: boolean, span: Span): SeqNode {
  const end = flow ? span.end : Math.max(span.end, items.at(-1)?.span.end ?? span.end);
  return { kind: 'seq', span: { start: span.start, end }, flow, items };
}

/** Adds a key and its value to a map in the making, or what its merge key brings. */
export function addPair(b: Build, parts: MapParts, pair: AnyPair, depth: number): void {
  const key = buildKey(b, pair, depth + 1);
  if (isMergeKey(pair)) {
    addMerges(b, parts, pair.value, depth + 1);
    return;
  }
  const value = buildNode(b, pair.value, depth + 1, key?.span.end ?? pair.key.range[1]);
  if (key !== undefined) parts.entries.push(makeEntry(key, value));
}

export function makeEntry(key: ScalarNode, value: YamlNode): MapEntry {
  return { key, value, span: { start: key.span.start, end: Math.max(key.span.end, value.span.end) } };
}

/** The key of a pair, or `undefined` after an issue where it is not a scalar or empty. */
export function buildKey(b: Build, pair: AnyPair, depth: number): ScalarNode | undefined {
  const { key } = pair;
  if (isMap(key) || isSeq(key)) {
    report(
      b,
      'yaml-unsupported',
      { start: key.range[0], end: key.range[1] },
      'A key must be a name; lists and maps cannot be keys. Put a text that contains brackets in quotes.',
    );
    return undefined;
  }
  const node = buildNode(b, key, depth, key.range[0]);
  if (node.kind !== 'scalar') {
    report(b, 'yaml-unsupported', node.span, 'A key must be a name; this alias stands for a list or map.');
    return undefined;
  }
  if (node.style === 'missing' && !isAlias(key)) {
    const at = colonOf(pair) ?? node.span.start;
    report(b, 'yaml-syntax', { start: at, end: at + 1 }, 'A name is missing before this ":".');
    return undefined;
  }
  // In brackets, YAML takes `{a:1}` for the name "a:1" without a value. Nobody means that.
  const glued =
    pair.value === null && node.style === 'plain' ? /^[A-Za-z_][\w-]*:(?=\S)/.exec(node.text) : null;
  if (glued !== null) {
    const at = node.offsetAt(glued[0].length - 1);
    report(b, 'yaml-syntax', { start: at, end: at + 1 }, 'A space is missing behind this ":".');
    return undefined;
  }
  return node;
}

function isMergeKey(pair: AnyPair): boolean {
  const { key } = pair;
  return isScalar(key) && key.type === 'PLAIN' && key.value === '<<' && pair.value !== null;
}

/** Notes the maps that a merge key brings: an alias to a map, a map, or a list of those. */
function addMerges(b: Build, parts: MapParts, value: ParsedNode | null, depth: number): void {
  if (isSeq(value) && value.anchor === undefined) {
    for (const item of value.items) addMerge(b, parts, item, depth + 1);
  } else addMerge(b, parts, value, depth);
}

function addMerge(b: Build, parts: MapParts, value: ParsedNode | null, depth: number): void {
  const message = 'Only maps can be merged here: write "<<: *name", where "&name" marks a map.';
  if (isAlias(value)) {
    const use = { start: value.range[0], end: value.range[1] };
    const anchor = lookUp(b.anchors, b, value.source, use);
    if (anchor?.node === undefined) return;
    if (anchor.node.kind !== 'map') {
      report(b, 'yaml-alias', use, message, [{ span: anchor.span, message: 'This is not a map.' }]);
    } else if (spend(b.anchors, b, anchor, use, depth)) {
      b.anchors.made += anchor.size;
      b.anchors.deepest = Math.max(b.anchors.deepest, depth - 1 + anchor.height);
      parts.merges.push({ entries: anchor.node.entries, use });
    }
    return;
  }
  const node = buildNode(b, value, depth, 0);
  if (node.kind === 'map') parts.merges.push({ entries: node.entries, use: undefined });
  else if (value !== null) report(b, 'yaml-alias', { start: value.range[0], end: value.range[1] }, message);
}

/**
 * Closes a map: own entries first, then those of merge keys whose names are not taken; earlier merges win. A
 * block map (no `span`) reaches from its first key to the end of its last own value.
 */
export function finishMap(parts: MapParts, flow: boolean, span: Span | undefined, at: number): MapNode {
  const { entries, merges } = parts;
  const start = entries[0]?.span.start ?? at;
  const own = span ?? {
    start: Math.min(start, at),
    end: Math.max(entries.at(-1)?.span.end ?? at, merges.at(-1)?.use?.end ?? at),
  };
  if (merges.length === 0) return makeMap({ span: own, flow, entries });
  const names = new Set(entries.map((entry) => entry.key.text));
  const all = [...entries];
  for (const merge of merges) {
    for (const entry of merge.entries) {
      if (names.has(entry.key.text)) continue;
      names.add(entry.key.text);
      all.push(merge.use === undefined ? entry : copyEntry(entry, merge.use));
    }
  }
  return makeMap({ span: own, flow, entries: all });
}

/** Reports a flow collection whose bracket is not closed, or closed by one of the other kind. */
function checkClosed(b: Build, node: YAMLMap.Parsed | YAMLSeq.Parsed): void {
  const token = node.srcToken;
  if (token?.type !== 'flow-collection') return;
  const open = token.start.source;
  const close = open === '{' ? '}' : ']';
  const found = token.end[0];
  if (found?.source === close) return;
  // What is not closed inside explains why this is not.
  const inside = (b.unclosed.at(-1) ?? -1) > token.offset;
  b.unclosed.push(token.offset);
  if (inside) return;
  const wrong = found?.source === '}' || found?.source === ']' ? found.source : undefined;
  report(
    b,
    'yaml-syntax',
    { start: token.offset, end: token.offset + 1 },
    wrong === undefined
      ? `This "${open}" is never closed. Add the missing "${close}", or quote the text if the bracket belongs to it.`
      : `This "${open}" is closed by a "${wrong}". Close it with "${close}".`,
  );
}
