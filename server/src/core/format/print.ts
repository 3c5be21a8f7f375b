import type { Block, Collection, Entry, Remark, Words } from './layout.ts';
import { printInline } from './print-flow.ts';

/** Where lines are printed. */
export interface Printing {
  readonly column: number;
  /** On how many levels from here, sections and definitions, a blank line sets entries of several lines apart. Below, the author decides. */
  readonly apart: number;
}

/** A map in braces that would make its line longer than this is written on several lines. */
const WIDTH = 110;

const STEP = 2;

/** The lines of a block map or list. */
export function printBlock(collection: Collection, { column, apart }: Printing): string[] {
  const page = new Page(column);
  page.remarks(collection.head);
  let previous: { readonly entry: Entry; readonly lines: number } | undefined;
  for (const entry of collection.entries) {
    const lines = printEntry(entry, { column, apart: apart - (entry.key?.name === 'defaults' ? 2 : 1) });
    const isApart = apart > 0 && previous !== undefined && Math.max(previous.lines, lines.length) > 1;
    const isHeaded = previous === undefined && collection.head.length > 0;
    const hasBlank = entry.blank || entry.above.some(({ blank }) => blank);
    if ((isApart || isHeaded) && !hasBlank) page.blank();
    page.remarks(entry.above);
    if (entry.blank) page.blank();
    page.entry(lines, endsInKept(entry));
    previous = { entry, lines: lines.length };
  }
  page.remarks(collection.tail);
  return page.lines;
}

/** The lines of an entry, without the comments above it. */
export function printEntry(entry: Entry, { column, apart }: Printing): string[] {
  const { key, anchor, value, comment, below } = entry;
  const name = key === undefined ? '-' : `${key.source}:`;
  const lead = `${' '.repeat(column)}${name}${anchor === '' ? '' : ` ${anchor}`}`;
  const inner = column + STEP;
  const under = remarkLines(below, inner);
  if (value === undefined) return [`${lead}${comment}`, ...under];
  if (value.kind === 'block') return [`${lead} ${value.header}${comment}`, ...blockLines(value, column)];
  const isAlone = comment !== '' || below.length > 0;
  if (value.kind === 'words') {
    const [first = '', ...others] = wordLines(value, inner);
    const joined = `${lead} ${first.trimStart()}`;
    const tooLong = value.lower && (others.length > 0 || joined.length > WIDTH);
    const lines =
      isAlone || tooLong ? [`${lead}${comment}`, ...under, first, ...others] : [joined, ...others];
    return withEnd(lines, entry.endComment);
  }
  if (!value.flow) return nested(entry, lead, comment, printBlock(value, { column: inner, apart }));
  const start = isAlone ? inner : lead.length + 1;
  const inline = inlineLines(value, column, WIDTH - start);
  if (inline === undefined) {
    const lines = printBlock({ ...value, flow: false }, { column: inner, apart });
    return nested(entry, lead, isAlone ? comment : entry.endComment, [...under, ...lines]);
  }
  const [first = '', ...others] = inline;
  const lines = isAlone
    ? [`${lead}${comment}`, ...under, `${' '.repeat(inner)}${first}`]
    : [`${lead} ${first}`];
  return withEnd([...lines, ...others], entry.endComment);
}

/** A collection on the lines below its key. A map or list that is an item begins on the line of the dash. */
function nested(entry: Entry, lead: string, comment: string, lines: readonly string[]): string[] {
  const [first = '', ...others] = lines;
  const isJoined = entry.key === undefined && entry.anchor === '' && comment === '';
  return isJoined && !first.trimStart().startsWith('#')
    ? [`${lead} ${first.trimStart()}`, ...others]
    : [`${lead}${comment}`, ...lines];
}

/** A flow collection in its entry: on one line, or as the author laid it out; `undefined` where it has to become a block. */
function inlineLines(value: Collection, column: number, width: number): readonly string[] | undefined {
  if (value.asWritten !== undefined) {
    const { lines, column: before } = value.asWritten;
    return lines.map((line, i) => (i === 0 ? line.trimEnd() : shifted(line, column - before, column + 1)));
  }
  const inline = printInline(value);
  return value.cut || value.entries.length === 0 || inline.length <= width ? [inline] : undefined;
}

/** A line moved to the right or left, with at least so much indentation. */
function shifted(line: string, by: number, least: number): string {
  const text = line.trim();
  return text === '' ? '' : `${' '.repeat(Math.max(least, line.search(/\S/) + by))}${text}`;
}

function wordLines({ lines }: Words, column: number): readonly string[] {
  return lines.map((line) => (line === '' ? '' : `${' '.repeat(column)}${line}`));
}

function blockLines({ indent, lines }: Block, column: number): readonly string[] {
  const margin = ' '.repeat(column + (indent ?? STEP));
  return lines.map((line) => (line === '' ? '' : `${margin}${line}`));
}

function withEnd(lines: readonly string[], comment: string): string[] {
  return lines.map((line, i) => (i === lines.length - 1 ? `${line}${comment}` : line));
}

function remarkLines(remarks: readonly Remark[], column: number): readonly string[] {
  const page = new Page(column);
  page.remarks(remarks);
  return page.lines;
}

/** Whether the last thing in an entry is a text whose last blank lines belong to it. */
function endsInKept({ value, below }: Entry): boolean {
  if (value === undefined || value.kind === 'words') return false;
  if (value.kind === 'block') return value.keeps;
  const last = value.entries.at(-1);
  return below.length === 0 && value.tail.length === 0 && last !== undefined && endsInKept(last);
}

/** Lines in the making, with no blank line at the top, and none where it would become part of the text above. */
class Page {
  readonly lines: string[] = [];
  readonly #margin: string;
  #isOpen = false;

  constructor(column: number) {
    this.#margin = ' '.repeat(column);
  }

  blank(): void {
    if (this.#isOpen) this.lines.push('');
    this.#isOpen = false;
  }

  remarks(remarks: readonly Remark[]): void {
    for (const { text, blank } of remarks) {
      if (blank) this.blank();
      this.lines.push(`${this.#margin}${text}`);
      this.#isOpen = true;
    }
  }

  entry(lines: readonly string[], endsInKept: boolean): void {
    for (const line of lines) this.lines.push(line);
    this.#isOpen = !endsInKept;
  }
}
