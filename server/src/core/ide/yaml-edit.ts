import type { TextEdit } from '../base/problem.ts';
import type { MetricsFile } from '../model/project.ts';
import type { MapEntry, MapNode, SeqNode, YamlNode } from '../syntax/yaml/tree.ts';
import {
  type Layout,
  renderBehindColon,
  renderEntry,
  renderFlow,
  renderItem,
  type YamlEntry,
  type YamlValue,
} from './yaml-value.ts';

/*
 * Edits of YAML text that leave all that they are not about as it is: comments, blank lines, anchors, the style and the width
 * of the indentation, and the line breaks. Each is `undefined` where it cannot be made in the text as it stands: inside of
 * what came through an alias, under an explicit key (`? key`), or where the text is broken.
 */

/** The text that is edited, with the path that its edits name. */
export type EditedFile = Pick<MetricsFile, 'path' | 'text'>;

/** The line break of a text: that of its first line. */
export function eolOf(text: string): string {
  return /\r\n|\n|\r/.exec(text)?.[0] ?? '\n';
}

/**
 * Adds entries to a map, each on its own line in block style.
 *
 * @param after keys behind which they go: behind the last of those that are there, else at the end
 */
export function insertEntries(
  file: EditedFile,
  map: MapNode,
  entries: readonly YamlEntry[],
  after: readonly string[] = [],
): TextEdit | undefined {
  if (map.origin !== undefined || entries.length === 0) return undefined;
  const own = ownEntries(map);
  const place = own.findLast(({ key }) => after.includes(key.text)) ?? own.at(-1);
  if (map.flow) return insertIntoFlow(file, map, entries, place);
  if (place === undefined) return undefined;
  const layout = layoutIn(file, map);
  if (layout === undefined) return undefined;
  const lines = entries.map((entry) => `${layout.eol}${layout.indent}${renderEntry(entry, layout)}`);
  return insertion(file, endOfLines(file, place.value, place.span.end, layout.indent.length), lines.join(''));
}

/** Puts another value behind a key. A comment, anchor or tag between the two stays. */
export function replaceValue(
  file: EditedFile,
  map: MapNode,
  { key, value: old }: MapEntry,
  value: YamlValue,
): TextEdit | undefined {
  if (map.origin !== undefined || key.origin !== undefined) return undefined;
  const between = file.text.slice(key.span.end, Math.max(key.span.end, old.span.start));
  const colon = /^[ \t]*:/.exec(between)?.[0].length;
  if (colon === undefined) return undefined;
  const start = key.span.end + colon;
  const end = Math.max(start, old.span.end);
  const layout = map.flow ? undefined : layoutIn(file, map);
  if (!map.flow && layout === undefined) return undefined;
  const text = layout === undefined ? ` ${renderFlow(value)}` : renderBehindColon(value, layout);
  if (between.slice(colon).trim() === '') return { file: file.path, span: { start, end }, text };
  return /[\r\n]/.test(text) || /[\r\n]/.test(between)
    ? undefined
    : { file: file.path, span: { start: old.span.start, end }, text: text.trimStart() };
}

/** Puts another entry in the place of one. */
export function replaceEntry(
  file: EditedFile,
  map: MapNode,
  old: MapEntry,
  entry: YamlEntry,
): TextEdit | undefined {
  const edit = replaceValue(file, map, old, entry[1]);
  if (edit === undefined || edit.span.start > old.value.span.start) return undefined;
  const key = renderFlow(entry[0]);
  const between = file.text.slice(old.key.span.end, edit.span.start);
  return {
    file: file.path,
    span: { start: old.key.span.start, end: edit.span.end },
    text: `${key}${between}${edit.text}`,
  };
}

/** Takes entries out, in block style with their lines. A block map keeps at least one entry: there is no other way to write it. */
export function removeEntries(
  file: EditedFile,
  map: MapNode,
  entries: readonly MapEntry[],
): readonly (TextEdit | undefined)[] {
  const own = ownEntries(map);
  if (map.origin !== undefined || entries.some((entry) => !own.includes(entry))) return [undefined];
  if (map.flow) return removeFromFlow(file, own, entries);
  return entries.length < own.length ? entries.map((entry) => removeLines(file, own, entry)) : [undefined];
}

