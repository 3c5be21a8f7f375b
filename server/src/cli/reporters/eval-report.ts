import type { Problem } from '../../core/base/problem.ts';
import type { ResultDocument, ResultOptions } from '../../core/evaluate/result.ts';
import type { SourceTexts } from '../source-texts.ts';

/** What `eval` computed, and what was asked of it. */
export interface EvalReport {
  readonly document: ResultDocument;
  /** Whether metrics were named. */
  readonly named: boolean;
  /** The keys of `--by`. */
  readonly by: readonly string[];
  /** The text of `--where`. */
  readonly where: string | undefined;
  /** The metrics on which `where` means nothing; none of them was named. */
  readonly unfit: ReadonlySet<string>;
  /** The days of `--from` and `--to`. */
  readonly range: ResultOptions;
  /** The segments by which a metric can be broken down, by the name of the metric. */
  reached(metric: string): readonly string[];
  /** Absolute path of the project's root. */
  readonly folder: string;
  readonly currency: string | undefined;
  /** By metric, the file that defines it. */
  readonly files: ReadonlyMap<string, string>;
  /** Every problem of the project and its data, in order. */
  readonly problems: readonly Problem[];
  /** Those of them that touch what is shown, and those that do not. */
  readonly touching: readonly Problem[];
  readonly others: readonly Problem[];
  readonly texts: SourceTexts;
}
