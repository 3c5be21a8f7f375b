import { type Day, formatDay, type Grain, type Period, periodsBetween } from '../../base/period.ts';
import { type Window, windowStart } from '../../base/window.ts';
import type { Extent } from '../plan-scan.ts';
import type { Join, PlanScalar, RelationColumn } from '../relation.ts';
import { addUnits, compareTimes, isNull, literal, nameOf, test, truncate } from '../scalars.ts';

/** A period as entities are followed through it: alive at its opening, alive at its close. */
export interface FollowedPeriod {
  readonly period: Period;
  /** The day that the period, or the window in its place, opens with; none over all time without a window. */
  readonly opening: Day | undefined;
  /** The day with which the period before opens, for sources on which being alive is to be active in a period. */
  readonly before: Day | undefined;
}

/** The periods of a scan as they are followed: section 5.3. A window takes the place of the period, and of the one before. */
export function followedPeriods(
  grain: Grain,
  { first, asOf }: Extent,
  window: Window | undefined,
): readonly FollowedPeriod[] {
  return periodsBetween(grain, first, asOf).map((period) => followedPeriod(period, first, window));
}

/** The first day of the last period of a scan. */
export function lastPeriod({
  grain,
  extent,
  view,
}: {
  readonly grain: Grain;
  readonly extent: Extent;
  readonly view: { readonly window?: Window };
}): Day {
  return followedPeriods(grain, extent, view.window).at(-1)?.period.start ?? extent.asOf;
}

/** One period as it is followed; `first` is the first day of the data. */
export function followedPeriod(period: Period, first: Day, window: Window | undefined): FollowedPeriod {
  if (window !== undefined) {
    const opening = windowStart(window, period, first);
    return { period, opening, before: windowStart(window, { ...period, end: opening }, first) };
  }
  if (period.grain === 'all') return { period, opening: undefined, before: undefined };
  const [before] = periodsBetween(period.grain, period.start - 1, period.start - 1);
  return { period, opening: period.start, before: before?.start };
}

/** The first period (by its first day) with a bound that lies behind a time; null where there is none. */
export type FirstAfter = (time: PlanScalar) => PlanScalar;

/** By which bounds of the periods a time is passed: from when on it lies before their close, their opening, the opening of the one before. */
export interface Crossings {
  readonly close: FirstAfter;
  readonly opening: FirstAfter;
  readonly before: FirstAfter;
  /** What the scalars asked for so far need to be joined. */
  readonly joins: readonly Join[];
}

/**
 * Crossings of a scan's periods. Those of the calendar are computed; windows are looked up, each time in one row, so that no
 * row is ever joined to the periods that it lasts through.
 */
export function crossingsOf(grain: Grain, extent: Extent, window: Window | undefined): Crossings {
  const joins: Join[] = [];
  if (grain !== 'all' && window === undefined) {
    const behind =
      (count: number): FirstAfter =>
      (time) =>
        count === 0 ? truncate(grain, time) : addUnits(grain, count, truncate(grain, time));
    return { close: behind(0), opening: behind(1), before: behind(2), joins };
  }
  const periods = followedPeriods(grain, extent, window);
  const lookUp =
    (name: string, bound: (period: FollowedPeriod) => Day | undefined): FirstAfter =>
    (time) => {
      const as = `_${name}_${joins.length + 1}`;
      const steps = stepsOf(periods, bound);
      if (steps.length === 0) return { kind: 'cast', type: 'date', arg: literal(null) };
      joins.push(stepJoin(as, steps, time));
      return nameOf<RelationColumn>({ relation: as, column: 'period' }, 'date');
    };
  return {
    close: lookUp('before_close', ({ period }) => period.end),
    opening: lookUp('before_opening', ({ opening }) => opening),
    before: lookUp('before_last_opening', ({ before }) => before),
    joins,
  };
}

interface Step {
  /** None for the first step, which reaches back without end. */
  readonly since: Day | undefined;
  readonly until: Day;
  readonly period: Day;
}

/** From which to which day the first period with a later bound is the same one. */
function stepsOf(
  periods: readonly FollowedPeriod[],
  bound: (period: FollowedPeriod) => Day | undefined,
): readonly Step[] {
  const steps: Step[] = [];
  let since: Day | undefined;
  for (const each of periods) {
    const until = bound(each);
    if (until === undefined || (since !== undefined && until <= since)) continue;
    steps.push({ since, until, period: each.period.start });
    since = until;
  }
  return steps;
}

function stepJoin(as: string, steps: readonly Step[], time: PlanScalar): Join {
  const column = (name: string): PlanScalar => nameOf<RelationColumn>({ relation: as, column: name }, 'date');
  return {
    kind: 'left',
    to: {
      kind: 'values',
      as,
      columns: ['since', 'until', 'period'].map((name) => ({ name, type: 'date' })),
      rows: steps.map(({ since, until, period }) => [
        since === undefined ? null : formatDay(since),
        formatDay(until),
        formatDay(period),
      ]),
    },
    on: [
      test('or', isNull(column('since')), compareTimes('>=', time, column('since'))),
      compareTimes('<', time, column('until')),
    ],
  };
}
