import type { ExpressionWord, Word } from '../model/project.ts';
import type { MovementTerm } from '../plan/metric-plan.ts';
import { Refusal } from '../plan/refusal.ts';
import { defineKind } from './kind.ts';
import { amountField, checkFollowed, entityField, entityName, inEntities, inValue } from './lifecycle.ts';
import { plainEstimate } from './values.ts';

/** Growth accounting: one of its terms, in entities or, with `value`, in their value. */
export interface MovementSpec {
  readonly entity: ExpressionWord | undefined;
  /** `opening`, `new`, `returned`, `retained`, `lost`, `closing`, `acquired`; with `value` also `expanded`, `contracted`. */
  readonly of: Word | undefined;
  readonly value: ExpressionWord | undefined;
}

const MOVEMENTS: readonly MovementTerm[] = [
  'opening',
  'closing',
  'retained',
  'lost',
  'new',
  'returned',
  'acquired',
  'expanded',
  'contracted',
];

/** Of spells these are many of the same entities in one period after the other. */
const LEVELS: ReadonlySet<MovementTerm> = new Set(['opening', 'retained', 'closing']);

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
  check: ({ entity }, _metric, report, periods) => checkFollowed(entity, report, periods),
  periodless: ({ value }, where) => [...where, ...(value === undefined ? [] : [value])],
  followsSpells: true,
  additive: false,
  plan({ entity, of, value }) {
    const term = MOVEMENTS.find((known) => known === of?.text);
    if (term === undefined) throw new Refusal('It does not say `of` what: opening, new, lost and so on.');
    return {
      entity,
      value,
      terms: value === undefined ? [inEntities(term)] : [inEntities(term), inValue(term)],
      level: LEVELS.has(term),
      finish: ([entities, amount = entities]) => plainEstimate(amount ?? 0, entities),
    };
  },
  describe: ({ entity, of, value }, through) => {
    const counted = value === undefined ? entityName(entity) : `${value.text} of ${entityName(entity)}`;
    const term = `${counted}: ${of?.text ?? 'one term of growth accounting'}`;
    return through === 'events' ? `${term}, counted as there in each period in which they are active` : term;
  },
});
