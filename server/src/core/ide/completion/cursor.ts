import type { Span } from '../../base/span.ts';
import type { Path } from '../../schema/applicable.ts';
import { parseYaml } from '../../syntax/yaml/parse.ts';
import type { ScalarNode, YamlNode, YamlTree } from '../../syntax/yaml/tree.ts';
import { bareLineAt } from './bare-line.ts';
import { columnBelow, lineCursor } from './line-cursor.ts';
import { type Found, findMark, MARK, withoutMark } from './mark.ts';
import type { Slot } from './scalar-edit.ts';

/** The cursor on a key, or where one could be written. */
export interface KeyCursor {
  readonly on: 'key';
  /** The tree without the key at the cursor. */
  readonly root: YamlNode | undefined;
  /** The map that the key belongs to. */
  readonly path: Path;
  /** What the key replaces. */
  readonly span: Span;
  /** What is written before it: indentation that is missing. */
  readonly before: string;
  /** What is written behind it: a comma before the next key in braces. */
  readonly after: string;
  /** The column of the key; of no meaning in braces. */
  readonly column: number;
  readonly flow: boolean;
  /** Whether a colon stands behind it already. */
  readonly colon: boolean;
  /** The value that stands behind it already. */
  readonly value: YamlNode | undefined;
  /** Where the map is only there for the cursor, so that a scalar could stand in its place. */
  readonly scalar: Slot | undefined;
}

/** The cursor in a value, or where one could be written. */
export interface ValueCursor {
  readonly on: 'value';
  readonly root: YamlNode | undefined;
  readonly path: Path;
  readonly slot: Slot;
}

/** The cursor in a comment. */
export interface CommentCursor {
  readonly on: 'comment';
  readonly span: Span;
}

export type Cursor = KeyCursor | ValueCursor | CommentCursor;

/** The latest cursor of each text: one completion asks for it several times, and each time would parse the text anew. */
const latest = new WeakMap<
  YamlTree['comments'],
  { readonly key: string; readonly cursor: Cursor | undefined }
>();

/**
 * What stands at an offset of a text, or could. The text is parsed again with a word at the cursor, since a half-typed line
 * says little by itself; on a line with nothing else the column decides to which map it belongs. `undefined` where nothing
 * can be told.
 *
 * @param below the column of the next line that says something, where that is not in the text
 */
export function cursorAt(
  text: string,
  offset: number,
  { comments }: Pick<YamlTree, 'comments'>,
  below?: number,
): Cursor | undefined {
  const key = `${offset} ${below}`;
  const known = latest.get(comments);
  if (known?.key === key) return known.cursor;
  const cursor = findCursor(text, offset, comments, below);
  latest.set(comments, { key, cursor });
  return cursor;
}

function findCursor(
  text: string,
  offset: number,
  comments: YamlTree['comments'],
  below: number | undefined,
): Cursor | undefined {
  const comment = comments.find(({ span }) => span.start < offset && offset <= span.end);
  if (comment !== undefined) return { on: 'comment', span: comment.span };
  if (isInIndentation(text, offset)) return undefined;
  const bare = bareLineAt(text, offset);
  const direct = directCursor(text, offset);
  if (bare === undefined || (direct !== undefined && isInside(text, direct, bare.start))) {
    return direct !== undefined && hasValueBelow(text, direct, below) ? undefined : direct;
  }
  return lineCursor(text, bare, below);
}

