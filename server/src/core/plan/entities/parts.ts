import type { ValueType } from '../../base/value-type.ts';
import type { FunctionName, OperatorName } from '../../syntax/expression/functions.ts';
import type { Input, Named, PlanScalar, RelationColumn, Select } from '../relation.ts';
import { cast, literal, nameOf } from '../scalars.ts';
import { PERIOD } from '../scan-columns.ts';
import type { Storage } from '../storage.ts';

/** Small pieces that the parts of a statement about entities are made of. */

/** A column of a part of the statement. */
export function at(part: string, column: string, type: ValueType = 'number'): PlanScalar {
  return nameOf<RelationColumn>({ relation: part, column }, type);
}

/** Columns of a part of the statement, under their own names. */
export function columnsOf(part: string, names: readonly string[], type?: ValueType): Named<PlanScalar>[] {
  return names.map((name) => ({ name, value: at(part, name, type) }));
}

/** A part of the statement, to be read by its name. */
export function reading(part: string): Input {
  return { kind: 'table', table: part, as: part };
}

/** A select from one part without joins, conditions or aggregates. */
export function selecting(
  part: string,
  keys: readonly Named<PlanScalar>[],
  more: Partial<Select> = {},
): Select {
  return { from: reading(part), joins: [], where: [], aggregates: [], keys, ...more };
}

/** A call of a function or operator that gives a number. */
export function number(fn: FunctionName | OperatorName, ...args: PlanScalar[]): PlanScalar {
  return { kind: 'call', type: 'number', fn, args };
}

/** A number, and 0 in place of null. */
export function orZero(value: PlanScalar): PlanScalar {
  return { kind: 'call', type: value.type, fn: 'coalesce', args: [value, literal(0)] };
}

/** No day: the period of what has all time for one. */
export function noDay(): PlanScalar {
  return cast<RelationColumn>(literal(null), 'date');
}

/** A select without rows: of a source of which no row has a valid time. */
export function nothing(storage: Storage, source: string, columns: readonly string[]): Select {
  return {
    from: storage.input(source, source),
    joins: [],
    where: [literal(false)],
    keys: [{ name: PERIOD, value: noDay() }],
    aggregates: columns.map((name) => ({ name, value: { fn: 'count', args: [] } })),
  };
}
