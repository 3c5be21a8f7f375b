import type { ValueType } from '../base/value-type.ts';
import type { FieldExpression } from '../check/checked.ts';
import { wilson } from '../evaluate/statistics/wilson.ts';
import type { FieldReader } from '../model/kind.ts';
import type { ExpressionWord } from '../model/project.ts';
import type { AggregateValue, Estimate } from '../plan/metric-plan.ts';

/** What several kinds have in common. */

export const NUMERIC: readonly ValueType[] = ['integer', 'number'];

/** A field that stands for one expression over a row; nothing where it is missing. */
export function rowField(
  word: ExpressionWord | undefined,
  expects: readonly ValueType[],
  adds: boolean,
): readonly FieldExpression[] {
  return word === undefined ? [] : [{ word, expects, scope: 'row', adds }];
}

/** The spec of a type whose only field is `value`. */
export interface ValueSpec {
  readonly value: ExpressionWord | undefined;
}

/** The hooks of a type whose only field is a numeric `value` that it adds up, averages or ranks. */
export const numericValue = {
  evaluated: true,
  read: (fields: FieldReader): ValueSpec => ({ value: fields.expression('value') }),
  references: () => [],
  expressions: ({ value }: ValueSpec) => rowField(value, NUMERIC, true),
};

/** A value without an interval. */
export function plainEstimate(value: AggregateValue | undefined, n: AggregateValue | undefined): Estimate {
  return { value: value ?? null, n: n ?? 0, low: null, high: null };
}

/** A share with its Wilson interval; null where `n` is 0. */
export function shareEstimate(hits: number, n: number, intervals: boolean): Estimate {
  const interval = intervals ? wilson(hits, n) : undefined;
  return { value: n === 0 ? null : hits / n, n, low: interval?.low ?? null, high: interval?.high ?? null };
}
