import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import type { ValueType } from '../../server/src/core/base/value-type.ts';
import { duckdb } from '../../server/src/core/plan/dialects/duckdb.ts';
import { renderScalar } from '../../server/src/core/plan/render-scalar.ts';
import type { NameRef, Scalar } from '../../server/src/core/syntax/expression/scalar.ts';
import type { JsValue } from './interpret.ts';

/** DuckDB in this process, for the tests of what expressions mean there. Called inside `describe`. */
export function duckdbOracle(): {
  readonly run: (sql: string) => Promise<unknown[][]>;
  /** The value of an expression of literals. */
  readonly value: (scalar: Scalar<NameRef>, timezone?: string) => Promise<JsValue>;
} {
  let connection: DuckDBConnection | undefined;
  before(async () => {
    connection = await (await DuckDBInstance.create(':memory:', { threads: '1' })).connect();
  });
  after(() => connection?.closeSync());
  const run = async (sql: string): Promise<unknown[][]> => {
    if (connection === undefined) throw new Error('DuckDB was not started.');
    const prepared = await connection.prepare(sql);
    return (await prepared.runAndReadAll()).getRowsJson();
  };
  return {
    run,
    value: async (scalar, timezone = 'UTC') => {
      const rows = await run(`SELECT ${sqlOf(scalar, timezone)}`);
      return cellOf(rows[0]?.[0], scalar.type);
    },
  };
}

/** An expression as DuckDB's SQL, with columns by their bare names. */
export function sqlOf(scalar: Scalar<NameRef>, timezone = 'UTC'): string {
  return renderScalar(scalar, duckdb, {
    timezone,
    name: (ref) => duckdb.identifier(ref.at === 'row' ? ref.column : ref.at),
  });
}

/** A cell of DuckDB's JSON as the interpreter writes it. */
export function cellOf(cell: unknown, type: ValueType): JsValue {
  if (cell === null || cell === undefined) return null;
  if (type === 'integer') return BigInt(String(cell));
  if (type === 'number') return Number(cell);
  if (type === 'boolean') return cell === true;
  if (type !== 'timestamp') return String(cell);
  return new Date(`${String(cell).replace(' ', 'T')}Z`).toISOString();
}
