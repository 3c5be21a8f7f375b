import type { ColumnType, ValueType } from '../../base/value-type.ts';
import type { FunctionName, OperatorName, TimeUnit } from '../../syntax/expression/functions.ts';
import type { LiteralValue } from '../../syntax/expression/scalar.ts';
import type { AggregateFunction } from '../relation.ts';

/** An argument as rendered SQL, with the type of its value. */
export interface Rendered {
  readonly sql: string;
  readonly type: ValueType;
  /** The value itself, where it is written out in the expression. */
  readonly literal?: LiteralValue;
}

/** What every rendering may need to know. */
export interface RenderContext {
  /** The project's time zone (IANA), in which calendar functions work on timestamps. */
  readonly timezone: string;
}

/** An aggregate, ready to be written: its arguments are rendered already, the condition on rows apart. */
export interface RenderedAggregate {
  readonly fn: AggregateFunction;
  readonly args: readonly Rendered[];
  readonly where: string | undefined;
  readonly p: number | undefined;
}

/**
 * One SQL dialect, whole: how it quotes, writes values, and says every operator, function and aggregate of the
 * format. The tables are total, so that the compiler refuses a dialect that lacks one. All of them return SQL that can
 * stand as an operand: a call, or in parentheses. A `timestamp` is an instant, stored without zone in UTC; a `date` a
 * day of the calendar.
 */
export interface Dialect {
  readonly name: string;
  /** Quotes a name; any text is safe. */
  identifier(name: string): string;
  literal(type: ValueType, value: LiteralValue, context: RenderContext): string;
  /** Null where the value is none of the type. */
  cast(arg: Rendered, to: ValueType, context: RenderContext): string;
  readonly operators: Readonly<
    Record<OperatorName, (args: readonly Rendered[], context: RenderContext) => string>
  >;
  readonly functions: Readonly<
    Record<FunctionName, (args: readonly Rendered[], context: RenderContext, unit: TimeUnit) => string>
  >;
  aggregate(aggregate: RenderedAggregate): string;
  /** The name of a column type in declarations. */
  typeName(type: ColumnType): string;
}
