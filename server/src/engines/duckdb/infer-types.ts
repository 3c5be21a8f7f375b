import type { ColumnType } from '../../core/base/value-type.ts';
import { type CellRules, cellFits, cellIsFilled, INFERRED_TYPES, type InferredType } from './cell-grammar.ts';
import { query, type Session } from './session.ts';
import { CELLS } from './staging.ts';

/** Rows at the beginning that rule most types out before every row is looked at. */
export const SAMPLE_ROWS = 8192;
/** More expressions in one aggregate query make it slow to bind. */
const EXPRESSIONS_AT_ONCE = 150;

interface Trial {
  readonly cell: string;
  readonly type: InferredType;
}

/** What the filled cells of a column are: all of a type, not all, or there are none. */
type Verdict = 'all' | 'not all' | 'none filled';

/** What some rows of text say of a column. */
export interface Guess {
  readonly cell: string;
  /** The types that every filled cell is of, the narrowest first; none: the column is text. */
  readonly types: readonly InferredType[];
  /** Some cell is filled. Otherwise the rows say nothing. */
  readonly filled: boolean;
}

/** The types that columns can have, as far as some rows tell. `from` is a table with a column for each cell name. */
export async function guessTypes(
  session: Session,
  cells: readonly string[],
  rules: CellRules,
  from: string,
): Promise<readonly Guess[]> {
  const trials = cells.flatMap((cell) => INFERRED_TYPES.map((type) => ({ cell, type })));
  const judged = await judge(session, trials, rules, from);
  return cells.map((cell) => {
    const own = judged.filter(({ trial }) => trial.cell === cell);
    const fitting = own.filter(({ verdict }) => verdict !== 'not all');
    return {
      cell,
      types: fitting.map(({ trial }) => trial.type),
      filled: own.some(({ verdict }) => verdict !== 'none filled'),
    };
  });
}

/**
 * The type of each column of staged text: the first of integer, number, boolean, date and timestamp that every filled cell
 * is of; text where none is, or where no cell is filled. Every cell is looked at: the first rows only rule types out.
 */
export async function inferTypes(
  session: Session,
  cells: readonly string[],
  rules: CellRules,
): Promise<ReadonlyMap<string, ColumnType>> {
  const guesses = await guessTypes(session, cells, rules, `(from ${CELLS} limit ${SAMPLE_ROWS})`);
  let open = guesses.flatMap(({ cell, types }) => types.map((type) => ({ cell, type })));
  const found = new Map<string, ColumnType>();
  while (open.length > 0) {
    // Each column's first candidate is tried on all rows; only where it fails, the next one.
    const first = open.filter(({ cell }, index) => open.findIndex((trial) => trial.cell === cell) === index);
    for (const { trial, verdict } of await judge(session, first, rules, CELLS)) {
      if (verdict === 'all') found.set(trial.cell, trial.type);
      open = open.filter(
        ({ cell, type }) => cell !== trial.cell || (verdict === 'not all' && type !== trial.type),
      );
    }
  }
  return new Map(cells.map((cell) => [cell, found.get(cell) ?? 'text']));
}

async function judge(
  session: Session,
  trials: readonly Trial[],
  rules: CellRules,
  from: string,
): Promise<readonly { readonly trial: Trial; readonly verdict: Verdict }[]> {
  const judged: { trial: Trial; verdict: Verdict }[] = [];
  for (let start = 0; start < trials.length; start += EXPRESSIONS_AT_ONCE) {
    const part = trials.slice(start, start + EXPRESSIONS_AT_ONCE);
    const minima = part.map((trial) => `min(${score(trial, rules)})`);
    const [row] = await query(session, `select ${minima.join(', ')} from ${from}`);
    for (const [index, trial] of part.entries()) {
      const least = row?.[index];
      const verdict = least === 1 ? 'all' : least === 0 ? 'not all' : 'none filled';
      judged.push({ trial, verdict });
    }
  }
  return judged;
}

/** 1 for a cell of the type, 0 for another filled cell, null for others. Filled cells that fit are the common case. */
function score({ cell, type }: Trial, rules: CellRules): string {
  const fits = cellFits(cell, type);
  const filled = cellIsFilled(cell, rules);
  // A null marker can look like a value.
  if (rules.nulls.length > 0) return `case when not (${filled}) then null when ${fits} then 1 else 0 end`;
  return `case when ${fits} then 1 when ${filled} then 0 end`;
}
