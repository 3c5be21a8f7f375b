import { formatPeriod, type Grain } from '../../base/period.ts';
import { cohortTriangle } from '../../evaluate/cohort-triangle.ts';
import type { Metric } from '../../model/project.ts';
import { cohortTime } from '../../plan/follow/cohort-time.ts';
import type { Together } from '../../plan/metric-plan.ts';
import type { CohortPicture } from './picture.ts';
import type { PictureWork } from './picture-of.ts';

/** More cohorts than this are not read side by side: the latest are shown, which also bounds the columns. */
const MOST_COHORTS = 24;

/** The triangle of a metric of cohorts. Rejects with `Refusal` where it has none, such as over all time. */
export async function cohortPicture(
  { evaluator, options }: PictureWork,
  metric: Metric,
  grain: Grain,
  { after }: Extract<Together, { kind: 'cohort' }>,
): Promise<CohortPicture> {
  const cohorts = await cohortTriangle(evaluator, metric, options);
  return {
    kind: 'cohorts',
    grain,
    after: periodsAfter(grain, cohortTime(grain, after)),
    cohorts: cohorts.slice(-MOST_COHORTS).map(({ period, entities, there }) => ({
      period: formatPeriod(period),
      entities,
      there,
    })),
    omitted: Math.max(0, cohorts.length - MOST_COHORTS),
  };
}

const LENGTHS: Readonly<Record<Grain, number>> = { day: 1, week: 7, month: 1, quarter: 3, year: 12, all: 1 };

function periodsAfter(grain: Grain, { kind, count }: ReturnType<typeof cohortTime>): number | null {
  return kind === 'day' ? null : count / LENGTHS[grain];
}
