import { basename } from 'node:path/posix';
import type { ColumnType } from '../../core/base/value-type.ts';
import { type ColumnSpec, EngineFailure, type TableSpec } from '../../core/evaluate/engine.ts';
import { type CellRules, cellIsFilled, declaredValue, finite, naiveToUtc } from './cell-grammar.ts';
import { query, type Session } from './session.ts';
import { quoteName, quotePath } from './sql-text.ts';
import { CELLS, type CellKind, cellName, createCellsFrom, type NativeReading } from './staging.ts';

interface FileColumn {
  readonly name: string;
  /** DuckDB's name of its type, without parameters: `DECIMAL`, `TIMESTAMP WITH TIME ZONE`, `VARCHAR[]`. */
  readonly type: string;
}

const WHOLE = new Set(['TINYINT', 'SMALLINT', 'INTEGER', 'BIGINT', 'UTINYINT', 'USMALLINT', 'UINTEGER']);
/** Whole numbers that may exceed 64 bits. */
const HUGE = new Set(['UBIGINT', 'HUGEINT', 'UHUGEINT', 'DECIMAL0']);
const FRACTIONAL = new Set(['FLOAT', 'DOUBLE', 'DECIMAL']);
const NAIVE = new Set(['TIMESTAMP', 'TIMESTAMP_S', 'TIMESTAMP_MS', 'TIMESTAMP_NS']);
const TEXT = new Set(['VARCHAR', 'UUID', 'ENUM']);

/**
 * Stages the values of all Parquet files of a table, in the order of the files; columns are found by name in each.
 * Rejects with `data` for a file that has no such column.
 */
export async function stageParquet(session: Session, spec: TableSpec): Promise<readonly CellKind[]> {
  const source = `read_parquet([${spec.files.map(quotePath).join(', ')}], union_by_name = true, hive_partitioning = false)`;
  const described = await query(session, `describe select * from ${source}`);
  const available = described.map(
    ([name, type]): FileColumn => ({ name: String(name), type: plainType(String(type)) }),
  );
  const columns = spec.columns.map((column) => findColumn(spec, column, available));
  if (spec.files.length > 1) await checkFiles(session, spec);
  const cells = columns.map(({ name }, index) => `${quoteName(name)} as ${cellName(index)}`);
  await createCellsFrom(session, `select ${cells.join(', ')} from ${source}`);
  const kinds: CellKind[] = [];
  for (const [index, column] of columns.entries()) {
    const fits = HUGE.has(column.type) && (await fits64Bits(session, cellName(index)));
    kinds.push({ read: (declared) => readCell(spec, index, column.type, fits, declared) });
  }
  return kinds;
}

/** DuckDB would take a column that a file lacks for blank there. */
async function checkFiles(session: Session, spec: TableSpec): Promise<void> {
  for (const file of spec.files) {
    const described = await query(
      session,
      `describe select * from read_parquet(${quotePath(file)}, hive_partitioning = false)`,
    );
    const names = described.map(([name]) => ({ name: String(name), type: '' }));
    for (const column of spec.columns)
      if (typeof column.header === 'string') findColumn({ ...spec, files: [file] }, column, names);
  }
}

function findColumn(spec: TableSpec, { header }: ColumnSpec, available: readonly FileColumn[]): FileColumn {
  const found =
    typeof header === 'number' ? available[header] : available.find(({ name }) => name === header);
  if (found) return found;
  const name = typeof header === 'number' ? `column ${header + 1}` : `a column "${header}"`;
  const file = basename(spec.files[0] ?? spec.table);
  const names = available.map((column) => column.name).join(', ');
  throw new EngineFailure('data', `${file} does not have ${name}. Its columns are: ${names}.`);
}

/** A decimal without decimals is a whole number: some warehouses write every integer so. */
function plainType(type: string): string {
  if (/^DECIMAL\(\d+,\s*0\)$/.test(type)) return 'DECIMAL0';
  return type.endsWith(']') ? 'LIST' : type.replace(/\(.*$/s, '');
}

async function fits64Bits(session: Session, cell: string): Promise<boolean> {
  const [row] = await query(
    session,
    `select count(*) filter (try_cast(${cell} as bigint) is null) from ${CELLS} where ${cell} is not null`,
  );
  return Number(row?.[0] ?? 0) === 0;
}

function readCell(
  spec: TableSpec,
  index: number,
  fileType: string,
  fits: boolean,
  declared: ColumnType | undefined,
): NativeReading {
  const cell = cellName(index);
  const native = nativeValue(cell, fileType, fits, spec.timezone);
  const type = declared ?? native.type;
  const filled = FRACTIONAL.has(fileType)
    ? `(${cell} is not null and not isnan(cast(${cell} as double)))`
    : `${cell} is not null`;
  if (!TEXT.has(fileType)) {
    if (type === native.type) return { ...native, filled, mayMisfit: FRACTIONAL.has(fileType) };
    const direct = convertedValue(cell, fileType, type);
    if (direct !== undefined) return { type, value: direct, filled, mayMisfit: true };
  }
  // What is left goes by its text, and by the grammar of text cells.
  const rules: CellRules = { timezone: spec.timezone, nulls: spec.nulls };
  const text = `cast(${cell} as varchar)`;
  const value = declaredValue(text, type, spec.columns[index]?.dateFormats, rules);
  return { type, value, filled: cellIsFilled(text, rules), mayMisfit: type !== 'text' };
}

/** What a value is when nothing is declared. */
function nativeValue(
  cell: string,
  fileType: string,
  fits: boolean,
  timezone: string,
): { type: ColumnType; value: string } {
  if (fileType === 'BOOLEAN') return { type: 'boolean', value: cell };
  if (WHOLE.has(fileType) || (HUGE.has(fileType) && fits))
    return { type: 'integer', value: `cast(${cell} as bigint)` };
  if (FRACTIONAL.has(fileType) || HUGE.has(fileType)) {
    return { type: 'number', value: finite(`cast(${cell} as double)`) };
  }
  if (fileType === 'DATE') return { type: 'date', value: `case when isfinite(${cell}) then ${cell} end` };
  if (NAIVE.has(fileType)) {
    return { type: 'timestamp', value: naiveToUtc(finiteTime(`cast(${cell} as timestamp)`), timezone) };
  }
  if (fileType === 'TIMESTAMP WITH TIME ZONE') {
    return { type: 'timestamp', value: finiteTime(`timezone('UTC', ${cell})`) };
  }
  return { type: 'text', value: `cast(${cell} as varchar)` };
}

function finiteTime(timestamp: string): string {
  return `case when isfinite(${timestamp}) then ${timestamp} end`;
}

/** Conversions that do not go by the text of the value; undefined where it does. */
function convertedValue(cell: string, fileType: string, type: ColumnType): string | undefined {
  const numeric = WHOLE.has(fileType) || HUGE.has(fileType) || FRACTIONAL.has(fileType);
  if (numeric && type === 'number') return finite(`cast(${cell} as double)`);
  if (numeric && type === 'integer') {
    return `case when try_cast(${cell} as bigint) = ${cell} then try_cast(${cell} as bigint) end`;
  }
  if (NAIVE.has(fileType) && type === 'date') {
    return `case when cast(${cell} as date) = ${cell} then cast(${cell} as date) end`;
  }
  return undefined;
}
