import { finishMap, makeEntry, makeSeq } from './build.ts';
import { contentLength } from './build-scalar.ts';
import { decodeBlock } from './decode-block.ts';
import { locateDecoded, locateStraight, makeScalar } from './nodes.ts';
import { plainValue } from './plain-value.ts';
import type { Comment, MapEntry, MapNode, ScalarNode, SeqNode, YamlNode, YamlTree } from './tree.ts';

/**
 * Reads a text in the simple form in which most metrics are written: maps and lists in lines, names as keys, and values that are
 * plain, quoted without escapes, in brackets, or a block of text. It is many times quicker than the library, to which everything else is left:
 * `undefined` is a text that is not written so, whether it is good YAML or not. The tree is the one that the library's would become.
 */
export function readSimple(text: string): YamlTree | undefined {
  if (UNUSUAL.test(text)) return undefined;
  const r: Reader = { text, at: 0, indent: 0, depth: 0, comments: [] };
  nextLine(r, 0);
  const root = r.indent === 0 ? readMap(r, 0) : undefined;
  return root === undefined || r.at < text.length ? undefined : { root, comments: r.comments, issues: [] };
}

/** Characters that make indentation or line breaks doubtful, or that are not allowed. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: finding them is the purpose.
const UNUSUAL = /[\0-\x09\x0b-\x1f\x7f-\x84\x86-\x9f\uFEFF]/;

/** Deeper texts are left to the library, which counts. */
const MAX_DEPTH = 50;

interface Reader {
  readonly text: string;
  /** Where the next thing stands that is neither blank nor a comment. */
  at: number;
  /** The column in which it stands; -1 behind the last line. */
  indent: number;
  depth: number;
  readonly comments: Comment[];
}

const KEY = /[A-Za-z_][\w-]{0,99}(?=:(?:[ \n]|$))/y;
const FLOW_KEY = /[A-Za-z_][\w-]{0,99}(?=: )/y;

