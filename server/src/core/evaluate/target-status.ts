import type { Estimate } from '../plan/metric-plan.ts';

/** What a target asks for. Values are stored values: percentages as fractions. */
export type Goal =
  | { readonly kind: 'at_least' | 'at_most'; readonly value: number }
  | { readonly kind: 'between'; readonly low: number; readonly high: number };

export type TargetStatus =
  | 'met'
  | 'missed'
  | 'inconclusive'
  | 'on_track'
  | 'at_risk'
  | 'off_track'
  | 'no_data';

/** A status as people read it: `on track`. */
export function statusWords(status: TargetStatus): string {
  return status.replaceAll('_', ' ');
}

const BY_URGENCY: readonly TargetStatus[] = [
  'missed',
  'off_track',
  'at_risk',
  'inconclusive',
  'no_data',
  'on_track',
  'met',
];

/** Where a status stands from the worst to the best, from 0. What is not known well is worse than what is going well. */
export function statusRank(status: TargetStatus): number {
  return BY_URGENCY.indexOf(status);
}

/** Section 6, of a finished period: `inconclusive` when the interval contains the goal (either goal of `between`). */
export function finishedStatus(goal: Goal, { value, low, high }: Estimate): TargetStatus {
  if (value === null) return 'no_data';
  const contains = (bound: number): boolean => low !== null && high !== null && low <= bound && bound <= high;
  if (boundsOf(goal).some(contains)) return 'inconclusive';
  return shortfall(goal, value) <= rounding(value) ? 'met' : 'missed';
}

/**
 * Section 6, of a period that is not finished: `on_track` at or better than what is expected by now, `at_risk` where it is
 * worse by at most the tolerance.
 */
export function runningStatus(expected: Goal, value: number | null, tolerance: number): TargetStatus {
  if (value === null) return 'no_data';
  const short = shortfall(expected, value);
  if (short <= rounding(value)) return 'on_track';
  return short <= tolerance + rounding(value) ? 'at_risk' : 'off_track';
}

/**
 * How far two numbers may lie apart that are the same but for the rounding of doubles: a sum of 0.1 and 0.2 reaches 0.3, a point of the
 * path is rarely exact, and 48 is "worse by at most 0.02" than 48.02.
 */
function rounding(value: number): number {
  return 1e-13 * Math.max(1, Math.abs(value));
}

/** By how much a value is on the wrong side of the goal; at most 0 where it is on the right one. */
export function shortfall(goal: Goal, value: number): number {
  switch (goal.kind) {
    case 'at_least':
      return goal.value - value;
    case 'at_most':
      return value - goal.value;
    case 'between':
      return Math.max(goal.low - value, value - goal.high);
  }
}

/** Where on the way from the baseline (`done` = 0) to the goal (1) one should be. A range has no path. */
export function onPath(goal: Goal, baseline: number, done: number): Goal {
  if (goal.kind === 'between') return goal;
  const share = Math.min(1, Math.max(0, done));
  return { kind: goal.kind, value: baseline + (goal.value - baseline) * share };
}

/** A goal for a whole period, shared out to a part of it; for metrics whose periods add up. */
export function shareOut(goal: Goal, part: number): Goal {
  if (goal.kind === 'between') return { kind: 'between', low: goal.low * part, high: goal.high * part };
  return { kind: goal.kind, value: goal.value * part };
}

/** (value − baseline) / (goal − baseline), towards the nearer bound of a range; null where the goal is the baseline. */
export function progressOf(goal: Goal, baseline: number, value: number): number | null {
  const aim = goal.kind === 'between' ? Math.min(Math.max(baseline, goal.low), goal.high) : goal.value;
  return aim === baseline ? null : (value - baseline) / (aim - baseline);
}

function boundsOf(goal: Goal): readonly number[] {
  return goal.kind === 'between' ? [goal.low, goal.high] : [goal.value];
}
