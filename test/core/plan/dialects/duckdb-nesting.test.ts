import assert from 'node:assert/strict';
import { duckdbOracle, sqlOf } from '../../../kit/duckdb-oracle.ts';
import { scalarOf, scopeOf } from '../../../kit/expressions.ts';

/** One level of nesting around `•`, for everything whose rendering uses an argument more than once. */
const LEVELS: Readonly<Record<string, string>> = {
  division: '1 / •',
  'the remainder': '(7 % (• + 1))',
  'whole-number arithmetic': '(• * 3 + 1)',
  nullif: 'nullif(•, 5)',
  'sqrt and ln': 'sqrt(ln(•))',
  'exp and power': 'exp(power(•, 2))',
  case: 'case when • > 0 then 1 else 2 end',
  'a case with a subject': 'case • when 1 then 2 else 3 end',
  substring: 'length(substring(s, •, •2))',
  split_part: "length(split_part(s, '-', •))",
  replace: "length(replace(cast(• as text), '1', '22'))",
  'text to timestamp': 'hour(cast(cast(• as text) as timestamp))',
  'dates and months': "date_diff('month', d, date_add('month', •, d))",
  'the start of an hour': "hour(date_trunc('hour', date_add('hour', •, a)))",
};

describe('deep nesting', () => {
  const { run } = duckdbOracle();
  const scope = scopeOf({ i: 'integer', s: 'text', d: 'date', a: 'timestamp' });

  for (const [what, level] of Object.entries(LEVELS)) {
    it(`of ${what} makes SQL that grows in step with the expression`, async () => {
      const once = level.replace('•2', '3');
      const nested = (depth: number): string => {
        let text = 'i';
        for (let k = 0; k < depth; k++) text = once.replaceAll('•', text);
        return text;
      };
      const lengthAt = (depth: number): number =>
        sqlOf(scalarOf(nested(depth), scope), 'Asia/Kolkata').length;
      const [four, eight, twelve] = [lengthAt(4), lengthAt(8), lengthAt(12)];
      assert.ok(twelve - eight <= 2 * (eight - four), `${four}, ${eight}, ${twelve}`);
      const sql = sqlOf(scalarOf(nested(12), scope), 'Asia/Kolkata');
      const row =
        "(SELECT 3::BIGINT AS i, 'a-b' AS s, DATE '2025-01-31' AS d, TIMESTAMP '2025-01-31 10:00:00' AS a)";
      assert.equal((await run(`SELECT ${sql} FROM ${row}`)).length, 1);
    });
  }

  it('of text that doubles is cut off before it fills the memory', async () => {
    let text = 's';
    for (let k = 0; k < 60; k++) text = `replace(${text}, 'a', 'aa')`;
    const sql = sqlOf(scalarOf(text, scope));
    assert.deepEqual(await run(`SELECT ${sql} FROM (SELECT 'a' AS s)`), [[null]]);
  });

  it('of a pattern with many wildcards is matched in linear time', async () => {
    const scalar = scalarOf("s like '_%a%a%a%a%a%a%a%a%b'", scope);
    assert.deepEqual(await run(`SELECT ${sqlOf(scalar)} FROM (SELECT repeat('a', 20000) AS s)`), [[false]]);
  });
});
