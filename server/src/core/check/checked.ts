import type { Problem } from '../base/problem.ts';
import type { ValueType } from '../base/value-type.ts';
import type { DescribeHook, ReadHook } from '../model/kind.ts';
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

/** What the check floor needs of a metric type. */
export interface CheckHook<Spec> {
  expressions(spec: Spec): readonly FieldExpression[];
  /** For survey types: the scale of `value`. Numbers written about it (`satisfied`) must lie on it. */
  scale?(spec: Spec): { readonly low: number; readonly high: number } | undefined;
  /** For metrics that take their rows from elsewhere than `source`: where (the first step of a conversion). */
  source?(spec: Spec): Word | undefined;
  /** Whether it follows spells from opening to close by itself, so that `when` says nothing. */
  readonly followsSpells?: true;
  /** Wrong combinations of the type's own fields, each at the node which must change. */
  check?(
    spec: Spec,
    metric: Metric,
    report: (place: { readonly span: { start: number; end: number } }, message: string) => void,
  ): void;
  /** Whether `plumbline eval` computes it; if not, one warning stands at `type`. */
  readonly evaluated: boolean;
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
  /** Why this version cannot evaluate a metric whatever its definition says, in words for users; else `undefined`. */
  unevaluated(metric: Metric): string | undefined;
}
