import { CST } from 'yaml';
import type { Block, Key, Words } from './layout.ts';

/** Whether an item of a collection holds more than comments and white space. */
export function isContent({ start, key, sep, value }: CST.CollectionItem): boolean {
  const says = (tokens: readonly CST.SourceToken[]): boolean => tokens.some(({ type }) => SAYING.has(type));
  return (key !== undefined && key !== null) || value !== undefined || says(start) || says(sep ?? []);
}

const SAYING: ReadonlySet<string> = new Set(['anchor', 'seq-item-ind', 'explicit-key-ind', 'map-value-ind']);

/** Where an item begins: at its dash, its key, or the anchor of its key. */
export function startOfItem({ start, key, sep }: CST.CollectionItem): number {
  const first = start.find(({ type }) => SAYING.has(type));
  return first?.offset ?? key?.offset ?? sep?.[0]?.offset ?? 0;
}

/** Where a value begins; a block map at the anchor of its first key. */
export function startOf(token: CST.Token): number {
  if (token.type === 'block-scalar') return headerToken(token)?.offset ?? token.offset;
  const isBlock = token.type === 'block-map' || token.type === 'block-seq';
  const first = isBlock ? (token.items as CST.CollectionItem[]).find(isContent) : undefined;
  return first === undefined ? token.offset : startOfItem(first);
}

/** Where a scalar or flow collection ends. */
export function endOf(token: CST.Token): number {
  if (token.type === 'flow-collection') {
    const close = token.end.find(({ type }) => type === 'flow-map-end' || type === 'flow-seq-end');
    return (close?.offset ?? token.offset) + 1;
  }
  if (!('source' in token)) return token.offset;
  const props = token.type === 'block-scalar' ? token.props : [];
  const before = props.reduce((sum, prop) => sum + ('source' in prop ? prop.source.length : 0), 0);
  return token.offset + before + token.source.length;
}

/** The key of an item as written, with its anchor; `undefined` where it has none that could be a key. */
export function keyOf({ start, key, sep = [] }: CST.CollectionItem, inBlock: boolean): Key | undefined {
  if (key === undefined || key === null || !('source' in key)) return undefined;
  const anchor = start.find(({ type }) => type === 'anchor');
  const written = anchor === undefined ? key.source : `${anchor.source} ${key.source}`;
  const name = CST.resolveAsScalar(key)?.value ?? '';
  const colon = inBlock || sep.some(({ type }) => type === 'map-value-ind');
  // Without a blank, the colon would belong to the alias.
  return { source: key.type === 'alias' ? `${written} ` : written, name, colon };
}

/** A plain or quoted scalar, or an alias. `lower` says that it begins on a line below its key. */
export function readWords(token: CST.Token, lower: boolean): Words {
  const source = 'source' in token ? token.source : '';
  const lines = source.split('\n');
  const last = lines.length - 1;
  const tidy = lines.map((line, i) => {
    const begun = i === 0 ? line : line.trimStart();
    // White space at the end of a line means nothing, unless a backslash stands before it.
    return i === last || /\\[ \t]*$/.test(begun) ? begun : begun.trimEnd();
  });
  return { kind: 'words', lines: tidy, lower };
}

/** A literal or folded scalar. */
export function readBlockScalar(token: CST.BlockScalar): Block {
  const header = headerToken(token)?.source ?? '';
  const digit = /[1-9]/.exec(header)?.[0];
  const indent = digit === undefined ? undefined : Number(digit);
  const keeps = header.includes('+');
  const written = token.source === '' ? [] : token.source.replace(/\n$/, '').split('\n');
  const first = written.find((line) => /[^ ]/.test(line));
  const usual =
    indent === undefined ? (first?.search(/[^ ]/) ?? Number.POSITIVE_INFINITY) : token.indent + indent;
  const lines = written.map((line) => line.slice(usual));
  while (!keeps && lines.at(-1) === '') lines.pop();
  return { kind: 'block', header, indent, keeps, lines };
}

function headerToken(token: CST.BlockScalar): CST.SourceToken | undefined {
  return token.props.find((prop): prop is CST.SourceToken => prop.type === 'block-scalar-header');
}
