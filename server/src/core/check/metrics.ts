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
  references(metric: Metric): readonly MetricReference[];
  sides(metric: Metric): readonly Side[];
  /** The metric that a reference means; `undefined` where the name is unknown. */
  target(reference: MetricReference): Metric | undefined;
}

/** Reads the metrics of a project with the hooks of their kinds. */
export function metricBook(project: Project, kinds: ReadonlyMap<string, CheckedKind>): MetricBook {
  const kept = new Map<Metric, readonly Side[]>();
  const kindOf = (metric: Metric): CheckedKind | undefined =>
    metric.type === undefined ? undefined : kinds.get(metric.type);
  const references = (metric: Metric): readonly MetricReference[] =>
    metric.reuse === undefined
      ? (kindOf(metric)?.references(metric.spec) ?? [])
      : [{ kind: 'name', word: metric.reuse }];
  const target = (reference: MetricReference): Metric | undefined =>
    reference.kind === 'inline' ? reference.metric : project.metrics.get(reference.word.text);
  const sides = (metric: Metric): readonly Side[] => {
    const known = kept.get(metric);
    if (known !== undefined) return known;
    // What a cycle would add to itself is nothing new.
    kept.set(metric, []);
    const parts = references(metric).flatMap((reference) => {
      const part = target(reference);
      return part === undefined ? [] : sides(part);
    });
    const found = distinct([...ownSide(metric, kindOf(metric), project), ...parts]);
    kept.set(metric, found);
    return found;
  };
  const all: MetricUse[] = [];
  const add = (metric: Metric, outer: Metric): void => {
    const parts = references(metric);
    all.push({ metric, kind: kindOf(metric), outer, references: parts, sides: sides(metric) });
    for (const part of parts) if (part.kind === 'inline') add(part.metric, outer);
  };
  for (const file of project.files) {
    for (const definition of file.definitions) {
      if (definition.definition === 'metric') add(definition, definition);
    }
  }
  return { all, references, sides, target };
}

/** Where a metric reads rows by itself: the word that names the source. */
export function ownSourceWord(metric: Metric, kind: CheckedKind | undefined): Word | undefined {
  return kind?.source?.(metric.spec) ?? sourceWordOf(metric);
}

/** Whether a metric reads rows itself, and is not only made of other metrics. */
export function readsRows(metric: Metric, kind: CheckedKind | undefined): boolean {
  if (metric.reuse !== undefined || kind === undefined) return false;
  return kind.readsRows?.(metric.spec) ?? !isComposite(kind, metric);
}

function isComposite(kind: CheckedKind, metric: Metric): boolean {
  return COMPOSITE.has(kind.type) || kind.references(metric.spec).length > 0;
}

/** Types that are made of other metrics even while none is named yet. */
const COMPOSITE: ReadonlySet<string> = new Set(['ratio', 'formula']);

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
