import type { Span } from '../base/span.ts';
import { parseYaml } from '../syntax/yaml/parse.ts';
import type { YamlNode } from '../syntax/yaml/tree.ts';
import { nodeAt } from '../syntax/yaml/walk.ts';
import type { LineEdit } from './line-edits.ts';

/**
 * The edit that indents the empty line at `offset` as the line above asks for, after a line break was typed: two spaces deeper
 * behind a key without a value (`nps:`), in the column of the keys behind another entry. `undefined` where that is not certain (a
 * blank line above, the middle of a text or of braces) or the line has that indentation, or anything else on it.
 */
export function indentLine(text: string, offset: number): LineEdit | undefined {
  const start = text.lastIndexOf('\n', offset - 1) + 1;
  const rest = text.slice(start).split(/\r?\n/, 1)[0] ?? '';
  if (start === 0 || rest.trim() !== '') return undefined;
  const aboveStart = text.lastIndexOf('\n', start - 2) + 1;
  const above = text.slice(aboveStart, start).trimEnd();
  const column = columnBelow(above);
  if (column === undefined || isInside(text, aboveStart + above.search(/\S/))) return undefined;
  const indentation = ' '.repeat(column);
  const span: Span = { start, end: start + rest.length };
  return rest === indentation ? undefined : { span, text: indentation };
}

/** The column of an entry below a line; `undefined` where the line begins none, or one that goes on below. */
function columnBelow(line: string): number | undefined {
  const match = /^( *)((?:- +)*)(?:(?:[\w.-]+|"[^"]*"|'[^']*') *:(?=\s|$)(.*)|[^\s#])/.exec(line);
  if (match === null) return undefined;
  const [, indent = '', dashes = '', value] = match;
  const column = indent.length + dashes.length;
  if (value === undefined) return dashes === '' ? undefined : indent.length;
  if (goesOn(value.trim())) return undefined;
  // A block header or an anchor leaves the value to the lines below.
  const isOpen = /^\s*(?:&\S+\s*)?(?:[|>][-+1-9]*\s*)?(?:#.*)?$/.test(value);
  return isOpen ? column + 2 : column;
}

/** Whether a value opens a bracket or quote that it does not close. */
function goesOn(value: string): boolean {
  const close = CLOSING.get(value.charAt(0));
  return close !== undefined && (value.length === 1 || !value.replace(/\s#.*$/, '').endsWith(close));
}

const CLOSING: ReadonlyMap<string, string> = new Map([
  ['[', ']'],
  ['{', '}'],
  ['"', '"'],
  ["'", "'"],
]);

/** Whether a place is in the middle of a scalar or of braces, where indentation is the author's. */
function isInside(text: string, offset: number): boolean {
  const found = nodeAt(parseYaml(text), offset);
  const nodes: readonly YamlNode[] = [
    ...(found?.path ?? []).map((step) => step.in),
    ...(found ? [found.node] : []),
  ];
  return nodes.some((node) => node.span.start < offset && (node.kind === 'scalar' || node.flow));
}
