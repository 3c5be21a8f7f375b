import { formatDay, formatPeriod, type Period, parsePeriod } from '../base/period.ts';
import type { TargetCheck, TargetResult } from '../evaluate/evaluate-targets.ts';
import { goalOn, periodsOnWay } from '../evaluate/goal-path.ts';
import type { NumberDocument } from '../evaluate/result.ts';
import { targetDocument } from '../evaluate/result.ts';
import { SMALL_SAMPLE } from '../evaluate/small-sample.ts';
import type { Goal } from '../evaluate/target-status.ts';
import type { Estimate } from '../plan/metric-plan.ts';
import type { GoalPoint, TargetPath } from './preview.ts';

/**
 * A target as it is drawn: the goal of the due period, with a baseline also that of each period on the way, which is the point of
 * the straight line at its end; of a repeating target the goal of each period. A snapshot has no days, and so no points.
 */
export function targetPath(result: TargetResult): TargetPath {
  return { target: targetDocument(result), points: goalPoints(result) };
}

function goalPoints({ target, goal, checks, way }: TargetResult): readonly GoalPoint[] {
  if (goal === undefined) return [];
  const due = target.due === undefined ? undefined : parsePeriod(target.due.text);
  if (due === undefined || due.grain === 'all') {
    return checks.flatMap((check) =>
      check.period.start === check.period.end ? [] : [pointOf(check.period, goal, check)],
    );
  }
  const judged = new Map([...way, ...checks].map((check) => [formatPeriod(check.period), check]));
  return [...periodsOnWay(target, due), due].map((period) =>
    pointOf(period, goalOn(goal, target, due, period.end), judged.get(formatPeriod(period))),
  );
}

function pointOf(period: Period, goal: Goal, check: TargetCheck | undefined): GoalPoint {
  const own = check?.ahead === true ? undefined : check;
  return {
    period: formatPeriod(period),
    start: formatDay(period.start),
    end: formatDay(period.end),
    ...boundsOf(goal),
    status: own?.status ?? null,
    value: own?.estimate === undefined ? null : numberOf(own.estimate),
  };
}

function boundsOf(goal: Goal): Pick<GoalPoint, 'low' | 'high'> {
  switch (goal.kind) {
    case 'at_least':
      return { low: goal.value, high: null };
    case 'at_most':
      return { low: null, high: goal.value };
    case 'between':
      return { low: goal.low, high: goal.high };
  }
}

/** What was judged is a value by itself: it is compared with the goal and not with the period before. */
function numberOf({ value, n, low, high }: Estimate): NumberDocument {
  return { value, n, low, high, previous: null, change: null, verdict: null, small_sample: n < SMALL_SAMPLE };
}
