import { formatDifference, formatValue, type ValueFormat } from '../../core/evaluate/format-value.ts';
import type { NumberDocument } from '../../core/evaluate/result.ts';
import type { ValueShape } from '../../core/preview/preview.ts';

/** How the values of a metric are written. */
export function formatOf({ unit, decimals, currency }: ValueShape): ValueFormat {
  return { unit, decimals, currency: currency ?? undefined };
}

const COUNT: ValueFormat = { unit: 'count', decimals: 0 };

/** A number of rows: `1,234`. */
export function countText(count: number): string {
  return formatValue(count, COUNT);
}

/** So many of something: `1 row`, `1,234 rows`. */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${countText(count)} ${count === 1 ? one : many}`;
}

/** A part of a whole: `12.5 %`; an en dash where the whole is nothing. */
export function shareText(part: number, whole: number): string {
  if (whole === 0) return '–';
  const share = part / whole;
  // What is there is never written as nothing, nor what is missing as all.
  if (part > 0 && share < 0.001) return '< 0.1 %';
  if (part < whole && share > 0.999) return '> 99.9 %';
  return formatValue(share, { unit: 'percent', decimals: share === 0 || share === 1 ? 0 : 1 });
}

/** A change with its direction: `+1.2 pp`, `−€30.00`, `±0`. */
export function changeText(change: number | null, shape: ValueShape): string {
  if (change === null) return '–';
  const size = formatDifference(change, formatOf(shape));
  if (direction(change, shape) === 'none') return `±${size}`;
  return `${change > 0 ? '+' : '−'}${size}`;
}

/** A change, and whether it is more than chance. */
export type ChangedNumber = Pick<NumberDocument, 'change' | 'verdict'>;

/** Why a change is told neither as better nor as worse; nothing where it is clear, or there is no verdict on it. */
export function unclearWords({ verdict }: ChangedNumber): string {
  if (verdict === 'no_clear_change') return 'no clear change';
  return verdict === 'not_tested' ? 'not tested' : '';
}

/** A change as it is copied, with what a picture says on screen: `+1.2 pp (not tested)`. */
export function changeCellText(of: ChangedNumber | null | undefined, shape: ValueShape): string {
  const text = changeText(of?.change ?? null, shape);
  const words = of == null || of.change === null ? '' : unclearWords(of);
  return words === '' ? text : `${text} (${words})`;
}

/** Which way a change goes; one that is written as nothing goes none. */
export function direction(change: number, shape: ValueShape): 'up' | 'down' | 'none' {
  if (!/[1-9]/.test(formatDifference(change, formatOf(shape)))) return 'none';
  return change > 0 ? 'up' : 'down';
}

/** Whether a change is for the better, for the worse, or neither. */
export function changeTone(change: number | null, shape: ValueShape): 'good' | 'bad' | 'none' {
  if (change === null || direction(change, shape) === 'none' || shape.better === 'neutral') return 'none';
  return change > 0 === (shape.better === 'higher') ? 'good' : 'bad';
}

/** The interval of a value: `31.9 to 54.7`; null where there is none. */
export function intervalText(
  { low, high }: Pick<NumberDocument, 'low' | 'high'>,
  shape: ValueShape,
): string | null {
  if (low === null || high === null) return null;
  const format = formatOf(shape);
  return `${formatValue(low, format)} to ${formatValue(high, format)}`;
}
