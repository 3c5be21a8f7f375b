import type { RefPeriod } from './calendar.ts';
import type { RefEstimate } from './finish.ts';
import type { Env } from './world.ts';

/** A metric, or what one is made of, with everything that it takes from the metric around it. */
export interface Part {
  readonly asOf: number | undefined;
  readonly snapshot: boolean;
  /** Whether its rows, all of them, lead to a segment or column. */
  reaches(name: string): boolean;
  /** Its rows up to a day. */
  until(asOf: number | undefined): Cut;
}

export interface Cut {
  /** The day of the earliest time among the rows that are not set aside. */
  readonly first: number | undefined;
  split(by: readonly string[], periods: readonly RefPeriod[]): Split;
}

export interface Split {
  readonly groups: ReadonlyMap<string, readonly string[]>;
  at(period: RefPeriod, group: readonly string[]): RefEstimate;
  /** The rows that count, of what is not made of others. */
  rowsAt(period: RefPeriod, group: readonly string[]): readonly Env[];
  /** Whether a window begins before the data. */
  partial(period: RefPeriod): boolean;
  /** What stands for the period: the window that closes with it. */
  period(period: RefPeriod): RefPeriod;
}

/** The earliest of some days. */
export function earliest(days: readonly (number | undefined)[]): number | undefined {
  const known = days.filter((day) => day !== undefined);
  return known.length === 0 ? undefined : Math.min(...known);
}
