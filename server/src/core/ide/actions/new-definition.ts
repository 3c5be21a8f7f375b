import type { TextEdit } from '../../base/problem.ts';
import type { AnyDefinition } from '../../model/project.ts';
import type { IdeFile } from '../ide-context.ts';
import {
  behindBreak,
  endOfLine,
  endOfLines,
  eolOf,
  insertEntries,
  layoutIn,
  ownEntries,
  removeEntries,
  startOfLine,
} from '../yaml-edit.ts';
import { renderEntry, type YamlMap } from '../yaml-value.ts';
import { sectionOf } from './at-cursor.ts';

/** A name that is not taken: the one wished for, else with a number behind it. */
export function freeName(wish: string, taken: { has(name: string): boolean }): string {
  if (!taken.has(wish)) return wish;
  for (let number = 2; ; number++) {
    const name = `${wish}_${number}`;
    if (!taken.has(name)) return name;
  }
}

/** Writes a definition behind another of its kind, with a blank line between them where the others have one. */
export function insertDefinition(
  { file, tree }: IdeFile,
  behind: AnyDefinition,
  name: string,
  body: YamlMap,
): TextEdit | undefined {
  const found = sectionOf(tree.root, behind);
  if (found === undefined) return undefined;
  const { map, entry } = found;
  if (map.flow) return insertEntries(file, map, [[name, { ...body, flow: true }]], [behind.name]);
  const layout = layoutIn(file, map);
  if (layout === undefined) return undefined;
  const at = endOfLines(file, entry.value, entry.span.end, layout.indent.length);
  const next = behindBreak(file.text, at);
  const isSpaced =
    (next < file.text.length && isBlankLine(file.text, next)) ||
    isBlankAbove(file.text, entry.span.start) ||
    (ownEntries(map).length < 2 && !body.flow);
  const gap = isSpaced ? layout.eol + layout.eol : layout.eol;
  const text = `${gap}${layout.indent}${renderEntry([name, body], layout)}`;
  return { file: file.path, span: { start: at, end: at }, text };
}

/** Takes a definition out, with the comments directly above it and the blank lines on one side. `undefined` for the last of a section. */
export function removeDefinition({ file, tree }: IdeFile, definition: AnyDefinition): TextEdit | undefined {
  const found = sectionOf(tree.root, definition);
  if (found === undefined) return undefined;
  const { map, entry } = found;
  const { text } = file;
  if (map.flow) return removeEntries(file, map, [entry])[0];
  // A part of a file holds one definition, and its neighbours are in other parts.
  if (ownEntries(map).length < 2 && !file.path.includes('\u0000')) return undefined;
  const line = startOfLine(text, entry.key.span.start);
  if (text.slice(line, entry.key.span.start).trim() !== '') return undefined;
  let start = aboveComments(text, line);
  let end = behindBreak(text, endOfLines(file, entry.value, entry.span.end, entry.key.span.start - line));
  if (ownEntries(map)[0] === entry || isBlankLine(text, lineAbove(text, start))) {
    while (end < text.length && isBlankLine(text, end)) end = behindBreak(text, endOfLine(text, end));
  }
  if (end === text.length) {
    while (start > 0 && isBlankLine(text, lineAbove(text, start))) start = lineAbove(text, start);
  }
  return { file: file.path, span: { start, end }, text: '' };
}

/** A line of text above the name of a definition; `undefined` where the name does not begin its line. */
export function insertAbove(
  { file }: IdeFile,
  { nameNode }: AnyDefinition,
  line: string,
): TextEdit | undefined {
  const start = startOfLine(file.text, nameNode.span.start);
  const indent = file.text.slice(start, nameNode.span.start);
  if (indent.trim() !== '' || nameNode.origin !== undefined) return undefined;
  const text = `${indent}${line}${eolOf(file.text)}`;
  return { file: file.path, span: { start, end: start }, text };
}

function isBlankLine(text: string, start: number): boolean {
  return text.slice(start, endOfLine(text, start)).trim() === '';
}

function isBlankAbove(text: string, offset: number): boolean {
  const start = aboveComments(text, startOfLine(text, offset));
  return start > 0 && isBlankLine(text, lineAbove(text, start));
}

/** Where the comments begin that stand directly above a line; the line itself where there are none. */
function aboveComments(text: string, start: number): number {
  const above = lineAbove(text, start);
  return /^\s*#/.test(text.slice(above, start)) ? aboveComments(text, above) : start;
}

/** Where the line above one begins; the line itself for the first. */
function lineAbove(text: string, start: number): number {
  return start === 0 ? 0 : startOfLine(text, start - (text.slice(start - 2, start) === '\r\n' ? 2 : 1));
}
