import { isMoved, type ValueChange } from '../../core/diff/compare-series.ts';
import { signedDifference } from '../../core/diff/value-words.ts';
import { formatValue } from '../../core/evaluate/format-value.ts';
import type { ComparedMetric, Sides } from '../../core/preview/comparison.ts';
import type { ValueShape } from '../../core/preview/preview.ts';
import type { LinesData } from '../charts/lines.ts';
import { writersOf } from '../metric/trend.ts';
import { formatOf } from '../parts/numbers.ts';
import { type Cell, cell, numberCell, type Table } from '../parts/table.ts';
import { withMinus } from './minus.ts';

/** A drawing of more periods than this shows no two of them apart. */
const MOST_PERIODS = 120;

type Values = Pick<ComparedMetric, 'label' | 'shape' | 'totals'>;

/** The trend before and the trend after as two lines of one chart; the old one is dashed. */
export function comparedLines({ label, shape, totals }: Values, versions: Sides<string>): LinesData {
  const drawn = totals.slice(-MOST_PERIODS);
  const cut = drawn.length < totals.length ? `, the last ${drawn.length} of ${totals.length} periods` : '';
  return {
    title: `${label} before and after${cut}`,
    periods: drawn.map(({ period }) => period),
    partial: drawn.map(() => false),
    lines: [
      {
        name: `Before: ${versions.before}`,
        kind: 'value',
        look: 1,
        values: drawn.map(({ before }) => before),
      },
      { name: `After: ${versions.after}`, kind: 'value', look: 0, values: drawn.map(({ after }) => after) },
    ],
    ...writersOf(shape),
  };
}

/** The total values that are others now, the newest first, each with what the definition and the data did where both changed. */
export function movedTable({ label, shape, totals }: Values, most = Number.POSITIVE_INFINITY): Table {
  const moved = movedTotals(totals).slice(0, most);
  const hasParts = moved.some(isOfBoth);
  return {
    title: `Values of ${label} that moved`,
    columns: [
      { label: 'Period' },
      ...['Before', 'After', 'Change'].map((name) => ({
        label: name,
        numeric: true,
        strong: name === 'Change',
      })),
      ...(hasParts ? PARTS.map(([name]) => ({ label: name, numeric: true })) : []),
    ],
    rows: moved.map((change) => [
      cell(change.period),
      valueCell(change.before, shape),
      valueCell(change.after, shape),
      changeCell(change.change, shape),
      ...(hasParts ? PARTS.map(([, part]) => changeCell(change.parts?.[part] ?? null, shape)) : []),
    ]),
  };
}

const PARTS = [
  ['Definition', 'definition'],
  ['Data', 'data'],
  ['Both together', 'interaction'],
] as const;

/** The total values that are others now, the newest first. */
export function movedTotals(totals: readonly ValueChange[]): readonly ValueChange[] {
  return totals.filter(isMoved).reverse();
}

/** Whether a change is made of several parts, so that they say more than the change. */
function isOfBoth({ parts }: ValueChange): boolean {
  return parts !== null && [parts.definition, parts.data, parts.interaction].filter(isSome).length > 1;
}

/** Sums in another order differ in their last digits. */
function isSome(part: number): boolean {
  return Math.abs(part) > 1e-9;
}

/** A value in the unit of its metric. */
export function valueCell(value: number | null, shape: ValueShape): Cell {
  return numberCell(value, formatValue(value, formatOf(shape)));
}

/** A change with its sign, in the words that the rest of a comparison has for it. */
export function changeCell(change: number | null, shape: ValueShape): Cell {
  return numberCell(change, change === null ? '' : withMinus(signedDifference(change, formatOf(shape))));
}
