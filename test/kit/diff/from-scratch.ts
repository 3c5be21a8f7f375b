import { formatPeriod } from '../../../server/src/core/base/period.ts';
import { evaluate, type MetricResult } from '../../../server/src/core/evaluate/evaluate.ts';
import type { TargetResult } from '../../../server/src/core/evaluate/evaluate-targets.ts';
import { type ExampleResult, runExamples } from '../../../server/src/core/evaluate/run-examples.ts';
import { isPartial, type Series } from '../../../server/src/core/evaluate/series.ts';
import { kinds } from '../../../server/src/core/kinds/index.ts';
import { openSources } from '../../../server/src/core/open-data.ts';
import type { QueryEngine } from '../../../server/src/core/ports.ts';
import { loadProject } from '../../../server/src/core/workspace.ts';
import { createNodeFileSystem } from '../../../server/src/hosts/node-file-system.ts';

/** One value of a metric. */
export interface ScratchValue {
  /** The segments that it is broken down by; none for the total. */
  readonly by: readonly string[];
  readonly period: string;
  readonly group: readonly string[];
  readonly value: number | null;
  /** What it rests on, and its interval. */
  readonly n: number;
  readonly low: number | null;
  readonly high: number | null;
  readonly isComplete: boolean;
}

/** All that a metric is, in total and by the segments that it names. */
export interface ScratchMetric {
  readonly refused: string | null;
  readonly grain: string;
  readonly refusedBreakdowns: readonly string[];
  readonly breakdowns: readonly string[];
  readonly values: readonly ScratchValue[];
}

/** A whole project as it is computed without looking at what another version of it was. */
export interface Scratch {
  readonly metrics: ReadonlyMap<string, ScratchMetric>;
  /** The status that counts now with its period, by target; null where it could not be judged. */
  readonly targets: ReadonlyMap<string, string | null>;
  /** The examples that fail, as `metric 1`. */
  readonly failing: ReadonlySet<string>;
  readonly errors: number;
}

/** Loads a project that lies in a folder, and evaluates everything in it. */
export async function fromScratch(engine: QueryEngine, folder: string): Promise<Scratch> {
  const loaded = await loadProject(createNodeFileSystem(), folder, { kinds });
  const { evaluator, problems } = await openSources(loaded, kinds, engine, loaded.project.sources.keys());
  const { project } = evaluator.checked;
  const { metrics, targets } = await evaluate(evaluator, {
    targets: [...project.targets.values()],
    ownSegments: true,
    findings: false,
  });
  const examples = await runExamples(evaluator, [...project.metrics.values()], { rows: false });
  return {
    metrics: new Map(metrics.map((result) => [result.metric.name, scratchMetric(result)])),
    targets: new Map(targets.map((result) => [result.target.name, statusOf(result)])),
    failing: new Set(examples.filter(({ passed }) => !passed).map(exampleName)),
    errors: problems.filter(({ severity }) => severity === 'error').length,
  };
}

function exampleName({ metric, index }: ExampleResult): string {
  return `${metric.name} ${index + 1}`;
}

function statusOf({ current }: TargetResult): string | null {
  return current === undefined ? null : `${current.status} in ${formatPeriod(current.period)}`;
}

function scratchMetric({
  refused,
  grain,
  total,
  breakdowns,
  refusedBreakdowns,
}: MetricResult): ScratchMetric {
  const all = [...(total === undefined ? [] : [{ by: [], series: total }]), ...breakdowns];
  return {
    refused: refused ?? null,
    grain,
    refusedBreakdowns: refusedBreakdowns.map(({ by }) => by.join()),
    breakdowns: breakdowns.map(({ by }) => by.join()),
    values: all.flatMap(({ by, series }) => valuesIn(series, by)),
  };
}

function valuesIn(series: Series, by: readonly string[]): readonly ScratchValue[] {
  return series.periods.flatMap((period) => {
    const [text, isComplete] = [formatPeriod(period), !isPartial(series, period)];
    return series.groups.map((group) => {
      const { value, n, low, high } = series.at(period, group);
      return { by, period: text, group, value, n, low, high, isComplete };
    });
  });
}
