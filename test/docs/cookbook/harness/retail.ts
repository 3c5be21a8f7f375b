import type { Tables } from '../../../kit/csv-tables.ts';
import type { OracleSeries } from '../../../samples/oracle-series.ts';
import { retailSeries } from '../../../samples/retail-oracle.ts';
import { type RetailTables, retailTables } from '../../../samples/retail-tables.ts';
import type { Expectation, Expectations } from '../expectations.ts';

interface Prepared {
  readonly tables: RetailTables;
  readonly series: readonly OracleSeries[];
}

const prepared = new WeakMap<Tables, Prepared>();

/** Expected points from the series of one metric over the tables of `samples/retail`, which are prepared once. */
export function retail(seriesFrom: (tables: RetailTables) => readonly OracleSeries[]): Expectation {
  return (tables) => pointsOf(seriesFrom(prepare(tables).tables));
}

/** The metrics that a recipe takes over from the sample, with the values of the sample's own oracle. */
export function ofRetail(...metrics: readonly string[]): Expectations {
  return Object.fromEntries(
    metrics.map((name): [string, Expectation] => [
      name,
      (tables) => pointsOf(prepare(tables).series.filter(({ metric }) => metric === name)),
    ]),
  );
}

function pointsOf(series: readonly OracleSeries[]) {
  return series.flatMap(({ group, points }) => points.map((point) => ({ ...point, group })));
}

function prepare(read: Tables): Prepared {
  const known = prepared.get(read);
  if (known !== undefined) return known;
  const tables = retailTables(read);
  const fresh = { tables, series: retailSeries(tables) };
  prepared.set(read, fresh);
  return fresh;
}
