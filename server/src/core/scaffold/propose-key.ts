import { type ColumnDraft, TOLERATED } from './drafts.ts';
import type { Table } from './read-table.ts';

const KEY = /^(?:id|key|uuid|guid|code)$|_(?:id|key|uuid|guid|code|no|number)$/;
/** What tells the rows of one thing apart: lines of an order, the state at each month. */
const PART =
  /(?:^|_)(?:line|position|pos|item|seq|sequence|step|term|year|quarter|month|week|day|date|period|version|as_of|snapshot)(?:_|$)/;
/** With fewer rows several columns are different together by chance. */
const ENOUGH_ROWS = 12;
/** Of more columns the combinations are too many to look at. */
const MAX_PARTS = 8;

/** Whether a column is named as one that identifies something. */
export function isKeyName(name: string): boolean {
  return KEY.test(name);
}

/**
 * The columns that identify a row: one that is named so, the first of them first, and holds another value in every row; else the fewest
 * that are named so or for a part of something, and do so together; none where none do. Rows that are the same in every column count
 * once, where they are few.
 */
export function keyOf(columns: readonly ColumnDraft[], rows: Table['rows']): readonly ColumnDraft[] {
  const all = rows.length;
  let distinctRows: number | undefined;
  const areDistinct = (distinct: number): boolean => {
    if (distinct === all) return true;
    if (all - distinct > TOLERATED * all) return false;
    distinctRows ??= new Set(rows.map((row) => JSON.stringify(row))).size;
    return distinct === distinctRows;
  };
  const isKey = (column: ColumnDraft): boolean => isNamable(column) && areDistinct(column.distinct);
  const one =
    columns.find((column) => KEY.test(column.name) && isKey(column)) ??
    columns.slice(0, 1).find((column) => column.type === 'text' && isKey(column));
  if (one !== undefined) return [one];
  return all < ENOUGH_ROWS ? [] : (together(columns, all, areDistinct) ?? []);
}

function isNamable({ filled, type }: ColumnDraft): boolean {
  return filled && (type === 'text' || type === 'integer');
}

/** The fewest columns, two or three, that differ together in every row; one at least is named as a key. */
function together(
  columns: readonly ColumnDraft[],
  rows: number,
  areDistinct: (distinct: number) => boolean,
): readonly ColumnDraft[] | undefined {
  const parts = columns
    .filter(
      (column) =>
        column.distinct > 1 &&
        ((isNamable(column) && (KEY.test(column.name) || PART.test(column.name))) ||
          (column.filled && column.type === 'date')),
    )
    .slice(0, MAX_PARTS);
  for (const chosen of [...combinations(parts, 2), ...combinations(parts, 3)]) {
    if (!chosen.some(({ name }) => KEY.test(name))) continue;
    // So few combinations cannot be different in every row.
    if (chosen.reduce((product, { distinct }) => product * distinct, 1) < (1 - TOLERATED) * rows) continue;
    const seen = new Set<string>();
    for (let row = 0; row < rows; row += 1) seen.add(JSON.stringify(chosen.map(({ cells }) => cells[row])));
    if (areDistinct(seen.size)) return chosen;
  }
  return undefined;
}

/** Every choice of so many items, in their order. */
function combinations<Item>(items: readonly Item[], size: number): readonly (readonly Item[])[] {
  if (size === 0) return [[]];
  return items.flatMap((item, index) =>
    combinations(items.slice(index + 1), size - 1).map((rest) => [item, ...rest]),
  );
}
