import { formatPeriod, type Grain, type Period } from '../../base/period.ts';
import { isPartial } from '../../evaluate/series.ts';
import type { FollowTerm, MeasurePlan, MovementTerm } from '../../plan/metric-plan.ts';
import type { MovementPeriod, MovementPicture } from './picture.ts';
import { type PictureWork, seriesOfPlans } from './picture-of.ts';

/** More bars than this would touch each other. */
const MOST_PERIODS = 48;

const OF_ENTITIES = ['opening', 'new', 'returned', 'lost', 'closing'] as const;
const OF_VALUE = [...OF_ENTITIES, 'expanded', 'contracted'] as const;

/**
 * The account that a metric which follows entities is one term of. All terms are computed in the one scan that the metric takes itself.
 * `undefined` where no period is complete. Rejects with `Refusal` where the metric has no value.
 *
 * @param ofValue whether to add up what entities are worth
 */
export async function movementPicture(
  work: PictureWork,
  grain: Grain,
  plan: MeasurePlan,
  ofValue: boolean,
): Promise<MovementPicture | undefined> {
  const names: readonly MovementTerm[] = ofValue ? OF_VALUE : OF_ENTITIES;
  const series = await seriesOfPlans(
    work,
    grain,
    names.map((of) => termOf(plan, { of, as: ofValue ? 'value' : 'entities' })),
  );
  const [first] = series;
  const complete = first?.periods.filter((period) => !isPartial(first, period)) ?? [];
  if (complete.length === 0) return undefined;
  const at = (name: MovementTerm, period: Period): number =>
    series[names.indexOf(name)]?.at(period, []).value ?? 0;
  const periods = complete.slice(-MOST_PERIODS).map(
    (period): MovementPeriod => ({
      period: formatPeriod(period),
      opening: at('opening', period),
      gained: { new: at('new', period), returned: at('returned', period) },
      lost: at('lost', period),
      expanded: ofValue ? at('expanded', period) : null,
      contracted: ofValue ? at('contracted', period) : null,
      closing: at('closing', period),
    }),
  );
  return { kind: 'movement', grain, ofValue, periods, omitted: complete.length - periods.length };
}

function termOf(plan: MeasurePlan, term: FollowTerm): MeasurePlan {
  const finish: MeasurePlan['measure']['finish'] = ([value]) => ({
    value: value ?? 0,
    n: 0,
    low: null,
    high: null,
  });
  return { ...plan, measure: { ...plan.measure, terms: [term], finish } };
}
