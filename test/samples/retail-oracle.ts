import type { OracleSeries } from './oracle-series.ts';
import { retailClub } from './retail-club.ts';
import { retailFeedback } from './retail-feedback.ts';
import { retailLifetime } from './retail-lifetime.ts';
import { retailSite } from './retail-site.ts';
import { type RetailTables, readRetailTables } from './retail-tables.ts';
import { retailValue } from './retail-value.ts';

/** All series of `samples/retail` that are computed by plain code, over the periods from the first data to 2025-06-30. */
export function retailOracle(folder: string): readonly OracleSeries[] {
  return retailSeries(readRetailTables(folder));
}

/** The same of tables that are read already. */
export function retailSeries(tables: RetailTables): readonly OracleSeries[] {
  return [retailValue, retailLifetime, retailClub, retailFeedback, retailSite].flatMap((of) => of(tables));
}
