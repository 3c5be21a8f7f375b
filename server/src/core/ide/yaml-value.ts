import type { ScalarNode, YamlNode } from '../syntax/yaml/tree.ts';

/** A value to be written into a file: what an edit says, before it is laid out as text. */
export type YamlValue = YamlScalar | YamlMap | readonly YamlValue[];

/** A text or a literal of JavaScript, quoted as needed; or a scalar that stands as it is written. */
export type YamlScalar = string | number | boolean | null | Written;

/** A scalar with its spelling: `33.30`, `42%`, `'it''s'`. It must be one that may stand in flow style too. */
export interface Written {
  readonly written: string;
}

export type YamlEntry = readonly [key: string | Written, value: YamlValue];

/** A map in the order of its entries. In a flow collection everything is flow. */
export interface YamlMap {
  readonly entries: readonly YamlEntry[];
  readonly flow: boolean;
}

/** Where block style goes on: the indentation of the key (or dash), what one level adds, and the file's line break. */
export interface Layout {
  readonly indent: string;
  readonly step: string;
  readonly eol: string;
}

/** A scalar as it is written, such as `42%`. */
export function written(text: string): Written {
  return { written: text };
}

/** A map with each entry on a line of its own. */
export function blockMap(entries: readonly YamlEntry[]): YamlMap {
  return { entries, flow: false };
}

/** A map in braces. */
export function flowMap(entries: readonly YamlEntry[]): YamlMap {
  return { entries, flow: true };
}

/** Whether a value is a map. */
export function isYamlMap(value: YamlValue | undefined): value is YamlMap {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && 'entries' in value;
}

/** A value on one line: `{ type: count, where: "a, b" }`. */
export function renderFlow(value: YamlValue): string {
  if (isList(value)) return `[${value.map(renderFlow).join(', ')}]`;
  if (!isYamlMap(value)) return renderScalar(value, true);
  const entries = value.entries.map(([key, each]) => `${renderScalar(key, true)}: ${renderFlow(each)}`);
  return entries.length === 0 ? '{}' : `{ ${entries.join(', ')} }`;
}

/** `key: value` in block style, over as many lines as it needs. The first line is not indented, the last has no break. */
export function renderEntry([key, value]: YamlEntry, layout: Layout): string {
  return `${renderScalar(key, false)}:${renderBehindColon(value, layout)}`;
}

/** What stands behind the colon of a key: ` value`, or the lines of a block. */
export function renderBehindColon(value: YamlValue, layout: Layout): string {
  const inner = { ...layout, indent: layout.indent + layout.step };
  if (isList(value) && !value.every(isPlainItem)) {
    return value.map((item) => `${layout.eol}${inner.indent}${renderItem(item, inner)}`).join('');
  }
  if (isYamlMap(value) && !value.flow && value.entries.length > 0) {
    return value.entries.map((entry) => `${layout.eol}${inner.indent}${renderEntry(entry, inner)}`).join('');
  }
  return ` ${isList(value) || isYamlMap(value) ? renderFlow(value) : renderBlockScalar(value, inner)}`;
}

/** An item of a block list with its dash. `layout.indent` is that of the dash. */
export function renderItem(value: YamlValue, layout: Layout): string {
  const inner = { ...layout, indent: `${layout.indent}  ` };
  if (isYamlMap(value) && !value.flow && value.entries.length > 0) {
    const entries = value.entries.map((entry) => renderEntry(entry, inner));
    return `- ${entries.join(`${layout.eol}${inner.indent}`)}`;
  }
  return `- ${isList(value) || isYamlMap(value) ? renderFlow(value) : renderBlockScalar(value, inner)}`;
}

/**
 * The value of a node with the spelling of its scalars, to be written elsewhere. `undefined` where it cannot be moved: it holds
 * an alias, a merge key, or something with an anchor or a tag, all of which mean what they mean by where they stand.
 */
