import type { Period } from '../base/period.ts';
import type { Metric } from '../model/project.ts';
import { followedPeriods } from '../plan/follow/crossings.ts';
import { COHORT, ENTITIES, planTriangle } from '../plan/follow/plan-triangle.ts';
import { Refusal } from '../plan/refusal.ts';
import { PERIOD } from '../plan/scan-columns.ts';
import { type Evaluator, runContext } from './evaluate.ts';
import { dayIn } from './extents.ts';
import { requireOneArrival } from './links.ts';
import { type AtGrain, plannedScans } from './planned-scans.ts';
import { runSelect } from './run-demands.ts';

/** A cohort: the entities that joined in one period, and how many of them are there in that period and each one after. */
export interface Cohort {
  readonly period: Period;
  readonly entities: number;
  /** By the number of periods since; null in a period that is not over ("not yet"). */
  readonly there: readonly (number | null)[];
}

/**
 * The whole triangle of a metric of type `cohort_retention`, oldest cohort first, whatever its `after` is. A cohort is all there in the
 * period in which it joined, unless `joined` says when that is. Rejects with `Refusal` where the metric has no triangle, with
 * `EngineFailure` and `Cancelled`.
 */
export async function cohortTriangle(
  evaluator: Evaluator,
  metric: Metric,
  options: AtGrain = {},
): Promise<readonly Cohort[]> {
  const context = runContext(evaluator, options);
  const [only, ...more] = (await plannedScans(evaluator, context, metric, options)).scans;
  if (only === undefined || more.length > 0) throw new Refusal('A metric made of others has no triangle.');
  const { scan, measure } = only;
  const planned = planTriangle(context.checked, context.storage, scan, measure);
  const { extent } = scan;
  if (planned === undefined || extent === undefined) return [];
  await requireOneArrival(context, planned.links);
  const found = new Map<string, number>();
  for (const row of await runSelect(context, planned.select)) {
    found.set(`${dayIn(row[COHORT])} ${dayIn(row[PERIOD]) ?? 'all'}`, Number(row[ENTITIES]));
  }
  const periods = followedPeriods(scan.grain, extent, undefined).map(({ period }) => period);
  return periods.map((period, index) => ({
    period,
    entities: found.get(`${period.start} all`) ?? 0,
    there: periods
      .slice(index)
      .map((later) =>
        later.end > extent.asOf + 1 ? null : (found.get(`${period.start} ${later.start}`) ?? 0),
      ),
  }));
}
