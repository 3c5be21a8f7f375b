import { type ColumnDraft, type LifespanDraft, TOLERATED } from './drafts.ts';
import { isKeyName } from './propose-key.ts';

const START = /(?:^|_)(?:start|started|starts|begin|began|from|since|valid_from|joined|activated)(?:_|$)/;
const END =
  /(?:^|_)(?:end|ended|ends|until|to|cancelled|canceled|churned|closed|left|valid_to|expired)(?:_|$)/;
const DAY_MS = 86_400_000;

/** Two columns that say from when to when a row was alive, where nearly every row has a start, and an end only behind it. */
export function lifespanOf(columns: readonly ColumnDraft[]): LifespanDraft | undefined {
  const moments = columns.filter(({ moments: all }) => all.length > 0);
  const start = moments.find((column) => START.test(column.name) && isNearlyFull(column));
  const end = moments.find((column) => column !== start && END.test(column.name));
  if (start === undefined || end === undefined || start.type !== end.type) return undefined;
  const lifespan = { start, end, endInclusive: start.type === 'date' && isLastDay(columns, start, end) };
  return brokenSpells(lifespan) <= TOLERATED * start.cells.length ? lifespan : undefined;
}

/** Rows that have no start, or end before they start or when they start. */
export function brokenSpells({ start, end, endInclusive }: LifespanDraft): number {
  return start.moments.filter((from, row) => {
    const to = end.moments[row];
    return from === undefined || (to !== undefined && (endInclusive ? to < from : to <= from));
  }).length;
}

/** Whether few rows have no moment in a column. */
export function isNearlyFull(column: ColumnDraft): boolean {
  return withoutMoment(column) <= TOLERATED * column.cells.length;
}

/** How many rows have no moment in a column. */
export function withoutMoment({ moments }: ColumnDraft): number {
  return moments.filter((moment) => moment === undefined).length;
}

/**
 * Whether spells of one thing end the day before its next begins, so that the end is the last day alive: they do so at least twice,
 * and hardly ever end on the very day.
 */
function isLastDay(columns: readonly ColumnDraft[], start: ColumnDraft, end: ColumnDraft): boolean {
  return columns.some((column) => {
    if (!isKeyName(column.name) || column.distinct === column.cells.length) return false;
    let [dayBefore, sameDay] = [0, 0];
    for (const spells of spellsBy(column, start, end)) {
      spells.sort((one, other) => one.from - other.from);
      spells.forEach(({ to }, index) => {
        const next = spells[index + 1];
        if (next === undefined || to === undefined) return;
        if (next.from - to === DAY_MS) dayBefore += 1;
        if (next.from === to) sameDay += 1;
      });
    }
    return dayBefore >= 2 && sameDay <= TOLERATED * dayBefore;
  });
}

interface Spell {
  readonly from: number;
  readonly to: number | undefined;
}

function spellsBy(column: ColumnDraft, start: ColumnDraft, end: ColumnDraft): Iterable<Spell[]> {
  const spells = new Map<string, Spell[]>();
  column.cells.forEach((cell, row) => {
    const from = start.moments[row];
    if (cell === '' || from === undefined) return;
    const spell = { from, to: end.moments[row] };
    const known = spells.get(cell);
    if (known === undefined) spells.set(cell, [spell]);
    else known.push(spell);
  });
  return spells.values();
}
