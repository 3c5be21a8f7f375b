import { lineChanges } from '../../core/format/line-edits.ts';

/** Two texts line by line beside each other. */
export interface DiffRows {
  readonly rows: readonly DiffRow[];
  /** How many rows behind these are left out. */
  readonly left: number;
}

/** A line before and the one after that it stands beside; or how many lines that are the same are left out here. */
export type DiffRow =
  | { readonly before: DiffLine | null; readonly after: DiffLine | null }
  | { readonly skipped: number };

export interface DiffLine {
  readonly text: string;
  readonly isChanged: boolean;
}

/** Lines around a change that are shown with it. */
const CONTEXT = 3;
/** A gap that hides fewer lines than this would be longer to read than they are. */
const LEAST_SKIPPED = 4;
/** So many rows are read. */
const MOST_ROWS = 200;
/** Controls, and the marks that turn the direction of writing. */
const UNSAFE = /[\p{Cc}\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]/gu;
/** In characters. */
const LONGEST_LINE = 400;

/** Two texts as rows: a change stands beside what it replaces, and long stretches without one are folded. A text of null has no lines. */
export function diffRows(before: string | null, after: string | null): DiffRows {
  const [old, now] = [linesOf(before), linesOf(after)];
  const rows: DiffRow[] = [];
  let [at, newAt] = [0, 0];
  for (const { from, to, newFrom, newTo } of lineChanges(old, now)) {
    rows.push(...sameRows(now.slice(newAt, newFrom), at > 0, true));
    for (let index = 0; index < Math.max(to - from, newTo - newFrom); index++)
      rows.push({ before: changed(old, from + index, to), after: changed(now, newFrom + index, newTo) });
    [at, newAt] = [to, newTo];
  }
  rows.push(...sameRows(now.slice(newAt), at > 0 || newAt > 0, false));
  return { rows: rows.slice(0, MOST_ROWS), left: Math.max(0, rows.length - MOST_ROWS) };
}

function linesOf(text: string | null): readonly string[] {
  return text === null || text === '' ? [] : text.split('\n');
}

function changed(lines: readonly string[], index: number, end: number): DiffLine | null {
  const text = lines[index];
  return text === undefined || index >= end ? null : { text: shown(text), isChanged: true };
}

/** Lines that are the same: those near a change, and how many are between. */
function sameRows(lines: readonly string[], isBehind: boolean, isAhead: boolean): readonly DiffRow[] {
  const [first, last] = [isBehind ? CONTEXT : 0, isAhead ? CONTEXT : 0];
  const skipped = lines.length - first - last;
  const row = (line: string): DiffRow => {
    const same = { text: shown(line), isChanged: false };
    return { before: same, after: same };
  };
  if (skipped < LEAST_SKIPPED) return lines.map(row);
  return [...lines.slice(0, first).map(row), { skipped }, ...lines.slice(lines.length - last).map(row)];
}

/** What would hide or reorder what a line says is seen as a replacement character. */
function shown(line: string): string {
  const clean = line.replace(UNSAFE, (character) => (character === '\t' ? character : '\ufffd'));
  if (clean.length <= LONGEST_LINE) return clean;
  return `${clean.slice(0, LONGEST_LINE).replace(/\p{Surrogate}$/u, '')}…`;
}
