import type { ExpressionWord, Word } from '../model/project.ts';
import { defineKind } from './kind.ts';
import { amountField, entityField, entityName } from './lifecycle.ts';

/** The mean of what entities have brought so far, or within a horizon since they were first seen. */
export interface LifetimeValueSpec {
  readonly entity: ExpressionWord | undefined;
  readonly value: ExpressionWord | undefined;
  readonly horizon: Word | undefined;
}

/** Historic customer lifetime value, over entities first seen by the close of the period. */
export const lifetimeValue = defineKind<LifetimeValueSpec>({
  type: 'lifetime_value',
  read: (fields) => ({
    entity: fields.expression('entity'),
    value: fields.expression('value'),
    horizon: fields.word('horizon'),
  }),
  references: () => [],
  defaultUnit: () => 'number',
  defaultBetter: 'neutral',
  expressions: ({ entity, value }) => [...entityField(entity), ...amountField(value)],
  evaluated: false,
  additive: false,
  describe: ({ entity, value, horizon }) =>
    `the mean total of ${value?.text ?? 'a value'} over ${entityName(entity)}, ${horizon === undefined ? 'so far' : `in their first ${horizon.text}`}`,
});