export function readValue(node: YamlNode, text: string): YamlValue | undefined {
  if (node.origin !== undefined || isDecorated(node, text)) return undefined;
  if (node.kind === 'scalar') return scalarOf(node, text);
  if (node.kind === 'seq') {
    const items = node.items.map((item) => readValue(item, text));
    return items.every((item) => item !== undefined) ? items : undefined;
  }
  const entries: YamlEntry[] = [];
  for (const { key, value } of node.entries) {
    const [name, each] = [readValue(key, text), readValue(value, text)];
    if (name === undefined || each === undefined || isList(name) || isYamlMap(name)) return undefined;
    entries.push([typeof name === 'object' && name !== null ? name : String(name), each]);
  }
  return { entries, flow: node.flow };
}

/** A text as it may be written: plain where that reads as the same text, else in quotes. Control characters are escaped. */
export function renderText(text: string, flow: boolean): string {
  if (isPlain(text, flow)) return text;
  // JSON's escapes are YAML's. Single quotes spare the reader escapes where there is nothing but quotes to hide.
  const escaped = /[\p{Cc}\u2028\u2029\ufeff]/u.test(text);
  return /["\\]/.test(text) && !escaped ? `'${text.replaceAll("'", "''")}'` : quoteDouble(text);
}

/** Whether a text may be written without quotes: it is read as text again, and as this one. */
export function isPlain(text: string, flow: boolean): boolean {
  if (text === '' || text !== text.trim() || /[\p{Cc}\u2028\u2029\ufeff]/u.test(text)) return false;
  if (/^[,[\]{}#&*!|>'"%@`]/.test(text) || /^[-?:](?:\s|$)/.test(text) || /^(?:---|\.\.\.)/.test(text))
    return false;
  if (/:(?:\s|$)/.test(text) || /\s#/.test(text)) return false;
  if (flow && (/[,[\]{}]/.test(text) || /^[-?:]/.test(text))) return false;
  return !OTHER_TYPES.test(text);
}

/** What YAML's core schema reads as null, a boolean or a number. */
const OTHER_TYPES =
  /^(?:~|null|Null|NULL|true|True|TRUE|false|False|FALSE|<<|[-+]?(?:0o[0-7]+|0x[0-9a-fA-F]+|(?:\.\d+|\d+(?:\.\d*)?)(?:[eE][-+]?\d+)?|\.(?:inf|Inf|INF))|\.(?:nan|NaN|NAN))$/;

function quoteDouble(text: string): string {
  return JSON.stringify(text).replace(
    /[\u007f-\u009f\u2028\u2029\ufeff]/g,
    (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

function renderScalar(value: YamlScalar, flow: boolean): string {
  if (typeof value === 'string') return renderText(value, flow);
  if (typeof value === 'object' && value !== null) return value.written;
  return String(value);
}

/** Texts of several lines stay readable where there is room for them. */
function renderBlockScalar(value: YamlScalar, { indent, eol }: Layout): string {
  if (
    typeof value !== 'string' ||
    !/^\S[^\n]*\n/.test(value) ||
    /[^\P{Cc}\n]|[\u2028\u2029\ufeff]/u.test(value)
  )
    return renderScalar(value, false);
  const body = value.replace(/\n+$/, '');
  const breaks = value.length - body.length;
  if (breaks > 1) return renderScalar(value, false);
  const lines = body.split('\n').map((line) => (line === '' ? '' : indent + line));
  return `|${breaks === 0 ? '-' : ''}${eol}${lines.join(eol)}`;
}

function scalarOf(node: ScalarNode, text: string): YamlScalar {
  if (node.style === 'missing') return null;
  const spelt = text.slice(node.span.start, node.span.end);
  const isQuoted = node.style === 'single' || node.style === 'double';
  if (isQuoted && !/[\r\n]/.test(spelt)) return { written: spelt };
  return typeof node.value === 'string' ? node.text : { written: node.text };
}

/** Whether an anchor or a tag stands before a node. */
function isDecorated(node: YamlNode, text: string): boolean {
  const before = text.slice(Math.max(0, node.span.start - 200), node.span.start);
  return /(?:^|[\s[{,])[&!][^\s,[\]{}]*\s+$/.test(before) || /^[&!]/.test(text.slice(node.span.start));
}

function isPlainItem(value: YamlValue): boolean {
  return !isYamlMap(value) && !isList(value) && !(typeof value === 'string' && value.includes('\n'));
}

function isList(value: YamlValue): value is readonly YamlValue[] {
  return Array.isArray(value);
}
