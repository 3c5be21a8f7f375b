import type { ColumnType } from '../../core/base/value-type.ts';
import type { ColumnSpec, LoadedColumn, TableSpec } from '../../core/evaluate/engine.ts';
import { type CellRules, cellIsFilled, declaredValue, inferredValue } from './cell-grammar.ts';
import { inferTypes } from './infer-types.ts';
import { query, type Session } from './session.ts';
import { quoteName } from './sql-text.ts';
import { CELLS, type CellKind, cellName } from './staging.ts';
import { storedName, storeFrom } from './stored-table.ts';

const EXAMPLES = 3;
/** Characters of a misfit that are shown. */
const EXAMPLE_LENGTH = 200;

/** How one column of the table is computed from its staged cell. */
interface Reading {
  readonly spec: ColumnSpec;
  readonly cell: string;
  readonly type: ColumnType;
  /** SQL of the value. */
  readonly value: string;
  /** SQL that says whether the cell holds something that the value should show. */
  readonly filled: string;
  /** Cells may be of another type. */
  readonly mayMisfit: boolean;
}

/**
 * Makes the typed table of a spec from its staged cells, and counts what does not fit. Whole numbers are BIGINT, numbers DOUBLE,
 * dates DATE, timestamps TIMESTAMP in UTC; text is kept as written, but blank text is null.
 */
export async function buildTable(
  session: Session,
  spec: TableSpec,
  kinds: readonly CellKind[],
): Promise<readonly LoadedColumn[]> {
  const readings = await readColumns(session, spec, kinds);
  const values = readings.map(({ spec, value }) => `${value} as ${quoteName(spec.name)}`);
  await storeFrom(session, spec, `select ${values.join(', ')} from ${CELLS}`);
  const misfits = await countMisfits(session, spec, readings);
  const columns: LoadedColumn[] = [];
  for (const reading of readings) {
    const count = misfits.get(reading) ?? 0;
    const examples = count > 0 ? await findExamples(session, reading) : [];
    columns.push({ name: reading.spec.name, type: reading.type, misfits: count, examples });
  }
  return columns;
}

async function readColumns(
  session: Session,
  spec: TableSpec,
  kinds: readonly CellKind[],
): Promise<readonly Reading[]> {
  const rules: CellRules = { timezone: spec.timezone, nulls: spec.nulls };
  const undeclared = spec.columns.flatMap(({ type }, index) =>
    type === undefined && kinds[index] === 'text' ? [cellName(index)] : [],
  );
  const inferred = await inferTypes(session, undeclared, rules);
  return spec.columns.map((column, index) => {
    const cell = cellName(index);
    const kind = kinds[index] ?? 'text';
    if (kind !== 'text') return { spec: column, cell, ...kind.read(column.type) };
    const filled = cellIsFilled(cell, rules);
    if (column.type === undefined) {
      const type = inferred.get(cell) ?? 'text';
      return { spec: column, cell, type, value: inferredValue(cell, type, rules), filled, mayMisfit: false };
    }
    const value = declaredValue(cell, column.type, column.dateFormats, rules);
    return { spec: column, cell, type: column.type, value, filled, mayMisfit: column.type !== 'text' };
  });
}

/** Cells that hold something, less values that are not null: what lies between did not fit. */
async function countMisfits(
  session: Session,
  spec: TableSpec,
  readings: readonly Reading[],
): Promise<ReadonlyMap<Reading, number>> {
  const doubtful = readings.filter(({ mayMisfit }) => mayMisfit);
  if (doubtful.length === 0) return new Map();
  const filled = doubtful.map((reading) => `count(*) filter (${reading.filled})`);
  const values = doubtful.map((reading) => `count(${quoteName(reading.spec.name)})`);
  const [before] = await query(session, `select ${filled.join(', ')} from ${CELLS}`);
  const [after] = await query(session, `select ${values.join(', ')} from ${storedName(spec)}`);
  return new Map(
    doubtful.map((reading, index) => [reading, Number(before?.[index] ?? 0) - Number(after?.[index] ?? 0)]),
  );
}

async function findExamples(
  session: Session,
  { cell, filled, value }: Reading,
): Promise<LoadedColumn['examples']> {
  const text = `left(cast(${cell} as varchar), ${EXAMPLE_LENGTH})`;
  const rows = await query(
    session,
    `select rowid + 1, ${text} from ${CELLS} where ${filled} and (${value}) is null order by rowid limit ${EXAMPLES}`,
  );
  return rows.map(([row, text]) => ({ row: Number(row), text: String(text) }));
}
