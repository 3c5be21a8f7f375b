import type { ValueType } from '../../base/value-type.ts';
import { AGGREGATES, FUNCTIONS } from './catalogue.ts';

export { AGGREGATES, FUNCTIONS };

/** The functions of one row, as section 3 of the format lists them. */
export type FunctionName =
  | 'abs'
  | 'round'
  | 'floor'
  | 'ceil'
  | 'sqrt'
  | 'ln'
  | 'exp'
  | 'power'
  | 'least'
  | 'greatest'
  | 'coalesce'
  | 'nullif'
  | 'lower'
  | 'upper'
  | 'trim'
  | 'length'
  | 'substring'
  | 'replace'
  | 'concat'
  | 'contains'
  | 'starts_with'
  | 'ends_with'
  | 'split_part'
  | 'regexp_matches'
  | 'date_trunc'
  | 'date_part'
  | 'date_diff'
  | 'date_add'
  | 'year'
  | 'quarter'
  | 'month'
  | 'day'
  | 'hour'
  | 'day_of_week';

/**
 * The operators of a typed tree. `and`, `or` take two or more operands, `in` the value and then the list, `between` the
 * value and both bounds; `not in`, `not like`, `is not null` and `not between` are `not` around the plain form.
 */
export type OperatorName =
  | 'or'
  | 'and'
  | 'not'
  | '='
  | '<>'
  | '<'
  | '<='
  | '>'
  | '>='
  | 'between'
  | 'in'
  | 'like'
  | 'is-null'
  | 'negate'
  | '+'
  | '-'
  | '*'
  | '/'
  | '%'
  | '||';

/** The functions over rows. */
export type AggregateName = 'count' | 'count_if' | 'sum' | 'avg' | 'median' | 'min' | 'max';

/** The quoted units of the calendar functions; `dow` and `doy` are for `date_part` only. */
export type TimeUnit =
  | 'second'
  | 'minute'
  | 'hour'
  | 'day'
  | 'week'
  | 'month'
  | 'quarter'
  | 'year'
  | 'dow'
  | 'doy';

/** The name of anything that can be called. */
export type CallName = FunctionName | AggregateName;

/**
 * What may stand for a parameter. `number` takes integers too; `time` is a date or a timestamp; `alike` and `ordered` are
 * of one type with all others of the call (`ordered` has a smaller and a greater); `unit`, `pattern` and `quoted` have to
 * be a quoted text in the expression itself.
 */
export type ParameterType =
  | 'boolean'
  | 'integer'
  | 'number'
  | 'text'
  | 'time'
  | 'any'
  | 'alike'
  | 'ordered'
  | 'unit'
  | 'pattern'
  | 'quoted';

export interface Parameter {
  readonly name: string;
  readonly type: ParameterType;
  readonly optional?: true;
  /** The last parameter may be given several times. */
  readonly repeated?: true;
}

/**
 * The type of a result: fixed, or that of the arguments (`as-argument`: of an integer an integer, of a date a date).
 * `date_add` of an hour or less to a date gives a timestamp.
 */
export type ResultRule = ValueType | 'as-argument';

/** One function: how it is called, what it gives, and an example that documentation and tests share. */
export interface FunctionInfo {
  readonly name: CallName;
  readonly parameters: readonly Parameter[];
  readonly result: ResultRule;
  /** One line for tables and tooltips. */
  readonly summary: string;
  /** An expression, and its value as JSON. */
  readonly example: string;
  readonly gives: string | number | boolean | null;
}

/** One aggregate: as a function, with an example over rows whose only column is `x`. */
export interface AggregateInfo extends FunctionInfo {
  readonly over: readonly (string | number | boolean | null)[];
}

/** The units of `date_trunc`, `date_add` and `date_diff`, shortest first. */
export const SPAN_UNITS = ['second', 'minute', 'hour', 'day', 'week', 'month', 'quarter', 'year'] as const;

/** The units that a function takes. */
export function unitsOf(name: FunctionName): readonly TimeUnit[] {
  return name === 'date_part' ? [...SPAN_UNITS, 'dow', 'doy'] : SPAN_UNITS;
}

/** The function of that name, case ignored, or `null`. */
export function findFunction(name: string): FunctionInfo | AggregateInfo | null {
  const lower = name.toLowerCase();
  if (Object.hasOwn(FUNCTIONS, lower)) return FUNCTIONS[lower as FunctionName];
  return Object.hasOwn(AGGREGATES, lower) ? AGGREGATES[lower as AggregateName] : null;
}

export function isAggregate(info: FunctionInfo): info is AggregateInfo {
  return Object.hasOwn(AGGREGATES, info.name);
}

/** How a function is called, as in `round(x, [digits])`. */
export function signatureOf(info: FunctionInfo): string {
  const shown = info.parameters.map(({ name, optional, repeated }) =>
    repeated ? `${name}, …` : optional ? `[${name}]` : name,
  );
  return `${info.name}(${shown.join(', ')})`;
}
