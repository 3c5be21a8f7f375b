import type { Day, Period } from '../base/period.ts';
import { windowStart } from '../base/window.ts';
import { isImmature, isRunning } from '../plan/follow/cohort-time.ts';
import { followedPeriod } from '../plan/follow/crossings.ts';
import { type AggregateValue, type Estimate, emptyEstimate, type MeasurePlan } from '../plan/metric-plan.ts';
import type { Extent, Scan } from '../plan/plan-scan.ts';
import type { Outcome } from './run-scan.ts';
import type { Values } from './series.ts';

/**
 * Whether the data do not hold all that a measure looks at for a period that is over: a window begins before them, or the time at which
 * a cohort is looked at has not come. Over all time there is nothing before.
 */
export function isCutShort({ rows, view }: MeasurePlan, period: Period, extent: Extent | undefined): boolean {
  const { window, together } = view;
  if (extent === undefined || period.grain === 'all') return false;
  if (together?.kind === 'cohort') return isImmature(together.after, period, extent.asOf);
  if (together?.kind === 'conversion') return isRunning(together.within, period, extent.asOf);
  if (window === undefined) return false;
  if (together?.kind !== 'follow' || rows.mode !== 'event') {
    return windowStart(window, period, extent.first) < extent.first;
  }
  // Who is alive at the opening was active in the window before.
  const { before } = followedPeriod(period, extent.first, window);
  return before !== undefined && before < extent.first;
}

/** Rows that are in every period while their spell lasts. */
const LASTING: ReadonlySet<string> = new Set(['active', 'during']);

/** What is gathered from the first row up to each close, so that each period has all that the one before had. */
const GATHERED: ReadonlySet<string> = new Set(['tenure', 'durations', 'lifetime']);

/** What happens to entities within a period, each period by itself. */
const FOLLOWED: ReadonlySet<string> = new Set(['follow', 'cohort', 'conversion']);

/** Whether a value may rest on rows on which that of the period before rests too. */
function sharesRows({ rows, view, measure }: MeasurePlan, period: Period, first: Day | undefined): boolean {
  const { window, together } = view;
  if (together !== undefined && GATHERED.has(together.kind)) return true;
  const isOfPeriod = together !== undefined && FOLLOWED.has(together.kind) && measure.level !== true;
  if (LASTING.has(rows.mode) && !isOfPeriod) return true;
  if (window === undefined || first === undefined || period.grain === 'all') return false;
  return windowStart(window, period, first) < period.start;
}

/**
 * The values of a measure whose scan has run.
 *
 * @param asOf the last day counted
 */
export function measureValues(
  plan: MeasurePlan,
  { extent, rows }: Scan,
  outcome: Outcome | undefined,
  asOf: Day | undefined,
): Values {
  if (outcome?.results === undefined) throw new Error('A measure was not scanned.');
  const { results, index } = outcome;
  const empty = emptyEstimate(plan);
  const { offScale } = plan.measure;
  return {
    first: extent?.first,
    asOf: rows.mode === 'snapshot' ? undefined : asOf,
    snapshot: rows.mode === 'snapshot',
    groups: results.groups,
    offScale: offScale === undefined ? 0 : total(results.column(index, offScale)),
    isCut: (period) => isCutShort(plan, period, extent),
    sharesRows: (period) => sharesRows(plan, period, extent?.first),
    at(period, group): Estimate {
      const aggregates = results.at(period, group, index);
      return aggregates === undefined ? empty : plan.measure.finish(aggregates);
    },
  };
}

function total(values: readonly AggregateValue[]): number {
  return values.reduce<number>((sum, value) => sum + (value ?? 0), 0);
}
