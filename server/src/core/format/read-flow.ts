import type { CST } from 'yaml';
import type { CommentQueue } from './comment-queue.ts';
import type { Collection, Entry, Value } from './layout.ts';
import { endOf, isContent, keyOf, readWords } from './tokens.ts';

/** Reads a map in braces or a list in brackets that stands in an entry at a column. */
export function readFlow(comments: CommentQueue, token: CST.FlowCollection, column: number): Collection {
  const collection = readInner(token);
  const end = endOf(token);
  const commented = comments.skip(end);
  if (!commented && !hasLongWords(collection)) return collection;
  const lines = comments.text.slice(token.offset, end).split('\n');
  return { ...collection, asWritten: { lines, column } };
}

function readInner(token: CST.FlowCollection): Collection {
  const kind = token.start.type === 'flow-map-start' ? 'map' : 'list';
  const entries = token.items.filter(isContent).map((item) => readFlowEntry(kind, item));
  const cut = entries.some((entry) => looksCut(kind, entry));
  return { kind, flow: true, entries, head: [], tail: [], asWritten: undefined, cut };
}

function readFlowEntry(kind: Collection['kind'], item: CST.CollectionItem): Entry {
  const { start, sep = [], value } = item;
  const pair = kind === 'map' || sep.some(({ type }) => type === 'map-value-ind');
  const anchor = (pair ? sep : start).find(({ type }) => type === 'anchor')?.source ?? '';
  return {
    start: 0,
    end: 0,
    above: [],
    blank: false,
    key: pair ? keyOf(item, false) : undefined,
    anchor,
    comment: '',
    below: [],
    value: value === undefined ? undefined : readFlowValue(value),
    endComment: '',
  };
}

function readFlowValue(token: CST.Token): Value | undefined {
  if (token.type === 'flow-collection') return readInner(token);
  const words = readWords(token, false);
  return words.lines.join('') === '' ? undefined : words;
}

function hasLongWords({ entries }: Collection): boolean {
  return entries.some(({ value }) => {
    if (value === undefined || value.kind === 'block') return false;
    return value.kind === 'words' ? value.lines.length > 1 : hasLongWords(value);
  });
}

/** A bare word among keys, a pair in a list, or a plain text that opens a quote or parenthesis without closing it, or the reverse. */
function looksCut(kind: Collection['kind'], { key, value }: Entry): boolean {
  if (key !== undefined && (!key.colon || kind === 'list')) return true;
  if (value?.kind !== 'words') return false;
  const text = value.lines.join(' ');
  if (/^["']/.test(text)) return false;
  const bare = text.replace(/'[^']*'/g, '');
  return bare.includes("'") || bare.split('(').length !== bare.split(')').length;
}
