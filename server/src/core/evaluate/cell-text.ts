import type { ValueType } from '../base/value-type.ts';
import type { Value } from './engine.ts';

/** Longer texts are cut: a cell may hold a book, and nobody reads one in a preview. */
export const MAX_CELL = 200;

/**
 * A value of the data as text: numbers in their shortest form, dates and timestamps ISO (timestamps in UTC, with a `Z`),
 * texts of more than `MAX_CELL` characters cut. Null stays null.
 */
export function cellText(value: Value, type: ValueType): string | null {
  if (value === null) return null;
  const text = String(value);
  if (type === 'timestamp') return `${text}Z`;
  return text.length > MAX_CELL ? `${text.slice(0, MAX_CELL - 1)}…` : text;
}
