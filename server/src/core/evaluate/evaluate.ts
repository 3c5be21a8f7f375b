import type { Cancel } from '../base/cancel.ts';
import { throwIfCancelled } from '../base/cancel.ts';
import { type Day, formatDay, type Grain } from '../base/period.ts';
import type { Problem } from '../base/problem.ts';
import type { Checked } from '../check/checked.ts';
import { grainOf, segmentsOf } from '../model/metric-defaults.ts';
import type { ExpressionWord, Journey, Metric, Source, Target } from '../model/project.ts';
import { dialects } from '../plan/dialects/index.ts';
import { type MetricPlan, measuresOf, type PlanHook, readSources } from '../plan/metric-plan.ts';
import { planMetric } from '../plan/plan-metric.ts';
import { Refusal } from '../plan/refusal.ts';
import { sourceRows } from '../plan/source-rows.ts';
import { baselineProblem } from './baseline-problem.ts';
import type { QueryEngine } from './engine.ts';
import { failureText, limitedRun } from './engine-limits.ts';
import { evaluateTargets, type TargetResult } from './evaluate-targets.ts';
import { readExtents, type SourceExtents } from './extents.ts';
import { dataFindings } from './findings.ts';
import { groupFindings } from './group-findings.ts';
import { arrivesAtOne } from './links.ts';
import { type ProjectData, reachedFrom } from './load-data.ts';
import { isSnapshot } from './planned-scans.ts';
import { type Answer, type Demand, type RunContext, runDemands } from './run-demands.ts';
import type { Series } from './series.ts';

/** What to evaluate. */
export interface EvaluationRequest {
  /** In the order of the answer; all of the project's where absent. */
  readonly metrics?: readonly Metric[];
  /** Segments or column paths: values are given for their combinations, beside the total. */
  readonly by?: readonly string[];
  /** Whether to break down by each metric's own `segments` where `by` is empty, one at a time. */
  readonly ownSegments?: boolean;
  /** Added to every metric's `where`. */
  readonly where?: readonly ExpressionWord[];
  /** In place of every metric's own grain. */
  readonly grain?: Grain;
  /** Targets to judge; those of the metrics asked for where absent. */
  readonly targets?: readonly Target[];
  /** Whether to look for what the data break, which reads every source whole; default true. */
  readonly findings?: boolean;
}

export interface EvaluationOptions {
  readonly signal?: Cancel;
  readonly progress?: (done: number, total: number) => void;
}

/** A metric's values: the total, and one series for each breakdown. */
export interface MetricResult {
  readonly metric: Metric;
  readonly grain: Grain;
  readonly plan: MetricPlan | undefined;
  /** Why there are no values, in words for users. */
  readonly refused: string | undefined;
  /** Whether it is refused because the engine could not compute it. */
  readonly failed?: boolean;
  readonly total: Series | undefined;
  readonly breakdowns: readonly { readonly by: readonly string[]; readonly series: Series }[];
  /** Breakdowns that are not possible, with the reason. */
  readonly refusedBreakdowns: readonly { readonly by: readonly string[]; readonly refused: string }[];
}

export interface Evaluation {
  /** The last day that counts in any of the metrics, `YYYY-MM-DD`; `undefined` where nothing has a time. */
  readonly asOf: string | undefined;
  readonly metrics: readonly MetricResult[];
  readonly targets: readonly TargetResult[];
  /** What the data break of what is declared of them, and rows set aside. */
  readonly problems: readonly Problem[];
}

/** A checked project (with the types of its loaded columns), its data, and the engine that holds them. */
export interface Evaluator {
  readonly checked: Checked;
  readonly kinds: ReadonlyMap<string, PlanHook<unknown>>;
  readonly engine: QueryEngine;
  readonly data: ProjectData;
}

/**
 * Evaluates metrics and targets on loaded data. Metrics that share source, rows, periods and breakdown share one query. Rejects
 * with `EngineFailure` where the engine fails, and with `Cancelled`; a metric that cannot be evaluated says why in its result.
 */
export async function evaluate(
  evaluator: Evaluator,
  request: EvaluationRequest = {},
  options: EvaluationOptions = {},
): Promise<Evaluation> {
  const { checked } = evaluator;
  const context = runContext(evaluator, options);
  const metrics = request.metrics ?? [...checked.project.metrics.values()];
  const drafts = metrics.map((metric) => draftMetric(evaluator, request, metric));
  const answers = await runDemands(
    context,
    drafts.flatMap(({ demands }) => demands),
  );
  let next = 0;
  const results = drafts.map((draft) => {
    const own = answers.slice(next, next + draft.demands.length);
    next += own.length;
    return metricResult(draft, own);
  });
  const targets = request.targets ?? targetsOf(checked, metrics);
  const judged = await evaluateTargets(context, evaluator.kinds, targets);
  const sources = sourcesOf(checked, drafts);
  const reached = reachedFrom(
    checked,
    sources.map(({ name }) => name),
  );
  const used = [...checked.project.sources.values()].filter(({ name }) => reached.has(name));
  return {
    asOf: await latestDay(context, sources),
    metrics: results,
    targets: judged,
    problems:
      request.findings === false
        ? []
        : [
            ...(await dataFindings(context, evaluator.data, used, results)),
            ...judged.flatMap((result) => baselineProblem(result.target, result)),
            ...(await groupFindings(context, [...metrics, ...targets, ...journeysOf(checked, metrics)])),
          ],
  };
}

