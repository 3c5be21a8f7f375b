import { npsInterval } from '../evaluate/statistics/nps-interval.ts';
import type { Estimate } from '../plan/metric-plan.ts';
import { defineKind } from './kind.ts';
import { countOffScale, countScores, type Scale } from './survey.ts';
import { numericValue, type ValueSpec } from './values.ts';

const SCALE: Scale = { low: 0, high: 10 };
const PROMOTERS = [9, 10];
const DETRACTORS = [0, 1, 2, 3, 4, 5, 6];

/**
 * `nps`: 100 × (share of 9–10 − share of 0–6) over whole scores from 0 to 10, in points. Reichheld (2003), Harvard
 * Business Review 81(12):46–54.
 */
export const nps = defineKind<ValueSpec>({
  type: 'nps',
  ...numericValue,
  additive: false,
  defaultBetter: 'higher',
  defaultUnit: () => 'points',
  scale: () => SCALE,
  plan({ value }, context) {
    const score = context.scalar(value);
    return {
      aggregates: [
        countScores(score, SCALE, PROMOTERS),
        countScores(score, SCALE, DETRACTORS),
        countScores(score, SCALE),
        countOffScale(score, SCALE),
      ],
      offScale: 3,
      finish: ([promoters, detractors, n]) =>
        npsEstimate(promoters ?? 0, detractors ?? 0, n ?? 0, context.intervals),
    };
  },
  describe: ({ value }) => `the Net Promoter Score of ${value?.text ?? 'a score'}`,
});

function npsEstimate(promoters: number, detractors: number, n: number, intervals: boolean): Estimate {
  const interval = intervals ? npsInterval(promoters, detractors, n) : undefined;
  return {
    value: n === 0 ? null : (100 * (promoters - detractors)) / n,
    n,
    low: interval?.low ?? null,
    high: interval?.high ?? null,
  };
}
