import type { ExpressionWord, Word } from '../model/project.ts';
import { defineKind } from './kind.ts';
import { amountField, entityField, entityName } from './lifecycle.ts';

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
  followsSpells: true,
  evaluated: false,
  additive: false,
  describe: ({ entity, value, expansion }) => {
    if (value === undefined)
      return `the share of ${entityName(entity)} alive at the opening that are alive at the close`;
    const growth = expansion?.text === 'include' ? 'with' : 'without';
    return `the share of the opening ${value.text} of ${entityName(entity)} that is left at the close, ${growth} expansion`;
  },
});
