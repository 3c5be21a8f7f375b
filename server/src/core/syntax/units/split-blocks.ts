import type { Span } from '../../base/span.ts';
import {
  columnOf,
  type Group,
  type Line,
  linesOf,
  raiseDips,
  splitEntries,
  startsItem,
} from '../yaml/lines.ts';
import type { TextChange } from './text-change.ts';

/** The top-level keys whose entries are definitions. */
export const SECTIONS = ['sources', 'segments', 'metrics', 'targets', 'journeys'] as const;
export type Section = (typeof SECTIONS)[number];

/** A stretch of whole lines of a file. The blocks of a file lie one behind the other and leave nothing out. */
export interface Block extends Span {
  /** The section whose entry the block is; `undefined` for what stands at the top level, the sections' own keys included. */
  readonly section: Section | undefined;
  /** What the entry is called, as far as its first line tells; empty at the top level. */
  readonly name: string;
  /** The column in which the entry begins; 0 at the top level. */
  readonly column: number;
}

/**
 * What gives the lines of a text a meaning that depends on lines far away: anchors and aliases, several documents, merge
 * conflicts, keys behind a question mark, and characters that YAML does not allow. Such a text is read as a whole.
 */
const ODD =
  /\uFEFF|\r(?!\n)|^(?:<{7}|\|{7}|={7}|>{7}|---|\.\.\.|%|\?[ \t]|[^\S\r\n]*\t)|(?:^|[\s[{,:-])[&*][^\s&*]|<<[ \t]*:/m;
// biome-ignore lint/suspicious/noControlCharactersInRegex: finding them is the purpose.
const CONTROL = /[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f]/;

/** Whether a text, or a stretch of it, must be read as a whole. */
export function isOdd(text: string): boolean {
  return ODD.test(text) || CONTROL.test(text);
}

/**
 * Cuts a text into its definitions and what stands between them. `undefined` where the text must be read as a whole: it is
 * odd, or its indentation does not tell where definitions begin.
 */
export function splitBlocks(text: string): readonly Block[] | undefined {
  if (isOdd(text)) return undefined;
  const lines = raiseDips(text, linesOf(text, 0, text.length));
  if (!beginsAsMap(text, lines)) return undefined;
  const blocks = blocksOf(text, lines, { start: 0, end: text.length });
  return blocks !== undefined && isRegular(blocks) ? blocks : undefined;
}

/** Whether the first line of a text may be an entry of a map; a quote or bracket that opens there may close lines below. */
function beginsAsMap(text: string, [first]: readonly Line[]): boolean {
  return first !== undefined && columnOf(first) === 0 && !/[[{"'|>?-]/.test(text.charAt(first.content));
}

/**
 * The blocks of the lines of a stretch, which begins where a block begins.
 *
 * @param lines with the key of the section before them where the stretch begins inside one
 */
function blocksOf(text: string, lines: readonly Line[], stretch: Span): readonly Block[] | undefined {
  const starts: Omit<Block, 'end'>[] = [];
  const groups = splitEntries(text, lines, stretch.end, false);
  if (groups.some((group) => group.lines[0] === undefined || columnOf(group.lines[0]) !== 0))
    return undefined;
  for (const group of groups) {
    const [header] = group.lines;
    if (header === undefined) continue;
    if (header.start >= stretch.start && starts.at(-1)?.section !== undefined) {
      starts.push({ section: undefined, name: '', column: 0, start: leadOf(text, header, 0, stretch.start) });
    } else if (starts.length === 0 && header.start >= stretch.start) {
      starts.push({ section: undefined, name: '', column: 0, start: stretch.start });
    }
    for (const start of entriesOf(text, group, stretch)) starts.push(start);
  }
  return starts.map((block, index) => ({ ...block, end: starts[index + 1]?.start ?? stretch.end }));
}

const HEADER = /^(sources|segments|metrics|targets|journeys):(?:[ \t]*|[ \t]+#.*)$/;

/** The definitions of a section; none where the group is no section, or its body is not written in lines. */
function entriesOf(text: string, group: Group, stretch: Span): readonly Omit<Block, 'end'>[] {
  const [header, ...body] = group.lines;
  const [first] = body;
  if (header === undefined || first === undefined) return [];
  const name = HEADER.exec(text.slice(header.content, header.end))?.[1];
  const section = SECTIONS.find((known) => known === name);
  if (section === undefined || first.indent === 0 || startsItem(text, first)) return [];
  if (/^[[{"'|>?]/.test(text.slice(first.content, first.end))) return [];
  return splitEntries(text, body, group.to, false).flatMap(({ lines: [line] }) =>
    line === undefined
      ? []
      : [
          {
            section,
            name: nameIn(text, line),
            column: columnOf(line),
            start: leadOf(text, line, columnOf(line), Math.max(header.next, stretch.start)),
          },
        ],
  );
}

/** The name that a line gives to the entry which it begins; empty where it names none. */
function nameIn(text: string, line: Line): string {
  return /^([A-Za-z_][\w-]*)[ \t]*:(?:\s|$)/.exec(text.slice(line.content, line.end))?.[1] ?? '';
}

/**
 * Where a block begins: with the comments that stand directly above its first line. A comment that is indented more may be
 * part of a text above, and stays there.
 */
function leadOf(text: string, line: Line, column: number, least: number): number {
  let start = line.start;
  while (start > least) {
    const before = text.lastIndexOf('\n', start - 2) + 1;
    const comment = /^ *#/.exec(text.slice(before, start))?.[0];
    if (before < least || comment === undefined || comment.length - 1 > column) break;
    start = before;
  }
  return start;
}

/** Whether the entries of each section begin in one column; if not, YAML may take one for a part of another. */
function isRegular(blocks: readonly Block[]): boolean {
  let column: number | undefined;
  for (const block of blocks) {
    if (block.section === undefined) column = undefined;
    else if (column === undefined) column = block.column;
    else if (column !== block.column) return false;
  }
  return true;
}

/** How many blocks further a new cut is tried where the blocks behind a change do not come out as they were. */
const WIDER = 8;

/**
 * The blocks of a text that was cut before and has changed in one place: only the lines around the change are looked at. The
 * answer is that of `splitBlocks` for the whole text.
 *
 * @param before blocks of the text before the change
 */
export function resplitBlocks(
  text: string,
  before: readonly Block[],
  change: TextChange,
): readonly Block[] | undefined {
  const moved = change.length - (change.end - change.start);
  const touched = countOf(before, ({ end }) => end < change.start);
  let first = Math.max(0, touched - 1);
  while (first > 0 && !isSolid(text, before[first])) first--;
  for (let last = Math.max(touched, lastTouched(before, change)) + 1; ; last += WIDER) {
    if (last + 1 >= before.length) return rest(text, before, first);
    const window = { start: before[first]?.start ?? 0, end: (before[last + 1]?.end ?? 0) + moved };
    const blocks = windowBlocks(text, before, first, window);
    if (blocks === undefined) return splitBlocks(text);
    const [solid, behind] = [before[last], before[last + 1]];
    const at = blocks.findIndex(
      (block, index) =>
        solid !== undefined &&
        behind !== undefined &&
        isSame(block, solid, moved) &&
        isSame(blocks[index + 1], behind, moved),
    );
    if (at < 0 || !isSolid(text, blocks[at])) continue;
    const kept = before.slice(last).map((block) => shifted(block, moved));
    const all = [...before.slice(0, first), ...blocks.slice(0, at), ...kept];
    return isRegular(all) ? all : undefined;
  }
}

function lastTouched(before: readonly Block[], { end }: TextChange): number {
  return countOf(before, (block) => block.start <= end) - 1;
}

/** How many blocks there are at the start of which something is true that is not true of any block behind them. */
function countOf(blocks: readonly Block[], isTrue: (block: Block) => boolean): number {
  let [low, high] = [0, blocks.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    const block = blocks[middle];
    if (block !== undefined && isTrue(block)) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Everything from a block on is cut anew: the change is near the end, or runs through all that follows. */
function rest(text: string, before: readonly Block[], first: number): readonly Block[] | undefined {
  if (first === 0) return splitBlocks(text);
  const blocks = windowBlocks(text, before, first, {
    start: before[first]?.start ?? 0,
    end: text.length,
  });
  const all = blocks && [...before.slice(0, first), ...blocks];
  return all !== undefined && isRegular(all) ? all : undefined;
}

function windowBlocks(
  text: string,
  before: readonly Block[],
  first: number,
  window: Span,
): readonly Block[] | undefined {
  if (isOdd(text.slice(window.start, window.end))) return undefined;
  const own = linesOf(text, window.start, window.end);
  const header = headerAbove(text, before, first);
  const lines = raiseDips(text, header === undefined ? own : [header, ...own]);
  if (first === 0 && !beginsAsMap(text, lines)) return undefined;
  return blocksOf(text, lines, window);
}

/** The line with the section's key above a block that is one of its entries. */
function headerAbove(text: string, before: readonly Block[], at: number): Line | undefined {
  if (before[at]?.section === undefined) return undefined;
  let head = at;
  while (before[head]?.section !== undefined) head--;
  const { start, end } = before[head] ?? { start: 0, end: 0 };
  return linesOf(text, start, end).at(-1);
}

/** Whether a block begins with a line that nothing below or above it can make a part of another block. */
function isSolid(text: string, block: Block | undefined): boolean {
  if (block === undefined) return false;
  if (block.start === 0) return true;
  const [first] = linesOf(text, block.start, block.end);
  if (first === undefined || columnOf(first) !== block.column) return false;
  return /^[A-Za-z_][\w-]*:(?:[ \t]*(?:#.*)?$|[ \t]+[[{])/.test(text.slice(first.content, first.end));
}

function isSame(block: Block | undefined, old: Block, moved: number): boolean {
  return (
    block !== undefined &&
    block.start === old.start + moved &&
    block.section === old.section &&
    block.name === old.name &&
    block.column === old.column
  );
}

function shifted(block: Block, moved: number): Block {
  if (moved === 0) return block;
  const { section, name, column } = block;
  return { section, name, column, start: block.start + moved, end: block.end + moved };
}
