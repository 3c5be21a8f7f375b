import assert from 'node:assert/strict';
import fc from 'fast-check';
import { parseExpression } from '../../../../server/src/core/syntax/expression/parse.ts';
import { printExpression } from '../../../../server/src/core/syntax/expression/print.ts';
import { duckdbOracle } from '../../../kit/duckdb-oracle.ts';

/** Operands with operators between them and no brackets, so that only precedence decides. */
const unbracketed = fc
  .tuple(
    fc.constantFrom('', 'not ', '- '),
    fc.array(
      fc.tuple(
        fc.constantFrom('+', '-', '*', '/', '%', '||', 'and', 'or', 'and not', 'or not', '* -', '+ -'),
        fc.constantFrom('a', 'b', 'c', "'t'", '5', 'f(a)', 'a is null', 'a is not null'),
      ),
      { maxLength: 8 },
    ),
    fc.constantFrom('', ' = d', ' <= d', ' <> d || e', ' between d and e', ' in (d, e)', " not like 'x%'"),
  )
  .map(([sign, operands, end]) => `${sign}x ${operands.map((pair) => pair.join(' ')).join(' ')}${end}`)
  // SQL has `is` below comparisons, and we beside them: without brackets neither is clear.
  .filter((text) => !/is (?:not )?null (?!and|or)\S/.test(text));

describe('precedence', () => {
  const { run } = duckdbOracle();

  /** DuckDB's own tree of an expression, without the places in the text. */
  async function treeOf(expression: string): Promise<string> {
    const quoted = `SELECT ${expression}`.replaceAll("'", "''");
    const [row] = await run(`SELECT json_serialize_sql('${quoted}')`);
    return String(row?.[0]).replaceAll(/"query_location":\d+/g, '');
  }

  it('is the one of SQL: with our brackets DuckDB parses the same tree', async () => {
    await fc.assert(
      fc.asyncProperty(unbracketed, async (text) => {
        const { expression, issues } = parseExpression(text);
        assert.deepEqual(issues, [], text);
        const [ours, theirs] = [await treeOf(printExpression(expression)), await treeOf(text)];
        assert.ok(!theirs.includes('"error":true'), theirs);
        assert.equal(ours, theirs, `${text} is ${printExpression(expression)}`);
      }),
      { numRuns: 300 },
    );
  });
});
