import { isMap, isScalar, isSeq, Pair, type ParsedNode } from 'yaml';
import {
  type AnyPair,
  addPair,
  type Build,
  buildKey,
  buildNode,
  finishMap,
  type MapParts,
  makeEntry,
  makeSeq,
  withAnchor,
} from './build.ts';
import { type Chunk, isClean, parseChunk } from './chunk.ts';
import {
  columnOf,
  type Group,
  type Line,
  linesOf,
  raiseDips,
  splitEntries,
  startsItem,
  usualColumn,
} from './lines.ts';
import { makeMissing } from './nodes.ts';
import { accept, addPlainEntry, isPlainText, reportNoColon } from './recover-entry.ts';
import { lineEnd, report } from './report.ts';
import type { MapNode, SeqNode, YamlNode } from './tree.ts';

/** How often a broken stretch is split again. Each level parses the broken part anew, so that this bounds the cost. */
const MAX_SPLITS = 12;

/** Lines that stand below one another as one node. */
interface Block {
  readonly lines: readonly Line[];
  /** Where the block begins, with the blank lines and comments before its first line. */
  readonly from: number;
  readonly to: number;
}

interface Recovery extends Build {
  /** Where the last row of lines indented with tabs ends: a row is reported once. */
  tabsUpTo: number;
}

/**
 * Reads as much as can be read of a text in which the library found errors. The text is split by indentation into
 * entries; those without errors are taken as they are, the others are split again. What cannot be split is taken
 * as the library understood it, and its errors are reported.
 */
export function recover(b: Build, from: number, to: number): YamlNode | undefined {
  return recoverBlock(
    { ...b, tabsUpTo: -1 },
    { lines: raiseDips(b.text, linesOf(b.text, from, to)), from, to },
    0,
  );
}

function recoverBlock(r: Recovery, block: Block, depth: number): YamlNode | undefined {
  const [first] = block.lines;
  addComments(r, block.from, first?.start ?? block.to);
  if (first === undefined) return undefined;
  if (depth >= MAX_SPLITS || !canSplit(r.text, block.lines, first))
    return recoverWhole(r, block, first, depth);
  return startsItem(r.text, first) ? recoverList(r, block, first, depth) : recoverMap(r, block, first, depth);
}

