import assert from 'node:assert/strict';
import { compute } from '../../kit/construct.ts';
import { testEngine } from '../../kit/engine.ts';

/** More rows than DuckDB sums in one go: it adds up parts, each compensated, in whatever order they are ready. */
const ROWS = 300_000;

const DEFINITIONS = `sources:
  orders: { data: orders.csv, columns: { amount: { type: number } } }
metrics:
  revenue: { type: sum, source: orders, value: amount }`;

describe('a sum of many decimals', () => {
  const engine = testEngine();
  /** In hundredths, so that the exact sum is one of whole numbers. */
  const amounts = Array.from({ length: ROWS }, (_, index) => ((index * 7_919) % 999_983) * 3 + 1);
  const exact = Number(amounts.reduce((sum, amount) => sum + BigInt(amount), 0n)) / 100;

  async function sumOf(hundredths: readonly number[]): Promise<number> {
    const lines = hundredths.map((amount) => (amount / 100).toFixed(2));
    const computed = await compute(engine, DEFINITIONS, { orders: `amount\n${lines.join('\n')}` });
    return computed.at('revenue', 'all').value ?? Number.NaN;
  }

  it('is the exact one to 15 digits, in whatever order the rows come', async () => {
    for (const order of [amounts, [...amounts].reverse(), [...amounts].sort((a, b) => a - b)]) {
      const difference = Math.abs((await sumOf(order)) - exact) / exact;
      assert.ok(difference < 1e-15, `It is off by ${difference}.`);
    }
  });
});