/** A context in which demands run against an evaluator's data. Extents and links are looked up once for each evaluator. */
export function runContext(evaluator: Evaluator, options: EvaluationOptions = {}): RunContext {
  const { checked, engine, data } = evaluator;
  const dialect = dialects.get(engine.dialect);
  if (dialect === undefined) throw new Error(`No dialect is called "${engine.dialect}".`);
  const run = limitedRun(async (sql) => {
    throwIfCancelled(options.signal);
    return engine.run(sql, options.signal === undefined ? {} : { signal: options.signal });
  });
  const found = foundBy.get(evaluator) ?? { extents: new Map(), unique: new Map() };
  foundBy.set(evaluator, found);
  const extents = new Map<string, Promise<SourceExtents>>();
  const unique = new Map<string, Promise<boolean>>();
  const storage = sourceRows(checked, data.storage);
  return {
    checked,
    storage,
    dialect,
    run,
    extents(name) {
      const source = checked.project.sources.get(name);
      if (source === undefined) throw new Error(`There is no source "${name}".`);
      return once(found.extents, extents, name, () => readExtents(checked, storage, dialect, run, source));
    },
    arrivesAtOne: (link) =>
      once(found.unique, unique, `${link.source}.${link.link}`, () =>
        arrivesAtOne(checked, storage, dialect, run, link),
      ),
    ...(options.progress === undefined ? {} : { progress: options.progress }),
  };
}

/** What was found of an evaluator's data, which do not change under it. */
const foundBy = new WeakMap<
  Evaluator,
  { readonly extents: Map<string, SourceExtents>; readonly unique: Map<string, boolean> }
>();

/** What was found before, or is being found in this context; another context may be cancelled, and its search with it. */
async function once<T>(
  found: Map<string, T>,
  running: Map<string, Promise<T>>,
  key: string,
  find: () => Promise<T>,
): Promise<T> {
  const known = found.get(key);
  if (known !== undefined) return known;
  const search = running.get(key) ?? find();
  running.set(key, search);
  const result = await search;
  found.set(key, result);
  return result;
}

interface MetricDraft {
  readonly metric: Metric;
  readonly grain: Grain;
  readonly plan: MetricPlan | undefined;
  readonly refused: string | undefined;
  /** The total first. */
  readonly demands: readonly Demand[];
}

function draftMetric({ checked, kinds }: Evaluator, request: EvaluationRequest, metric: Metric): MetricDraft {
  const own = grainOf(checked.project, checked.kinds, metric);
  const planned = planMetric(
    checked,
    kinds,
    metric,
    request.where === undefined ? {} : { where: request.where },
  );
  if (planned.plan === undefined) {
    return { metric, grain: own, plan: undefined, refused: planned.refused, demands: [] };
  }
  const { plan } = planned;
  const grain = isSnapshot(plan) ? 'all' : (request.grain ?? own);
  const by = request.by ?? [];
  const breakdowns =
    by.length > 0
      ? [by]
      : request.ownSegments === true
        ? segmentsOf(checked.project, metric).map((use) => [use.segment.text])
        : [];
  const demands = [[], ...breakdowns].map((keys) => ({ plan, grain, by: keys }));
  return { metric, grain, plan, refused: undefined, demands };
}

function metricResult(draft: MetricDraft, answers: readonly Answer[]): MetricResult {
  const [total, ...rest] = answers;
  const breakdowns = rest.flatMap((answer, index) =>
    answer.series === undefined ? [] : [{ by: draft.demands[index + 1]?.by ?? [], series: answer.series }],
  );
  const refusedBreakdowns = rest.flatMap((answer, index) =>
    answer.refused === undefined ? [] : [{ by: draft.demands[index + 1]?.by ?? [], refused: answer.refused }],
  );
  return {
    metric: draft.metric,
    grain: draft.grain,
    plan: draft.plan,
    refused: draft.refused ?? total?.refused,
    failed: answers.some(({ failed }) => failed === true),
    total: total?.series,
    breakdowns,
    refusedBreakdowns,
  };
}

function targetsOf(checked: Checked, metrics: readonly Metric[]): readonly Target[] {
  const names = new Set(metrics.map(({ name }) => name));
  return [...checked.project.targets.values()].filter(({ metric }) => names.has(metric?.text ?? ''));
}

/** The journeys that show one of some metrics. */
function journeysOf({ project }: Checked, metrics: readonly Metric[]): readonly Journey[] {
  const names = new Set(metrics.map(({ name }) => name));
  return [...project.journeys.values()].filter(({ stages }) =>
    [...stages.values()].some((stage) => stage.metrics.some(({ text }) => names.has(text))),
  );
}

function sourcesOf(checked: Checked, drafts: readonly MetricDraft[]): readonly Source[] {
  const names = new Set(
    drafts.flatMap(({ plan }) => (plan === undefined ? [] : measuresOf(plan).flatMap(readSources))),
  );
  return [...checked.project.sources.values()].filter(({ name }) => names.has(name));
}

/** The latest day of any source; those whose data could not be read have none, as their metrics say. */
async function latestDay(context: RunContext, sources: readonly Source[]): Promise<string | undefined> {
  const days: Day[] = [];
  for (const { name } of sources) {
    const day = await asOfOfSource(context, name);
    if (day !== undefined) days.push(day);
  }
  return days.length === 0 ? undefined : formatDay(Math.max(...days));
}

async function asOfOfSource(context: RunContext, source: string): Promise<Day | undefined> {
  try {
    return (await context.extents(source)).asOf;
  } catch (error) {
    if (error instanceof Refusal) return undefined;
    // Its metrics say so.
    failureText(error);
    return undefined;
  }
}
