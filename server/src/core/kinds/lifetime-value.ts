import { parseDuration } from '../base/duration.ts';
import type { ExpressionWord, Word } from '../model/project.ts';
import type { AggregateValue, Estimate } from '../plan/metric-plan.ts';
import { meanEstimate } from './average.ts';
import { defineKind } from './kind.ts';
import { amountField, checkFollowed, entityField, entityName } from './lifecycle.ts';

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
  check: ({ entity }, { when }, report, periods) => {
    checkFollowed(entity, report, periods);
    if (when?.text !== 'active' && when?.text !== 'during') return;
    report(when.node, 'A spell brings its value once: write "started" or "ended".');
  },
  periodless: ({ value }, where) => [...where, ...(value === undefined ? [] : [value])],
  windowless: true,
  additive: false,
  plan({ entity, value, horizon }, { intervals }) {
    const duration = horizon === undefined ? undefined : parseDuration(horizon.text);
    return {
      brings: entity,
      value,
      ...(duration === undefined ? {} : { horizon: duration }),
      finish: (values) => meanOfTotals(values, intervals),
    };
  },
  describe: ({ entity, value, horizon }) =>
    `the mean total of ${value?.text ?? 'a value'} over ${entityName(entity)}, ${horizon === undefined ? 'so far' : `in their first ${horizon.text}`}`,
});

/** Less than this part of the mean square is what subtracting squares leaves of doubles, and no spread. */
const NOISE = 1e-13;

/** The mean of entities' totals with Student's interval, from their number, their sum and that of their squares. */
function meanOfTotals([entities, total, squares]: readonly AggregateValue[], intervals: boolean): Estimate {
  const n = entities ?? 0;
  if (n === 0) return meanEstimate([null, null, 0], intervals);
  const mean = (total ?? 0) / n;
  const meanSquare = (squares ?? 0) / n;
  const variance = meanSquare - mean * mean;
  const spread = variance <= NOISE * meanSquare ? 0 : Math.sqrt((variance * n) / (n - 1));
  return meanEstimate([mean, n < 2 ? null : spread, n], intervals);
}
