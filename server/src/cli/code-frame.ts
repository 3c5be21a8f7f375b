import type { Span } from '../core/base/span.ts';
import { visibleLine } from './clean-text.ts';
import type { SourceText } from './source-texts.ts';
import { graphemes, textWidth, wholeCharacter } from './text-width.ts';

const TAB_WIDTH = 4;

/** One line of a source text with a mark under some of its characters, in columns of a terminal. */
export interface CodeFrame {
  /** Counted from 1. */
  readonly line: number;
  /** The line, tabs as spaces, cut to the width. */
  readonly code: string;
  /** Columns before the mark. */
  readonly indent: number;
  /** Columns of the mark; at least 1. */
  readonly length: number;
  /** Whether the span goes on in the lines below. */
  readonly continues: boolean;
}

/**
 * The line where a span begins, and the columns of its characters in it: tabs and wide characters are counted as a terminal
 * shows them. Of a line that is too long, the part around the span is given. The cost depends on `width`, never on the line.
 */
export function codeFrame({ lines }: SourceText, span: Span, width: number, cut: string): CodeFrame {
  const first = lines.position(span.start);
  const last = lines.position(Math.max(span.start, span.end));
  const line = lines.lineText(first.line);
  const goesOn = last.line > first.line;
  // A span that ends on a later line is marked to the end of this one.
  const end = goesOn ? line.trimEnd().length : last.column;
  const part = partOf(line, first.column, width);
  const cells = cellsOf(part);
  const indent = widthOf(cells.filter(({ at }) => at < first.column));
  const length = Math.max(1, widthOf(cells.filter(({ at }) => at >= first.column && at < end)));
  const continues = goesOn && end > first.column;
  return { line: first.line + 1, ...windowed(part, cells, indent, length, width, cut), continues };
}

/** The part of a line that is looked at. */
interface Part {
  readonly text: string;
  /** Index in the line at which the part begins. */
  readonly start: number;
  readonly cutBefore: boolean;
  readonly cutAfter: boolean;
}

/** Code units that may stand for one column: letters with several marks, and emoji made of others. */
const UNITS_A_COLUMN = 4;

/** The characters around a place that may be shown in a width; the whole of a line that is not long. */
function partOf(line: string, column: number, width: number): Part {
  const reach = width * UNITS_A_COLUMN;
  const start = wholeCharacter(line, Math.max(0, column - reach));
  const end = wholeCharacter(line, Math.min(line.length, column + reach));
  return { text: line.slice(start, end), start, cutBefore: start > 0, cutAfter: end < line.length };
}

/** What a character of a line is shown as. */
interface Cell {
  /** Index of the character in the line. */
  readonly at: number;
  readonly text: string;
  readonly width: number;
}

function cellsOf(part: Part): readonly Cell[] {
  const cells: Cell[] = [];
  let column = 0;
  let at = part.start;
  for (const { text, width: usual } of graphemes(part.text)) {
    const shown = text === '\t' ? ' '.repeat(TAB_WIDTH - (column % TAB_WIDTH)) : visibleLine(text);
    const width = shown === text ? usual : textWidth(shown);
    cells.push({ at, text: shown, width });
    column += width;
    at += text.length;
  }
  return cells;
}

function widthOf(cells: readonly Cell[]): number {
  return cells.reduce((sum, { width }) => sum + width, 0);
}

type Window = Pick<CodeFrame, 'code' | 'indent' | 'length'>;

/** The whole line where it fits; else the columns around the mark, with `cut` where something is left out. */
function windowed(
  part: Part,
  cells: readonly Cell[],
  indent: number,
  length: number,
  width: number,
  cut: string,
): Window {
  const total = widthOf(cells);
  const isWhole = !part.cutBefore && !part.cutAfter;
  if (isWhole && total <= width) return { code: textOf(cells).trimEnd(), indent, length };
  const room = Math.max(10, width - 2 * cut.length);
  // Two thirds of the room lie behind the start of the mark.
  const start = Math.max(0, Math.min(indent - Math.floor(room / 3), total - room));
  let column = 0;
  let skipped = 0;
  const shown: Cell[] = [];
  for (const cell of cells) {
    if (column < start) skipped += cell.width;
    else if (column + cell.width <= start + room) shown.push(cell);
    column += cell.width;
  }
  const before = part.cutBefore || skipped > 0 ? cut : '';
  const after = part.cutAfter || skipped + widthOf(shown) < total ? cut : '';
  const at = indent - skipped + before.length;
  const end = Math.min(at + length, before.length + widthOf(shown));
  return { code: `${before}${textOf(shown)}${after}`, indent: at, length: Math.max(1, end - at) };
}

function textOf(cells: readonly Cell[]): string {
  return cells.map(({ text }) => text).join('');
}
