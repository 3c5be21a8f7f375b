import assert from 'node:assert/strict';
import fc from 'fast-check';
import { duckdb } from '../../../../server/src/core/plan/dialects/duckdb.ts';
import { cellOf, duckdbOracle, sqlOf } from '../../../kit/duckdb-oracle.ts';
import { columnRef, scalarOf, scopeOf } from '../../../kit/expressions.ts';
import { interpret, type JsValue } from '../../../kit/interpret.ts';
import {
  RANDOM_COLUMNS,
  type RandomRow,
  randomExpression,
  randomRow,
} from '../../../kit/random-expression.ts';

/** The rows as a relation `r` with their place in the list as `n`. */
function relationOf(rows: readonly RandomRow[]): string {
  const cells = (row: RandomRow): string[] =>
    Object.entries(RANDOM_COLUMNS).map(([name, type]) => {
      const value = row[name as keyof RandomRow];
      const written = value === null || typeof value === 'boolean' ? value : String(value);
      return `CAST(${duckdb.literal(type, written, { timezone: 'UTC' })} AS ${duckdb.typeName(type)})`;
    });
  const values = rows.map((row, index) => `(${[index, ...cells(row)].join(', ')})`);
  return `(VALUES ${values.join(', ')}) AS r(n, ${Object.keys(RANDOM_COLUMNS).join(', ')})`;
}

function alike(a: JsValue, b: JsValue): boolean {
  return Object.is(a, b) || (a === 0 && b === 0);
}

describe('random expressions over random rows', () => {
  const { run } = duckdbOracle();
  const scope = scopeOf(RANDOM_COLUMNS);

  for (const timezone of ['UTC', 'Europe/London']) {
    it(`have the same values in DuckDB and in the interpreter (${timezone})`, async () => {
      const rows = fc.array(randomRow, { minLength: 1, maxLength: 8 });
      await fc.assert(
        fc.asyncProperty(randomExpression, rows, async (text, given) => {
          const scalar = scalarOf(text, scope);
          const sql = sqlOf(scalar, timezone);
          const answer = await run(`SELECT ${sql} FROM ${relationOf(given)} ORDER BY n`);
          given.forEach((row, index) => {
            const lookup = new Map(
              Object.entries(row).map(([name, value]) => [JSON.stringify(columnRef(name)), value]),
            );
            const expected = interpret(scalar, (ref) => lookup.get(JSON.stringify(ref)) ?? null, {
              timezone,
            });
            const actual = cellOf(answer[index]?.[0], scalar.type);
            assert.ok(
              alike(actual, expected),
              `${text}\n${sql}\nrow ${index}: ${String(actual)}, not ${String(expected)}`,
            );
          });
        }),
        { numRuns: Number(process.env.FC_RUNS ?? 300) },
      );
    });
  }
});
