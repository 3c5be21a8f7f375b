import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Value } from '../../../server/src/core/ports.ts';
import { testEngine } from '../../kit/engine.ts';

describe('values in results', () => {
  const engine = testEngine();
  before(() => engine.load([]));

  const cases: readonly [sql: string, value: Value][] = [
    ['1', 1],
    ['9007199254740991', 9007199254740991],
    ['9007199254740992', 9007199254740992n],
    ['-9223372036854775808', -9223372036854775808n],
    ['sum(x) from range(3) r(x)', 3],
    ['170141183460469231731687303715884105727::hugeint', 170141183460469231731687303715884105727n],
    ['18446744073709551615::ubigint', 18446744073709551615n],
    ['1.25', 1.25],
    ['-0.05::decimal(38, 10)', -0.05],
    ['3.00::decimal(10, 2)', 3],
    ['12345678901234567890.00::decimal(38, 2)', 12345678901234567890n],
    ['0.1::float = 0.1::double', false],
    ['1e300', 1e300],
    ['1.0 / 0', null],
    ["'nan'::double", null],
    ['-0.0::double', 0],
    ['true', true],
    ["'it''s'", "it's"],
    ["''", ''],
    ['null', null],
    ["'2024-02-29'::date", '2024-02-29'],
    ["'0001-01-01'::date", '0001-01-01'],
    ["'infinity'::date", null],
    ["'2024-02-29 13:00:00'::timestamp", '2024-02-29T13:00:00'],
    ["'1969-12-31 23:59:59.000001'::timestamp", '1969-12-31T23:59:59.000001'],
    ["'2024-02-29 13:00:00+02'::timestamptz", '2024-02-29T11:00:00'],
    ["date_trunc('month', '2024-02-29'::date)", '2024-02-01T00:00:00'],
    ["'10:30:00'::time", '10:30:00'],
    ['[1, 2]', '[1, 2]'],
  ];
  for (const [sql, value] of cases) {
    it(`select ${sql}`, async () => {
      const [row] = await engine.run(
        `select ${sql.includes(' from ') ? sql.replace(' from ', ' as v from ') : `${sql} as v`}`,
      );
      assert.deepEqual(row, { v: value });
    });
  }

  it('writes dates and timestamps as the platform does', async () => {
    const instant = fc.date({
      min: new Date('0000-01-01'),
      max: new Date('9999-12-31T23:59:59Z'),
      noInvalidDate: true,
    });
    await fc.assert(
      fc.asyncProperty(fc.array(instant, { minLength: 1, maxLength: 40 }), async (dates) => {
        const list = dates.map((date) => `(${Math.floor(date.getTime() / 1000)})`).join(', ');
        const rows = await engine.run(
          `select make_timestamp(s * 1000000) as t, make_timestamp(s * 1000000)::date as d from (values ${list}) v(s)`,
        );
        const expected = dates.map((date) => date.toISOString().slice(0, 19));
        assert.deepEqual(
          rows,
          expected.map((t) => ({ t, d: t.slice(0, 10) })),
        );
      }),
      { numRuns: 30 },
    );
  });

  it('keeps the names of columns as in the statement, for no rows too', async () => {
    const [row] = await engine.run('select 1 as "A b", 2 as "ä""", 3 as a');
    assert.deepEqual(row, { 'A b': 1, 'ä"': 2, a: 3 });
    assert.deepEqual(await engine.run('select 1 as x where false'), []);
  });

  it('hands over many rows whole and in order', async () => {
    const count = 100_000;
    const rows = await engine.run(
      `select i, i % 7 = 0 as b, 't' || i as t from range(${count}) r(i) order by i`,
    );
    assert.equal(rows.length, count);
    assert.ok(
      rows.every(({ i, b, t }, index) => i === index && b === (index % 7 === 0) && t === `t${index}`),
    );
  });

  it('refuses a result that would fill the memory of the one who asked', async () => {
    await assert.rejects(engine.run('select i from range(3000000) r(i)'), {
      reason: 'query',
      message: 'The result has more than 2000000 rows.',
    });
    assert.deepEqual(await engine.run('select 1 as x'), [{ x: 1 }]);
  });

  it('says what is wrong with a statement', async () => {
    await assert.rejects(engine.run('select nothing'), { reason: 'query', message: /nothing/ });
    await assert.rejects(engine.run('selec 1'), { reason: 'query', message: /syntax error/ });
    await assert.rejects(engine.run(''), { reason: 'query' });
  });
});
