import assert from 'node:assert/strict';
import { duckdbOracle } from '../../../kit/duckdb-oracle.ts';
import { scalarOf, scopeOf } from '../../../kit/expressions.ts';
import { interpret, type JsValue } from '../../../kit/interpret.ts';

/** Values by section 3 of the format, and where it is silent by the documentation of the functions. */
const CASES: readonly (readonly [expression: string, value: JsValue])[] = [
  // Division and remainders.
  ['1 / 3 * 3', 1],
  ['7 / 2', 3.5],
  ['1 / 0', null],
  ['0 / 0', null],
  ['1 / (2 - 2)', null],
  ['5 % 0', null],
  ['-7 % 3', -1n],
  ['-9223372036854775808 % -1', 0n],
  ['0.1 + 0.2', 0.30000000000000004],
  // Whole numbers are exact to 64 bits, and null beyond.
  ['9007199254740993 + 0', 9007199254740993n],
  ['9223372036854775807 + 1', null],
  ['-9223372036854775808 - 1', null],
  ['9223372036854775807 * 2', null],
  ['2147483647 + 1', 2147483648n],
  ['2147483647 * 2147483647', 4611686014132420609n],
  ['-(-9223372036854775808)', null],
  ['abs(-9223372036854775808)', null],
  // Rounding.
  ['round(2.5)', 3],
  ['round(-2.5)', -3],
  ['round(1250, -2)', 1300n],
  ['round(-1250, -2)', -1300n],
  ['round(7)', 7n],
  ['round(1.5, 400)', 1.5],
  ['floor(-0.5)', -1],
  // Outside of their domains functions are null.
  ['sqrt(-1)', null],
  ['ln(0)', null],
  ['ln(-1)', null],
  ['exp(1000)', null],
  ['power(0, -1)', null],
  ['power(-8, 1 / 3)', null],
  // Nulls.
  ['null = null', null],
  ['null or true', true],
  ['null and false', false],
  ['not null', null],
  ['1 in (2, null)', null],
  ['1 not in (2, null)', null],
  ['2 in (2, null)', true],
  ['null is null', true],
  ["'a' || null", null],
  ["concat('a', null)", 'a'],
  ['greatest(null, null)', null],
  ['least(2, null, 1.5)', 1.5],
  ['nullif(1 / 4, 0.25)', null],
  ['nullif(null, 1)', null],
  ['nullif(1, null)', 1n],
  ["case when null then 'a' else 'b' end", 'b'],
  ["case 2 when 1 then 'a' when 2 then 'b' end", 'b'],
  ["case 3 when 1 then 'a' end", null],
  // Text.
  ["'a' < 'B'", false],
  ["length('🤦🏼‍♂️')", 5n],
  ["substring('abc', 0, 2)", 'a'],
  ["substring('abc', -1, 2)", ''],
  ["substring('abc', 2)", 'bc'],
  ["substring('abc', 1 - 2, 3)", 'a'],
  ["substring('abc', 1 + 1)", 'bc'],
  ["substring('abc', 2, 1 - 5)", ''],
  ["substring('abc', null, 2)", null],
  ["substring('abc', 2, 9223372036854775807)", 'bc'],
  ["split_part('a-b', '-', 5)", ''],
  ["split_part('a-b', '-', 1 - 1)", null],
  ["split_part('a-b', '-', -2 + 3)", 'a'],
  ["trim('\t a b\u00a0\n')", 'a b'],
  ["replace('a-b-c', '-', ' - ')", 'a - b - c'],
  ["contains('abc', '')", true],
  ["'50%_x' like '50%'", true],
  ["'Pro' like 'pro'", false],
  ["'a\\b' like 'a\\b'", true],
  ["'é' like '_'", true],
  ["'xaybz' like '_a%b_'", true],
  ["'x(a)\ny.b' like '_(%)%.b'", true],
  ["'xabz' like '%a_b%'", false],
  ["'quote''s' like '%''s'", true],
  ["regexp_matches('Refund', '(?i)^refund$')", true],
  ["regexp_matches('refund\nnow', '^now')", false],
  // Casts.
  ["cast('12' as integer)", 12n],
  ["cast(' +12 ' as integer)", 12n],
  ["cast('1.5' as integer)", null],
  ["cast('0x1F' as integer)", null],
  ["cast('9223372036854775808' as integer)", null],
  ['cast(2.5 as integer)', 3n],
  ['cast(-2.5 as integer)', -3n],
  ['cast(1e300 as integer)', null],
  ['cast(true as integer)', 1n],
  ["cast('1e3' as number)", 1000],
  ["cast('.5' as number)", 0.5],
  ["cast('nan' as number)", null],
  ["cast('inf' as number)", null],
  ["cast('1_000' as number)", null],
  ["cast('1e999' as number)", null],
  ["cast('TRUE' as boolean)", true],
  ["cast(' false' as boolean)", false],
  ["cast('yes' as boolean)", null],
  ['cast(0 as boolean)', false],
  ['cast(0.5 as boolean)', true],
  ["cast('2025-02-28' as date)", '2025-02-28'],
  ["cast('2025-02-29' as date)", null],
  ["cast('2025/02/28' as date)", null],
  ["cast('2025-2-8' as date)", null],
  ["cast('2015-02-24 11:35:52 -0800' as timestamp)", '2015-02-24T19:35:52.000Z'],
  ["cast('2025-01-31T10:00Z' as timestamp)", '2025-01-31T10:00:00.000Z'],
  ["cast('2025-01-31T10:00+05:30' as timestamp)", '2025-01-31T04:30:00.000Z'],
  ["cast('2025-01-31 10:00:00.25-08' as timestamp)", '2025-01-31T18:00:00.250Z'],
  ["cast('2025-01-31' as timestamp)", '2025-01-31T00:00:00.000Z'],
  ["cast('2025-01-31 24:00' as timestamp)", null],
  ["cast('2025-01-31 10:00 Europe/London' as timestamp)", null],
  ["cast('now' as timestamp)", null],
  ['cast(5.0 as text)', '5'],
  ['cast(0.1 as text)', '0.1'],
  ['cast(-0.0 as text)', '0'],
  ['cast(1e20 as text)', '1e+20'],
  ['cast(0.00001 as text)', '1e-05'],
  ['cast(123456789012345 as text)', '123456789012345'],
  ['cast(1 = 1 as text)', 'true'],
  ["cast(date '2025-01-31' as text)", '2025-01-31'],
  ["cast(timestamp '2025-01-31 10:00:05.5' as text)", '2025-01-31 10:00:05'],
];

describe('values of expressions in DuckDB', () => {
  const { value, run } = duckdbOracle();
  const scope = scopeOf({});

  for (const [expression, expected] of CASES) {
    it(`${expression} is ${String(expected)}`, async () => {
      const scalar = scalarOf(expression, scope);
      assert.equal(await value(scalar), expected, 'by DuckDB');
      assert.equal(
        interpret(scalar, () => null),
        expected,
        'by the interpreter',
      );
    });
  }

  it('quotes in texts and names stay inside their quotes', async () => {
    const text = `'; drop table t; --"`;
    const scalar = scalarOf(`'${text.replaceAll("'", "''")}' || ''`, scope);
    assert.equal(await value(scalar), text);
    assert.deepEqual(await run('SELECT count(*) FROM duckdb_tables()'), [['0']]);
  });
});
