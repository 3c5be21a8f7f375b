import type { Duration } from '../../base/duration.ts';
import type { ValueType } from '../../base/value-type.ts';
import type { AggregateName, FunctionName, OperatorName, TimeUnit } from './functions.ts';

/** What a name in an expression stands for, once resolved. */
export type NameRef =
  /** A column of the source (`links` is empty) or of the source reached by following `links` in order. */
  | { readonly at: 'row'; readonly links: readonly string[]; readonly column: string }
  /** `period_start`, `period_end` (exclusive): the bounds of the period in which a row is counted. */
  | { readonly at: 'period'; readonly bound: 'start' | 'end' }
  /** `event_time`: the metric's own time. */
  | { readonly at: 'event_time' }
  /** Another metric, by name, in a `formula`; with `back`, its value so long before: one period, or a calendar length. */
  | { readonly at: 'metric'; readonly metric: string; readonly back?: Duration | 'period' };

/**
 * A typed expression, free of syntax: what plans are made of. `Ref` is `NameRef` after checking, and a column of
 * a relation after planning.
 */
export type Scalar<Ref = NameRef> =
  | { readonly kind: 'literal'; readonly type: ValueType; readonly value: LiteralValue }
  | { readonly kind: 'name'; readonly type: ValueType; readonly ref: Ref }
  | {
      readonly kind: 'call';
      readonly type: ValueType;
      readonly fn: FunctionName | OperatorName;
      readonly args: readonly Scalar<Ref>[];
      /** The quoted unit of `date_trunc`, `date_part`, `date_add` and `date_diff`; not among `args`. */
      readonly unit?: TimeUnit;
    }
  | { readonly kind: 'cast'; readonly type: ValueType; readonly arg: Scalar<Ref> }
  | {
      readonly kind: 'case';
      readonly type: ValueType;
      readonly branches: readonly { readonly when: Scalar<Ref>; readonly result: Scalar<Ref> }[];
      readonly otherwise: Scalar<Ref> | null;
    }
  | {
      readonly kind: 'aggregate';
      readonly type: ValueType;
      readonly fn: AggregateName;
      readonly distinct: boolean;
      /** `null` for `count()`. */
      readonly arg: Scalar<Ref> | null;
    };

/** Numbers are kept as written (`9007199254740993` is exact), dates and timestamps as ISO text. */
export type LiteralValue = string | boolean | null;

/** The children of a node, in order. */
export function childrenOf<Ref>(scalar: Scalar<Ref>): readonly Scalar<Ref>[] {
  switch (scalar.kind) {
    case 'literal':
    case 'name':
      return [];
    case 'call':
      return scalar.args;
    case 'cast':
      return [scalar.arg];
    case 'case':
      return [
        ...scalar.branches.flatMap((branch) => [branch.when, branch.result]),
        ...(scalar.otherwise === null ? [] : [scalar.otherwise]),
      ];
    case 'aggregate':
      return scalar.arg === null ? [] : [scalar.arg];
  }
}

/** Replaces every name by what `replace` makes of it, keeping the rest. */
export function mapNames<From, To>(
  scalar: Scalar<From>,
  replace: (name: { readonly type: ValueType; readonly ref: From }) => Scalar<To>,
): Scalar<To> {
  return mapChildren(scalar, (child) => mapNames(child, replace), replace);
}

/** The same node with other children; a name has none and is replaced itself. */
function mapChildren<From, To>(
  scalar: Scalar<From>,
  go: (child: Scalar<From>) => Scalar<To>,
  replace: (name: { readonly type: ValueType; readonly ref: From }) => Scalar<To>,
): Scalar<To> {
  switch (scalar.kind) {
    case 'literal':
      return scalar;
    case 'name':
      return replace(scalar);
    case 'call':
      return { ...scalar, args: scalar.args.map(go) };
    case 'cast':
      return { ...scalar, arg: go(scalar.arg) };
    case 'case':
      return {
        ...scalar,
        branches: scalar.branches.map(({ when, result }) => ({ when: go(when), result: go(result) })),
        otherwise: scalar.otherwise === null ? null : go(scalar.otherwise),
      };
    case 'aggregate':
      return { ...scalar, arg: scalar.arg === null ? null : go(scalar.arg) };
  }
}

/** The aggregates of a scalar as names of a reader's own, the rest as `name` has it. */
export function mapAggregates<From, To>(
  scalar: Scalar<From>,
  aggregate: (node: Extract<Scalar<From>, { kind: 'aggregate' }>) => Scalar<To>,
  name: (name: { readonly type: ValueType; readonly ref: From }) => Scalar<To>,
): Scalar<To> {
  const go = (child: Scalar<From>): Scalar<To> => mapAggregates(child, aggregate, name);
  if (scalar.kind === 'aggregate') return aggregate(scalar);
  return mapChildren(scalar, go, name);
}

/** The names in a scalar, depth first. */
export function* namesIn<Ref>(
  scalar: Scalar<Ref>,
): Generator<{ readonly type: ValueType; readonly ref: Ref }> {
  if (scalar.kind === 'name') yield scalar;
  else for (const child of childrenOf(scalar)) yield* namesIn(child);
}
