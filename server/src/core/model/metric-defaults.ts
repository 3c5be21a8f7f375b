import { GRAINS, type Grain } from '../base/period.ts';
import type { Kinds, ReadHook } from './kind.ts';
import { dependenciesOf, referencesOf } from './metric-references.ts';
import type { Lifespan, Metric, Project, SegmentUse, Source, Word } from './project.ts';

/**
 * What a metric's field is once section 5.2's inheritance is followed: its own; for a filtered reuse, the reused
 * metric's, so that the name keeps its meaning; for another inline metric, that of the metric it stands in.
 */
function inherited<T>(
  project: Project,
  metric: Metric,
  own: (metric: Metric) => T | undefined,
): T | undefined {
  const value = own(metric);
  if (value !== undefined) return value;
  if (metric.reuse === undefined) return metric.parent && inherited(project, metric.parent, own);
  const reused = project.metrics.get(metric.reuse.text);
  return reused && inherited(project, reused, own);
}

/** The word that names a metric's source; `undefined` where none is set, as for a ratio of named metrics. */
export function sourceNameOf(project: Project, metric: Metric): Word | undefined {
  return inherited(project, metric, ({ source }) => source);
}

/** A metric's source; `undefined` where none is set or none has that name. */
export function sourceOf(project: Project, metric: Metric): Source | undefined {
  return project.sources.get(sourceNameOf(project, metric)?.text ?? '');
}

/** The metric's `window`, its outer metric's where it has none. */
export function windowOf(project: Project, metric: Metric): Word | undefined {
  return inherited(project, metric, ({ window }) => window);
}

/** The metric's `when`, its outer metric's where it has none; it may be pointless on the metric's source. */
export function whenOf(project: Project, metric: Metric): Word | undefined {
  return inherited(project, metric, ({ when }) => when);
}

/** The metric's `segments`, its outer metric's where it has none. */
export function segmentsOf(project: Project, metric: Metric): readonly SegmentUse[] {
  return inherited(project, metric, ({ segments }) => (segments.length > 0 ? segments : undefined)) ?? [];
}

/** The column or path of the metric's event time: its own `time`, its outer metric's, or its source's. */
export function timeOf(project: Project, metric: Metric): Word | undefined {
  return inherited(project, metric, ({ time }) => time) ?? sourceOf(project, metric)?.time;
}

/** How rows of a metric's source fall in periods, by section 5.1. */
export type Timing =
  | { readonly kind: 'time'; readonly time: Word }
  | { readonly kind: 'spells'; readonly when: Word; readonly lifespan: Lifespan }
  /** The source has spells only, and nothing says which of their times counts. */
  | { readonly kind: 'when-missing'; readonly lifespan: Lifespan }
  /** No time at all: the one period `all`. */
  | { readonly kind: 'snapshot' };

/** A metric's timing: `when` on a source with spells, else its time. `undefined` where it has no known source. */
export function timingOf(project: Project, metric: Metric): Timing | undefined {
  const source = sourceOf(project, metric);
  if (source === undefined) return undefined;
  const { lifespan } = source;
  const when = whenOf(project, metric);
  if (when !== undefined && lifespan !== undefined) return { kind: 'spells', when, lifespan };
  const time = timeOf(project, metric);
  if (time !== undefined) return { kind: 'time', time };
  return lifespan === undefined ? { kind: 'snapshot' } : { kind: 'when-missing', lifespan };
}

/**
 * The grain of a metric's periods: its own (or its file's default), else the project's. A part of another metric
 * takes that one's grain, never its own. A metric that rests on snapshots only has the grain `all`.
 */
export function grainOf(project: Project, kinds: Kinds<ReadHook<unknown>>, metric: Metric): Grain {
  if (metric.parent !== undefined) return grainOf(project, kinds, metric.parent);
  if (isSnapshot(project, kinds, metric)) return 'all';
  return GRAINS.find((grain) => grain === metric.grain?.text) ?? project.settings.grain;
}

/** Whether every source that a metric rests on is a snapshot; a metric that names others rests on theirs. */
function isSnapshot(project: Project, kinds: Kinds<ReadHook<unknown>>, metric: Metric): boolean {
  const leaves = [metric, ...dependenciesOf(project, kinds, metric)].filter(
    (part) =>
      referencesOf(kinds, part).length === 0 || kinds.get(part.type ?? '')?.readsRows?.(part.spec) === true,
  );
  return leaves.length > 0 && leaves.every((part) => timingOf(project, part)?.kind === 'snapshot');
}
