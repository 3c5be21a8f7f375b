import type { Groups } from './education-tables.ts';
import { type OracleSeries, type Period, QUARTERS, type Value, within } from './oracle-series.ts';

interface Grouped {
  readonly groups: Groups;
}

/** How the series of a metric are computed: `value` sees the rows of the total, or of one group, and a period. */
export interface Recipe<Row extends Grouped> {
  readonly metric: string;
  readonly rows: readonly Row[];
  readonly value: (rows: readonly Row[], period: Period) => Value;
  readonly by?: readonly string[];
}

/** The series over all quarters: the total, then one for each group that occurs among the rows. */
export function overQuarters<Row extends Grouped>(recipe: Recipe<Row>): readonly OracleSeries[] {
  const { metric, rows, value, by = [] } = recipe;
  const over = (group: string | undefined, chosen: readonly Row[]): OracleSeries => ({
    metric,
    group,
    points: QUARTERS.map((period) => ({ period: period.name, ...value(chosen, period) })),
  });
  const series = [over(undefined, rows)];
  for (const segment of by) {
    for (const label of new Set(rows.map(({ groups }) => groups[segment]))) {
      const own = rows.filter(({ groups }) => groups[segment] === label);
      series.push(over(`${segment}.${label}`, own));
    }
  }
  return series;
}

/** A fraction with the number below the line, null where that is 0. */
export function fraction(above: number, below: number): Value {
  return { value: below === 0 ? null : above / below, n: below };
}

/** The mean of numbers, null of none. */
export function meanOf(values: readonly number[]): Value {
  return fraction(
    values.reduce((sum, value) => sum + value, 0),
    values.length,
  );
}

/** How many different values there are. */
export function distinctOf<Row>(rows: readonly Row[], of: (row: Row) => string): number {
  return new Set(rows.map(of)).size;
}

/** The rows by what they share. */
export function grouped<Row>(rows: readonly Row[], of: (row: Row) => string): readonly (readonly Row[])[] {
  const found = new Map<string, Row[]>();
  for (const row of rows) found.set(of(row), [...(found.get(of(row)) ?? []), row]);
  return [...found.values()];
}

/** The rows whose day lies in a period. */
export function inPeriod<Row extends { readonly day: string }>(
  rows: readonly Row[],
  period: Period,
): readonly Row[] {
  return rows.filter(({ day }) => within(day, period));
}

/** Spells that have begun by the first instant of a day and not ended before it. */
export function thereAt<Row extends { readonly start: string; readonly end: string }>(
  rows: readonly Row[],
  moment: string,
): readonly Row[] {
  return rows.filter(({ start, end }) => start < moment && end >= moment);
}

/** Who of the opening is there at the close. */
export function kept(opening: ReadonlySet<string>, closing: ReadonlySet<string>): Value {
  return fraction([...opening].filter((one) => closing.has(one)).length, opening.size);
}
