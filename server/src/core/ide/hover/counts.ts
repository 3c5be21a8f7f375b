import { formatValue } from '../../evaluate/format-value.ts';

/** A number of rows or values: `1,234`. */
export function countText(count: number): string {
  return formatValue(count, { unit: 'count', decimals: 0 });
}

/** `1 row`, `1,234 rows`. */
export function countOf(count: number, noun: string): string {
  return `${countText(count)} ${noun}${count === 1 ? '' : 's'}`;
}

/** A share of a whole: `42.0 %`; of nothing, nothing. */
export function shareText(part: number, whole: number): string {
  return whole === 0 ? '' : formatValue(part / whole, { unit: 'percent', decimals: 1 });
}
