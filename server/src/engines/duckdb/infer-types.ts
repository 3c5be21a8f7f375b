import type { ColumnType } from '../../core/base/value-type.ts';
import { type CellRules, cellFits, cellIsFilled, INFERRED_TYPES, type InferredType } from './cell-grammar.ts';
import { query, type Session } from './session.ts';
import { CELLS, countRows } from './staging.ts';

/** About how many rows are looked at to rule types out, before every row is looked at to rule the rest in. */
const SAMPLE_ROWS = 4096;
/** Columns a query: more in one aggregate query makes it slow to bind. */
const COLUMNS_AT_ONCE = 60;

interface Candidates {
  readonly cell: string;
  readonly types: readonly InferredType[];
}

/**
 * The type of each column of staged text: the first of integer, number, boolean, date and timestamp that every filled cell
 * is of; text where none is, or where no cell is filled. Every cell is looked at: a sample only rules types out.
 */
export async function inferTypes(
  session: Session,
  cells: readonly string[],
  rules: CellRules,
): Promise<ReadonlyMap<string, ColumnType>> {
  const rows = await countRows(session, CELLS);
  const step = Math.max(1, Math.floor(rows / SAMPLE_ROWS));
  const all = cells.map((cell) => ({ cell, types: INFERRED_TYPES }));
  const sampled = step === 1 ? all : await keepFitting(session, all, rules, `rowid % ${step} = 0`);
  const exact = await keepFitting(session, sampled, rules, 'true');
  return new Map(exact.map(({ cell, types }) => [cell, types[0] ?? 'text']));
}

/** The candidates that every filled cell among some rows is of. With no filled cell there, a sample keeps all, and `true` none. */
async function keepFitting(
  session: Session,
  columns: readonly Candidates[],
  rules: CellRules,
  where: string,
): Promise<readonly Candidates[]> {
  const kept: Candidates[] = [];
  for (let start = 0; start < columns.length; start += COLUMNS_AT_ONCE) {
    kept.push(
      ...(await keepFittingPart(session, columns.slice(start, start + COLUMNS_AT_ONCE), rules, where)),
    );
  }
  return kept;
}

async function keepFittingPart(
  session: Session,
  columns: readonly Candidates[],
  rules: CellRules,
  where: string,
): Promise<readonly Candidates[]> {
  const tried = columns.filter(({ types }) => types.length > 0);
  if (tried.length === 0) return columns;
  const counts = tried.flatMap(({ cell, types }) => {
    const filled = cellIsFilled(cell, rules);
    return [
      `count(*) filter (${filled})`,
      ...types.map((type) => `count(*) filter (${filled} and ${cellFits(cell, type)})`),
    ];
  });
  const row = (await query(session, `select ${counts.join(', ')} from ${CELLS} where ${where}`))[0] ?? [];
  let at = 0;
  return columns.map(({ cell, types }) => {
    if (types.length === 0) return { cell, types };
    const filled = Number(row[at]);
    const fitting = types.filter((_, index) => Number(row[at + 1 + index]) === filled);
    at += 1 + types.length;
    return { cell, types: filled === 0 && where === 'true' ? [] : fitting };
  });
}
