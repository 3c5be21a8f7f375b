import { cellText } from '../evaluate/cell-text.ts';
import { type EvaluationOptions, type Evaluator, runContext } from '../evaluate/evaluate.ts';
import { rowPlaces } from '../evaluate/row-words.ts';
import { runSelect } from '../evaluate/run-demands.ts';
import type { Source } from '../model/project.ts';
import { Frame } from '../plan/frame.ts';
import { nameOf } from '../plan/scalars.ts';
import type { RowsPage } from './preview.ts';

/** Which rows to show. */
export interface PageOptions extends EvaluationOptions {
  /** How many rows to leave out; default 0. */
  readonly offset?: number;
  /** At most so many; default 20, at most 500. */
  readonly limit?: number;
}

const MAX_LIMIT = 500;
/** Of wider data the first columns are shown. */
const MAX_COLUMNS = 200;

/**
 * Rows of a source in the data's order, those of a stack with the member that each stands in and its number there: what its `where`, its `one_per` and exact duplicates set aside is not among them. Rejects
 * with `Refusal` where the rows are not known, with `EngineFailure` and `Cancelled`.
 */
export async function rowsPage(
  evaluator: Evaluator,
  { name: source }: Source,
  options: PageOptions = {},
): Promise<RowsPage> {
  const { checked } = evaluator;
  const context = runContext(evaluator, options);
  const offset = wholeNumber(options.offset, 0, Number.MAX_SAFE_INTEGER);
  const limit = wholeNumber(options.limit, 20, MAX_LIMIT);
  const frame = new Frame(checked, context.storage, source);
  const columns = [...(checked.columns.get(source)?.columns.values() ?? [])]
    .filter(({ origin }) => origin === 'file')
    .slice(0, MAX_COLUMNS);
  const cells = columns.map(({ name, type }, index) => ({
    name: `cell_${index + 1}`,
    value: frame.lower(nameOf({ at: 'row', links: [], column: name }, type)),
  }));
  const [all] = await runSelect(context, {
    from: frame.from,
    joins: [],
    where: [],
    keys: [],
    aggregates: [{ name: 'rows', value: { fn: 'count', args: [] } }],
  });
  const rows = await runSelect(context, {
    from: frame.from,
    joins: [],
    where: [],
    keys: [{ name: 'row', value: frame.rowNumber }, ...cells],
    aggregates: [],
    order: [{ by: 'row' }],
    limit,
    offset,
  });
  const places = rowPlaces(
    context,
    source,
    rows.map(({ row }) => Number(row)),
  );
  return {
    columns: columns.map(({ name, type }) => ({ name, type })),
    rows: rows.map((row, at) => ({
      ...(places[at] ?? { row: Number(row.row) }),
      cells: columns.map(({ type }, index) => cellText(row[`cell_${index + 1}`] ?? null, type)),
    })),
    offset,
    total: Number(all?.rows ?? 0),
  };
}

/** A number that a client sent, which may be anything. */
function wholeNumber(value: unknown, otherwise: number, most: number): number {
  if (typeof value !== 'number' || !Number.isFinite(value)) return otherwise;
  return Math.min(most, Math.max(0, Math.floor(value)));
}
