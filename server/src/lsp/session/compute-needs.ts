import type { Cancel } from '../../core/base/cancel.ts';
import { columnProfile } from '../../core/evaluate/column-profile.ts';
import { type Evaluator, evaluate, runContext } from '../../core/evaluate/evaluate.ts';
import { metricFindings, sourceFindings } from '../../core/evaluate/findings.ts';
import { metricFunnel } from '../../core/evaluate/funnel.ts';
import { groupFindings } from '../../core/evaluate/group-findings.ts';
import { runExamples } from '../../core/evaluate/run-examples.ts';
import { segmentFindings } from '../../core/evaluate/segment-findings.ts';
import { segmentSizes } from '../../core/evaluate/segment-sizes.ts';
import { sourceProfile } from '../../core/evaluate/source-profile.ts';
import type { AnyDefinition, Metric } from '../../core/model/project.ts';
import { Refusal } from '../../core/plan/refusal.ts';
import { findingsOf } from './findings.ts';
import type { BookNeed } from './numbers-book.ts';

/** Where results go, as they come. */
export interface Store {
  /** Notes a number; `undefined` is one that cannot be computed. */
  set(need: BookNeed, value: unknown): void;
  /** What was noted so far may be shown: what comes next takes queries of its own. */
  show(): void;
}

/** Counts of what was asked of the planner. */
export interface PlanCounts {
  plans: number;
}

/**
 * Computes numbers. Metrics and targets that are asked for together share their scans. Rejects with `EngineFailure` and
 * `Cancelled`; what was stored until then stays.
 */
export async function computeNeeds(
  evaluator: Evaluator,
  needs: readonly BookNeed[],
  store: Store,
  counts: PlanCounts,
  signal: Cancel,
): Promise<void> {
  await computeMetrics(evaluator, needs, store, counts, signal);
  await computeTargets(evaluator, needs, store, counts, signal);
  await computeExamples(evaluator, needs, store, counts, signal);
  const { project } = evaluator.checked;
  for (const need of needs) {
    if (need.kind === 'metric' || need.kind === 'target' || need.kind === 'example') continue;
    if (need.kind === 'metric-findings') continue;
    const name = need.kind === 'column' ? need.source : need.name;
    store.set(need, await orNothing(() => computeOne(need, name)));
  }
  async function computeOne(need: BookNeed, name: string): Promise<unknown> {
    const options = { signal };
    const [source, segment, metric] = [
      project.sources.get(name),
      project.segments.get(name),
      project.metrics.get(name),
    ];
    switch (need.kind) {
      case 'segment':
        return segment && segmentSizes(evaluator, segment, options);
      case 'source':
        return source && sourceProfile(evaluator, source, options);
      case 'column':
        return source && columnProfile(evaluator, source, need.column, options);
      case 'source-findings':
        return (
          source &&
          findingsOf(project, await sourceFindings(runContext(evaluator, options), evaluator.data, source))
        );
      case 'segment-findings':
        return segment && findingsOf(project, await segmentFindings(runContext(evaluator, options), segment));
      case 'target-groups':
        return groupsNamedBy(project.targets.get(name));
      case 'example-groups':
        return groupsNamedBy(metric);
      case 'journey-groups':
        return groupsNamedBy(project.journeys.get(name));
      case 'funnel':
        counts.plans += 1;
        return metric && metricFunnel(evaluator, metric, options);
      default:
        return undefined;
    }
  }
  async function groupsNamedBy(definition: AnyDefinition | undefined): Promise<unknown> {
    const context = runContext(evaluator, { signal });
    return definition && findingsOf(project, await groupFindings(context, [definition]));
  }
}

/** What cannot be planned has no number; its problem stands elsewhere. */
async function orNothing<T>(compute: () => Promise<T>): Promise<T | undefined> {
  try {
    return await compute();
  } catch (error) {
    if (error instanceof Refusal) return undefined;
    throw error;
  }
}

async function computeMetrics(
  evaluator: Evaluator,
  needs: readonly BookNeed[],
  store: Store,
  counts: PlanCounts,
  signal: Cancel,
): Promise<void> {
  const wanted = needs.filter(({ kind }) => kind === 'metric' || kind === 'metric-findings');
  const names = new Set(wanted.flatMap((need) => ('name' in need ? [need.name] : [])));
  const metrics = metricsNamed(evaluator, names);
  if (metrics.length === 0) return;
  counts.plans += metrics.length;
  const { metrics: results } = await evaluate(
    evaluator,
    { metrics, targets: [], findings: false },
    { signal },
  );
  const byName = new Map(results.map((result) => [result.metric.name, result]));
  for (const need of wanted) if (need.kind === 'metric') store.set(need, byName.get(need.name));
  store.show();
  const context = runContext(evaluator, { signal });
  for (const need of wanted) {
    if (need.kind !== 'metric-findings') continue;
    const result = byName.get(need.name);
    const found = result && (await orNothing(() => metricFindings(context, result)));
    store.set(need, found && findingsOf(evaluator.checked.project, found));
  }
}

async function computeTargets(
  evaluator: Evaluator,
  needs: readonly BookNeed[],
  store: Store,
  counts: PlanCounts,
  signal: Cancel,
): Promise<void> {
  const wanted = needs.flatMap((need) => (need.kind === 'target' ? [need] : []));
  const targets = wanted.flatMap(({ name }) => evaluator.checked.project.targets.get(name) ?? []);
  if (targets.length === 0) return;
  counts.plans += targets.length;
  const request = { metrics: [], targets, findings: false };
  const { targets: results } = await evaluate(evaluator, request, { signal });
  const byName = new Map(results.map((result) => [result.target.name, result]));
  for (const need of wanted) store.set(need, byName.get(need.name));
  store.show();
}

async function computeExamples(
  evaluator: Evaluator,
  needs: readonly BookNeed[],
  store: Store,
  counts: PlanCounts,
  signal: Cancel,
): Promise<void> {
  const wanted = needs.flatMap((need) => (need.kind === 'example' ? [need] : []));
  const metrics = metricsNamed(evaluator, new Set(wanted.map(({ metric }) => metric)));
  if (metrics.length === 0) return;
  counts.plans += metrics.length;
  const results = await runExamples(evaluator, metrics, { signal });
  const computed = new Set(results.map((result) => `${result.metric.name} ${result.index}`));
  for (const result of results) {
    store.set({ kind: 'example', metric: result.metric.name, index: result.index }, result);
  }
  for (const need of wanted) if (!computed.has(`${need.metric} ${need.index}`)) store.set(need, undefined);
}

function metricsNamed({ checked }: Evaluator, names: ReadonlySet<string>): readonly Metric[] {
  return [...names].flatMap((name) => checked.project.metrics.get(name) ?? []);
}
