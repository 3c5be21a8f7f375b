import type { Span } from '../../base/span.ts';
import type { Block, Section } from './split-blocks.ts';

/** What the units of a text share: where the parts of the top level stand that they repeat. */
export interface Context {
  /** The line with the version of the file; where it says none, units say one that stands nowhere in the file. */
  readonly version: Span | undefined;
  readonly defaults: Span | undefined;
  /** By block of the top level: the key of the section whose definitions follow it. */
  readonly headers: readonly (Header | undefined)[];
  /** By block: the block of the top level before it, which ends with the key of its section. */
  readonly headerOf: readonly number[];
}

/** The line with a section's key, and where its colon ends. */
interface Header extends Span {
  readonly colon: number;
}

/** A stretch of a unit's text, and where in the file it stands. */
interface Piece extends Span {
  readonly at: number;
}

const VERSION = 'plumbline: 1\n';
/** Stands for the definitions of a section in the unit of the top level, which holds none of them. */
const ELSEWHERE = ' {}';
/** The sections whose definitions take from `defaults`. */
const WITH_DEFAULTS: readonly (Section | undefined)[] = ['metrics'];

const VERSION_LINE = /^plumbline[ \t]*:[^\n]*(?:\n|$)/m;
const DEFAULTS = /^(?:defaults|"defaults"|'defaults')[ \t]*:[^\n]*(?:\n(?:[ \t#][^\n]*|\r?(?=\n)))*(?:\n|$)/m;
const KEY_LINE = /^[a-z]+:[^\n]*(?:\n|$)/gm;

export function contextOf(text: string, blocks: readonly Block[]): Context {
  let version: Span | undefined;
  let defaults: Span | undefined;
  const headers = blocks.map((block, index): Header | undefined => {
    if (block.section !== undefined) return undefined;
    const stretch = text.slice(block.start, block.end);
    version ??= entryIn(stretch, block.start, VERSION_LINE);
    defaults ??= entryIn(stretch, block.start, DEFAULTS);
    if (blocks[index + 1]?.section === undefined) return undefined;
    const line = [...stretch.matchAll(KEY_LINE)].at(-1);
    if (line === undefined) return undefined;
    const start = block.start + line.index;
    return { start, end: start + line[0].length, colon: start + line[0].indexOf(':') + 1 };
  });
  let head = 0;
  const headerOf = blocks.map(({ section }, index) => {
    if (section === undefined) head = index;
    return head;
  });
  return { version, defaults, headers, headerOf };
}

function entryIn(stretch: string, at: number, entry: RegExp): Span | undefined {
  const match = entry.exec(stretch);
  return match === null ? undefined : { start: at + match.index, end: at + match.index + match[0].length };
}

/** Whether what units share is the same text in two texts. */
export function isSameContext(text: string, context: Context, other: string, before: Context): boolean {
  const same = (one: Span | undefined, two: Span | undefined): boolean =>
    (one && text.slice(one.start, one.end)) === (two && other.slice(two.start, two.end));
  return (
    same(context.version, before.version) &&
    same(context.defaults, before.defaults) &&
    context.headers.length === before.headers.length &&
    context.headers.every((header, index) => same(header, before.headers[index]))
  );
}

/** Where the text of a block's unit stands in the file, piece by piece. */
export function piecesOf(blocks: readonly Block[], index: number, context: Context): readonly Piece[] {
  const block = blocks[index];
  if (block === undefined) return [];
  if (block.section === undefined) return headPieces(blocks, context);
  const defaults = WITH_DEFAULTS.includes(block.section) ? context.defaults : undefined;
  const header = context.headers[context.headerOf[index] ?? 0];
  const spans = [context.version, defaults, header, block];
  let start = context.version === undefined ? VERSION.length : 0;
  return spans.flatMap((span) => {
    if (span === undefined) return [];
    const piece = { start, end: start + span.end - span.start, at: span.start };
    start = piece.end;
    return [piece];
  });
}

/** All of the top level, with a gap for the mark behind each key whose definitions are units of their own. */
function headPieces(blocks: readonly Block[], { headers }: Context): readonly Piece[] {
  const pieces: Piece[] = [];
  let start = 0;
  const add = (from: number, to: number): void => {
    pieces.push({ start, end: start + to - from, at: from });
    start += to - from;
  };
  for (const [index, block] of blocks.entries()) {
    const header = headers[index];
    if (block.section !== undefined) continue;
    if (header === undefined) add(block.start, block.end);
    else {
      add(block.start, header.colon);
      start += ELSEWHERE.length;
      add(header.colon, block.end);
    }
  }
  return pieces;
}

/** The text of a block's unit. */
export function unitText(text: string, blocks: readonly Block[], index: number, context: Context): string {
  const isHead = blocks[index]?.section === undefined;
  let unit = '';
  for (const { start, end, at } of piecesOf(blocks, index, context)) {
    if (start > unit.length) unit += isHead ? ELSEWHERE : VERSION;
    unit += text.slice(at, at + end - start);
  }
  return unit;
}

/** The stretch of the file where a stretch of a unit stands. */
export function toFile(pieces: readonly Piece[], { start, end }: Span): Span {
  const from = offsetIn(pieces, start, false);
  return { start: from, end: end === start ? from : Math.max(from, offsetIn(pieces, end, true)) };
}

/** An offset between two pieces belongs to the one that begins there, but as the end of a stretch to the one that ends there. */
function offsetIn(pieces: readonly Piece[], offset: number, isEnd: boolean): number {
  const piece = pieces.findLast(({ start }) => (isEnd ? start < offset : start <= offset)) ?? pieces[0];
  if (piece === undefined) return 0;
  return piece.at + Math.max(0, Math.min(offset, piece.end) - piece.start);
}

/** The offset in a unit of an offset of the file that lies in one of its pieces. */
export function toUnit(pieces: readonly Piece[], offset: number): number {
  const piece = pieces.findLast(({ at }) => at <= offset);
  return piece === undefined ? 0 : Math.min(piece.start + offset - piece.at, piece.end);
}