/** What a plain scalar may begin with: nothing that means something in YAML. A minus is one only where nothing follows it. */
const PLAIN_START = /(?:[\w(./+$~<=^;\\\u00a0-\ud7ff]|-[\w.(])/y;
const FLOW_PLAIN = /(?:[^,[\]{}\n:#]|:(?![\s,[\]{}]|$)|(?<! )#)+/y;
const DOUBLE = /"[^"\\\n]*"/y;
const SINGLE = /'[^'\n]*'(?!')/y;

/** Where a pattern that matches at a place ends there. */
function endOf(pattern: RegExp, text: string, at: number): number | undefined {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : undefined;
}

function skipSpaces(text: string, from: number): number {
  let at = from;
  while (text.charCodeAt(at) === SPACE) at++;
  return at;
}

const SPACE = 0x20;

/** Goes to the first line, from one on, that is neither blank nor a comment. */
function nextLine(r: Reader, lineStart: number): void {
  const { text } = r;
  for (let start = lineStart; start < text.length; ) {
    const at = skipSpaces(text, start);
    const first = text[at];
    if (first === '#') start = commentAt(r, at);
    else if (first === '\n') start = at + 1;
    else if (first === undefined) break;
    else {
      r.at = at;
      r.indent = at - start;
      return;
    }
  }
  r.at = text.length;
  r.indent = -1;
}

/** Notes the comment at a place; the start of the next line. */
function commentAt({ text, comments }: Reader, start: number): number {
  const newline = text.indexOf('\n', start);
  const end = newline < 0 ? text.length : newline;
  comments.push({ span: { start, end }, text: text.slice(start, end) });
  return end + 1;
}

/** Ends a line behind a value, and goes to the next one; false where something else follows the value. */
function endLine(r: Reader, behind: number): boolean {
  const at = skipSpaces(r.text, behind);
  const next = r.text[at];
  if (next === '\n' || next === undefined) nextLine(r, at + 1);
  else if (next === '#' && at > behind) nextLine(r, commentAt(r, at));
  else return false;
  return true;
}

function readMap(r: Reader, indent: number): MapNode | undefined {
  const entries: MapEntry[] = [];
  const start = r.at;
  do {
    const end = endOf(KEY, r.text, r.at);
    if (end === undefined) return undefined;
    const key = plainScalar(r.text, r.at, end);
    const value = readValue(r, end + 1, indent);
    // What is indented more than its map continues the value above, or is wrong.
    if (value === undefined || r.indent > indent) return undefined;
    entries.push(makeEntry(key, value));
  } while (r.indent === indent);
  return finishMap({ entries, merges: [] }, false, undefined, start);
}

function readSeq(r: Reader, indent: number): SeqNode | undefined {
  const items: YamlNode[] = [];
  const start = r.at;
  do {
    if (!r.text.startsWith('- ', r.at)) return undefined;
    const at = skipSpaces(r.text, r.at + 1);
    const column = indent + at - r.at;
    const item = endOf(KEY, r.text, at) === undefined ? readInline(r, at) : readMapAt(r, at, column);
    if (item === undefined || r.indent > indent) return undefined;
    items.push(item);
  } while (r.indent === indent);
  return makeSeq(items, false, { start, end: start + 1 });
}

/** A map whose first key stands behind the dash of an item. */
function readMapAt(r: Reader, at: number, column: number): MapNode | undefined {
  r.at = at;
  return within(r, () => readMap(r, column));
}

function within<T>(r: Reader, read: () => T | undefined): T | undefined {
  if (r.depth >= MAX_DEPTH) return undefined;
  r.depth++;
  const node = read();
  r.depth--;
  return node;
}

/** The value behind the colon of a key: on the same line, or indented below it. */
function readValue(r: Reader, colon: number, indent: number): YamlNode | undefined {
  const at = skipSpaces(r.text, colon);
  const first = r.text[at];
  if (first === '|' || first === '>') return readBlock(r, at, indent);
  if (first !== '\n' && first !== '#') return readInline(r, at);
  if (!endLine(r, colon) || r.indent <= indent) return undefined;
  return within<YamlNode>(r, () => (r.text[r.at] === '-' ? readSeq(r, r.indent) : readMap(r, r.indent)));
}

const BLOCK = /[|>]-?(?=\n)/y;

/** A literal or folded text in the lines below a key. */
function readBlock(r: Reader, at: number, indent: number): ScalarNode | undefined {
  const { text } = r;
  const behind = endOf(BLOCK, text, at);
  if (behind === undefined) return undefined;
  const start = behind + 1;
  const first = skipSpaces(text, start);
  const end = endOfBlock(text, start, first - start);
  // A first line that is blank may say how far the others are indented.
  if (first - start <= indent || end === undefined || /^\n?$/.test(text.charAt(first))) return undefined;
  nextLine(r, end);
  const [header, body] = [text.slice(at, behind), text.slice(start, end)];
  const decoded = decodeBlock({ header, body, start, parentIndent: indent });
  const span = { start: at, end: start + contentLength(body) };
  const style = header.startsWith('>') ? 'folded' : 'literal';
  return makeScalar(
    { span, text: decoded.text, value: decoded.text, style },
    locateDecoded(() => decoded),
  );
}

/** The start of the first line that belongs no more to lines with an indentation; `undefined` where it is still indented itself. */
function endOfBlock(text: string, from: number, indent: number): number | undefined {
  let start = from;
  while (start < text.length) {
    const at = skipSpaces(text, start);
    if (text[at] !== '\n' && at < text.length && at - start < indent)
      return text[at] === '#' ? undefined : start;
    const newline = text.indexOf('\n', at);
    start = newline < 0 ? text.length : newline + 1;
  }
  return start;
}

/** A value on one line, with the end of its line. */
function readInline(r: Reader, at: number): YamlNode | undefined {
  const first = r.text[at];
  const node =
    first === '[' || first === '{'
      ? readFlow(r, at)
      : first === '"' || first === "'"
        ? quotedScalar(r.text, at)
        : plainLine(r.text, at);
  return node !== undefined && endLine(r, node.span.end) ? node : undefined;
}

function plainLine(text: string, at: number): ScalarNode | undefined {
  if (endOf(PLAIN_START, text, at) === undefined) return undefined;
  const newline = text.indexOf('\n', at);
  const line = text.slice(at, newline < 0 ? text.length : newline);
  const hash = line.indexOf(' #');
  const written = (hash < 0 ? line : line.slice(0, hash)).trimEnd();
  // A colon would make a key of what stands before it.
  if (written.includes(': ') || written.endsWith(':')) return undefined;
  return plainScalar(text, at, at + written.length);
}

function plainScalar(text: string, start: number, end: number): ScalarNode {
  const written = text.slice(start, end);
  const parts = { span: { start, end }, text: written, value: plainValue(written), style: 'plain' } as const;
  return makeScalar(parts, locateStraight(start, written.length));
}

function quotedScalar(text: string, start: number): ScalarNode | undefined {
  const isDouble = text[start] === '"';
  const end = endOf(isDouble ? DOUBLE : SINGLE, text, start);
  if (end === undefined) return undefined;
  const written = text.slice(start + 1, end - 1);
  return makeScalar(
    { span: { start, end }, text: written, value: written, style: isDouble ? 'double' : 'single' },
    locateStraight(start + 1, written.length),
  );
}

/** A list or map in brackets, all of it on one line. */
function readFlow(r: Reader, start: number): YamlNode | undefined {
  return within<YamlNode>(r, () => (r.text[start] === '[' ? flowSeq(r, start) : flowMap(r, start)));
}

function flowSeq(r: Reader, start: number): SeqNode | undefined {
  const items: YamlNode[] = [];
  const end = flowItems(r.text, start, ']', (at) => {
    const item = flowValue(r, at);
    if (item !== undefined) items.push(item);
    return item?.span.end;
  });
  return end === undefined ? undefined : makeSeq(items, true, { start, end });
}

function flowMap(r: Reader, start: number): MapNode | undefined {
  const entries: MapEntry[] = [];
  const end = flowItems(r.text, start, '}', (at) => {
    const behind = endOf(FLOW_KEY, r.text, at);
    if (behind === undefined) return undefined;
    const value = flowValue(r, skipSpaces(r.text, behind + 1));
    if (value !== undefined) entries.push(makeEntry(plainScalar(r.text, at, behind), value));
    return value?.span.end;
  });
  if (end === undefined) return undefined;
  return finishMap({ entries, merges: [] }, true, { start, end }, start);
}

/** Reads what stands between brackets, with commas between. The end of the closing bracket. */
function flowItems(
  text: string,
  start: number,
  close: string,
  read: (at: number) => number | undefined,
): number | undefined {
  let at = skipSpaces(text, start + 1);
  if (text[at] === close) return at + 1;
  for (;;) {
    const end = read(at);
    if (end === undefined) return undefined;
    at = skipSpaces(text, end);
    if (text[at] === close) return at + 1;
    if (text[at] !== ',') return undefined;
    at = skipSpaces(text, at + 1);
  }
}

function flowValue(r: Reader, at: number): YamlNode | undefined {
  const first = r.text[at];
  if (first === '[' || first === '{') return readFlow(r, at);
  if (first === '"' || first === "'") return quotedScalar(r.text, at);
  if (endOf(PLAIN_START, r.text, at) === undefined) return undefined;
  const end = endOf(FLOW_PLAIN, r.text, at);
  return end === undefined ? undefined : plainScalar(r.text, at, at + r.text.slice(at, end).trimEnd().length);
}
