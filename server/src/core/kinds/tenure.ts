import type { ExpressionWord, Word } from '../model/project.ts';
import { defineKind } from './kind.ts';
import { entityField } from './lifecycle.ts';
import { NUMERIC, rowField } from './values.ts';

/** How long entities stay, those still alive being censored. */
export interface TenureSpec {
  /** Over spells … */
  readonly entity: ExpressionWord | undefined;
  /** … or over rows that state how long and whether it ended. */
  readonly duration: ExpressionWord | undefined;
  readonly ended: ExpressionWord | undefined;
  /** `median` (default), `mean` with `horizon`, or `survival` with `at`. */
  readonly report: Word | undefined;
  readonly horizon: Word | undefined;
  /** `at: 12 months`. The metric's own `at` is the same word and means nothing here. */
  readonly at: Word | undefined;
}

/** The product-limit estimate of Kaplan & Meier 1958. */
export const tenure = defineKind<TenureSpec>({
  type: 'tenure',
  read: (fields) => ({
    entity: fields.expression('entity'),
    duration: fields.expression('duration'),
    ended: fields.expression('ended'),
    report: fields.word('report'),
    horizon: fields.word('horizon'),
    at: fields.word('at'),
  }),
  references: () => [],
  defaultUnit: ({ report }) => (report?.text === 'survival' ? 'percent' : 'number'),
  defaultBetter: 'neutral',
  expressions: ({ entity, duration, ended }) => [
    ...entityField(entity),
    ...rowField(duration, NUMERIC, true),
    ...rowField(ended, ['boolean'], false),
  ],
  followsSpells: true,
  evaluated: false,
  additive: false,
  describe: ({ report, horizon, at }) => {
    if (report?.text === 'survival')
      return `the share still there after ${at?.text ?? 'some time'} (Kaplan–Meier)`;
    if (report?.text === 'mean')
      return `the mean tenure up to ${horizon?.text ?? 'a horizon'} (Kaplan–Meier)`;
    return 'the median tenure (Kaplan–Meier)';
  },
});
