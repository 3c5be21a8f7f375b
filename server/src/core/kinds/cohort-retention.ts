import { parseDuration } from '../base/duration.ts';
import type { ExpressionWord, Word } from '../model/project.ts';
import { Refusal } from '../plan/refusal.ts';
import { defineKind } from './kind.ts';
import { entityField, entityName, inEntities } from './lifecycle.ts';
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
  followsSpells: true,
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
  describe: ({ entity, after }) =>
    `the share of ${entityName(entity)} that joined in the period and are alive ${after?.text ?? 'some time'} later`,
});
