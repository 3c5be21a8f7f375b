import type { ValueType } from '../../base/value-type.ts';
import { readNumber } from './literals.ts';
import type { NameRef, Scalar } from './scalar.ts';

/** A typed part of an expression; `scalar` is `null` where it holds an issue. */
export interface Typed {
  readonly scalar: Scalar | null;
  readonly type: ValueType;
}

/** Whether the type is not known, or that of `null`: it goes with every other. */
export function isOpen(type: ValueType): boolean {
  return type === 'unknown' || type === 'null';
}

/** Whether a value of type `found` may stand where one of `wanted` is expected: itself, open, or widened. */
export function fits(found: ValueType, wanted: readonly ValueType[]): boolean {
  if (isOpen(found) || wanted.length === 0 || wanted.includes(found)) return true;
  return (
    (found === 'integer' && wanted.includes('number')) || (found === 'date' && wanted.includes('timestamp'))
  );
}

/**
 * The type that all of the values share: integers widen to numbers, and dates to timestamps. `period_start`, `period_end`
 * and `event_time` beside dates only are dates. `null` where there is no such type.
 */
export function commonType(values: readonly Typed[]): ValueType | null {
  const types = new Set(values.map(({ type }) => type).filter((type) => !isOpen(type)));
  if (types.size === 0) return values.some(({ type }) => type === 'unknown') ? 'unknown' : 'null';
  const [first] = types;
  if (types.size === 1 && first !== undefined) return first;
  if (types.size === 2 && types.has('integer') && types.has('number')) return 'number';
  if (types.size !== 2 || !types.has('date') || !types.has('timestamp')) return null;
  return values.every((value) => value.type !== 'timestamp' || isMoment(value.scalar)) ? 'date' : 'timestamp';
}

/** Whether this is `period_start`, `period_end` or `event_time` itself, which "compared with dates are dates". */
function isMoment(scalar: Scalar | null): boolean {
  return scalar?.kind === 'name' && (scalar.ref.at === 'period' || scalar.ref.at === 'event_time');
}

/** The scalar as a value of the given type: widened by a cast, literals in place. Other types are left as they are. */
export function widen(scalar: Scalar, to: ValueType): Scalar {
  const { type } = scalar;
  if (type === to || to === 'unknown' || to === 'null') return scalar;
  if (scalar.kind === 'literal' && scalar.value === null) return { kind: 'literal', type: to, value: null };
  if (type === 'integer' && to === 'number' && scalar.kind === 'literal') {
    const value = readNumber(`${String(scalar.value)}.0`)?.value ?? scalar.value;
    return { kind: 'literal', type: 'number', value };
  }
  const widens =
    (type === 'integer' && to === 'number') ||
    (type === 'date' && to === 'timestamp') ||
    (type === 'timestamp' && to === 'date');
  return widens ? { kind: 'cast', type: to, arg: scalar } : scalar;
}

const WORDS: Readonly<Record<ValueType, string>> = {
  boolean: 'true or false',
  integer: 'a whole number',
  number: 'a number',
  text: 'text',
  date: 'a date',
  timestamp: 'a timestamp',
  unknown: 'unknown',
  null: 'null',
};

/** A type in words for messages: `a whole number`. */
export function wordFor(type: ValueType): string {
  return WORDS[type];
}

/** Several types in words: `a number or text`. */
export function wordsFor(types: readonly ValueType[]): string {
  const shown = types.filter((type) => !(type === 'integer' && types.includes('number')));
  return shown.map(wordFor).join(' or ');
}

/** A reference that differs from row to row, and so cannot stand beside an aggregate. */
export function variesByRow(ref: NameRef): boolean {
  return ref.at === 'row' || ref.at === 'event_time';
}

/** With a capital letter, to begin a sentence. */
export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
