import assert from 'node:assert/strict';
import { duckdbOracle } from '../../../kit/duckdb-oracle.ts';
import { scalarOf, scopeOf } from '../../../kit/expressions.ts';
import { interpret, type JsValue } from '../../../kit/interpret.ts';

/**
 * Values worked out by hand. In 2025 London put its clocks forward on 30 March at 01:00 UTC (01:00 became 02:00) and back on
 * 26 October at 01:00 UTC (02:00 became 01:00 again). Havana put them back on 2 November at 05:00 UTC (01:00 became 00:00).
 */
const CASES: readonly (readonly [zone: string, expression: string, value: JsValue])[] = [
  ['UTC', "timestamp '2025-07-01 12:00'", '2025-07-01T12:00:00.000Z'],
  ['Europe/London', "timestamp '2025-07-01 12:00'", '2025-07-01T11:00:00.000Z'],
  ['Europe/London', "timestamp '2025-07-01 12:00Z'", '2025-07-01T12:00:00.000Z'],
  ['Europe/London', "timestamp '2025-07-01T12:00:00.5-08:00'", '2025-07-01T20:00:00.500Z'],
  // Skipped and repeated clock times.
  ['Europe/London', "timestamp '2025-03-30 01:30'", '2025-03-30T01:30:00.000Z'],
  ['Europe/London', "timestamp '2025-10-26 01:30'", '2025-10-26T01:30:00.000Z'],
  ['Europe/London', "cast(timestamp '2025-06-30 23:30Z' as date)", '2025-07-01'],
  ['Europe/London', "cast(date '2025-07-01' as timestamp)", '2025-06-30T23:00:00.000Z'],
  ['Europe/London', "cast(date '2025-03-30' as timestamp)", '2025-03-30T00:00:00.000Z'],
  ['America/Havana', "cast(date '2025-11-02' as timestamp)", '2025-11-02T04:00:00.000Z'],
  ['America/Havana', "date_trunc('day', timestamp '2025-11-02 04:30Z')", '2025-11-02T04:00:00.000Z'],
  ['America/Havana', "date_trunc('day', timestamp '2025-11-02 05:30Z')", '2025-11-02T04:00:00.000Z'],
  // Beirut skips midnight on 30 March 2025: the day begins at 01:00.
  ['Asia/Beirut', "cast(date '2025-03-30' as timestamp)", '2025-03-29T22:00:00.000Z'],
  ['Europe/London', "date_trunc('month', timestamp '2025-06-30 23:30Z')", '2025-06-30T23:00:00.000Z'],
  ['Europe/London', "date_trunc('week', timestamp '2025-10-26 23:30Z')", '2025-10-19T23:00:00.000Z'],
  ['Europe/London', "date_trunc('hour', timestamp '2025-10-26 00:30Z')", '2025-10-26T00:00:00.000Z'],
  ['Europe/London', "date_trunc('hour', timestamp '2025-10-26 01:30Z')", '2025-10-26T01:00:00.000Z'],
  ['Asia/Kolkata', "date_trunc('hour', timestamp '2025-01-01 00:45Z')", '2025-01-01T00:30:00.000Z'],
  ['UTC', "date_trunc('week', date '2025-06-01')", '2025-05-26'],
  ['UTC', "date_trunc('hour', date '2025-06-01')", '2025-06-01'],
  ['Europe/London', "hour(timestamp '2025-06-30 23:30Z')", 0n],
  ['Europe/London', "month(timestamp '2025-06-30 23:30Z')", 7n],
  ['UTC', "hour(date '2025-06-30')", 0n],
  ['UTC', "day_of_week(date '2025-06-01')", 7n],
  ['UTC', "date_part('week', date '2021-01-01')", 53n],
  ['UTC', "date_part('second', timestamp '2025-01-01 00:00:59.9')", 59n],
  // A day of the clock may have 23 or 25 hours.
  ['Europe/London', "date_add('day', 1, timestamp '2025-03-29 12:00')", '2025-03-30T11:00:00.000Z'],
  ['Europe/London', "date_add('hour', 24, timestamp '2025-03-29 12:00')", '2025-03-30T12:00:00.000Z'],
  ['Europe/London', "date_diff('day', timestamp '2025-03-29 12:00', timestamp '2025-03-30 12:00')", 0n],
  ['Europe/London', "date_diff('hour', timestamp '2025-03-29 12:00', timestamp '2025-03-30 12:00')", 23n],
  ['Europe/London', "date_diff('day', date '2025-03-29', date '2025-03-30')", 1n],
  ['Europe/London', "date_diff('month', timestamp '2025-03-01 00:00', timestamp '2025-04-01 00:00')", 1n],
  ['UTC', "date_diff('month', timestamp '2025-03-01 00:00Z', timestamp '2025-03-31 23:00Z')", 0n],
  ['Europe/London', "date_diff('month', timestamp '2025-03-01 00:00Z', timestamp '2025-03-31 23:00Z')", 1n],
  ['Europe/London', "date_diff('day', date '2025-07-01', timestamp '2025-07-01 23:00Z')", 1n],
  ['UTC', "date_diff('month', date '2025-01-31', date '2025-02-28')", 0n],
  ['UTC', "date_diff('month', date '2025-02-28', date '2025-01-31')", 0n],
  ['UTC', "date_diff('month', date '2025-01-31', date '2025-03-31')", 2n],
  ['UTC', "date_diff('month', date '2025-03-31', date '2025-02-28')", -1n],
  ['UTC', "date_diff('quarter', date '2024-11-30', date '2025-02-28')", 0n],
  ['UTC', "date_diff('quarter', date '2025-08-30', date '2024-11-30')", -3n],
  ['UTC', "date_diff('year', date '2024-02-29', date '2025-02-28')", 0n],
  ['UTC', "date_diff('year', date '2024-02-29', date '2023-03-01')", 0n],
  ['UTC', "date_diff('week', date '2025-01-01', date '2025-01-14')", 1n],
  ['UTC', "date_diff('second', timestamp '2025-01-01 00:00:00.9', timestamp '2025-01-01 00:00:02.5')", 1n],
  ['UTC', "date_diff('day', timestamp '2025-01-02 11:00', timestamp '2025-01-01 12:00')", 0n],
  ['UTC', "date_add('month', -1, date '2025-03-31')", '2025-02-28'],
  ['UTC', "date_add('quarter', 1, date '2024-11-30')", '2025-02-28'],
  ['UTC', "date_add('year', 1, date '2024-02-29')", '2025-02-28'],
  ['UTC', "date_add('hour', 36, date '2025-01-01')", '2025-01-02T12:00:00.000Z'],
  ['Europe/London', "date_add('hour', 1, date '2025-07-01')", '2025-07-01T00:00:00.000Z'],
  ['UTC', "date_add('year', 100000, date '2025-01-01')", null],
  ['UTC', "date_add('day', 99999999999, timestamp '2025-01-01 00:00')", null],
  ['UTC', "date_add('second', 9223372036854775807, timestamp '2025-01-01 00:00')", null],
];

describe('calendar functions in DuckDB', () => {
  const { value } = duckdbOracle();
  const scope = scopeOf({});

  for (const [zone, expression, expected] of CASES) {
    it(`${expression} in ${zone}`, async () => {
      const scalar = scalarOf(expression, scope);
      assert.equal(await value(scalar, zone), expected, 'by DuckDB');
      const limited = expected === null;
      if (!limited)
        assert.equal(
          interpret(scalar, () => null, { timezone: zone }),
          expected,
          'by the interpreter',
        );
    });
  }

  it('adds to a sum beyond the calendar without failing', async () => {
    let text = "timestamp '2025-01-01 00:00'";
    for (let i = 0; i < 40; i++) text = `date_add('year', 9000, ${text})`;
    assert.equal(await value(scalarOf(text, scope)), null);
  });
});
