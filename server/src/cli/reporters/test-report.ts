import type { Problem } from '../../core/base/problem.ts';
import type { ExampleResult } from '../../core/evaluate/run-examples.ts';
import type { Metric } from '../../core/model/project.ts';
import type { Texts } from '../../core/workspace/in-files.ts';
import type { SourceTexts } from '../source-texts.ts';

/** The examples of a project and what came of them. */
export interface TestReport {
  /** Absolute path of the project's root. */
  readonly folder: string;
  readonly project: string | undefined;
  /** The metrics that were asked for, in the order of the files. */
  readonly metrics: readonly Metric[];
  /** In the order of the metrics. */
  readonly results: readonly ExampleResult[];
  /** What the data show of the examples beside their values: groups that no row is in. */
  readonly problems: readonly Problem[];
  /** The unit of each metric, by name. */
  readonly units: ReadonlyMap<string, string>;
  /** The metrics files of the project, to find places in them. */
  readonly files: Texts;
  readonly texts: SourceTexts;
}

/** The results of one metric. */
export interface MetricTests {
  readonly metric: Metric;
  readonly results: readonly ExampleResult[];
}

/** The results metric by metric, without the metrics that have no example. */
export function byMetric({ metrics, results }: TestReport): readonly MetricTests[] {
  return metrics
    .map((metric) => ({ metric, results: results.filter((result) => result.metric === metric) }))
    .filter((tests) => tests.results.length > 0);
}
