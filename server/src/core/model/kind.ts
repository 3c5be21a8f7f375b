import type { ExpressionWord, Listed, Metric, MetricReference, NumberWord, Word } from './project.ts';

/** Reads the fields of a metric's own type. Nothing throws; a missing or malformed field is `undefined`. */
export interface FieldReader {
  word(key: string): Word | undefined;
  number(key: string): NumberWord | undefined;
  expression(key: string): ExpressionWord | undefined;
  /** One expression or a list of them. */
  expressions(key: string): Listed<ExpressionWord> | undefined;
  numbers(key: string): Listed<NumberWord> | undefined;
  /** A metric's name or an inline metric. */
  metric(key: string): MetricReference | undefined;
  /** `parts` of a formula: names for filtered or inline metrics. */
  parts(key: string): ReadonlyMap<string, MetricReference>;
  /** `steps` of a conversion. */
  steps(key: string): readonly Step[];
}

export interface Step {
  readonly name: Word | undefined;
  readonly source: Word | undefined;
  readonly where: readonly ExpressionWord[];
  readonly time: Word | undefined;
  readonly entity: ExpressionWord | undefined;
}

/** What the model floor needs of a metric type. */
export interface ReadHook<Spec> {
  /** The word behind `type:`. */
  readonly type: string;
  read(fields: FieldReader): Spec;
  /** The metrics it names or holds inline, in order. */
  references(spec: Spec): readonly MetricReference[];
  /** For types that name other metrics: whether they also aggregate rows of their own source. */
  readsRows?(spec: Spec): boolean;
  /** The unit where the metric sets none. */
  defaultUnit(spec: Spec): 'percent' | 'ratio' | 'points' | 'count' | 'currency' | 'number';
  readonly defaultBetter: 'higher' | 'lower' | 'neutral';
}

/** What every face asks of a metric type, to speak of it. */
export interface DescribeHook<Spec> {
  /**
   * The value in words, without the metric's name: `the share of rows for which score >= 9`. An entity is alive in its spells; through
   * rows that only have a time it is active, and the opening of a period is the period before.
   */
  describe(spec: Spec, through: 'spells' | 'events'): string;
}

/** The kinds by type, as floors receive them. */
export type Kinds<Hook> = ReadonlyMap<string, Hook>;

/** The source of a metric: its own, or that of the metric it stands in. */
export function sourceWordOf(metric: Metric): Word | undefined {
  return metric.source ?? (metric.parent === undefined ? undefined : sourceWordOf(metric.parent));
}
