import type { ColumnType } from '../base/value-type.ts';
import { guessColumn } from './guess-column.ts';

/** So many rows are looked at. */
const MOST_ROWS = 200;

/**
 * Whether the first line of a table is a row like those below it, since the file has no line with the names of its columns. A table whose
 * columns are named by years or days is none of these: a name counts as a value only where its column holds such values, and a whole
 * number only beside a word that does.
 */
export function isRowOfData(
  first: readonly string[],
  rows: readonly { readonly cells: readonly string[] }[],
): boolean {
  const seen = rows.slice(0, MOST_ROWS);
  if (seen.length === 0 || first.some((cell) => cell.trim() === '')) return false;
  const likenesses = first.map((cell, index) => {
    const below = seen.map(({ cells }) => (cells[index] ?? '').trim()).filter((value) => value !== '');
    return likeness(cell.trim(), below);
  });
  if (likenesses.includes('not')) return false;
  return likenesses.includes('sure') || (likenesses.includes('whole') && likenesses.includes('word'));
}

/** How far a cell is one of those below it: `whole` numbers and `word`s may be, and `not` is what breaks their type. */
type Likeness = 'sure' | 'whole' | 'word' | 'open' | 'not';

function likeness(cell: string, below: readonly string[]): Likeness {
  if (below.length === 0) return 'open';
  const [own, others] = [guessColumn([cell]).type, guessColumn(below).type];
  if (isNumber(others)) {
    if (!isNumber(own)) return 'not';
    return own === 'number' ? 'sure' : 'whole';
  }
  if (others !== 'text') return own === others ? 'sure' : 'not';
  if (own !== 'text') return 'open';
  // `A17` above `A18` and `A19`, or a word that comes again and again.
  const shape = shapeOf(cell);
  const isShaped = /9/.test(shape) && below.every((value) => shapeOf(value) === shape);
  return isShaped || below.includes(cell) ? 'word' : 'open';
}

function isNumber(type: ColumnType): boolean {
  return type === 'integer' || type === 'number';
}

function shapeOf(text: string): string {
  return text.replaceAll(/\d/g, '9').replaceAll(/\p{L}/gu, 'a');
}
