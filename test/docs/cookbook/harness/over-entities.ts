import { MONTHS, type OracleSeries, seriesOf, within } from '../../../samples/oracle-series.ts';

/** By month, a value of the rows of each entity that has any, as `per` computes it. */
export function overEntities<Row extends { readonly day: string }>(
  rows: readonly Row[],
  entityOf: (row: Row) => string,
  by: Readonly<Record<string, (row: Row) => string>>,
  value: (entities: readonly (readonly Row[])[]) => number,
): readonly OracleSeries[] {
  return seriesOf({
    metric: '',
    periods: MONTHS,
    rows,
    holds: (row, period) => within(row.day, period),
    by,
    value: (chosen) => {
      const entities = grouped(chosen, entityOf);
      return { value: entities.length === 0 ? null : value(entities), n: entities.length };
    },
  });
}

/** The mean over entities of a number of each one's rows; of 1 and 0, a share. */
export function meanOver<Row>(
  of: (rows: readonly Row[]) => number,
): (entities: readonly (readonly Row[])[]) => number {
  return (entities) => entities.reduce((sum, own) => sum + of(own), 0) / entities.length;
}

/** The median over entities of a number of each one's rows. */
export function medianOver<Row>(
  of: (rows: readonly Row[]) => number,
): (entities: readonly (readonly Row[])[]) => number {
  return (entities) => {
    const sorted = entities.map(of).toSorted((a, b) => a - b);
    const low = sorted[Math.ceil(sorted.length / 2) - 1] ?? Number.NaN;
    const high = sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
    return (low + high) / 2;
  };
}

function grouped<Row>(rows: readonly Row[], entityOf: (row: Row) => string): readonly (readonly Row[])[] {
  const found = new Map<string, Row[]>();
  for (const row of rows) {
    const own = found.get(entityOf(row));
    if (own === undefined) found.set(entityOf(row), [row]);
    else own.push(row);
  }
  return [...found.values()];
}
