import type { ExpressionWord, Word } from '../model/project.ts';
import { defineKind } from './kind.ts';
import {
  amountField,
  checkFollowed,
  entityField,
  entityName,
  inEntities,
  inValue,
  quotient,
} from './lifecycle.ts';
import { plainEstimate, shareEstimate } from './values.ts';

/** Of the entities alive at the opening, how many (or how much of their value) are left at the close. */
export interface RetentionSpec {
  readonly entity: ExpressionWord | undefined;
  readonly value: ExpressionWord | undefined;
  /** With `value`: `include` gives net, `exclude` gross retention. */
  readonly expansion: Word | undefined;
}

/** Farris et al. 2010, Marketing Metrics, chapter 5: alive at the opening and at the close / alive at the opening. */
export const retention = defineKind<RetentionSpec>({
  type: 'retention',
  read: (fields) => ({
    entity: fields.expression('entity'),
    value: fields.expression('value'),
    expansion: fields.word('expansion'),
  }),
  references: () => [],
  defaultUnit: () => 'percent',
  defaultBetter: 'higher',
  expressions: ({ entity, value }) => [...entityField(entity), ...amountField(value)],
  check: ({ entity }, _metric, report, periods) => checkFollowed(entity, report, periods),
  periodless: ({ value }, where) => [...where, ...(value === undefined ? [] : [value])],
  followsSpells: true,
  additive: false,
  plan({ entity, value, expansion }, { intervals }) {
    if (value === undefined) {
      return {
        entity,
        terms: [inEntities('retained'), inEntities('opening')],
        finish: ([retained, opening]) => shareEstimate(retained ?? 0, opening ?? 0, intervals),
      };
    }
    return {
      entity,
      value,
      terms: [
        inValue(expansion?.text === 'include' ? 'kept' : 'retained'),
        inValue('opening'),
        inEntities('opening'),
      ],
      finish: ([left, opening, n]) => plainEstimate(quotient(left, opening), n),
      weight: ([, opening]) => opening ?? 0,
    };
  },
  describe: ({ entity, value, expansion }, through) => {
    const growth = expansion?.text === 'include' ? 'with' : 'without';
    if (through === 'events')
      return value === undefined
        ? `the share of ${entityName(entity)} active in the period before that are active again in the period`
        : `the share of the ${value.text} that ${entityName(entity)} had in the period before that they have again in the period, ${growth} expansion`;
    if (value === undefined)
      return `the share of ${entityName(entity)} alive at the opening that are alive at the close`;
    return `the share of the opening ${value.text} of ${entityName(entity)} that is left at the close, ${growth} expansion`;
  },
});
