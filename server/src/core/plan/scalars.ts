import { type Day, formatDay, type Grain } from '../base/period.ts';
import type { ValueType } from '../base/value-type.ts';
import type { OperatorName, TimeUnit } from '../syntax/expression/functions.ts';
import type { Scalar } from '../syntax/expression/scalar.ts';

/** Builders for the scalars that plans are made of, so that planning code reads like the expression it builds. */

export function literal<Ref>(value: string | number | boolean | null): Scalar<Ref> {
  if (value === null) return { kind: 'literal', type: 'null', value: null };
  if (typeof value === 'boolean') return { kind: 'literal', type: 'boolean', value };
  if (typeof value === 'string') return { kind: 'literal', type: 'text', value };
  return { kind: 'literal', type: Number.isInteger(value) ? 'integer' : 'number', value: String(value) };
}

export function dateLiteral<Ref>(day: Day): Scalar<Ref> {
  return { kind: 'literal', type: 'date', value: formatDay(day) };
}

export function nameOf<Ref>(ref: Ref, type: ValueType): Scalar<Ref> {
  return { kind: 'name', ref, type };
}

/** A call of an operator that gives a truth value. */
export function test<Ref>(fn: OperatorName, ...args: Scalar<Ref>[]): Scalar<Ref> {
  return { kind: 'call', type: 'boolean', fn, args };
}

/** All of the conditions; `undefined` for none. */
export function all<Ref>(conditions: readonly Scalar<Ref>[]): Scalar<Ref> | undefined {
  return conditions.length > 1 ? test('and', ...conditions) : conditions[0];
}

/** `null` counted as false. */
export function holds<Ref>(condition: Scalar<Ref>): Scalar<Ref> {
  return { kind: 'call', type: 'boolean', fn: 'coalesce', args: [condition, literal(false)] };
}

export function isNull<Ref>(scalar: Scalar<Ref>): Scalar<Ref> {
  return test('is-null', scalar);
}

export function isNotNull<Ref>(scalar: Scalar<Ref>): Scalar<Ref> {
  return test('not', isNull(scalar));
}

export function cast<Ref>(arg: Scalar<Ref>, type: ValueType): Scalar<Ref> {
  return arg.type === type ? arg : { kind: 'cast', type, arg };
}

/** The calendar day of a date or timestamp, in the project's time zone. */
export function dayOf<Ref>(time: Scalar<Ref>): Scalar<Ref> {
  return cast(time, 'date');
}

/** Compares two times; a date beside a timestamp stands for its midnight. */
export function compareTimes<Ref>(fn: '<' | '<=' | '>' | '>=', a: Scalar<Ref>, b: Scalar<Ref>): Scalar<Ref> {
  const widened = a.type === 'timestamp' || b.type === 'timestamp' ? 'timestamp' : 'date';
  return test(fn, cast(a, widened), cast(b, widened));
}

/** Whether a time lies on a day or before. Compared as it is stored: turning every row's time into a day of the project's zone would cost more than the scan. */
export function notAfter<Ref>(time: Scalar<Ref>, day: Day): Scalar<Ref> {
  return compareTimes('<', time, dateLiteral(day + 1));
}

/** The first day of the period of a grain in which a time lies. */
export function truncate<Ref>(grain: Exclude<Grain, 'all'>, time: Scalar<Ref>): Scalar<Ref> {
  if (grain === 'day') return dayOf(time);
  return { kind: 'call', type: 'date', fn: 'date_trunc', unit: grain, args: [dayOf(time)] };
}

export function addUnits<Ref>(unit: TimeUnit, count: number, date: Scalar<Ref>): Scalar<Ref> {
  return { kind: 'call', type: date.type, fn: 'date_add', unit, args: [literal(count), date] };
}

/** `case when … then … end`; without `otherwise` null. */
export function when<Ref>(condition: Scalar<Ref>, result: Scalar<Ref>, otherwise?: Scalar<Ref>): Scalar<Ref> {
  return {
    kind: 'case',
    type: result.type,
    branches: [{ when: condition, result }],
    otherwise: otherwise ?? null,
  };
}
