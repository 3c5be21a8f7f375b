import type { Duration } from '../../base/duration.ts';
import { type Day, GRAINS, type Grain, type Period, periodAt } from '../../base/period.ts';
import { isWholePeriods, monthsBefore } from '../../base/period-before.ts';
import { Refusal } from '../refusal.ts';

/** How much later a cohort is looked at: in a later period, or each entity on a day of its own. */
export interface CohortTime {
  readonly kind: 'period' | 'day';
  readonly unit: 'day' | 'month';
  readonly count: number;
}

const DAYS = { day: 1, week: 7 } as const;
const MONTHS = { month: 1, quarter: 3, year: 12 } as const;

/**
 * What `after` means at a grain: section 5.3. In a unit finer than the grain it counts from each entity's own first day, and over all
 * time every unit is. A year of weeks is 52. Refuses what is neither finer than the grain nor whole periods of it.
 */
export function cohortTime(grain: Grain, after: Duration): CohortTime {
  const { count, unit } = after;
  const written = `${count} ${unit}${count === 1 ? '' : 's'}`;
  if (unit === 'second' || unit === 'minute' || unit === 'hour') {
    throw new Refusal(
      `Its \`after\` of ${written} is less than a day, the shortest time that is looked at: write it in days.`,
    );
  }
  const kind = GRAINS.indexOf(unit) < GRAINS.indexOf(grain) ? 'day' : 'period';
  if (kind === 'period' && !isWholePeriods(after, grain)) {
    throw new Refusal(
      `Its \`after\` of ${written} is no whole number of periods of the grain ${grain}: write it in ${grain}s or in days.`,
    );
  }
  if (unit === 'day' || unit === 'week') return { kind, unit: 'day', count: count * DAYS[unit] };
  if (grain === 'week' && kind === 'period') return { kind, unit: 'day', count: count * 52 * 7 };
  return { kind, unit: 'month', count: count * MONTHS[unit] };
}

/** The day so much later. Months clamp to the last day. */
export function dayAfter(day: Day, { unit, count }: CohortTime): Day {
  return unit === 'day' ? day + count : monthsBefore(day, -count);
}

/** The day behind the time at which a cohort that joined in a period is looked at, the last of its entities included. */
export function cohortEnd(after: Duration, period: Period): Day {
  const { grain } = period;
  const time = cohortTime(grain, after);
  // Days of a month clamp, so that the last day of a cohort is the last to be looked for.
  if (grain === 'all' || time.kind === 'day') return dayAfter(period.end - 1, time) + 1;
  return periodAt(grain, dayAfter(period.start, time)).end;
}

/**
 * Whether the time at which a cohort is looked at is not over for all of it. Over all time it never is, and nothing is partial: the
 * entities of which it is not over are left out.
 */
export function isImmature(after: Duration, period: Period, asOf: Day): boolean {
  return period.grain !== 'all' && cohortEnd(after, period) > asOf + 1;
}

/** Whether the time that somebody has who begins with the last moment of a period is not over, with all of its last day. */
export function isRunning(within: Duration, period: Period, asOf: Day): boolean {
  return period.grain !== 'all' && timeEnd(within, period) > asOf + 1;
}

/** The day behind the last one on which somebody who begins in a period may still be in time. */
export function timeEnd(within: Duration, period: Period): Day {
  const { count, unit } = within;
  const days = CLOCK.get(unit);
  const time =
    days === undefined
      ? cohortTime('all', within)
      : { kind: 'day' as const, unit: 'day' as const, count: Math.ceil(count * days) };
  return dayAfter(period.end - 1, time) + 1;
}

/** Units shorter than a day, in days. */
const CLOCK: ReadonlyMap<Duration['unit'], number> = new Map([
  ['second', 1 / 86_400],
  ['minute', 1 / 1440],
  ['hour', 1 / 24],
]);
