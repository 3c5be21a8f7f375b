import type { Analysis } from './analyse.ts';
import type { Cancel } from './base/cancel.ts';
import type { Problem } from './base/problem.ts';
import { groupsNamed } from './check/groups-named.ts';
import { homesOf } from './check/reach.ts';
import { settle } from './check/settle.ts';
import { type Evaluator, evaluate, runContext } from './evaluate/evaluate.ts';
import { metricFindings, sourceFindings } from './evaluate/findings.ts';
import { groupFindings } from './evaluate/group-findings.ts';
import { reachedFrom } from './evaluate/load-data.ts';
import { findingsOfSegments } from './evaluate/segment-findings.ts';
import type { MetricKind } from './kinds/kind.ts';
import type { AnyDefinition, Metric, Source } from './model/project.ts';
import { openSources } from './open-data.ts';
import { measuresOf } from './plan/metric-plan.ts';
import { planMetric } from './plan/plan-metric.ts';
import { Refusal } from './plan/refusal.ts';
import type { QueryEngine } from './ports.ts';
import type { LoadedProject } from './workspace.ts';

/** What of a project is to be checked against its data. */
export interface DataRequest {
  /** Names of sources; those that they reach by links, in a stack or in a column are loaded with them, and not looked at. */
  readonly sources: ReadonlySet<string>;
  /** Metrics whose survey scores are looked at. */
  readonly metrics: readonly Metric[];
  /** Targets, metrics and journeys: the groups that they name are looked for. */
  readonly naming: readonly AnyDefinition[];
}

export interface DataCheckOptions {
  readonly signal?: Cancel;
  /** Called before each table is loaded. */
  readonly loading?: (done: number, total: number, table: string) => void;
  /** Called before the rows of each source are looked at, and once at the end. */
  readonly looking?: (done: number, total: number, source: string) => void;
}

/** What the data of a project break, and how much was looked at. */
export interface DataCheck {
  /** Every problem of the project, with and without its data, in the units of its files. */
  readonly problems: readonly Problem[];
  /** How many sources were looked at; those whose data cannot be read are not among them. */
  readonly sources: number;
  /** Their rows. */
  readonly rows: number;
}

/**
 * Holds the data of sources against what is declared of them: the contracts of columns, keys, links, times and spells, the
 * scales of surveys, and the groups that are named. These are the findings that an evaluation and an editor show, by the same queries; no metric is computed that
 * has none. Rejects with `EngineFailure` and `Cancelled`.
 */
export async function checkData(
  loaded: LoadedProject,
  kinds: ReadonlyMap<string, MetricKind>,
  engine: QueryEngine,
  { sources, metrics, naming }: DataRequest,
  options: DataCheckOptions,
  analysis: Analysis,
): Promise<DataCheck> {
  const wanted = new Set(sources);
  for (const metric of metrics) for (const name of scoredSources(analysis, kinds, metric)) wanted.add(name);
  for (const name of sourcesOfGroups(analysis, naming)) wanted.add(name);
  const progress = options.loading === undefined ? {} : { progress: options.loading };
  const opened = await openSources(loaded, kinds, engine, wanted, { ...options, ...progress }, analysis);
  const { evaluator } = opened;
  const looked = [...evaluator.checked.project.sources.values()].filter(({ name }) => sources.has(name));
  const found = [
    ...(await findingsOfSources(evaluator, looked, options)),
    ...(await findingsOfSegments(runContext(evaluator, options), sources)),
    ...(await findingsOfScores(evaluator, metrics, options)),
    ...(await groupFindings(runContext(evaluator, options), naming)),
  ];
  const { project, problems } = evaluator.checked;
  const readable = looked.filter(({ name }) => isReadable(evaluator, name));
  return {
    problems: settle(project, [...problems, ...found]),
    sources: readable.length,
    rows: readable.reduce((sum, { name }) => sum + (evaluator.data.tables.get(name)?.rows ?? 0), 0),
  };
}

/** Whether all the tables are there of which a source is made. */
function isReadable({ checked, data }: Evaluator, name: string): boolean {
  const source = checked.project.sources.get(name);
  const own =
    source?.union === undefined ? [name] : [...reachedFrom(checked, [name])].filter((one) => one !== name);
  return own.some((table) => data.tables.get(table)?.problem === undefined && data.tables.has(table));
}

async function findingsOfSources(
  evaluator: Evaluator,
  sources: readonly Source[],
  options: DataCheckOptions,
): Promise<readonly Problem[]> {
  const context = runContext(evaluator, options);
  const found: Problem[] = [];
  for (const [index, source] of sources.entries()) {
    options.looking?.(index, sources.length, source.name);
    found.push(...(await orNone(() => sourceFindings(context, evaluator.data, source))));
  }
  const last = sources.at(-1);
  if (last !== undefined) options.looking?.(sources.length, sources.length, last.name);
  return found;
}

/** Scores off the scale are known to the metric whose scale it is, so that it has to be computed. */
async function findingsOfScores(
  evaluator: Evaluator,
  metrics: readonly Metric[],
  options: DataCheckOptions,
): Promise<readonly Problem[]> {
  const { checked, kinds } = evaluator;
  const scored = metrics.flatMap(({ name }) => {
    const metric = checked.project.metrics.get(name);
    return metric !== undefined && scoredMeasures(checked, kinds, metric).length > 0 ? [metric] : [];
  });
  if (scored.length === 0) return [];
  const request = { metrics: scored, targets: [], findings: false };
  const signal = options.signal === undefined ? {} : { signal: options.signal };
  const { metrics: results } = await evaluate(evaluator, request, signal);
  const context = runContext(evaluator, signal);
  const found: Problem[] = [];
  for (const result of results) found.push(...(await orNone(() => metricFindings(context, result))));
  return found;
}

/** The sources whose rows say which groups there are. */
function sourcesOfGroups({ checked }: Analysis, naming: readonly AnyDefinition[]): readonly string[] {
  return naming
    .flatMap((definition) => groupsNamed(definition, true))
    .flatMap(({ segment }) => checked.project.segments.get(segment) ?? [])
    .flatMap(homesOf);
}

function scoredSources(
  { checked }: Analysis,
  kinds: ReadonlyMap<string, MetricKind>,
  metric: Metric,
): readonly string[] {
  return scoredMeasures(checked, kinds, metric).map(({ source }) => source);
}

/** The measures of a metric that is read from answers on a scale; none of any other. */
function scoredMeasures(checked: Evaluator['checked'], kinds: Evaluator['kinds'], metric: Metric) {
  const { plan } = planMetric(checked, kinds, metric);
  if (plan === undefined) return [];
  return measuresOf(plan).filter((one) => one.metric === metric && one.measure.offScale !== undefined);
}

/** What cannot be planned has been reported at its own place. */
async function orNone(find: () => Promise<readonly Problem[]>): Promise<readonly Problem[]> {
  try {
    return await find();
  } catch (error) {
    if (error instanceof Refusal) return [];
    throw error;
  }
}