/** Whether the cursor is in the indentation of a line that says something: nothing is written there. */
function isInIndentation(text: string, offset: number): boolean {
  const before = text.slice(text.lastIndexOf('\n', offset - 1) + 1, offset);
  return before.trim() === '' && /^[ \t]+[^\s#]/.test(text.slice(offset, offset + 1000));
}

/** Whether the value that is missing at the cursor stands on the lines below, where a scalar would swallow it. */
function hasValueBelow(text: string, cursor: KeyCursor | ValueCursor, below: number | undefined): boolean {
  if (cursor.on === 'key' || cursor.slot.flow) return false;
  const { start } = cursor.slot.span;
  const line = text.slice(text.lastIndexOf('\n', start - 1) + 1);
  const rest = text.slice(start);
  const next = rest.indexOf('\n') + 1;
  if (next === 0 || cursor.slot.at > 0 || !/^[ \t]*(?:#.*)?\r?\n/.test(rest)) return false;
  const column = /^[ \t]*(?:- +)*/.exec(line)?.[0].length ?? 0;
  const isItem = /^(?:[ \t]*(?:#.*)?\r?\n)*[ \t]*- /.test(rest.slice(next));
  const under = below ?? columnBelow(rest, next);
  return under > column || (under === column && isItem && line.charAt(column) !== '-');
}

/** Whether a cursor on a line with one word at most is inside something that began on an earlier line. */
function isInside(text: string, cursor: KeyCursor | ValueCursor, lineStart: number): boolean {
  if (cursor.on === 'key') return cursor.flow;
  const { slot } = cursor;
  if (slot.flow || slot.style === 'literal' || slot.style === 'folded') return true;
  if (slot.style === 'missing' || slot.span.start >= lineStart) return false;
  if (slot.style !== 'plain') return true;
  // A plain text that runs over several lines anyway; else the line below a finished value begins something new.
  const before = text.slice(slot.span.start, lineStart).trimEnd();
  return before.includes('\n') || slot.text.slice(slot.at).trim() !== '' ? !isWordOnly(text, slot) : false;
}

/** A plain text whose continuation is just the half-typed word at the cursor. */
function isWordOnly(text: string, slot: Slot): boolean {
  const lines = text.slice(slot.span.start, slot.span.end).split(/\r?\n/);
  return lines.length === 2 && /^[ \t]*\w*$/.test(lines[1] ?? '');
}

/** The cursor as the text stands, with nothing but a word put in; where that breaks something, none. */
function directCursor(text: string, offset: number): KeyCursor | ValueCursor | undefined {
  const before = text.slice(text.lastIndexOf('\n', offset - 1) + 1, offset);
  const behind = text.slice(offset, offset + 200);
  const glued = /(?:[\w"'\]})]:|(?:^|[ \t])-)$/.test(before) && /^[ \t]*(?:[\r\n,}\]#]|$)/.test(behind);
  const lead = glued ? ' ' : '';
  const found = marked(text, offset, lead, '');
  // Right before a quote, a bracket or a block nothing can be written that would not break the text behind it.
  if (found === undefined || (/["'|>&*![{]/.test(text.charAt(offset)) && isGlued(found.node)))
    return undefined;
  // In brackets, a word before another one needs a comma between them.
  const glues =
    found.flow &&
    found.node.style === 'plain' &&
    /^\s+\S/.test(found.node.text.slice(found.node.text.indexOf(MARK) + MARK.length)) &&
    /[[{,]\s*$/.test(text.slice(0, offset));
  const apart = glues ? marked(text, offset, lead, ',') : undefined;
  return apart === undefined
    ? toCursor(text, offset, found, lead, '')
    : toCursor(text, offset, apart, lead, ',');
}

/** Whether the mark stands right before what was a scalar or bracket of its own, and became one with it. */
function isGlued({ style, text }: ScalarNode): boolean {
  return style === 'plain' && text.startsWith(MARK) && text !== MARK;
}

function marked(text: string, offset: number, lead: string, tail: string): Found | undefined {
  const { root, issues } = parseYaml(text.slice(0, offset) + lead + MARK + tail + text.slice(offset));
  if (issues.length > 0 && issues.length > parseYaml(text).issues.length) return undefined;
  return findMark(root);
}

function toCursor(
  text: string,
  offset: number,
  found: Found,
  lead: string,
  tail: string,
): KeyCursor | ValueCursor {
  const { node, path, flow, root } = found;
  const added = lead.length + MARK.length + tail.length;
  const back = (at: number): number => (at <= offset ? at : Math.max(offset, at - added));
  const span = { start: back(node.span.start), end: back(node.span.end) };
  if (found.on === 'key') {
    const mapPath = path.slice(0, -1);
    return {
      on: 'key',
      root: withoutMark(root, mapPath),
      path: mapPath,
      span,
      before: lead,
      after: tail,
      column: span.start - (text.lastIndexOf('\n', span.start - 1) + 1),
      flow,
      colon: /^[ \t]*:/.test(text.slice(span.end, span.end + 100)),
      value: found.value?.kind === 'scalar' && found.value.style === 'missing' ? undefined : found.value,
      scalar: undefined,
    };
  }
  const at = node.text.indexOf(MARK);
  const isNew = node.style === 'plain' && node.text === MARK;
  const slot: Slot = {
    file: text,
    style: isNew ? 'missing' : node.style,
    text: node.text.replace(MARK, ''),
    at,
    span: isNew ? { start: offset, end: offset } : span,
    offsetAt: (index) => back(node.offsetAt(index <= at ? index : index + MARK.length)),
    flow,
    before: lead,
    after: tail,
  };
  return { on: 'value', root, path, slot };
}
