import { type Analysis, analyse } from './analyse.ts';
import type { Cancel } from './base/cancel.ts';
import type { Problem } from './base/problem.ts';
import type { Checked } from './check/checked.ts';
import { settle } from './check/settle.ts';
import type { Evaluation, Evaluator } from './evaluate/evaluate.ts';
import { loadData } from './evaluate/load-data.ts';
import type { MetricKind } from './kinds/kind.ts';
import { sourceOf } from './model/metric-defaults.ts';
import { dependenciesOf, referencesOf } from './model/metric-references.ts';
import type { Metric } from './model/project.ts';
import type { Shapes } from './model/shape.ts';
import type { LoadProgress, QueryEngine } from './ports.ts';
import { type LoadedProject, shapeProblems } from './workspace.ts';

export interface OpenDataOptions {
  readonly signal?: Cancel;
  readonly progress?: LoadProgress;
}

/** A project whose data lie in an engine: everything that evaluation needs. */
export interface OpenedData {
  readonly evaluator: Evaluator;
  /** What is wrong without looking at rows, now with the types of every loaded column known. */
  readonly problems: readonly Problem[];
}

/**
 * Loads the data that metrics need into an engine, and checks the project again with the types of the columns that it found. A table that cannot
 * be read becomes a problem at its `data`, and the others are loaded without it. Rejects with `EngineFailure` and `Cancelled`.
 *
 * @param analysis of `loaded`, where it is there already
 */
export async function openData(
  loaded: LoadedProject,
  kinds: ReadonlyMap<string, MetricKind>,
  engine: QueryEngine,
  metrics: Iterable<Metric>,
  options: OpenDataOptions = {},
  analysis: Analysis = analyse(loaded, kinds),
): Promise<OpenedData> {
  return openSources(loaded, kinds, engine, readSources(analysis.checked, [...metrics]), options, analysis);
}

/** As `openData`, for sources by their names. */
export async function openSources(
  loaded: LoadedProject,
  kinds: ReadonlyMap<string, MetricKind>,
  engine: QueryEngine,
  sources: Iterable<string>,
  options: OpenDataOptions = {},
  analysis: Analysis = analyse(loaded, kinds),
): Promise<OpenedData> {
  const data = await loadData(analysis.checked, engine, sources, options);
  const unreadable = newlyUnreadable(loaded, data.shapes);
  const typed = { ...loaded, shapes: data.shapes, problems: [...loaded.problems, ...unreadable] };
  const { checked, problems } = analyse(typed, kinds);
  return { evaluator: { checked, kinds, engine, data }, problems };
}

/** Every problem of an evaluated project, in the units of its files: what was known before, and what its rows and values show. */
export function evaluatedProblems(opened: OpenedData, evaluation: Evaluation): readonly Problem[] {
  const { project, problems } = opened.evaluator.checked;
  return settle(project, [...problems, ...evaluation.problems]);
}

/**
 * The names of the sources from which metrics take their rows, of a conversion that of its first step; those that they reach by links are
 * not among them.
 */
export function sourcesOf(checked: Checked, metrics: Iterable<Metric>): ReadonlySet<string> {
  const leaves = [...metrics].flatMap((metric) => leavesOf(checked, metric));
  return new Set(leaves.flatMap((leaf) => homeOf(checked, leaf) ?? []));
}

/** The name of the source from which a metric that aggregates rows takes them. */
export function homeOf({ project, kinds }: Checked, leaf: Metric): string | undefined {
  const step = kinds.get(leaf.type ?? '')?.source?.(leaf.spec)?.text;
  return project.sources.get(step ?? '')?.name ?? sourceOf(project, leaf)?.name;
}

/** The names of the sources from which metrics take their rows, and those of the steps that follow in a conversion. */
export function readSources(checked: Checked, metrics: readonly Metric[]): ReadonlySet<string> {
  const steps = metrics
    .flatMap((metric) => leavesOf(checked, metric))
    .flatMap(({ type, spec }) => checked.kinds.get(type ?? '')?.expressions(spec) ?? [])
    .flatMap(({ source }) => source?.text ?? []);
  return new Set([...sourcesOf(checked, metrics), ...steps]);
}

/** The metrics that aggregate rows for a metric: itself, or those that it is made of. */
export function leavesOf({ project, kinds }: Checked, metric: Metric): readonly Metric[] {
  return [metric, ...dependenciesOf(project, kinds, metric)].filter(
    (part) => referencesOf(kinds, part).length === 0 || readsRows(kinds, part),
  );
}

function readsRows(kinds: Checked['kinds'], metric: Metric): boolean {
  return kinds.get(metric.type ?? '')?.readsRows?.(metric.spec) ?? false;
}

/** The problems of the shapes that were still readable before the engine read their files. */
function newlyUnreadable({ project, shapes }: LoadedProject, loaded: Shapes): readonly Problem[] {
  const broken = [...loaded].filter(
    ([name, { problem }]) => problem !== undefined && shapes.get(name)?.problem === undefined,
  );
  return shapeProblems(project, new Map(broken));
}
