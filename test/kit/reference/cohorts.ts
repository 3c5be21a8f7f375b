import { dayAfter, periodHolding, type RefGrain, type RefPeriod } from './calendar.ts';
import type { RefEstimate, Sampling } from './finish.ts';
import { type Context, groupsIn, instant } from './followed.ts';
import type { RefLifecycle } from './metric.ts';
import { earliest } from './part.ts';
import { NO_INTERVAL, wilsonBounds } from './statistics.ts';

/** Section 5.3 on cohorts, over plain arrays. */

type Cohort = Extract<RefLifecycle, { type: 'cohort_retention' }>;

const ORDER: readonly RefGrain[] = ['day', 'week', 'month', 'quarter', 'year', 'all'];

function isByDay({ after }: Cohort, grain: RefGrain): boolean {
  return ORDER.indexOf(after.unit) < ORDER.indexOf(grain);
}

/** When a cohort of a period is looked at: the later period. A year of weeks is 52. */
function laterPeriod({ after }: Cohort, { grain, start }: RefPeriod): RefPeriod {
  if (grain === 'all') throw new Error('Nothing is later than all time.');
  const weeks = grain === 'week' && after.unit === 'year';
  return periodHolding(grain, dayAfter(start, weeks ? { count: 52 * after.count, unit: 'week' } : after));
}

/** Whether the later time is not over for all of a cohort. */
export function isImmature(metric: Cohort, period: RefPeriod, asOf: number): boolean {
  if (isByDay(metric, period.grain)) return dayAfter(period.end - 1, metric.after) > asOf;
  return laterPeriod(metric, period).end > asOf + 1;
}

/** Of the entities that joined in a period, those whose later time is over, and of these the ones that are there then. */
export function cohort(
  { metric, entities, asOf, isSpell, sampling }: Context,
  period: RefPeriod,
  group: readonly string[],
): RefEstimate {
  if (metric.type !== 'cohort_retention') throw new Error('Only cohorts join.');
  const key = JSON.stringify(group);
  const looked = entities.flatMap(({ rows }) => {
    const began = Math.min(...rows.map(({ timed }) => instant(timed)));
    const firstRows = rows.filter(({ timed }) => instant(timed) === began);
    const days =
      metric.joined === undefined
        ? rows.map(({ timed }) => Math.floor(timed.start))
        : rows.flatMap(({ joined }) => joined ?? []);
    const day = earliest(days);
    if (day === undefined || day > asOf || !groupsIn(firstRows).has(key)) return [];
    if (period.grain !== 'all' && (day < period.start || day >= period.end)) return [];
    const own = dayAfter(day, metric.after);
    const span = isByDay(metric, period.grain) ? { start: own, end: own + 1 } : laterPeriod(metric, period);
    if (span.end > asOf + 1) return [];
    const there = rows.some(({ timed: { start, end } }) =>
      isSpell
        ? start < span.end && (end === null || end > span.start)
        : start >= span.start && start < span.end,
    );
    return [there];
  });
  return proportion(looked.filter(Boolean).length, looked.length, sampling);
}

/** A share with its interval. */
export function proportion(hits: number, n: number, sampling: Sampling): RefEstimate {
  const bounds = sampling === 'rows' ? wilsonBounds(hits, n) : NO_INTERVAL;
  return { value: n === 0 ? null : hits / n, n, ...bounds };
}

/** A value without an interval. */
export function plain(value: number | null, n: number): RefEstimate {
  return { value, n, ...NO_INTERVAL };
}
