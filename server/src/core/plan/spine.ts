import { formatDay, type Grain, periodsBetween } from '../base/period.ts';
import { type Window, windowStart } from '../base/window.ts';
import type { Extent } from './plan-scan.ts';
import type { Input, PlanScalar, RelationColumn } from './relation.ts';
import { cast, literal, nameOf } from './scalars.ts';

const SPINE = '_periods';

/**
 * The periods of an extent with their bounds. Where one of the times is a timestamp, the instants of the bounds stand beside their days: in
 * the condition of the join they would be looked up in the time zone for every row and period anew.
 */
export function spine(
  grain: Grain,
  extent: Extent,
  window: Window | undefined,
  times: readonly PlanScalar[],
): Input {
  const days = spineDays(grain, extent, window);
  if (!times.some(({ type }) => type === 'timestamp')) return days;
  const day = (column: string): PlanScalar => nameOf<RelationColumn>({ relation: SPINE, column }, 'date');
  const keys = [
    ...['period_start', 'period_end', 'opening'].map((name) => ({ name, value: day(name) })),
    ...['period_end', 'opening'].map((name) => ({
      name: instantColumn(name),
      value: cast(day(name), 'timestamp'),
    })),
  ];
  return { kind: 'select', as: SPINE, select: { from: days, joins: [], where: [], keys, aggregates: [] } };
}

function spineDays(
  grain: Grain,
  extent: Extent,
  window: Window | undefined,
): Extract<Input, { kind: 'values' }> {
  return {
    kind: 'values',
    as: SPINE,
    columns: [
      { name: 'period_start', type: 'date' },
      { name: 'period_end', type: 'date' },
      { name: 'opening', type: 'date' },
    ],
    rows: periodsBetween(grain, extent.first, extent.asOf).map((period) => [
      formatDay(period.start),
      formatDay(period.end),
      formatDay(window === undefined ? period.start : windowStart(window, period, extent.first)),
    ]),
  };
}

/** A bound of a period: the day, and the instant at which it begins. */
interface Bound {
  readonly day: PlanScalar;
  readonly instant: PlanScalar;
}

/** The bounds of the window of a period, and the period's own first day. */
export function spineNames(grain: Grain): {
  readonly opening: Bound;
  readonly close: Bound;
  readonly key: PlanScalar;
} {
  const name = (column: string, type: 'date' | 'timestamp'): PlanScalar =>
    nameOf<RelationColumn>({ relation: SPINE, column }, type);
  const bound = (column: string): Bound => ({
    day: name(column, 'date'),
    instant: name(instantColumn(column), 'timestamp'),
  });
  return {
    opening: bound('opening'),
    close: bound('period_end'),
    key: grain === 'all' ? { kind: 'cast', type: 'date', arg: literal(null) } : name('period_start', 'date'),
  };
}

/** The bound of a period in the type of a time that is compared with it. */
export function boundFor(time: PlanScalar, { day, instant }: Bound): PlanScalar {
  return time.type === 'timestamp' ? instant : day;
}

function instantColumn(column: string): string {
  return `${column}_at`;
}
