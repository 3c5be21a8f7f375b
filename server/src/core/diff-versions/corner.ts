import { type Cancel, throwIfCancelled } from '../base/cancel.ts';
import { type Evaluator, evaluate, type MetricResult } from '../evaluate/evaluate.ts';
import type { TargetResult } from '../evaluate/evaluate-targets.ts';
import { metricFunnel } from '../evaluate/funnel.ts';
import { reachedFrom } from '../evaluate/load-data.ts';
import type { Funnel } from '../evaluate/numbers.ts';
import { type ExampleResult, runExamples } from '../evaluate/run-examples.ts';
import type { MetricKind } from '../kinds/kind.ts';
import type { Metric } from '../model/project.ts';
import { openData, readSources } from '../open-data.ts';
import { Refusal } from '../plan/refusal.ts';
import type { QueryEngine } from '../ports.ts';
import type { OpenVersion } from './version.ts';

/** What is wanted of definitions of one version over data of one version, by the names that it has there. */
export interface CornerRequest {
  readonly metrics: readonly string[];
  /** Metrics whose rows are to be counted clause by clause. */
  readonly funnels: readonly string[];
  readonly targets: readonly string[];
  /** Metrics whose examples are to be run. */
  readonly examples: readonly string[];
}

/** What came of it, by name. */
export interface Corner {
  readonly evaluator: Evaluator;
  readonly metrics: ReadonlyMap<string, MetricResult>;
  readonly funnels: ReadonlyMap<string, Funnel>;
  readonly targets: ReadonlyMap<string, TargetResult>;
  readonly examples: readonly ExampleResult[];
}

/** What evaluation runs with. */
export interface CornerWork {
  readonly kinds: ReadonlyMap<string, MetricKind>;
  readonly engine: QueryEngine;
  readonly signal?: Cancel;
}

/**
 * Loads the data that some metrics need, and evaluates just these. The engine holds the data of one corner at a time; what is
 * returned does not ask it any more. Rejects with `EngineFailure` and `Cancelled`.
 */
export async function evaluateCorner(
  open: OpenVersion,
  request: CornerRequest,
  { kinds, engine, signal }: CornerWork,
): Promise<Corner> {
  const options = signal === undefined ? {} : { signal };
  const { project } = open.checked;
  const named = (names: readonly string[]): readonly Metric[] =>
    [...new Set(names)].flatMap((name) => project.metrics.get(name) ?? []);
  const targets = request.targets.flatMap((name) => project.targets.get(name) ?? []);
  const judged = targets.flatMap(({ metric }) => metric?.text ?? []);
  const all = named([...request.metrics, ...request.examples, ...judged]);
  await prepare(open, all, signal);
  const { evaluator } = await openData(open.loaded, kinds, engine, all, options, open.analysis);
  const typed = (names: readonly string[]): readonly Metric[] =>
    names.flatMap((name) => evaluator.checked.project.metrics.get(name) ?? []);
  const evaluation = await evaluate(
    evaluator,
    {
      metrics: typed(request.metrics),
      ownSegments: true,
      targets: request.targets.flatMap((name) => evaluator.checked.project.targets.get(name) ?? []),
      findings: false,
    },
    options,
  );
  const funnels = new Map<string, Funnel>();
  for (const metric of typed(request.funnels)) {
    throwIfCancelled(signal);
    const funnel = await funnelOrNothing(evaluator, metric, signal);
    if (funnel !== undefined) funnels.set(metric.name, funnel);
  }
  return {
    evaluator,
    metrics: new Map(evaluation.metrics.map((result) => [result.metric.name, result])),
    funnels,
    targets: new Map(evaluation.targets.map((result) => [result.target.name, result])),
    examples: await runExamples(evaluator, typed(request.examples), { ...options, rows: false }),
  };
}

async function prepare(
  open: OpenVersion,
  metrics: readonly Metric[],
  signal: Cancel | undefined,
): Promise<void> {
  if (open.version.prepare === undefined) return;
  const sources = reachedFrom(open.checked, readSources(open.checked, metrics));
  const files = [...sources].flatMap((name) => open.checked.shapes.get(name)?.files ?? []);
  await open.version.prepare([...new Set(files)], signal);
}

/** A metric without a value has no way of rows to it. */
async function funnelOrNothing(
  evaluator: Evaluator,
  metric: Metric,
  signal: Cancel | undefined,
): Promise<Funnel | undefined> {
  try {
    return await metricFunnel(evaluator, metric, { byCondition: true, ...(signal && { signal }) });
  } catch (error) {
    if (error instanceof Refusal) return undefined;
    throw error;
  }
}
