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

/** Of the entities alive at the opening, how many (or how much of their value) are gone at the close. */
export interface ChurnSpec {
  readonly entity: ExpressionWord | undefined;
  readonly value: ExpressionWord | undefined;
  /** With `value`: only `exclude`, because churn is 1 − gross retention. */
  readonly expansion: Word | undefined;
  /** `opening` (default) or `average`. */
  readonly base: Word | undefined;
}

/** 1 − retention; of revenue, 1 − gross retention. Farris et al. 2010, Marketing Metrics, chapter 5. */
export const churn = defineKind<ChurnSpec>({
  type: 'churn',
  read: (fields) => ({
    entity: fields.expression('entity'),
    value: fields.expression('value'),
    expansion: fields.word('expansion'),
    base: fields.word('base'),
  }),
  references: () => [],
  defaultUnit: () => 'percent',
  defaultBetter: 'lower',
  expressions: ({ entity, value }) => [...entityField(entity), ...amountField(value)],
  check: ({ entity, expansion, value, base }, _metric, report, periods) => {
    checkFollowed(entity, report, periods);
    if (value !== undefined && expansion?.text === 'include') {
      report(
        expansion.node,
        'Churn of a value is what was lost, so that expansion cannot make up for it: write "exclude", or use "type: retention" for net retention.',
      );
    }
    if (value !== undefined && base?.text === 'average') {
      report(base.node, '"base: average" divides a number of entities: it cannot stand beside "value".');
    }
  },
  periodless: ({ value }, where) => [...where, ...(value === undefined ? [] : [value])],
  followsSpells: true,
  additive: false,
  plan({ entity, value, base }, { intervals }) {
    if (value !== undefined) {
      return {
        entity,
        value,
        terms: [inValue('retained'), inValue('opening'), inEntities('opening')],
        finish: ([left, opening, n]) => {
          const gross = quotient(left, opening);
          return plainEstimate(gross === null ? null : 1 - gross, n);
        },
        weight: ([, opening]) => opening ?? 0,
      };
    }
    if (base?.text === 'average') {
      return {
        entity,
        terms: [inEntities('gone'), inEntities('opening'), inEntities('closing'), inEntities('exposed')],
        // The mean of two counts is not a number of entities that might have left, so that there is no interval.
        finish: ([gone, opening, closing, n]) =>
          plainEstimate(quotient(gone, ((opening ?? 0) + (closing ?? 0)) / 2), n),
        weight: ([, opening, closing]) => ((opening ?? 0) + (closing ?? 0)) / 2,
      };
    }
    return {
      entity,
      terms: [inEntities('lost'), inEntities('opening')],
      finish: ([lost, opening]) => shareEstimate(lost ?? 0, opening ?? 0, intervals),
    };
  },
  describe: ({ entity, value, base }, through) => {
    if (through === 'events') return throughEvents({ entity, value, base });
    if (value !== undefined)
      return `the share of the opening ${value.text} of ${entityName(entity)} that is lost by the close`;
    const over =
      base?.text === 'average' ? 'the mean of the opening and closing counts' : 'those alive at the opening';
    return `the share of ${entityName(entity)} that are gone at the close, of ${over}`;
  },
});

function throughEvents({ entity, value, base }: Pick<ChurnSpec, 'entity' | 'value' | 'base'>): string {
  if (value !== undefined)
    return `the share of the ${value.text} that ${entityName(entity)} had in the period before that is lost in the period`;
  const over =
    base?.text === 'average'
      ? 'the mean of those active in the period before and in the period'
      : 'those active in the period before';
  return `the share of ${entityName(entity)} that are no longer active in the period, of ${over}`;
}
