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
