import { npsInterval } from '../evaluate/statistics/nps-interval.ts';
import { unitInterval } from '../evaluate/statistics/unit-interval.ts';
import type { Estimate } from '../plan/metric-plan.ts';
import { literal } from '../plan/scalars.ts';
import type { NameRef, Scalar } from '../syntax/expression/scalar.ts';
import { defineKind } from './kind.ts';
import { countOffScale, countScores, isAmong, onScale, type Scale } from './survey.ts';
import { numberOf, numericValue, type ValueSpec, within } from './values.ts';

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
      quotient: {
        above: minus(numberOf(isAmong(score, SCALE, PROMOTERS)), numberOf(isAmong(score, SCALE, DETRACTORS))),
        below: numberOf(onScale(score, SCALE)),
        interval: (sums) => within(unitInterval(sums), [-100, 100]),
      },
      finish: ([promoters, detractors, n]) =>
        npsEstimate(promoters ?? 0, detractors ?? 0, n ?? 0, context.intervals),
    };
  },
  describe: ({ value }) => `the Net Promoter Score of ${value?.text ?? 'a score'}`,
});

/** In points: a promoter counts 100, a detractor −100. */
function minus(promoter: Scalar<NameRef>, detractor: Scalar<NameRef>): Scalar<NameRef> {
  const difference: Scalar<NameRef> = { kind: 'call', type: 'integer', fn: '-', args: [promoter, detractor] };
  return { kind: 'call', type: 'integer', fn: '*', args: [difference, literal(100)] };
}

function npsEstimate(promoters: number, detractors: number, n: number, intervals: boolean): Estimate {
  const value = n === 0 ? null : (100 * (promoters - detractors)) / n;
  const interval = intervals ? npsInterval(promoters, detractors, n) : undefined;
  if (interval === undefined) return { value, n, low: null, high: null };
  return { value, n, ...interval, basis: { kind: 'nps', promoters, detractors, n } };
}
