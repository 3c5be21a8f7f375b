import { CST, Parser } from 'yaml';
import type { YamlTree } from '../syntax/yaml/tree.ts';
import { CommentQueue } from './comment-queue.ts';
import type { Collection, Entry, Key, Remark } from './layout.ts';
import { readFlow } from './read-flow.ts';
import { endOf, isContent, keyOf, readBlockScalar, readWords, startOf, startOfItem } from './tokens.ts';

/** The layout of a document whose root is a block map, and what stands around it. */
export interface DocumentLayout {
  /** The lines up to a `---`. */
  readonly before: string;
  readonly root: Collection;
  /** The lines from a `...` on. */
  readonly after: string;
}

/**
 * Reads the layout of a text without YAML errors, whose lines end with `\n`. `undefined` where its root is not a block map, or
 * where it has a key of several lines.
 */
export function readLayout(text: string, tree: YamlTree): DocumentLayout | undefined {
  const tokens = [...new Parser().parse(text)];
  const document = tokens.find((token) => token.type === 'document');
  if (document?.value?.type !== 'block-map' || hasLongKeys(document)) return undefined;
  const marker = document.start.find(({ type }) => type === 'doc-start');
  const from = marker === undefined ? 0 : lineEnd(text, marker.offset);
  const end = tokens.find((token) => token.type === 'doc-end')?.offset ?? text.length;
  const within = tree.comments.filter(({ span }) => span.start >= from && span.start < end);
  const root = readBlock(new CommentQueue(text, within), document.value, { limit: end, deeper: 0 });
  return { before: text.slice(0, from), root, after: text.slice(end) };
}

function lineEnd(text: string, offset: number): number {
  const end = text.indexOf('\n', offset);
  return end < 0 ? text.length : end + 1;
}

function hasLongKeys(document: CST.Document): boolean {
  let long = false;
  CST.visit(document, ({ key }) => {
    if (key === undefined || key === null) return undefined;
    long = !('source' in key) || key.type === 'block-scalar' || key.source.includes('\n');
    return long ? CST.visit.BREAK : undefined;
  });
  return long;
}

/** Where a block collection ends. */
interface Bounds {
  /** Where the next thing behind it begins. */
  readonly limit: number;
  /** Comments behind it belong to it where they are indented this much, at least. */
  readonly deeper: number;
}

function readBlock(
  comments: CommentQueue,
  token: CST.BlockMap | CST.BlockSequence,
  { limit, deeper }: Bounds,
): Collection {
  const items = (token.items as CST.CollectionItem[]).filter(isContent);
  const starts = items.map(startOfItem);
  const first = starts[0] ?? token.offset;
  const column = comments.column(first);
  const lead = comments.before(first);
  const split = comments.blankAbove(first) ? lead.length : lead.findLastIndex(({ blank }) => blank);
  const head = lead.slice(0, Math.max(0, split));
  const read = token.type === 'block-map' ? readPair : readItem;
  const entries = items.map((item, i) => {
    const above = i === 0 ? lead.slice(head.length) : comments.before(starts[i] ?? first);
    return read(comments, item, { above, column, limit: starts[i + 1] ?? limit });
  });
  const tail = comments.indented(Math.max(column, deeper), limit);
  const kind = token.type === 'block-map' ? 'map' : 'list';
  return { kind, flow: false, entries, head, tail, asWritten: undefined, cut: false };
}

/** Where an entry stands. */
interface Around {
  readonly above: readonly Remark[];
  readonly column: number;
  /** Where the next thing behind it begins. */
  readonly limit: number;
}

function readPair(comments: CommentQueue, item: CST.CollectionItem, around: Around): Entry {
  const { key, sep = [], value } = item;
  const start = startOfItem(item);
  const colon = sep.find(({ type }) => type === 'map-value-ind');
  const head = colon === undefined ? endOf(key ?? item.start[0] ?? NOTHING) : colon.offset + 1;
  return readEntry(comments, { start, key: keyOf(item, true), head, props: sep }, value, around);
}

const NOTHING: CST.Token = { type: 'space', offset: 0, indent: 0, source: '' };

function readItem(comments: CommentQueue, item: CST.CollectionItem, around: Around): Entry {
  const start = startOfItem(item);
  return readEntry(
    comments,
    { start, key: undefined, head: start + 1, props: item.start },
    item.value,
    around,
  );
}

/** The part of an entry before its value. */
interface Lead {
  readonly start: number;
  readonly key: Key | undefined;
  /** Behind the colon or dash. */
  readonly head: number;
  /** The tokens among which the anchor of the value may be. */
  readonly props: readonly CST.SourceToken[];
}

function readEntry(
  comments: CommentQueue,
  { start, key, head, props }: Lead,
  token: CST.Token | undefined,
  around: Around,
): Entry {
  const anchor = props.find(({ type }) => type === 'anchor');
  const behind = anchor === undefined ? head : endOf(anchor);
  const blank = comments.blankAbove(start);
  const at = token === undefined || isMissing(token) ? undefined : startOf(token);
  const lower = at === undefined || comments.text.slice(behind, at).includes('\n');
  comments.reached = behind;
  // A comment may stand before an anchor that is on a line of its own.
  const comment = lower ? comments.behind(head) || comments.behind(behind) : '';
  const body = readBody(comments, token, { lower, at, hasKey: key !== undefined, around });
  return {
    start,
    end: comments.reached,
    above: around.above,
    blank,
    key,
    anchor: anchor?.source ?? '',
    ...body,
    comment: comment || body.comment,
  };
}

/** Where the value of an entry stands. */
interface ValuePlace {
  /** Whether it begins on a line below the key or dash. */
  readonly lower: boolean;
  /** `undefined` where it is missing. */
  readonly at: number | undefined;
  readonly hasKey: boolean;
  readonly around: Around;
}

type Body = Pick<Entry, 'comment' | 'below' | 'value' | 'endComment'>;

function readBody(
  comments: CommentQueue,
  token: CST.Token | undefined,
  { lower, at, hasKey, around }: ValuePlace,
): Body {
  const body: Body = { comment: '', below: [], value: undefined, endComment: '' };
  const { column, limit } = around;
  if (token === undefined || at === undefined) {
    return { ...body, below: comments.indented(column + 1, limit) };
  }
  if (token.type === 'block-map' || token.type === 'block-seq') {
    // A list may stand in the column of its key: a comment in that column is about the next key.
    return { ...body, value: readBlock(comments, token, { limit, deeper: hasKey ? column + 1 : 0 }) };
  }
  const below = lower ? comments.before(at) : [];
  if (token.type === 'block-scalar') {
    const value = readBlockScalar(token);
    const comment = comments.behind(at + value.header.length);
    comments.reached = endOf(token);
    if (value.keeps) comments.kept = comments.reached;
    return { ...body, comment, below, value };
  }
  const value =
    token.type === 'flow-collection' ? readFlow(comments, token, column) : readWords(token, lower);
  comments.reached = endOf(token);
  return { ...body, below, value, endComment: comments.behind(comments.reached) };
}

function isMissing(token: CST.Token): boolean {
  return token.type === 'scalar' && token.source === '';
}
