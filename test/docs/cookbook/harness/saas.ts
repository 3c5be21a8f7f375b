import type { Tables } from '../../../kit/csv-tables.ts';
import type { OracleSeries } from '../../../samples/oracle-series.ts';
import { type SaasTables, saasTables } from '../../../samples/saas-tables.ts';
import type { Expectation } from '../expectations.ts';

type SeriesFrom = (tables: SaasTables) => readonly OracleSeries[];

const prepared = new WeakMap<Tables, SaasTables>();
const computed = new WeakMap<SaasTables, Map<SeriesFrom, readonly OracleSeries[]>>();

/** Expected points from the series of one metric over the tables of `samples/saas`, which are prepared once. */
export function saas(seriesFrom: SeriesFrom): Expectation {
  return (tables) =>
    seriesFrom(tablesOf(tables)).flatMap(({ group, points }) => points.map((point) => ({ ...point, group })));
}

/** Expected points of a metric from a function that computes the series of many, which runs once. */
export function saasNamed(all: SeriesFrom, metric: string): Expectation {
  return saas((tables) => {
    const known = computed.get(tables) ?? new Map<SeriesFrom, readonly OracleSeries[]>();
    const series = known.get(all) ?? all(tables);
    computed.set(tables, known.set(all, series));
    return series.filter((one) => one.metric === metric);
  });
}

/** The segment that every table of the sample reaches. */
export const bySize = { company_size: (row: { readonly size: string }) => row.size };

function tablesOf(tables: Tables): SaasTables {
  const known = prepared.get(tables) ?? saasTables(tables);
  prepared.set(tables, known);
  return known;
}
