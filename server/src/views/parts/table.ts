import type { ComponentChildren } from 'preact';

/** Numbers or texts in rows and columns: shown as a table, and copied as Markdown or CSV. */
export interface Table {
  /** What it holds, as a caption. */
  readonly title: string;
  readonly columns: readonly Column[];
  readonly rows: readonly (readonly Cell[])[];
}

export interface Column {
  readonly label: string;
  /** Numbers stand at the right edge, so that they can be compared. */
  readonly numeric?: boolean;
  /** Stands out, as what the others are only beside. */
  readonly strong?: boolean;
  /** Draws what the numbers beside it say, and gives way where there is no room. */
  readonly drawn?: boolean;
}

/** A cell as people read it; `value` is what a program reads in its place, and `shown` what stands on screen in its place. */
export interface Cell {
  readonly text: string;
  readonly value?: string | number | null;
  readonly shown?: ComponentChildren;
}

/** A table without the columns in which every row has nothing but a dash. */
export function withoutEmptyColumns({ title, columns, rows }: Table): Table {
  const isKept = (index: number): boolean =>
    rows.length === 0 || rows.some((row) => row[index]?.text !== '–');
  return {
    title,
    columns: columns.filter((_, index) => isKept(index)),
    rows: rows.map((row) => row.filter((_, index) => isKept(index))),
  };
}

/** A cell that is just text. */
export function cell(text: string, shown?: ComponentChildren): Cell {
  return shown === undefined ? { text } : { text, shown };
}

/** A number as it is written, with its value. */
export function numberCell(value: number | null, text: string): Cell {
  return { text: value === null ? '–' : text, value };
}
