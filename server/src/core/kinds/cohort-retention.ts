import { type Duration, parseDuration } from '../base/duration.ts';
import type { Grain } from '../base/period.ts';
import type { ExpressionWord, Word } from '../model/project.ts';
import { cohortTime } from '../plan/follow/cohort-time.ts';
import { Refusal } from '../plan/refusal.ts';
import { defineKind } from './kind.ts';
import { checkFollowed, entityField, entityName, inEntities } from './lifecycle.ts';
import { shareEstimate } from './values.ts';

/** Of the entities that joined in a period, how many are alive or active some time later. */
export interface CohortRetentionSpec {
  readonly entity: ExpressionWord | undefined;
  /** How much later, such as `3 months`. */
  readonly after: Word | undefined;
  /** A time reached by link; the first activity where absent. */
  readonly joined: ExpressionWord | undefined;
}

/** The share of a cohort alive (or active) in the period that lies `after` later; null until that period is complete. */
export const cohortRetention = defineKind<CohortRetentionSpec>({
  type: 'cohort_retention',
  read: (fields) => ({
    entity: fields.expression('entity'),
    after: fields.word('after'),
    joined: fields.expression('joined'),
  }),
  references: () => [],
  defaultUnit: () => 'percent',
  defaultBetter: 'higher',
  expressions: ({ entity, joined }) => [
    ...entityField(entity),
    ...(joined === undefined
      ? []
      : [{ word: joined, expects: ['date', 'timestamp'], scope: 'row', adds: false, path: true } as const]),
  ],
  check: ({ entity, after }, _metric, report, periods) => {
    checkFollowed(entity, report, periods);
    const duration = after === undefined ? undefined : parseDuration(after.text);
    const wrong =
      duration === undefined || periods.isSnapshot ? undefined : refusedAfter(periods.grain, duration);
    if (after !== undefined && wrong !== undefined) report(after.node, wrong);
  },
  periodless: ({ joined }, where) => [...where, ...(joined === undefined ? [] : [joined])],
  followsSpells: true,
  windowless: true,
  additive: false,
  plan({ entity, after, joined }, { intervals }) {
    const duration = after === undefined ? undefined : parseDuration(after.text);
    if (duration === undefined) throw new Refusal('It does not say how long `after`, such as 3 months.');
    return {
      entity,
      joined,
      after: duration,
      terms: [inEntities('stayed'), inEntities('joined')],
      finish: ([stayed, all]) => shareEstimate(stayed ?? 0, all ?? 0, intervals),
    };
  },
  describe: ({ entity, after }, through) =>
    `the share of ${entityName(entity)} that joined in the period and are ${through === 'events' ? 'active' : 'alive'} at any moment of the period, or of a day of their own, that lies ${after?.text ?? 'some time'} later`,
});

/** Why a cohort cannot be looked at so long after at a grain; `undefined` where it can. */
function refusedAfter(grain: Grain, after: Duration): string | undefined {
  try {
    cohortTime(grain, after);
    return undefined;
  } catch (error) {
    if (error instanceof Refusal) return error.message;
    throw error;
  }
}