/** Whether a block is a list or a map as far as its first line tells, rather than a text or something in brackets. */
function canSplit(text: string, lines: readonly Line[], first: Line): boolean {
  const line = text.slice(first.content, first.end);
  if (/^[[{|>]/.test(line)) return false;
  if (/^["']/.test(line)) return /^(?:"[^"]*"|'[^']*')\s*:(?:\s|$)/.test(line);
  return lines.length > 1 || startsItem(text, first) || /:(?:\s|$)/.test(line);
}

/** Takes a block as the library understands it. */
function recoverWhole(r: Recovery, block: Block, first: Line, depth: number): YamlNode {
  const chunk = parseGroup(r, block.lines, block.to, depth);
  return buildBroken(r, chunk, block.to, () => buildNode(r, chunk.contents, depth, first.content));
}

/** Builds from a chunk with errors, and reports what is wrong with it. */
function buildBroken<T>(r: Recovery, chunk: Chunk, to: number, build: () => T): T {
  const issues = r.found.length;
  const unclosed = r.unclosed.length;
  const result = build();
  const open = r.unclosed[unclosed];
  // What was not read to its end may well be closed.
  if (chunk.tooDeep !== undefined) r.found.splice(issues);
  // An unclosed quote or bracket explains whatever else the library complains about.
  accept(r, chunk, open === undefined);
  if (open !== undefined) addComments(r, lineEnd(r.text, open), to);
  return result;
}

function parseGroup(r: Recovery, lines: readonly Line[], to: number, depth: number): Chunk {
  const [first] = lines;
  const from = first?.content ?? to;
  // A tab has no width to the library; what follows it is read as if it began the line.
  const indent = first === undefined || first.spacesBeforeTab !== undefined ? 0 : first.indent;
  return parseChunk(r.text, { from, to, indent }, depth);
}

function recoverMap(r: Recovery, block: Block, first: Line, depth: number): MapNode {
  const parts: MapParts = { entries: [], merges: [] };
  const groups = splitEntries(r.text, block.lines, block.to, false);
  const usual = usualColumn(groups);
  for (const group of groups) {
    checkIndent(r, group, usual);
    recoverEntry(r, group, parts, depth);
  }
  return finishMap(parts, false, undefined, first.content);
}

function recoverList(r: Recovery, block: Block, first: Line, depth: number): SeqNode {
  const items: YamlNode[] = [];
  const groups = splitEntries(r.text, block.lines, block.to, true);
  const usual = usualColumn(groups);
  for (const group of groups) {
    checkIndent(r, group, usual);
    for (const item of recoverItem(r, group, depth)) items.push(item);
  }
  return makeSeq(items, false, { start: first.content, end: first.content + 1 });
}

function recoverItem(r: Recovery, group: Group, depth: number): YamlNode[] {
  const [first, ...rest] = group.lines;
  if (first === undefined) return [];
  if (!startsItem(r.text, first)) {
    const span = { start: first.content, end: first.content + 1 };
    report(r, 'yaml-indentation', span, 'Expected "- " here, as in the other items of this list.');
    return [];
  }
  const chunk = parseGroup(r, group.lines, group.to, depth);
  if (isClean(chunk) && isSeq(chunk.contents)) {
    accept(r, chunk);
    return chunk.contents.items.map((item) => buildNode(r, item as ParsedNode, depth + 1, first.content + 1));
  }
  let content = first.content + 1;
  while (content < first.end && /[ \t]/.test(r.text.charAt(content))) content++;
  const behind = { ...first, content, indent: first.indent + content - first.content };
  const bare = content >= first.end || r.text[content] === '#';
  const block = bare
    ? { lines: rest, from: first.next, to: group.to }
    : { lines: [behind, ...rest], from: first.start, to: group.to };
  if (bare) addComments(r, content, first.end);
  return [recoverBlock(r, block, depth + 1) ?? makeMissing(first.content + 1)];
}

function recoverEntry(r: Recovery, group: Group, parts: MapParts, depth: number): void {
  const chunk = parseGroup(r, group.lines, group.to, depth);
  const pairs = pairsOf(chunk);
  if (isClean(chunk) && pairs.length > 0) {
    accept(r, chunk);
    for (const pair of pairs) addPair(r, parts, pair, depth);
  } else if (!recoverParts(r, group, parts, depth)) recoverLeaf(r, group, chunk, parts, depth);
}

function pairsOf(chunk: Chunk): readonly AnyPair[] {
  return isMap(chunk.contents) && chunk.contents.flow !== true ? chunk.contents.items : [];
}

/** Reads an entry of several lines by its first line and the lines below it. Returns whether that made sense. */
function recoverParts(r: Recovery, group: Group, parts: MapParts, depth: number): boolean {
  const [first, ...rest] = group.lines;
  if (first === undefined || rest.length === 0) return false;
  const body: Block = { lines: rest, from: first.next, to: group.to };
  const header = parseGroup(r, [first], first.next, depth);
  const [pair] = pairsOf(header);
  const named = /^[A-Za-z_][\w-]*:(?:\s|$)/.test(r.text.slice(rest[0]?.content, rest[0]?.end));
  if (pair === undefined) {
    const word = header.contents;
    if (!isClean(header) || !isScalar(word) || word.type !== 'PLAIN' || !named) return false;
    accept(r, header);
    reportNoColon(r, first);
    addBody(r, parts, new Pair(word, null), body, depth);
    return true;
  }
  const { key, value } = pair;
  if (isClean(header) && isScalar(value) && value.source === '' && value.type === 'PLAIN') {
    if (isScalar(key) && key.source === '<<') return false;
    accept(r, header);
    addBody(r, parts, pair, body, depth);
    return true;
  }
  const [below] = rest;
  if (below !== undefined && startsItem(r.text, below) && below.indent <= first.indent && isClean(header)) {
    addPair(r, parts, pair, depth);
    accept(r, header);
    const message =
      'A list cannot stand here: the entry above has a value already. Write the list below a "name:".';
    report(r, 'yaml-indentation', { start: below.content, end: below.end }, message);
    return true;
  }
  const plain = isPlainText(header, pair, [first]);
  if (!named || !(plain || (isClean(header) && !isBlockScalar(value)))) return false;
  if (plain) addPlainEntry(r, parts, header, pair, [first], depth);
  else buildBroken(r, header, first.next, () => addPair(r, parts, pair, depth));
  addOverIndented(r, parts, body, depth);
  return true;
}

function isBlockScalar(value: ParsedNode | null): boolean {
  return isScalar(value) && (value.type === 'BLOCK_LITERAL' || value.type === 'BLOCK_FOLDED');
}

/** Adds an entry whose value stands on the lines below its key. `value` is what the library made of the key's own line. */
function addBody(r: Recovery, parts: MapParts, pair: AnyPair, body: Block, depth: number): void {
  const { key, value } = pair;
  const node = buildKey(r, pair, depth + 1);
  const build = (): YamlNode => {
    r.anchors.made++;
    return recoverBlock(r, body, depth + 1) ?? makeMissing(value?.range[0] ?? key.range[1]);
  };
  const anchored =
    value?.anchor === undefined ? build() : withAnchor(r, value.anchor, value.range[0], depth + 1, build);
  if (node !== undefined) parts.entries.push(makeEntry(node, anchored));
}

/** Reads entries that are indented as if they belonged to the entry above, which has a value already. */
function addOverIndented(r: Recovery, parts: MapParts, body: Block, depth: number): void {
  const [first] = body.lines;
  if (first === undefined) return;
  report(
    r,
    'yaml-indentation',
    { start: first.content, end: first.end },
    'This line is indented more than the one above, which has a value already. Line the two up, or quote the whole text if this line belongs to it.',
  );
  const node = recoverBlock(r, body, depth);
  if (node?.kind === 'map') for (const entry of node.entries) parts.entries.push(entry);
}

/** Takes an entry that cannot be split as well as it can be read. */
function recoverLeaf(r: Recovery, group: Group, chunk: Chunk, parts: MapParts, depth: number): void {
  const [first] = group.lines;
  const [pair] = pairsOf(chunk);
  if (first === undefined) return;
  if (pair === undefined) {
    buildBroken(r, chunk, group.to, () => buildNode(r, chunk.contents, depth, first.content));
    if (isClean(chunk)) reportNoColon(r, first);
    return;
  }
  if (isPlainText(chunk, pair, group.lines)) addPlainEntry(r, parts, chunk, pair, group.lines, depth);
  else buildBroken(r, chunk, group.to, () => addPair(r, parts, pair, depth));
}

/** Reports an entry that is indented with a tab, or unlike its neighbours. */
function checkIndent(r: Recovery, group: Group, usual: number): void {
  const [first] = group.lines;
  if (first === undefined) return;
  if (first.spacesBeforeTab !== undefined) {
    const span = { start: first.start, end: first.content };
    if (first.start !== r.tabsUpTo) {
      report(
        r,
        'yaml-indentation',
        span,
        'This line is indented with a tab. Use spaces: YAML does not allow tabs here.',
      );
    }
    r.tabsUpTo = first.next;
  } else if (columnOf(first) !== usual) {
    const message = `This line is indented by ${columnOf(first)}, its neighbours by ${usual}. Line them up.`;
    report(r, 'yaml-indentation', { start: first.content, end: first.end }, message);
  }
}

/** Adds the comments between the entries, which no chunk contains. */
function addComments(r: Recovery, from: number, to: number): void {
  const comment = /^[ \t]*(#[^\r\n]*)/gm;
  for (const match of r.text.slice(from, to).matchAll(comment)) {
    const text = match[1] ?? '';
    const start = from + match.index + match[0].length - text.length;
    r.comments.push({ span: { start, end: start + text.length }, text });
  }
}
