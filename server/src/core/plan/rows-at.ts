import type { Day, Period } from '../base/period.ts';
import { windowStart } from '../base/window.ts';
import { cohortEnd } from './follow/cohort-time.ts';
import { followedPeriod } from './follow/crossings.ts';
import type { Frame } from './frame.ts';
import { bucket, type Extent, lowerSpell, type Scan } from './plan-scan.ts';
import type { PlanScalar, RelationColumn } from './relation.ts';
import { compareTimes, dateLiteral, isNotNull, isNull, literal, notAfter, test } from './scalars.ts';

/** The rows of a scan as one period sees them: each once, also where rows are joined to every period that they touch. */
export function rowsAt(
  frame: Frame,
  scan: Scan,
  period: Period | undefined,
): { readonly timed: readonly PlanScalar[]; readonly inPeriod: PlanScalar } {
  const { rows, grain, extent, view } = scan;
  if (rows.mode === 'snapshot') return { timed: [], inPeriod: literal(true) };
  if (extent === undefined) return { timed: [literal(false)], inPeriod: literal(false) };
  // Over all time each source has the bounds of its own data.
  const seen = grain === 'all' ? { grain, start: extent.first, end: extent.asOf + 1 } : period;
  const { time, end, valid } = lowerTimes(frame, rows, extent);
  const followed = isFollowed(scan);
  const isInOnePeriod = rows.mode !== 'active' && rows.mode !== 'during' && view.window === undefined;
  // What the bounds of the period are for the conditions is then a matter of each row.
  const own = isInOnePeriod && !followed ? bucket(frame, grain, extent, time, []).period : undefined;
  if (seen === undefined || period === undefined) return { timed: valid, inPeriod: literal(false) };
  if (followed) {
    const inPeriod = touches(followedSpan(scan, extent, seen), isAtOneTime(rows), time, end);
    return { timed: valid, inPeriod };
  }
  if (own !== undefined) {
    const isIn = grain === 'all' ? literal<RelationColumn>(true) : test('=', own, dateLiteral(seen.start));
    return { timed: valid, inPeriod: test('and', isNotNull(time), isIn) };
  }
  const opening = view.window === undefined ? seen.start : windowStart(view.window, seen, extent.first);
  const [first, behind] = [dateLiteral<RelationColumn>(opening), dateLiteral<RelationColumn>(seen.end)];
  frame.times = { start: first, end: behind, event: time };
  if (rows.mode !== 'active' && rows.mode !== 'during') {
    const inside = [compareTimes('>=', time, first), compareTimes('<', time, behind)];
    return { timed: valid, inPeriod: test('and', isNotNull(time), ...inside) };
  }
  const alive = rows.mode === 'active' ? compareTimes('>=', end, behind) : compareTimes('>', end, first);
  return {
    timed: valid,
    inPeriod: test('and', compareTimes('<', time, behind), test('or', isNull(end), alive)),
  };
}

/**
 * The first day whose rows tell of a period, and the one behind the last, where these are others than the period's own: entities are followed
 * from the period before, to a later one, or from their beginning.
 */
export function reachOf(
  scan: Scan,
  period: Period,
): { readonly from: Day | undefined; readonly to: Day } | undefined {
  const { extent, grain } = scan;
  if (extent === undefined || grain === 'all' || !isFollowed(scan)) return undefined;
  const span = followedSpan(scan, extent, period);
  return span.from === period.start && span.to === period.end ? undefined : span;
}

/** The conditions under which a row tells who is there in a period; `undefined` where entities are not followed. */
export function followedIn(frame: Frame, scan: Scan, period: Period): readonly PlanScalar[] | undefined {
  if (!isFollowed(scan)) return undefined;
  const { timed, inPeriod } = rowsAt(frame, scan, period);
  return [...timed, inPeriod];
}

/** Whether a row tells of its entity in other periods than its own as well. */
function isFollowed({ view: { together } }: Scan): boolean {
  return FOLLOWED.has(together?.kind ?? '');
}

const FOLLOWED: ReadonlySet<string> = new Set(['follow', 'cohort', 'tenure', 'lifetime']);

function isAtOneTime({ mode }: Scan['rows']): boolean {
  return mode === 'event' || mode === 'started' || mode === 'ended';
}

/** From which to which day rows tell who is there in a period as it is followed; without bounds over all time. */
function followedSpan(
  { view, rows, grain }: Scan,
  { first }: Extent,
  period: Period,
): { readonly from: Day | undefined; readonly to: Day } {
  const { together, window } = view;
  // All that began by the close has lasted, or brought something, so far.
  if (together?.kind === 'lifetime') return { from: undefined, to: period.end };
  if (together?.kind === 'tenure') {
    return {
      from: window === undefined ? undefined : followedPeriod(period, first, window).opening,
      to: period.end,
    };
  }
  if (together?.kind === 'cohort') {
    if (grain === 'all') return { from: undefined, to: period.end };
    return { from: period.start, to: cohortEnd(together.after, period) };
  }
  const { opening, before } = followedPeriod(period, first, window);
  return { from: rows.mode === 'event' ? before : opening, to: period.end };
}

/** Whether a row lies in a span, or lasts into it; one that ends with its first moment was alive at the opening. */
function touches(
  { from, to }: { readonly from: Day | undefined; readonly to: Day },
  isEvent: boolean,
  time: PlanScalar,
  end: PlanScalar,
): PlanScalar {
  const before = compareTimes<RelationColumn>('<', time, dateLiteral(to));
  if (from === undefined) return before;
  const first = dateLiteral<RelationColumn>(from);
  return test(
    'and',
    before,
    isEvent ? compareTimes('>=', time, first) : test('or', isNull(end), compareTimes('>=', end, first)),
  );
}

/** The time by which a row falls in a period, the end of its spell, and what must hold of them. */
function lowerTimes(
  frame: Frame,
  rows: Exclude<Scan['rows'], { mode: 'snapshot' }>,
  { asOf }: Extent,
): { readonly time: PlanScalar; readonly end: PlanScalar; readonly valid: readonly PlanScalar[] } {
  if (rows.mode === 'event') {
    const time = frame.lower(rows.time);
    return { time, end: time, valid: [isNotNull(time), notAfter(time, asOf)] };
  }
  const { start, end, valid } = lowerSpell(frame, rows.spell, asOf);
  return { time: rows.mode === 'ended' ? end : start, end, valid };
}
