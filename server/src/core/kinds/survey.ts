import type { FieldReader } from '../model/kind.ts';
import type { Aggregate } from '../plan/relation.ts';
import { isNotNull, literal, test } from '../plan/scalars.ts';
import type { NameRef, Scalar } from '../syntax/expression/scalar.ts';

/** What the survey types share: whole scores on a scale, and what lies off it. */

export interface Scale {
  readonly low: number;
  readonly high: number;
}

/** The `scale` of a metric, such as `[1, 5]`, or the default of its type. */
export function readScale(fields: FieldReader, fallback: Scale): Scale {
  const [low, high] = fields.numbers('scale')?.items ?? [];
  return low === undefined || high === undefined ? fallback : { low: low.value, high: high.value };
}

/** Every whole score of a scale, lowest first. Scales of more than 1,000 points have none: they are no answer scales. */
export function scoresOf(scale: Scale): readonly number[] {
  const length = scale.high - scale.low + 1;
  return length > 0 && length <= 1_000 ? Array.from({ length }, (_, index) => scale.low + index) : [];
}

/** The best `count` scores of a scale on which higher is better. */
export function topScores(scale: Scale, count: number): readonly number[] {
  return scoresOf(scale).slice(-count);
}

/** Whether a score is a whole number on the scale. Null for no score. */
export function onScale(value: Scalar<NameRef>, scale: Scale): Scalar<NameRef> {
  const inside = test('between', value, literal(scale.low), literal(scale.high));
  if (value.type === 'integer') return inside;
  const whole: Scalar<NameRef> = { kind: 'call', type: 'number', fn: 'floor', args: [value] };
  return test('and', inside, test('=', value, whole));
}

/** Counts valid scores among `scores` (all valid ones where it is absent). */
export function countScores(
  value: Scalar<NameRef>,
  scale: Scale,
  scores?: readonly number[],
): Aggregate<NameRef> {
  return {
    fn: 'count_if',
    args: [scores === undefined ? onScale(value, scale) : isAmong(value, scale, scores)],
  };
}

/** Whether a score is valid and one of `scores`. Null for no score. */
export function isAmong(value: Scalar<NameRef>, scale: Scale, scores: readonly number[]): Scalar<NameRef> {
  const chosen = scores.map((score) => literal<NameRef>(score));
  const among = chosen.length === 0 ? literal<NameRef>(false) : test('in', value, ...chosen);
  return test('and', onScale(value, scale), among);
}

/** Counts scores that are set aside since they do not lie on the scale. */
export function countOffScale(value: Scalar<NameRef>, scale: Scale): Aggregate<NameRef> {
  return { fn: 'count_if', args: [test('and', isNotNull(value), test('not', onScale(value, scale)))] };
}
