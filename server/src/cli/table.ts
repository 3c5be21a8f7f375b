import type { Look } from './look.ts';
import { cutToWidth, textWidth, wrapText } from './text-width.ts';

/** A column of a table. Its width is that of its widest cell; a column of blank cells is left out. */
export interface Column {
  readonly title: string;
  readonly align: 'left' | 'right';
  /** May be cut: to `comfort` before columns are left out, to `least` when no more can be. */
  readonly shrink?: { readonly comfort: number; readonly least: number };
  /** May be left out where the table is too wide; the lowest rank first. */
  readonly drop?: number;
}

export interface Cell {
  readonly text: string;
  /** Stands behind the text and is not cut with it. */
  readonly tail?: string;
  readonly paint?: (text: string) => string;
}

/** A line of a table: cells, one for each column; or text across all of them, wrapped to the width. */
export type Line =
  | { readonly kind: 'cells'; readonly cells: readonly Cell[] }
  | {
      readonly kind: 'text';
      readonly text: string;
      readonly indent: number;
      readonly paint?: (text: string) => string;
    };

const GAP = 2;

/** The table as lines of at most `look.width` columns, its titles first; no line ends with spaces. */
export function renderTable(
  columns: readonly Column[],
  lines: readonly Line[],
  look: Look,
): readonly string[] {
  const natural = naturalWidths(columns, lines);
  const fitted = fitColumns(columns, natural, look.width);
  const { color, glyphs } = look;
  const titles: Line = {
    kind: 'cells',
    cells: columns.map(({ title }) => ({ text: title, paint: color.dim })),
  };
  // A table of nothing but text needs no titles.
  return [...(fitted.length === 0 ? [] : [titles]), ...lines].flatMap((line) => {
    if (line.kind === 'text') return textLines(line, look.width);
    const cells = fitted.map(({ index, width }) => {
      const { text, tail = '', paint = same } = line.cells[index] ?? { text: '' };
      const shown = `${cutToWidth(text, width - textWidth(tail), glyphs.cut)}${tail}`;
      const space = ' '.repeat(Math.max(0, width - textWidth(shown)));
      if (shown === '') return space;
      return columns[index]?.align === 'right' ? `${space}${paint(shown)}` : `${paint(shown)}${space}`;
    });
    return [cells.join(' '.repeat(GAP)).trimEnd()];
  });
}

/** Whether the table keeps all its columns at a width, and no cell is cut. */
export function fitsWidth(columns: readonly Column[], lines: readonly Line[], width: number): boolean {
  return totalOf(naturalWidths(columns, lines).filter((each) => each > 0)) <= width;
}

function same(text: string): string {
  return text;
}

function naturalWidths(columns: readonly Column[], lines: readonly Line[]): readonly number[] {
  return columns.map(({ title }, index) => {
    const cells = lines.flatMap((line) => (line.kind === 'cells' ? [line.cells[index]] : []));
    const texts = cells.map((cell) => `${cell?.text ?? ''}${cell?.tail ?? ''}`);
    if (texts.every((text) => text.trim() === '')) return 0;
    return Math.max(...[title, ...texts].map(textWidth));
  });
}

interface FittedColumn {
  readonly index: number;
  readonly width: number;
}

function fitColumns(
  columns: readonly Column[],
  natural: readonly number[],
  width: number,
): readonly FittedColumn[] {
  let kept = columns.map((_, index) => index).filter((index) => natural[index] !== 0);
  const widthsFor = (bound: 'comfort' | 'least'): number[] =>
    kept.map((index) =>
      Math.min(natural[index] ?? 0, columns[index]?.shrink?.[bound] ?? natural[index] ?? 0),
    );
  while (totalOf(widthsFor('comfort')) > width) {
    const ranks = kept.flatMap((index) => columns[index]?.drop ?? []);
    if (ranks.length === 0) break;
    const lowest = Math.min(...ranks);
    kept = kept.filter((index) => columns[index]?.drop !== lowest);
  }
  // Columns that may be cut share what the others leave, the first of them first.
  const widths = widthsFor('least');
  let left = width - totalOf(widths);
  return kept.map((index, position) => {
    const least = widths[position] ?? 0;
    const more = Math.max(0, Math.min((natural[index] ?? 0) - least, left));
    left -= more;
    return { index, width: least + more };
  });
}

function totalOf(widths: readonly number[]): number {
  return widths.reduce((sum, width) => sum + width, 0) + GAP * Math.max(0, widths.length - 1);
}

function textLines({ text, indent, paint = same }: Extract<Line, { kind: 'text' }>, width: number): string[] {
  return wrapText(text, width - indent).map((line) =>
    `${' '.repeat(indent)}${line === '' ? '' : paint(line)}`.trimEnd(),
  );
}
