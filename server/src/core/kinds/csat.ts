import type { ExpressionWord } from '../model/project.ts';
import { defineKind } from './kind.ts';
import { countOffScale, countScores, isAmong, onScale, readScale, type Scale, topScores } from './survey.ts';
import { NUMERIC, quotientOf, rowField, shareEstimate } from './values.ts';

interface CsatSpec {
  readonly value: ExpressionWord | undefined;
  readonly scale: Scale;
  /** The scores that count as satisfied. */
  readonly satisfied: readonly number[];
}

/**
 * `csat`: the share of satisfied answers among whole scores on the scale, by default the top two of five points, or the
 * top three of seven. Farris et al. (2010), Marketing Metrics, 2nd edition, section 2.7.
 */
export const csat = defineKind<CsatSpec>({
  type: 'csat',
  additive: false,
  defaultBetter: 'higher',
  defaultUnit: () => 'percent',
  read(fields) {
    const scale = readScale(fields, { low: 1, high: 5 });
    const satisfied = fields.numbers('satisfied')?.items.map(({ value }) => value);
    const top = scale.high - scale.low + 1 === 7 ? 3 : 2;
    return { value: fields.expression('value'), scale, satisfied: satisfied ?? topScores(scale, top) };
  },
  references: () => [],
  expressions: ({ value }) => rowField(value, NUMERIC, true),
  scale: ({ scale }) => scale,
  plan({ value, scale, satisfied }, context) {
    const score = context.scalar(value);
    return {
      aggregates: [
        countScores(score, scale, satisfied),
        countScores(score, scale),
        countOffScale(score, scale),
      ],
      offScale: 2,
      quotient: quotientOf(isAmong(score, scale, satisfied), onScale(score, scale), [0, 1]),
      finish: ([hits, n]) => shareEstimate(hits ?? 0, n ?? 0, context.intervals),
    };
  },
  describe: ({ value, satisfied }) =>
    `the share of answers to ${value?.text ?? 'a question'} that are ${satisfied.join(', ')}`,
});
