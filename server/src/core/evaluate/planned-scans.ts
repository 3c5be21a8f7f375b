import type { Grain, Period } from '../base/period.ts';
import { grainOf } from '../model/metric-defaults.ts';
import type { Metric } from '../model/project.ts';
import { type MeasurePlan, type MetricPlan, measuresOf, splitMeasures } from '../plan/metric-plan.ts';
import { planMetric } from '../plan/plan-metric.ts';
import type { Scan } from '../plan/plan-scan.ts';
import type { StepsAt } from '../plan/plan-steps.ts';
import { Refusal } from '../plan/refusal.ts';
import type { EvaluationOptions, Evaluator } from './evaluate.ts';
import { isCutShort } from './measure-values.ts';
import { asOfOf, type RunContext, scanFor } from './run-demands.ts';
import { headlinePeriod, periodsOf } from './series.ts';

/** How a metric's value is computed: a scan for each measure that it is made of. */
export interface PlannedScans {
  readonly scans: readonly { readonly measure: MeasurePlan; readonly scan: Scan }[];
  /** Oldest first. */
  readonly periods: readonly Period[];
  /** The last complete period of the metric; `undefined` where there is none. */
  readonly headline: Period | undefined;
}

/**
 * Plans the scans that `evaluate` would run for a metric, and no others. Rejects with `Refusal`, in words for users, where it
 * would give no value, and as the engine does where extents must be read.
 */
export async function plannedScans(
  { checked, kinds }: Evaluator,
  context: RunContext,
  metric: Metric,
  options: { readonly by?: readonly string[]; readonly grain?: Grain } = {},
): Promise<PlannedScans> {
  const { plan, refused } = planMetric(checked, kinds, metric);
  if (plan === undefined) throw new Refusal(refused);
  const by = options.by ?? [];
  const grain = isSnapshot(plan) ? 'all' : (options.grain ?? grainOf(checked.project, checked.kinds, metric));
  const asOf = await asOfOf(context, {}, measuresOf(plan));
  const scans: { measure: MeasurePlan; scan: Scan }[] = [];
  for (const leaf of splitMeasures(plan, by)) {
    const scan = await scanFor(context, { grain, by: leaf.by }, leaf.measure, asOf);
    scans.push({ measure: leaf.measure, scan });
  }
  const firsts = scans.flatMap(({ scan }) => scan.extent?.first ?? []);
  const first = firsts.length === 0 ? undefined : Math.min(...firsts);
  const periods = periodsOf({ snapshot: isSnapshot(plan), first, asOf }, grain);
  const isCut = (period: Period): boolean =>
    scans.some(({ measure, scan }) => isCutShort(measure, period, scan.extent));
  return { scans, periods, headline: headlinePeriod({ periods, asOf, isCut }) };
}

/** Rows are looked at in the headline period of a metric's own grain, or of another one. */
export interface AtGrain extends EvaluationOptions {
  readonly grain?: Grain;
}

/** Whether no source of a plan has a time, so that it has the one period `all`. */
export function isSnapshot(plan: MetricPlan): boolean {
  return measuresOf(plan).every(({ rows }) => rows.mode === 'snapshot');
}

/** The rows of each measure as the headline sees them; those that look at the same rows once. */
export function headlineSteps(planned: PlannedScans): readonly StepsAt[] {
  return stepsIn(planned, planned.headline);
}

/** The same as one period sees them. */
export function stepsIn({ scans }: PlannedScans, period: Period | undefined): readonly StepsAt[] {
  return scans
    .filter(({ measure }) => measure.auxiliary !== true)
    .map(({ measure, scan }) => ({ scan, plan: measure, period }));
}
