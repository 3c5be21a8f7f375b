import type { ExpressionWord, Word } from '../model/project.ts';
import { defineKind } from './kind.ts';
import { amountField, entityField, entityName } from './lifecycle.ts';

/** Growth accounting: one of its terms, in entities or, with `value`, in their value. */
export interface MovementSpec {
  readonly entity: ExpressionWord | undefined;
  /** `opening`, `new`, `returned`, `retained`, `lost`, `closing`, `acquired`; with `value` also `expanded`, `contracted`. */
  readonly of: Word | undefined;
  readonly value: ExpressionWord | undefined;
}

/** `opening − lost + new + returned = closing`, by snapshots at the opening and the close of each period. */
export const movement = defineKind<MovementSpec>({
  type: 'movement',
  read: (fields) => ({
    entity: fields.expression('entity'),
    of: fields.word('of'),
    value: fields.expression('value'),
  }),
  references: () => [],
  defaultUnit: ({ value }) => (value === undefined ? 'count' : 'number'),
  defaultBetter: 'neutral',
  expressions: ({ entity, value }) => [...entityField(entity), ...amountField(value)],
  followsSpells: true,
  evaluated: false,
  additive: false,
  describe: ({ entity, of, value }) => {
    const counted = value === undefined ? entityName(entity) : `${value.text} of ${entityName(entity)}`;
    return `${counted}: ${of?.text ?? 'one term of growth accounting'}`;
  },
});
