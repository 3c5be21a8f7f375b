import assert from 'node:assert/strict';
import { AGGREGATES, FUNCTIONS } from '../../../../server/src/core/syntax/expression/functions.ts';
import { cellOf, duckdbOracle, sqlOf } from '../../../kit/duckdb-oracle.ts';
import { scalarOf, scopeOf } from '../../../kit/expressions.ts';
import { interpret, interpretRows, type JsValue } from '../../../kit/interpret.ts';

/** A value as JSON has it. */
function json(value: JsValue): JsValue {
  return typeof value === 'bigint' ? Number(value) : value;
}

describe('every documented example has its documented value', () => {
  const { value, run } = duckdbOracle();
  const literals = scopeOf({});

  for (const { name, example, gives } of Object.values(FUNCTIONS)) {
    it(`${name}: ${example}`, async () => {
      const scalar = scalarOf(example, literals);
      assert.equal(json(interpret(scalar, () => null)), gives, 'by the interpreter');
      assert.equal(json(await value(scalar)), gives, 'by DuckDB in UTC');
      assert.equal(json(await value(scalar, 'Europe/London')), gives, 'by DuckDB in London');
    });
  }

  for (const { name, example, gives, over } of Object.values(AGGREGATES)) {
    it(`${name}: ${example} over ${JSON.stringify(over)}`, async () => {
      const scalar = scalarOf(example, scopeOf({ x: 'integer' }, 'required'));
      const rows = over.map((cell) => () => cell);
      assert.equal(json(interpretRows(scalar, rows)), gives, 'by the interpreter');
      const cells = over.map((cell) => `(CAST(${cell ?? 'NULL'} AS BIGINT))`).join(', ');
      const answer = await run(`SELECT ${sqlOf(scalar)} FROM (VALUES ${cells}) AS t(x)`);
      assert.equal(json(cellOf(answer[0]?.[0], scalar.type)), gives, 'by DuckDB');
    });
  }

  it('a sum over no rows is 0, over nulls null', async () => {
    for (const type of ['integer', 'number'] as const) {
      const scalar = scalarOf('sum(x)', scopeOf({ x: type }, 'required'));
      const [sql, cell] = [sqlOf(scalar), type === 'integer' ? 'NULL::BIGINT' : 'NULL::DOUBLE'];
      assert.deepEqual(await run(`SELECT CAST(${sql} AS DOUBLE) FROM (SELECT ${cell} AS x WHERE FALSE)`), [
        [0],
      ]);
      assert.deepEqual(await run(`SELECT CAST(${sql} AS DOUBLE) FROM (SELECT ${cell} AS x)`), [[null]]);
    }
  });
});
