import type { Period } from '../base/period.ts';
import type { Basis } from '../plan/metric-plan.ts';
import { type GroupLabels, groupKey, isPartial, previousPeriod, type Series } from './series.ts';
import { difference } from './statistics/difference.ts';
import { holm } from './statistics/holm.ts';

/**
 * Whether a value differs from that of the period before by more than chance. `not_tested`: its type carries no interval, or the two
 * periods may rest on the same rows.
 */
export type Verdict = 'up' | 'down' | 'no_clear_change' | 'not_tested';

/** Whether a change is told from chance: only such a one is for the better or for the worse. */
export function isClearChange(verdict: Verdict | null | undefined): verdict is 'up' | 'down' {
  return verdict === 'up' || verdict === 'down';
}

/** Two-sided, over all groups that are shown at once. */
const SIGNIFICANT = 0.05;

const known = new WeakMap<Series, Map<number, ReadonlyMap<string, Verdict>>>();

/**
 * The verdict on a value of a series: section 5.4. `undefined` where there is nothing to compare: the period is partial, or one of the two
 * has no value. The tests of all groups of a period are corrected together, by Holm's method.
 */
export function verdictAt(series: Series, period: Period, labels: GroupLabels): Verdict | undefined {
  const periods = known.get(series) ?? new Map<number, ReadonlyMap<string, Verdict>>();
  known.set(series, periods);
  const verdicts = periods.get(period.start) ?? verdictsIn(series, period);
  periods.set(period.start, verdicts);
  return verdicts.get(groupKey(labels));
}

function verdictsIn(series: Series, period: Period): ReadonlyMap<string, Verdict> {
  const before = previousPeriod(series, period);
  const verdicts = new Map<string, Verdict>();
  if (before === undefined || isPartial(series, period) || isPartial(series, before)) return verdicts;
  const tested: { readonly key: string; readonly change: number; readonly p: number }[] = [];
  for (const labels of series.groups) {
    const [now, then] = [series.at(period, labels), series.at(before, labels)];
    if (now.value === null || then.value === null) continue;
    const key = groupKey(labels);
    const change = now.value - then.value;
    if (series.isCensus) verdicts.set(key, sign(change));
    else {
      const p = series.sharesRows?.(period) ? undefined : probability(now.basis, then.basis);
      if (p === undefined) verdicts.set(key, 'not_tested');
      else tested.push({ key, change, p });
    }
  }
  const adjusted = holm(tested.map(({ p }) => p));
  for (const [index, { key, change }] of tested.entries()) {
    verdicts.set(key, (adjusted[index] ?? 1) <= SIGNIFICANT ? sign(change) : 'no_clear_change');
  }
  return verdicts;
}

function probability(now: Basis | undefined, then: Basis | undefined): number | undefined {
  return now === undefined || then === undefined ? undefined : difference(now, then)?.p;
}

function sign(change: number): Verdict {
  return change === 0 ? 'no_clear_change' : change > 0 ? 'up' : 'down';
}
