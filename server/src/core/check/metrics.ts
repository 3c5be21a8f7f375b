import { type Cycle, postOrder } from '../base/graph.ts';
import { sourceWordOf } from '../model/kind.ts';
import type { Metric, MetricReference, Project, Word } from '../model/project.ts';
import type { CheckedKind } from './checked.ts';

/** A source whose rows a metric is computed from, and the metric that reads them: itself, or a part of it. */
export interface Side {
  readonly source: string;
  readonly metric: Metric;
}

/** A metric with what it is made of. */
export interface MetricUse {
  readonly metric: Metric;
  readonly kind: CheckedKind | undefined;
  /** The named definition in which it stands: itself, or that of the outermost metric. */
  readonly outer: Metric;
  /** The metrics that it names or holds, in order. */
  readonly references: readonly MetricReference[];
  /** One entry a source and part. Empty where no part has a known source. */
  readonly sides: readonly Side[];
}

/** Answers what metrics are made of. Cycles end where they close. */
export interface MetricBook {
  /** Every metric of every file, inline ones behind the one that holds them. */
  readonly all: readonly MetricUse[];
  /** The same metrics, each behind those that it is made of. */
  readonly order: readonly Metric[];
  /** References that lead back to where they came from. */
  readonly cycles: readonly Cycle<Metric>[];
  references(metric: Metric): readonly MetricReference[];
  sides(metric: Metric): readonly Side[];
  /** The metric that a reference means; `undefined` where the name is unknown. */
  target(reference: MetricReference): Metric | undefined;
}

/** Reads the metrics of a project with the hooks of their kinds. */
export function metricBook(project: Project, kinds: ReadonlyMap<string, CheckedKind>): MetricBook {
  const kindOf = (metric: Metric): CheckedKind | undefined =>
    metric.type === undefined ? undefined : kinds.get(metric.type);
  const references = (metric: Metric): readonly MetricReference[] =>
    metric.reuse === undefined
      ? (kindOf(metric)?.references(metric.spec) ?? [])
      : [{ kind: 'name', word: metric.reuse }];
  const target = (reference: MetricReference): Metric | undefined =>
    reference.kind === 'inline' ? reference.metric : project.metrics.get(reference.word.text);
  const parts = (metric: Metric): Metric[] =>
    references(metric).flatMap((reference) => target(reference) ?? []);
  const { order, cycles } = postOrder(namedMetrics(project), parts);
  const sides = new Map<Metric, readonly Side[]>();
  for (const metric of order) {
    // A part that is not there yet closes a cycle, and what that would add to itself is nothing new.
    const ofParts = parts(metric).flatMap((part) => sides.get(part) ?? []);
    sides.set(metric, distinct([...ownSide(metric, kindOf(metric), project), ...ofParts]));
  }
  const sidesOf = (metric: Metric): readonly Side[] => sides.get(metric) ?? [];
  const all = namedMetrics(project).flatMap((outer) =>
    [outer, ...inlineMetrics(outer, references)].map((metric) => ({
      metric,
      kind: kindOf(metric),
      outer,
      references: references(metric),
      sides: sidesOf(metric),
    })),
  );
  return { all, order, cycles, references, sides: sidesOf, target };
}

/** The metrics that stand under `metrics:`, those with a name that was taken included. */
function namedMetrics(project: Project): readonly Metric[] {
  return project.files.flatMap(({ definitions }) =>
    definitions.flatMap((definition) => (definition.definition === 'metric' ? [definition] : [])),
  );
}

/** The metrics that stand inside of one, at any depth. */
function inlineMetrics(
  outer: Metric,
  references: (metric: Metric) => readonly MetricReference[],
): readonly Metric[] {
  const inline = (metric: Metric): Metric[] =>
    references(metric).flatMap((reference) => (reference.kind === 'inline' ? [reference.metric] : []));
  const { order } = postOrder([outer], inline);
  return order.slice(0, -1);
}

/** Where a metric reads rows by itself: the word that names the source. */
export function ownSourceWord(metric: Metric, kind: CheckedKind | undefined): Word | undefined {
  return kind?.source?.(metric.spec) ?? sourceWordOf(metric);
}

/** Whether a metric reads rows itself, and is not only made of other metrics. */
export function readsRows(metric: Metric, kind: CheckedKind | undefined): boolean {
  if (metric.reuse !== undefined || kind === undefined) return false;
  return kind.readsRows?.(metric.spec) ?? true;
}

function ownSide(metric: Metric, kind: CheckedKind | undefined, project: Project): Side[] {
  const word = ownSourceWord(metric, kind);
  if (word === undefined || !project.sources.has(word.text) || !readsRows(metric, kind)) return [];
  return [{ source: word.text, metric }];
}

function distinct(sides: readonly Side[]): Side[] {
  const seen = new Map<string, Side>();
  for (const side of sides) {
    const id = `${side.source}\u0000${side.metric.name}`;
    if (!seen.has(id)) seen.set(id, side);
  }
  return [...seen.values()];
}
