import { formatDay, parseDay } from '../../core/base/period.ts';
import type { ColumnProfile } from '../../core/evaluate/numbers.ts';
import { counted, countText } from '../parts/numbers.ts';
import { numberCell, type Table } from '../parts/table.ts';

/** How many rows lie between two values. */
export interface Bin {
  readonly from: string;
  readonly to: string;
  readonly rows: number;
}

const DAY_MS = 86_400_000;

/** The bins of a column with their bounds, which the profile leaves to be worked out: they are of equal width from `low`. */
export function binsOf({ type, bins, low, high }: ColumnProfile): readonly Bin[] {
  const [first, last] = [positionOf(type, low), positionOf(type, high)];
  if (bins.length === 0 || first === undefined || last === undefined) return [];
  const exact = (last - first) / bins.length;
  // Bins of whole numbers, days and seconds are whole, and as many of them as there are hold the greatest value.
  const width = type === 'number' ? exact : Math.max(1, Math.ceil((last - first + 1) / bins.length));
  return bins.map(({ rows }, index) => ({
    from: written(type, first + index * width),
    to: written(type, index === bins.length - 1 && type === 'number' ? last : first + (index + 1) * width),
    rows,
  }));
}

function positionOf(type: ColumnProfile['type'], text: string | null): number | undefined {
  if (text === null) return undefined;
  if (type === 'date') return parseDay(text);
  const number = type === 'timestamp' ? Date.parse(text) / 1000 : Number(text);
  return Number.isFinite(number) ? number : undefined;
}

function written(type: ColumnProfile['type'], position: number): string {
  if (type === 'date') return formatDay(position);
  if (type === 'timestamp') return formatDay((position * 1000) / DAY_MS);
  return new Intl.NumberFormat('en', { maximumSignificantDigits: 6, useGrouping: false }).format(position);
}

/** The bins as a table. */
export function binsTable(name: string, bins: readonly Bin[]): Table {
  return {
    title: `Distribution of ${name}`,
    columns: [{ label: 'From' }, { label: 'to below' }, { label: 'Rows', numeric: true }],
    rows: bins.map(({ from, to, rows }) => [{ text: from }, { text: to }, numberCell(rows, countText(rows))]),
  };
}

/** What the distribution looks like, for those who do not see it. */
export function binsSentence(name: string, bins: readonly Bin[]): string {
  const [first, last] = [bins[0], bins.at(-1)];
  if (first === undefined || last === undefined) return `${name} has no distribution.`;
  const most = bins.reduce((top, bin) => (bin.rows > top.rows ? bin : top));
  return `Histogram of ${name} from ${first.from} to ${last.to}: most rows, ${counted(most.rows, 'row')}, lie from ${most.from} to ${most.to}.`;
}
