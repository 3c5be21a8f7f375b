import type { Tables } from '../../../kit/csv-tables.ts';
import type { OracleSeries } from '../../../samples/saas-series.ts';
import { type SaasTables, saasTables } from '../../../samples/saas-tables.ts';
import type { ExpectedPoint } from '../expectations.ts';

const known = new WeakMap<Tables, SaasTables>();

/** Expected points from series over the tables of `samples/saas`, which are prepared once. */
export function saas(
  seriesFrom: (tables: SaasTables) => readonly OracleSeries[],
): (tables: Tables) => readonly ExpectedPoint[] {
  return (tables) => {
    const prepared = known.get(tables) ?? saasTables(tables);
    known.set(tables, prepared);
    return seriesFrom(prepared).flatMap(({ group, points }) => points.map((point) => ({ ...point, group })));
  };
}