/** Entries side by side go together, with the comma in front of the next one, or else behind the one before. */
function removeFromFlow(
  file: EditedFile,
  own: readonly MapEntry[],
  entries: readonly MapEntry[],
): readonly TextEdit[] {
  return own.flatMap((first, from) => {
    const before = own[from - 1];
    if (!entries.includes(first) || (before !== undefined && entries.includes(before))) return [];
    const length = own.slice(from).findIndex((entry) => !entries.includes(entry));
    const next = length < 0 ? undefined : own[from + length];
    if (next !== undefined) return [deletion(file, first.key.span.start, next.key.span.start)];
    const start = before === undefined ? first.key.span.start : endOf(before);
    return [deletion(file, start, endOf(own.at(-1) ?? first))];
  });
}

function removeLines(file: EditedFile, own: readonly MapEntry[], entry: MapEntry): TextEdit | undefined {
  const start = startOfLine(file.text, entry.key.span.start);
  const indent = entry.key.span.start - start;
  if (file.text.slice(start, entry.key.span.start).trim() !== '') {
    const next = own[own.indexOf(entry) + 1];
    return next && deletion(file, entry.key.span.start, next.key.span.start);
  }
  return deletion(file, start, behindBreak(file.text, endOfLines(file, entry.value, endOf(entry), indent)));
}

function deletion(file: EditedFile, start: number, end: number): TextEdit {
  return { file: file.path, span: { start, end }, text: '' };
}

/**
 * Edits in the order of the text, those that touch made one, so that it does not matter in which order a client applies them.
 * `undefined` where two overlap.
 */
export function joinEdits(edits: readonly TextEdit[]): readonly TextEdit[] | undefined {
  const joined: TextEdit[] = [];
  const sorted = [...edits].sort(
    (a, b) => a.file.localeCompare(b.file) || a.span.start - b.span.start || a.span.end - b.span.end,
  );
  for (const edit of sorted) {
    const last = joined.at(-1);
    if (last === undefined || last.file !== edit.file || last.span.end < edit.span.start) joined.push(edit);
    else if (last.span.end > edit.span.start) return undefined;
    else {
      const span = { start: last.span.start, end: edit.span.end };
      joined[joined.length - 1] = { file: edit.file, span, text: last.text + edit.text };
    }
  }
  return joined;
}

/** Adds an item to the end of a list. */
export function insertItem(file: EditedFile, list: SeqNode, value: YamlValue): TextEdit | undefined {
  if (list.origin !== undefined) return undefined;
  const last = list.items.at(-1);
  if (list.flow) {
    const inside = list.span.start + 1;
    if (file.text.charAt(list.span.end - 1) !== ']') return undefined;
    return last === undefined
      ? insertion(file, inside, renderFlow(value))
      : insertion(file, last.span.end, `, ${renderFlow(value)}`);
  }
  const start = startOfLine(file.text, list.span.start);
  const indent = file.text.slice(start, list.span.start);
  if (last === undefined || indent.trim() !== '' || file.text.charAt(list.span.start) !== '-')
    return undefined;
  const layout = { indent, step: stepOf(file.text), eol: eolOf(file.text) };
  const at = endOfLines(file, last, last.span.end, indent.length);
  return insertion(file, at, `${layout.eol}${indent}${renderItem(value, layout)}`);
}

/** How the entries of a block map are laid out; `undefined` where its keys do not stand at the start of lines. */
export function layoutIn(file: EditedFile, map: MapNode): Layout | undefined {
  for (const { key } of ownEntries(map)) {
    const before = file.text.slice(startOfLine(file.text, key.span.start), key.span.start);
    if (/^ *(?:- +)*$/.test(before))
      return { indent: ' '.repeat(before.length), step: stepOf(file.text), eol: eolOf(file.text) };
  }
  return undefined;
}

/** The entries that are written in a map, without those of merge keys. */
export function ownEntries(map: MapNode): readonly MapEntry[] {
  return map.entries.filter(({ key }) => key.origin === undefined);
}

