import { parseYaml } from '../../syntax/yaml/parse.ts';
import type { MapNode, SeqNode, YamlNode } from '../../syntax/yaml/tree.ts';
import type { BareLine } from './bare-line.ts';
import type { KeyCursor } from './cursor.ts';
import { findMark, MARK, withoutMark } from './mark.ts';
import type { Slot } from './scalar-edit.ts';

/**
 * The key that could stand on a line of its own. The cursor's column decides to which map it belongs: the deepest that is
 * open there and not indented more. Where the lines below belong to a deeper map the key goes there, or it would take
 * them away. `undefined` in a text that goes on over the line.
 */
export function lineCursor(text: string, line: BareLine, below?: number): KeyCursor | undefined {
  const blanked = text.slice(0, line.start) + text.slice(line.end);
  const without = parseYaml(blanked);
  const column = line.dashes === '' ? columnFor(blanked, line, without.root, below) : undefined;
  if (line.dashes === '' && column === undefined) return undefined;
  const prefix = column === undefined ? line.indent + line.dashes : ' '.repeat(column);
  const behind = text.slice(line.end);
  const tree = parseYaml(`${text.slice(0, line.start)}${prefix}${MARK}:${behind}`);
  const found = findMark(tree.root);
  if (found?.on !== 'key' || found.flow || tree.issues.length > without.issues.length) return undefined;
  // What stands below would become the value of the key.
  if (found.value?.kind !== 'scalar' || found.value.style !== 'missing') return undefined;
  const path = found.path.slice(0, -1);
  const exact = text.slice(line.start, line.wordStart) === prefix;
  const span = { start: exact ? line.wordStart : line.start, end: line.wordEnd };
  const root = withoutMark(tree.root, path);
  const before = exact ? '' : prefix;
  return {
    on: 'key',
    root,
    path,
    span,
    before,
    after: '',
    column: prefix.length,
    flow: false,
    colon: false,
    value: undefined,
    scalar: path.length > 0 && isEmptyMap(root, path) ? newScalar(text, line, span, before) : undefined,
  };
}

function newScalar(text: string, line: BareLine, span: Slot['span'], before: string): Slot {
  return {
    file: text,
    style: 'missing',
    text: text.slice(line.wordStart, line.wordEnd),
    at: line.offset - line.wordStart,
    span,
    offsetAt: (index) => line.wordStart + index,
    flow: false,
    before,
    after: '',
  };
}

function isEmptyMap(root: YamlNode | undefined, path: readonly (string | number)[]): boolean {
  let node = root;
  for (const step of path) {
    if (node?.kind === 'map') node = node.get(String(step))?.value;
    else node = node?.kind === 'seq' ? node.items[Number(step)] : undefined;
  }
  return node?.kind === 'map' && node.entries.length === 0;
}

/** The column at which a key on the line belongs to a map that is open there. */
function columnFor(
  blanked: string,
  line: BareLine,
  root: YamlNode | undefined,
  below = columnBelow(blanked, line.start),
): number | undefined {
  const cursor = line.wordStart - line.start;
  const columns = openColumns(blanked, line.start, root, cursor);
  if (columns === undefined) return undefined;
  const fitting = columns.filter((column) => column >= below);
  return fitting.findLast((column) => column <= cursor) ?? fitting[0];
}

/** The column of the next line that says something; 0 at the end of the text. */
export function columnBelow(blanked: string, from: number): number {
  const match = /^([ \t]*)[^\s#]/m.exec(blanked.slice(from));
  return match?.[1]?.length ?? 0;
}

/**
 * The columns of the maps to which a key at an offset could belong, outermost first. A key without a value opens a map at
 * the cursor, or two columns further in. `undefined` inside a text or brackets.
 */
function openColumns(
  text: string,
  at: number,
  root: YamlNode | undefined,
  cursor: number,
): number[] | undefined {
  const columns: number[] = [];
  if (root === undefined || root.kind === 'scalar') return [0];
  if (root.flow) return undefined;
  let node: MapNode | SeqNode = root;
  for (;;) {
    const column = columnOf(text, startOf(node));
    if (node.kind === 'map') columns.push(column);
    const value = lastBefore(node, at);
    if (value === undefined) return columns;
    if (value.kind === 'scalar' && value.style === 'missing' && value.span.start < at) {
      return [...columns, cursor > column ? cursor : column + 2];
    }
    if (value.kind === 'scalar' || value.flow || value.origin !== undefined) {
      const end = value.span.start + text.slice(value.span.start, value.span.end).trimEnd().length;
      return value.span.start < at && end > at ? undefined : columns;
    }
    node = value;
  }
}

/** The value of the last entry, or the last item, that begins before an offset. */
function lastBefore(node: MapNode | SeqNode, at: number): YamlNode | undefined {
  if (node.kind === 'seq') return node.items.findLast((item) => item.span.start < at);
  return node.entries.findLast(({ key }) => key.origin === undefined && key.span.start < at)?.value;
}

/** Where a map's first own key stands, or a list's first dash. */
function startOf(node: MapNode | SeqNode): number {
  if (node.kind === 'seq') return node.span.start;
  return node.entries.find(({ key }) => key.origin === undefined)?.key.span.start ?? node.span.start;
}

function columnOf(text: string, offset: number): number {
  return offset - (text.lastIndexOf('\n', offset - 1) + 1);
}
