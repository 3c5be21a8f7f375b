import { type Day, formatPeriod, type Grain, type Period, periodsBetween } from '../base/period.ts';
import type { Estimate } from '../plan/metric-plan.ts';

/** The labels of a group, one for each breakdown; empty for the total. */
export type GroupLabels = readonly string[];

/** A metric's values by period and group. */
export interface Series {
  readonly grain: Grain;
  /** Without gaps, oldest first; none where there are no data. */
  readonly periods: readonly Period[];
  /** The last day counted; `undefined` for a snapshot or where there are no data. */
  readonly asOf: Day | undefined;
  /** Every group that occurs anywhere in the series, in the order to show them; for a total one empty list. */
  readonly groups: readonly GroupLabels[];
  /** Every group has a value in every period: 0 for counts and sums where it has no rows, else null. */
  at(period: Period, group: GroupLabels): Estimate;
  /** Off-scale survey scores that were set aside, over the whole series. */
  readonly offScale: number;
  /** Whether a window that takes the place of a period begins before the data do. */
  isCut?(period: Period): boolean;
  /** Whether rows of a period may be among those of the period before: its window reaches back over it, or spells last. */
  sharesRows?(period: Period): boolean;
  /** Whether the rows are all there are (`coverage: census`), and no sample. */
  readonly isCensus?: boolean;
}

/** The key of a group in maps. */
export function groupKey(labels: GroupLabels): string {
  return JSON.stringify(labels);
}

/** Whether a period is not over on the last day counted. `all` always is. */
export function isRunning({ asOf }: Pick<Series, 'asOf'>, period: Period): boolean {
  return period.grain !== 'all' && asOf !== undefined && period.end > asOf + 1;
}

/** Whether the data do not hold all of a period: it is not over, or its window begins before them. `all` is always complete. */
export function isPartial(series: Pick<Series, 'asOf' | 'isCut'>, period: Period): boolean {
  return isRunning(series, period) || series.isCut?.(period) === true;
}

/** The headline's period: the last complete one. */
export function headlinePeriod(series: Pick<Series, 'periods' | 'asOf' | 'isCut'>): Period | undefined {
  return series.periods.findLast((period) => !isPartial(series, period));
}

/** The period before, if the series has it. */
export function previousPeriod(series: Series, period: Period): Period | undefined {
  return series.periods.find(({ end, grain }) => grain !== 'all' && end === period.start);
}

/** The period of a series that is written so. */
export function findPeriod(series: Series, text: string): Period | undefined {
  return series.periods.find((period) => formatPeriod(period) === text);
}

/** What a series is assembled from: what one scan gave for one measure, or what its parts gave. */
export interface Values {
  /** `undefined` for a snapshot or no data: see `snapshot`. */
  readonly first: Day | undefined;
  readonly asOf: Day | undefined;
  readonly snapshot: boolean;
  readonly groups: ReadonlyMap<string, GroupLabels>;
  readonly offScale: number;
  isCut?(period: Period): boolean;
  sharesRows?(period: Period): boolean;
  at(period: Period, group: string): Estimate;
}

/** Joins the values of parts: periods run over the union of the parts, up to the earliest `as_of`; groups are the union. */
export function joinValues(parts: readonly Values[], at: Values['at']): Values {
  const firsts = parts.map(({ first }) => first).filter((day) => day !== undefined);
  const asOfs = parts.map(({ asOf }) => asOf).filter((day) => day !== undefined);
  return {
    first: firsts.length === 0 ? undefined : Math.min(...firsts),
    asOf: asOfs.length === 0 ? undefined : Math.min(...asOfs),
    snapshot: parts.every(({ snapshot }) => snapshot),
    groups: new Map(parts.flatMap(({ groups }) => [...groups])),
    offScale: parts.reduce((sum, { offScale }) => sum + offScale, 0),
    isCut: (period) => parts.some((part) => part.isCut?.(period)),
    sharesRows: (period) => parts.some((part) => part.sharesRows?.(period)),
    at,
  };
}

/** Values that only some of the breakdowns split, seen in all of them: each group has the value of the whole that it is in. */
export function wholeValues(values: Values, by: readonly string[], split: readonly string[]): Values {
  if (split.length === by.length) return values;
  const kept = by.flatMap((key, index) => (split.includes(key) ? [index] : []));
  return {
    ...values,
    // Which groups occur is for the parts to say that are split by everything.
    groups: new Map(),
    at: (period, group) => values.at(period, groupKey(labelsAt(group, kept))),
  };
}

/** Some of the labels of a group, by its key. */
export function labelsAt(group: string, indexes: readonly number[]): GroupLabels {
  const labels: GroupLabels = JSON.parse(group);
  return indexes.map((index) => labels[index] ?? '');
}

/** The series of values at a grain, with the groups in order. */
export function seriesOf(
  values: Values,
  grain: Grain,
  compare: (a: GroupLabels, b: GroupLabels) => number,
  isCensus: boolean,
): Series {
  return {
    grain,
    periods: periodsOf(values, grain),
    asOf: values.asOf,
    groups: [...values.groups.values()].sort(compare),
    offScale: values.offScale,
    isCut: (period) => values.isCut?.(period) === true,
    sharesRows: (period) => values.sharesRows?.(period) === true,
    isCensus,
    at: (period, group) => values.at(period, groupKey(group)),
  };
}

/** The periods of a grain that values cover, without gaps, oldest first. */
export function periodsOf(
  { snapshot, first, asOf }: Pick<Values, 'snapshot' | 'first' | 'asOf'>,
  grain: Grain,
): readonly Period[] {
  if (snapshot) return [{ grain: 'all', start: 0, end: 0 }];
  return first === undefined || asOf === undefined ? [] : periodsBetween(grain, first, asOf);
}
