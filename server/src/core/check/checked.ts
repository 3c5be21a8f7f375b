import type { Grain } from '../base/period.ts';
import type { Problem } from '../base/problem.ts';
import type { ValueType } from '../base/value-type.ts';
import type { DescribeHook, ReadHook, Step } from '../model/kind.ts';
import type { Column, ExpressionWord, Metric, Project, Word } from '../model/project.ts';
import type { Shapes } from '../model/shape.ts';
import type { NameRef, Scalar } from '../syntax/expression/scalar.ts';
import type { NeedsBook } from './needs.ts';

/** An expression among the fields of a metric's type. */
export interface FieldExpression {
  readonly word: ExpressionWord;
  /** Types that fit; empty: any. */
  readonly expects: readonly ValueType[];
  readonly scope: 'row' | 'formula';
  /** The source that it is read on, where that is not the metric's: a step of a conversion. */
  readonly source?: Word;
  /** Names a column, a path through links, a raw header, or (the entity meant is then the linked row) a link. */
  readonly path?: true;
  /** Whether its values are added up, averaged or ranked, so that a value reached through a link would be counted once per row. */
  readonly adds: boolean;
}

/** The periods that a metric has values for. */
export interface MetricPeriods {
  readonly grain: Grain;
  /** The rows of its source have no time, so that there is the one period `all`. */
  readonly isSnapshot: boolean;
  /** Whether its source says how long rows last; `undefined` where the source is not known. */
  readonly hasSpells: boolean | undefined;
  /** Whether its rows fall in periods by a time of their own, also where their source has spells. */
  readonly isTimed: boolean;
}

/** What the check floor needs of a metric type. */
export interface CheckHook<Spec> {
  expressions(spec: Spec): readonly FieldExpression[];
  /** For survey types: the scale of `value`. Numbers written about it (`satisfied`) must lie on it. */
  scale?(spec: Spec): { readonly low: number; readonly high: number } | undefined;
  /** For metrics that take their rows from elsewhere than `source`: where (the first step of a conversion). */
  source?(spec: Spec): Word | undefined;
  /** Whether it follows spells from opening to close by itself, so that `when` says nothing. */
  readonly followsSpells?: true;
  /**
   * Of its fields and conditions those that say what a row is before any period is looked at, so that the bounds of a period have no
   * meaning in them.
   */
  periodless?(spec: Spec, where: readonly ExpressionWord[]): readonly ExpressionWord[];
  /** Whether it says by itself which rows belong together, so that a window has no meaning. */
  readonly windowless?: true;
  /** The steps of a conversion, and who takes them. */
  steps?(spec: Spec): { readonly entity: ExpressionWord | undefined; readonly steps: readonly Step[] };
  /** Wrong combinations of the type's own fields, each at the node which must change. */
  check?(
    spec: Spec,
    metric: Metric,
    report: (place: { readonly span: { start: number; end: number } }, message: string) => void,
    periods: MetricPeriods,
  ): void;
}

export type CheckedKind = ReadHook<unknown> & CheckHook<unknown> & DescribeHook<unknown>;

/** A column that expressions on a source may name. */
export interface ColumnInfo {
  readonly name: string;
  readonly type: ValueType;
  /** `file`: stored in the data; `computed`: `value`; `facts`: `of` a linking source. */
  readonly origin: 'file' | 'computed' | 'facts';
  /** The header in the file, where `origin` is `file`. */
  readonly header: string | undefined;
  readonly declared: Column | undefined;
}

export interface SourceColumns {
  readonly columns: ReadonlyMap<string, ColumnInfo>;
  /** Whether these are all: false where the data could not be read, so that unknown names are let pass. */
  readonly complete: boolean;
}

/** A project with everything that its definitions mean, and every problem that can be known without its rows. */
export interface Checked {
  readonly project: Project;
  readonly kinds: ReadonlyMap<string, CheckedKind>;
  readonly shapes: Shapes;
  /** By source name. */
  readonly columns: ReadonlyMap<string, SourceColumns>;
  readonly problems: readonly Problem[];
  /**
   * The typed expression of `word` read on a source (names are its columns and links); `undefined` where it has an
   * error. Results are kept per word and source. With `metric`, `period_start` and the like are available.
   */
  resolve(word: ExpressionWord, source: string, metric?: Metric): Scalar<NameRef> | undefined;
  /** A column or link path such as `time: account.signed_up_on`, or a raw column name; `undefined` where unknown. */
  resolvePath(text: string, source: string): Scalar<NameRef> | undefined;
  /** The source at the end of a chain of links; `undefined` where a link is unknown. */
  follow(source: string, links: readonly string[]): string | undefined;
  /** Every chain of links from one source to another that visits no source twice; `[[]]` from a source to itself. */
  paths(from: string, to: string): readonly (readonly string[])[];
  /** What metrics, segments and paths use of the sources. */
  readonly needs: NeedsBook;
  /** Whether errors stand in a metric or in anything that it needs, so that it cannot be evaluated; the first of them. */
  blocking(metric: Metric): Problem | undefined;
}
