import type { ExpressionWord } from '../model/project.ts';
import { meanAggregates, meanEstimate, meanQuotient } from './average.ts';
import { defineKind } from './kind.ts';
import { countOffScale, countScores, isAmong, onScale, readScale, type Scale, topScores } from './survey.ts';
import { NUMERIC, quotientOf, rowField, shareEstimate } from './values.ts';

interface CesSpec {
  readonly value: ExpressionWord | undefined;
  readonly scale: Scale;
  readonly report: 'average' | 'agree';
}

/**
 * `ces`: the Customer Effort Score, by default the mean answer to "made it easy" on seven points (7 = easiest), or with
 * `report: agree` the share of the top three of seven. Dixon, Toman & DeLisi (2013), The Effortless Experience.
 */
export const ces = defineKind<CesSpec>({
  type: 'ces',
  additive: false,
  defaultBetter: 'higher',
  defaultUnit: ({ report }) => (report === 'agree' ? 'percent' : 'number'),
  read: (fields) => ({
    value: fields.expression('value'),
    scale: readScale(fields, { low: 1, high: 7 }),
    report: fields.word('report')?.text === 'agree' ? 'agree' : 'average',
  }),
  references: () => [],
  expressions: ({ value }) => rowField(value, NUMERIC, true),
  scale: ({ scale }) => scale,
  plan({ value, scale, report }, context) {
    const score = context.scalar(value);
    const off = countOffScale(score, scale);
    if (report === 'agree') {
      return {
        aggregates: [countScores(score, scale, topScores(scale, 3)), countScores(score, scale), off],
        offScale: 2,
        quotient: quotientOf(isAmong(score, scale, topScores(scale, 3)), onScale(score, scale), [0, 1]),
        finish: ([hits, n]) => shareEstimate(hits ?? 0, n ?? 0, context.intervals),
      };
    }
    return {
      aggregates: [...meanAggregates(score, onScale(score, scale)), off],
      offScale: 3,
      quotient: meanQuotient(score, onScale(score, scale)),
      finish: (values) => meanEstimate(values, context.intervals),
    };
  },
  describe: ({ value, report }) =>
    report === 'agree'
      ? `the share of answers to ${value?.text ?? 'a question'} in the top three of seven`
      : `the average answer to ${value?.text ?? 'a question'}`,
});
