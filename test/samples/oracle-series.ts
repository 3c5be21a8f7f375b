// Periods, groups and the arithmetic of the oracle: each a few lines that can be checked by reading.

/**
 * The value of one metric of a sample in one period, computed by plain code from the files. `value` is a fraction
 * for percentages and null for "no data". `n` is the number of answers, tickets or spells behind a share, a survey value,
 * a mean or a quantile, the denominator for a ratio, and undefined where a count or a sum says it all.
 */
export interface OraclePoint {
  readonly period: string;
  readonly value: number | null;
  readonly n?: number;
}

/** A series over all periods from the first data to 2025-06-30; `group` is `company_size.small`, undefined for the total. */
export interface OracleSeries {
  readonly metric: string;
  readonly group: string | undefined;
  readonly points: readonly OraclePoint[];
}

/** A period from `start` up to, not including, `end`, both as dates. */
export interface Period {
  readonly name: string;
  readonly start: string;
  readonly end: string;
}

const iso = (year: number, month: number, day: number) =>
  new Date(Date.UTC(year, month - 1, day)).toISOString().slice(0, 10);

/** The months from 2023-07 to 2025-06. */
export const MONTHS: readonly Period[] = Array.from({ length: 24 }, (_, index) => {
  const start = iso(2023, 7 + index, 1);
  return { name: start.slice(0, 7), start, end: iso(2023, 8 + index, 1) };
});

/** The quarters from 2023-Q3 to 2025-Q2. */
export const QUARTERS: readonly Period[] = Array.from({ length: 8 }, (_, index) => {
  const start = iso(2023, 7 + index * 3, 1);
  const quarter = (Number(start.slice(5, 7)) + 2) / 3;
  return { name: `${start.slice(0, 4)}-Q${quarter}`, start, end: iso(2023, 10 + index * 3, 1) };
});

/** Weeks from Monday 2023-06-26 to Monday 2025-06-30, numbered by the year that holds their Thursday. */
export const WEEKS: readonly Period[] = Array.from({ length: 106 }, (_, index) => {
  const thursday = iso(2023, 6, 29 + index * 7);
  const year = Number(thursday.slice(0, 4));
  const number = Math.floor((Date.parse(thursday) - Date.UTC(year, 0, 1)) / (7 * 86_400_000)) + 1;
  const name = `${year}-W${String(number).padStart(2, '0')}`;
  return { name, start: iso(2023, 6, 26 + index * 7), end: iso(2023, 7, 3 + index * 7) };
});

/** Whether a date lies in a period. */
export const within = (day: string, period: Period) => day >= period.start && day < period.end;

/** A value without its period; see `OraclePoint`. */
export interface Value {
  readonly value: number | null;
  readonly n?: number;
}

/** What a series is computed from: `holds` says which rows fall in a period. */
export interface Definition<Row> {
  readonly metric: string;
  readonly periods: readonly Period[];
  readonly rows: readonly Row[];
  readonly holds: (row: Row, period: Period) => boolean;
  readonly value: (rows: readonly Row[]) => Value;
  /** Segments by name, each with the group of a row. */
  readonly by?: Readonly<Record<string, (row: Row) => string>>;
}

/** The series of the total, then one for each group that occurs among the rows. */
export function seriesOf<Row>(definition: Definition<Row>): readonly OracleSeries[] {
  const { metric, periods, rows, holds, value, by = {} } = definition;
  const over = (group: string | undefined, chosen: readonly Row[]): OracleSeries => ({
    metric,
    group,
    points: periods.map((period) => ({
      period: period.name,
      ...value(chosen.filter((row) => holds(row, period))),
    })),
  });
  const series = [over(undefined, rows)];
  for (const [segment, groupOf] of Object.entries(by)) {
    for (const group of [...new Set(rows.map(groupOf))].sort()) {
      const inGroup = rows.filter((row) => groupOf(row) === group);
      series.push(over(`${segment}.${group}`, inGroup));
    }
  }
  return series;
}

/** Divides series by series, group by group; groups that the denominator lacks have no value. */
export function divided(
  metric: string,
  numerators: readonly OracleSeries[],
  denominators: readonly OracleSeries[],
): readonly OracleSeries[] {
  return numerators.map(({ group, points }) => {
    const below = denominators.find((series) => series.group === group);
    return {
      metric,
      group,
      points: points.map(({ period, value }, index) => {
        const n = below?.points[index]?.value ?? 0;
        return { period, value: n === 0 || value === null ? null : value / n, n };
      }),
    };
  });
}

/** The number of rows. */
export const count = (rows: readonly unknown[]): Value => ({ value: rows.length });

/** The number of distinct values. */
export const distinct =
  <Row>(of: (row: Row) => string) =>
  (rows: readonly Row[]): Value => ({ value: new Set(rows.map(of)).size });

/** The sum, 0 of no rows. */
export const total =
  <Row>(of: (row: Row) => number) =>
  (rows: readonly Row[]): Value => ({ value: rows.reduce((sum, row) => sum + of(row), 0) });

/** The fraction of rows that match, null of no rows. */
export const share =
  <Row>(matches: (row: Row) => boolean) =>
  (rows: readonly Row[]): Value => ({
    value: rows.length === 0 ? null : rows.filter(matches).length / rows.length,
    n: rows.length,
  });

/** The mean, null of no rows. */
export const mean =
  <Row>(of: (row: Row) => number) =>
  (rows: readonly Row[]): Value => ({
    value: rows.length === 0 ? null : rows.reduce((sum, row) => sum + of(row), 0) / rows.length,
    n: rows.length,
  });

/** Linear between the closest ranks, over the values that are there. */
export const quantile =
  <Row>(of: (row: Row) => number | null, p: number) =>
  (rows: readonly Row[]): Value => {
    const values = rows.map(of).filter((value) => value !== null);
    values.sort((a, b) => a - b);
    const rank = p * (values.length - 1);
    const low = values[Math.floor(rank)];
    const high = values[Math.ceil(rank)];
    if (low === undefined || high === undefined) return { value: null, n: 0 };
    return { value: low + (rank - Math.floor(rank)) * (high - low), n: values.length };
  };

/** Standard deviation with n - 1 below the line. */
export const deviation =
  <Row>(of: (row: Row) => number) =>
  (rows: readonly Row[]): Value => {
    if (rows.length < 2) return { value: null, n: rows.length };
    const values = rows.map(of);
    const centre = values.reduce((sum, value) => sum + value, 0) / values.length;
    const squares = values.reduce((sum, value) => sum + (value - centre) ** 2, 0);
    return { value: Math.sqrt(squares / (values.length - 1)), n: values.length };
  };