/** One level of indentation: the least that a line of the file is indented by, two spaces where none is. */
function stepOf(text: string): string {
  let step = 0;
  for (const [line] of text.matchAll(/^ +(?=[^\s#-])/gm)) {
    if (step === 0 || line.length < step) step = line.length;
    if (step <= 2) break;
  }
  return ' '.repeat(step === 0 ? 2 : step);
}

function insertIntoFlow(
  file: EditedFile,
  map: MapNode,
  entries: readonly YamlEntry[],
  place: MapEntry | undefined,
): TextEdit | undefined {
  const { text } = file;
  if (text.charAt(map.span.start) !== '{' || text.charAt(map.span.end - 1) !== '}') return undefined;
  const written = entries.map((entry) => renderFlow({ entries: [entry], flow: true }).slice(2, -2));
  if (place === undefined) {
    const empty = text.slice(map.span.start + 1, map.span.end - 1).trim() === '';
    return empty ? { file: file.path, span: map.span, text: `{ ${written.join(', ')} }` } : undefined;
  }
  const lineStart = startOfLine(text, place.key.span.start);
  const indent = text.slice(lineStart, place.key.span.start);
  const behind = /^[ \t]*,[ \t]*(?:#[^\r\n]*)?(?=[\r\n])/.exec(text.slice(endOf(place)))?.[0];
  // A map with an entry a line goes on so; behind the comma, so that a comment there stays with its entry.
  if (indent.trim() === '' && behind !== undefined) {
    const lines = written.map((each) => `${eolOf(text)}${indent}${each},`);
    return insertion(file, endOf(place) + behind.length, lines.join(''));
  }
  const between = indent.trim() === '' ? `,${eolOf(text)}${indent}` : ', ';
  return insertion(file, endOf(place), written.map((each) => between + each).join(''));
}

function insertion(file: EditedFile, at: number, text: string): TextEdit {
  return { file: file.path, span: { start: at, end: at }, text };
}

/**
 * Where the lines of a value end: behind a comment on its last line, behind comments below it that are indented deeper than
 * `indent`, and behind the blank lines that a `|+` scalar keeps.
 */
export function endOfLines({ text }: EditedFile, value: YamlNode, end: number, indent: number): number {
  let at = endOfLine(text, end);
  const keeps = lastScalarKeeps(text, value);
  for (;;) {
    const next = behindBreak(text, at);
    if (next === at) return at;
    const line = text.slice(next, endOfLine(text, next));
    const isDeeper = line.trimStart().startsWith('#') && line.indexOf('#') > indent;
    const isKept = keeps && line.trim() === '' && next + line.length < text.length;
    if (!isDeeper && !isKept) return at;
    at = next + line.length;
  }
}

/** Whether a value ends with a block scalar to which blank lines below it belong. */
function lastScalarKeeps(text: string, value: YamlNode): boolean {
  if (value.origin !== undefined) return false;
  if (value.kind === 'scalar')
    return /^[|>][0-9]*\+/.test(text.slice(value.span.start, value.span.start + 4));
  const last = value.kind === 'seq' ? value.items.at(-1) : ownEntries(value).at(-1)?.value;
  return last !== undefined && lastScalarKeeps(text, last);
}

/** Behind an entry's key and value, whichever ends later. */
function endOf({ key, value, span }: MapEntry): number {
  return Math.max(key.span.end, value.span.end, span.end);
}

/** The offset at which the line of an offset begins. */
export function startOfLine(text: string, offset: number): number {
  // A negative place would be taken for the first character.
  if (offset === 0) return 0;
  return Math.max(text.lastIndexOf('\n', offset - 1), text.lastIndexOf('\r', offset - 1)) + 1;
}

/** The offset at which the line of an offset ends, before its break. */
export function endOfLine(text: string, offset: number): number {
  const found = /[\r\n]/g;
  found.lastIndex = offset;
  return found.exec(text)?.index ?? text.length;
}

/** Behind the line break at an offset; the offset itself where there is none. */
export function behindBreak(text: string, offset: number): number {
  if (text.startsWith('\r\n', offset)) return offset + 2;
  return /[\r\n]/.test(text.charAt(offset)) ? offset + 1 : offset;
}
