import type { Cancel } from '../../base/cancel.ts';
import type { Grain } from '../../base/period.ts';
import { type Evaluator, runContext } from '../../evaluate/evaluate.ts';
import { runDemands } from '../../evaluate/run-demands.ts';
import type { Series } from '../../evaluate/series.ts';
import type { Metric } from '../../model/project.ts';
import type { MeasurePlan } from '../../plan/metric-plan.ts';
import { planMetric } from '../../plan/plan-metric.ts';
import { Refusal } from '../../plan/refusal.ts';
import { cohortPicture } from './cohort-picture.ts';
import { movementPicture } from './movement-picture.ts';
import type { MetricPicture } from './picture.ts';
import { stepPicture } from './step-picture.ts';
import { survivalPicture } from './survival-picture.ts';

/** What pictures are made with. */
export interface PictureWork {
  readonly evaluator: Evaluator;
  readonly options: { readonly signal?: Cancel; readonly grain?: Grain };
}

/**
 * The picture of a metric that follows entities through time, at a grain. `undefined` for all others. Rejects with `Refusal` where the
 * metric has no value or the picture would be too large, with `EngineFailure` and `Cancelled`.
 */
export async function pictureOf(
  work: PictureWork,
  metric: Metric,
  grain: Grain,
): Promise<MetricPicture | undefined> {
  const { evaluator } = work;
  const { plan } = planMetric(evaluator.checked, evaluator.kinds, metric);
  if (plan?.kind !== 'measure') return undefined;
  const { together } = plan.view;
  switch (together?.kind) {
    case 'cohort':
      return grain === 'all' ? undefined : cohortPicture(work, metric, grain, together);
    case 'conversion':
      return stepPicture(work, metric, grain, plan, together);
    case 'tenure':
    case 'durations':
      return survivalPicture(work, metric, grain, plan, together);
    case 'follow':
      return hasAccount(plan, grain) ? movementPicture(work, grain, plan, isOfValue(plan)) : undefined;
    default:
      return undefined;
  }
}

/** Over all time nothing opens. Windows reach over each other, and the worth of entities is no part of a share of them. */
function hasAccount({ view, measure }: MeasurePlan, grain: Grain): boolean {
  if (grain === 'all' || view.window !== undefined) return false;
  return isMovement(measure) || measure.terms?.every(({ as }) => as === 'entities') === true;
}

function isOfValue({ measure }: MeasurePlan): boolean {
  return isMovement(measure) && measure.terms?.some(({ as }) => as === 'value') === true;
}

/** A movement is one term, with its worth beside it; a share is two different ones. */
function isMovement({ terms = [] }: MeasurePlan['measure']): boolean {
  return new Set(terms.map(({ of }) => of)).size === 1;
}

/** The totals of plans at a grain, in their order; those over the same rows share a scan. Refuses where one has no value. */
export async function seriesOfPlans(
  { evaluator, options: { signal } }: PictureWork,
  grain: Grain,
  plans: readonly MeasurePlan[],
): Promise<readonly Series[]> {
  const context = runContext(evaluator, signal === undefined ? {} : { signal });
  const answers = await runDemands(
    context,
    plans.map((plan) => ({ plan, grain, by: [] })),
  );
  return answers.map(({ series, refused }) => {
    if (series === undefined) throw new Refusal(refused);
    return series;
  });
}
