import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  formatBand,
  formatDifference,
  formatNumber,
  formatValue,
  type ValueFormat,
} from '../../server/src/core/evaluate/format-value.ts';

describe('formatBand', () => {
  it('writes a currency at both bounds, and a unit that stands behind the number once', () => {
    const pounds = { unit: 'currency', decimals: 2, currency: 'GBP' };
    assert.equal(formatBand(60, 90, '–', pounds), '£60.00–£90.00');
    assert.equal(formatBand(-60, 90, ' to ', { ...pounds, ascii: true }), '-GBP 60.00 to GBP 90.00');
    assert.equal(formatBand(60, 90, '–', { ...pounds, currency: undefined }), '60.00–90.00');
    assert.equal(formatBand(0.25, 0.45, '–', { unit: 'percent', decimals: 0 }), '25–45 %');
    assert.equal(formatBand(2, 4, ' and ', { unit: 'hours' }), '2 and 4 hours');
  });
});

describe('formatValue', () => {
  const cases: readonly (readonly [number | null, ValueFormat, string])[] = [
    [0.42, { unit: 'percent', decimals: 1 }, '42.0 %'],
    [0.999, { unit: 'percent', decimals: 0 }, '100 %'],
    [41.23, { unit: 'points', decimals: 1 }, '41.2'],
    [-41.25, { unit: 'points', decimals: 0 }, '-41'],
    [1212571.8, { unit: 'currency', decimals: 2, currency: 'EUR' }, '€1,212,571.80'],
    [-3, { unit: 'currency', decimals: 2, currency: 'GBP' }, '-£3.00'],
    [12, { unit: 'currency', decimals: 2, currency: 'CHF' }, 'CHF 12.00'],
    [12, { unit: 'currency', decimals: 0, currency: 'EUR', ascii: true }, 'EUR 12'],
    [12, { unit: 'currency', decimals: 2 }, '12.00'],
    [12, { unit: 'currency', decimals: 2, currency: 'no code' }, '12.00'],
    [1234567, { unit: 'count', decimals: 0 }, '1,234,567'],
    [3.5, { unit: 'hours', decimals: 1 }, '3.5 hours'],
    [3.456, { unit: 'number' }, '3.46'],
    [3, { unit: 'ratio' }, '3'],
    [-0.0004, { unit: 'percent', decimals: 1 }, '0.0 %'],
    [-0.001, { unit: 'currency', decimals: 2, currency: 'EUR' }, '€0.00'],
    [null, { unit: 'percent', decimals: 1 }, 'no data'],
  ];
  for (const [value, format, expected] of cases) {
    it(`writes ${value} in ${format.unit} as ${expected}`, () => {
      assert.equal(formatValue(value, format), expected);
    });
  }

  it('can be read back to the decimals shown', () => {
    const numbers = fc.double({ min: -1e9, max: 1e9, noNaN: true });
    fc.assert(
      fc.property(numbers, fc.integer({ min: 0, max: 6 }), (value, decimals) => {
        const text = formatNumber(value, { unit: 'number', decimals });
        assert.ok(
          Math.abs(Number(text.replaceAll(',', '')) - value) <= 0.5 * 10 ** -decimals * (1 + 1e-6) + 1e-6,
        );
        assert.doesNotMatch(text, /^-0(\.0*)?$/);
      }),
      { numRuns: 200 },
    );
  });
});

describe('formatDifference', () => {
  it('gives differences of percentages in percentage points', () => {
    assert.equal(formatDifference(-0.0121, { unit: 'percent', decimals: 1 }), '1.2 pp');
  });

  it('keeps the sign of money, and leaves a word to the value beside it', () => {
    assert.equal(formatDifference(-30, { unit: 'currency', decimals: 2, currency: 'EUR' }), '€30.00');
    assert.equal(formatDifference(0.5, { unit: 'hours', decimals: 1 }), '0.5');
  });
});
