import type { ColumnType, ValueType } from '../base/value-type.ts';
import type { LiteralValue, Scalar } from '../syntax/expression/scalar.ts';

/**
 * The relational plan: what a dialect renders to one SQL statement. It is plain data, so that it can be compared, hashed
 * and shown, and it holds no text of the user's but literals and the names of columns.
 */

/** A column of a relation that is in scope, by the name the relation has there. */
export interface RelationColumn {
  readonly relation: string;
  readonly column: string;
}

export type PlanScalar = Scalar<RelationColumn>;

/** A function over rows. Beyond those that users may write there are the ones that metric types are made of. */
export type AggregateFunction =
  | 'count'
  | 'count_if'
  | 'count_distinct'
  | 'sum'
  | 'exact_sum'
  | 'avg'
  | 'median'
  | 'min'
  | 'max'
  | 'stddev'
  | 'quantile';

/**
 * An aggregate over the rows of a group. `count` without arguments counts rows; `count_distinct` takes several
 * arguments and leaves out tuples with a null; `exact_sum` adds numbers as decimals of 18 places, so that what is added and taken off
 * again leaves nothing, and is the engine's decimal; `stddev` divides by n − 1; `quantile` interpolates linearly between
 * closest ranks (type 7 of Hyndman & Fan 1996) at `p`.
 */
export interface Aggregate<Ref> {
  readonly fn: AggregateFunction;
  readonly args: readonly Scalar<Ref>[];
  /** For `quantile`: 0 to 1. */
  readonly p?: number;
  /** Only rows for which it holds take part. */
  readonly where?: Scalar<Ref>;
}

/**
 * A value computed from other rows of the select that it stands in: those that agree in `within`. `running_sum` adds up the rows up to
 * this one in `order`, `previous` and `next` are the values of the rows before and behind this one, `min` and `max` that of all,
 * `least_before` and `greatest_before` that of the rows before this one in `order`.
 */
export interface WindowValue {
  readonly fn: 'running_sum' | 'previous' | 'next' | 'min' | 'max' | 'least_before' | 'greatest_before';
  readonly arg: PlanScalar;
  readonly within: readonly PlanScalar[];
  /** None for `min` and `max`. */
  readonly order: readonly PlanScalar[];
  /** Goes through the order from its end. */
  readonly descending?: true;
  /** The type of the result, where it is another one than the engine's. */
  readonly as?: ColumnType;
}

/** Something with rows: a loaded table (or a part of the statement, by its name), rows written out, or another select. */
export type Input =
  | { readonly kind: 'table'; readonly table: string; readonly as: string }
  | {
      readonly kind: 'values';
      readonly as: string;
      readonly columns: readonly { readonly name: string; readonly type: ValueType }[];
      readonly rows: readonly (readonly LiteralValue[])[];
    }
  | { readonly kind: 'select'; readonly select: Select; readonly as: string }
  /** The rows of several selects with the same columns, one below the other. */
  | { readonly kind: 'stack'; readonly selects: readonly Select[]; readonly as: string };

export interface Join {
  /** `left` keeps rows of the left side without a match, with nulls. */
  readonly kind: 'inner' | 'left';
  readonly to: Input;
  readonly on: readonly PlanScalar[];
  /** What of a definition it comes from, to be read beside it. */
  readonly note?: string;
}

export interface Named<T> {
  readonly name: string;
  readonly value: T;
  /** What of a definition it comes from, to be read beside it. */
  readonly note?: string;
}

/** One SELECT. With aggregates it is grouped by `keys` (no keys: one row); without, `keys` are its columns. */
export interface Select {
  /** Parts of the statement with a name each, which the select and later parts read like tables. Only at the top. */
  readonly parts?: readonly Named<Select>[];
  readonly from: Input;
  readonly joins: readonly Join[];
  readonly where: readonly PlanScalar[];
  /** What of a definition the conditions come from. */
  readonly whereNote?: string;
  readonly keys: readonly Named<PlanScalar>[];
  readonly aggregates: readonly Named<Aggregate<RelationColumn>>[];
  /** Without aggregates: further columns, behind the keys. */
  readonly windows?: readonly Named<WindowValue>[];
  /** Without aggregates: of the rows that agree in `of`, only the first in this order; nulls come last. */
  readonly pick?: {
    readonly of: readonly PlanScalar[];
    readonly order: readonly { readonly value: PlanScalar; readonly descending: boolean }[];
    /** Keeps all that come first together. */
    readonly ties?: true;
  };
  /** The order of the rows, by names of keys and aggregates; absent: that of the keys where there is a `limit`, else none. */
  readonly order?: readonly { readonly by: string; readonly descending?: true }[];
  /** At most so many rows; absent: all. */
  readonly limit?: number;
  /** How many rows of the order are left out before those; absent: none. */
  readonly offset?: number;
}
