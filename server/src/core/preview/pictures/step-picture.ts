import { formatPeriod, type Grain } from '../../base/period.ts';
import { headlinePeriod } from '../../evaluate/series.ts';
import type { Metric, Project } from '../../model/project.ts';
import type { MeasurePlan, Together } from '../../plan/metric-plan.ts';
import type { StepPicture } from './picture.ts';
import { type PictureWork, seriesOfPlans } from './picture-of.ts';

type Conversion = Extract<Together, { kind: 'conversion' }>;

/**
 * How many entities come as far as each step, in the headline's period. Each step is the conversion that ends with it, so that the last
 * is the metric itself. `undefined` where no period is complete. Rejects with `Refusal` where the metric has no value.
 */
export async function stepPicture(
  work: PictureWork,
  metric: Metric,
  grain: Grain,
  plan: MeasurePlan,
  together: Conversion,
): Promise<StepPicture | undefined> {
  const upTo = together.steps.map((_, index) => endingAt(plan, together, index + 1));
  const series = await seriesOfPlans(work, grain, upTo);
  const [first] = series;
  // Periods are over when the time for all steps is, which is the same for each of them.
  const period = first && headlinePeriod(first);
  if (first === undefined || period === undefined) return undefined;
  const { count, unit } = together.within;
  const names = stepNames(work.evaluator.checked.project, metric);
  const counts = [first.at(period, []).n, ...series.map((each) => each.at(period, []).value ?? 0)];
  return {
    kind: 'steps',
    period: formatPeriod(period),
    within: `${count} ${unit}${count === 1 ? '' : 's'}`,
    steps: counts.map((entities, index) => ({ name: names[index] ?? `step ${index + 1}`, entities })),
  };
}

/** The conversion that is over with one of the steps behind the first: its value is how many get there, and `n` how many begin. */
function endingAt(plan: MeasurePlan, together: Conversion, behindFirst: number): MeasurePlan {
  return {
    ...plan,
    view: { ...plan.view, together: { ...together, steps: together.steps.slice(0, behindFirst) } },
    measure: {
      ...plan.measure,
      finish: ([begin, arrive]) => ({ value: arrive ?? 0, n: begin ?? 0, low: null, high: null }),
    },
  };
}

/** The names of all steps as they are written; those of a filtered reuse are those of what it reuses. */
function stepNames(project: Project, metric: Metric): readonly (string | undefined)[] {
  const reused = metric.reuse && project.metrics.get(metric.reuse.text);
  if (reused !== undefined) return stepNames(project, reused);
  const { spec } = metric;
  if (typeof spec !== 'object' || spec === null || !('steps' in spec) || !Array.isArray(spec.steps))
    return [];
  return spec.steps.map((step: { readonly name?: { readonly text: string } }) => step.name?.text);
}
