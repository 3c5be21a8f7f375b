import { type Day, type Period, parsePeriod, periodsBetween } from '../base/period.ts';
import type { Target } from '../model/project.ts';
import { type Goal, onPath } from './target-status.ts';

/**
 * The goal of a target on a day before its due period closes: with a baseline the point of the straight line from the end of the
 * baseline's period to the end of the due one, else the goal itself. Section 6 of the format.
 */
export function goalOn(goal: Goal, target: Pick<Target, 'baseline'>, due: Period, day: Day): Goal {
  const from = startOf(target, due);
  if (target.baseline === undefined || from === undefined) return goal;
  return onPath(goal, target.baseline.value.value, (day - from) / (due.end - from));
}

/** The periods between the baseline's and the due one, of the length of the due one; none where no path leads there. */
export function periodsOnWay(target: Pick<Target, 'baseline'>, due: Period): readonly Period[] {
  const from = startOf(target, due);
  if (from === undefined || due.grain === 'all') return [];
  return periodsBetween(due.grain, from, due.start - 1);
}

/** The day on which the path leaves the baseline. */
function startOf({ baseline }: Pick<Target, 'baseline'>, due: Period): Day | undefined {
  const from = baseline === undefined ? undefined : parsePeriod(baseline.period.text);
  return from === undefined || from.end >= due.end ? undefined : from.end;
}
