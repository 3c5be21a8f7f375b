import {
  distinct,
  MONTHS,
  type OracleSeries,
  type Period,
  seriesOf,
  share,
  type Value,
  within,
} from './oracle-series.ts';
import type { EventRow, RetailTables } from './retail-tables.ts';
import { monthly } from './retail-value.ts';

// Visits to the site, visitor by visitor. A visitor keeps to one device.

const HOUR = 3_600_000;
const visitorOf = ({ visitor }: EventRow): string => visitor;
const byDevice = { device: (row: EventRow) => row.device };

/** The share of visitors with a first step in the month after which the others follow in order, all within so many hours. */
export function funnel(
  { events }: Pick<RetailTables, 'events'>,
  metric: string,
  steps: readonly string[],
  hours: number,
): readonly OracleSeries[] {
  const own = new Map<string, readonly EventRow[]>();
  for (const row of events) own.set(row.visitor, [...(own.get(row.visitor) ?? []), row]);
  const [start = '', ...rest] = steps;
  const leadsOn = (row: EventRow): boolean => {
    const until = row.at + hours * HOUR;
    const follows = (from: number, left: readonly string[]): boolean => {
      const [next, ...later] = left;
      if (next === undefined) return true;
      const rows = own.get(row.visitor) ?? [];
      return rows.some(({ step, at }) => step === next && at >= from && at <= until && follows(at, later));
    };
    return follows(row.at, rest);
  };
  const value = (rows: readonly EventRow[]): Value => {
    const done = new Set(rows.filter(leadsOn).map(visitorOf));
    return share<string>((visitor) => done.has(visitor))([...new Set(rows.map(visitorOf))]);
  };
  const rows = events.filter(({ step }) => step === start);
  return seriesOf({ ...monthly, metric, rows, value, by: byDevice });
}

/** Of the visitors of the month before, the share who came in this one. */
function visitorsBack({ events }: RetailTables): readonly OracleSeries[] {
  const visitors = (period: Period | undefined): ReadonlySet<string> =>
    new Set(events.filter(({ day }) => period !== undefined && within(day, period)).map(visitorOf));
  const points = MONTHS.map((period, index) => {
    const now = visitors(period);
    const before = [...visitors(MONTHS[index - 1])];
    return { period: period.name, ...share<string>((visitor) => now.has(visitor))(before) };
  });
  return [{ metric: 'visitors_back', group: undefined, points }];
}

/** The series of `site.metrics.yaml`. */
export function retailSite(tables: RetailTables): readonly OracleSeries[] {
  const rows = tables.events;
  return [
    ...seriesOf({ ...monthly, metric: 'visitors', rows, value: distinct(visitorOf), by: byDevice }),
    ...funnel(tables, 'visit_to_basket', ['view', 'basket'], 7 * 24),
    ...funnel(tables, 'checkout_completion', ['checkout', 'pay'], 24),
    ...funnel(tables, 'purchase_conversion', ['view', 'basket', 'checkout', 'pay'], 7 * 24),
    ...visitorsBack(tables),
  ];
}
