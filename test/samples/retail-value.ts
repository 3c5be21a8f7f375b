import {
  count,
  distinct,
  divided,
  MONTHS,
  mean,
  type OracleSeries,
  type Period,
  QUARTERS,
  quantile,
  seriesOf,
  share,
  total,
  type Value,
  within,
} from './oracle-series.ts';
import type { DealingRow, LineRow, OfCustomer, OrderRow, RetailTables } from './retail-tables.ts';

// What customers bring and cost, row by row.

/** Segments by the groups that rows have from their customer. */
export const byKind = { kind: (row: OfCustomer) => row.kind };
export const byChannel = { channel: (row: { readonly channel: string }) => row.channel };
export const byRegion = { region: (row: OfCustomer) => row.region };

/** Rows that fall in months by their day. */
export const monthly = {
  metric: '',
  periods: MONTHS,
  holds: (row: { readonly day: string }, period: Period) => within(row.day, period),
};

/** Rows that fall in quarters by their day. */
export const quarterly = { ...monthly, periods: QUARTERS };

/** One number for each entity that has rows: the sum of a value over them, null where all of it is unknown. */
export function sums<Row>(
  rows: readonly Row[],
  entityOf: (row: Row) => string,
  amountOf: (row: Row) => number | null,
): readonly (number | null)[] {
  const found = new Map<string, number | null>();
  for (const row of rows) {
    const [entity, value] = [entityOf(row), amountOf(row)];
    const before = found.get(entity) ?? null;
    found.set(entity, value === null ? before : (before ?? 0) + value);
  }
  return [...found.values()];
}

const customerOf = (row: OfCustomer): string => row.customer;
const profitOf = (row: DealingRow): number | null => row.profit;

/** The mean of what is known of each customer's profit. */
export function customerProfit(rows: readonly DealingRow[]): Value {
  const known = sums(rows, customerOf, profitOf).filter((profit) => profit !== null);
  return mean<number>((profit) => profit)(known);
}

/** The share of customers of whom no dealing is without a cost. */
export function costKnown(rows: readonly DealingRow[]): Value {
  const all = new Set(rows.map(customerOf));
  const unknown = new Set(rows.filter(({ profit }) => profit === null).map(customerOf));
  return share<string>((customer) => !unknown.has(customer))([...all]);
}

/** What each order brought, all its lines together. */
export function orderValue(rows: readonly LineRow[]): Value {
  const values = sums(
    rows,
    ({ order }) => order,
    ({ revenue }) => revenue,
  );
  return mean<number | null>((value) => value ?? 0)(values);
}

/** Those whose first order lies in each month. */
export function newCustomers({ orders }: Pick<RetailTables, 'orders'>): readonly OracleSeries[] {
  const rows = orders.filter(({ isFirst }) => isFirst);
  const by = { ...byKind, ...byChannel };
  return seriesOf<OrderRow>({ ...monthly, metric: 'new_customers', rows, value: distinct(customerOf), by });
}

/** Revenue of the month, over customers or over people who ordered. */
export function valuePer(
  { lines, orders }: RetailTables,
  of: (row: OrderRow) => string,
): readonly OracleSeries[] {
  const by = { ...byKind, ...byChannel };
  return divided(
    '',
    seriesOf({ ...monthly, rows: lines, value: total((row) => row.revenue), by }),
    seriesOf({ ...monthly, rows: orders, value: distinct(of), by }),
  );
}

const named = (metric: string, series: readonly OracleSeries[]): readonly OracleSeries[] =>
  series.map((one) => ({ ...one, metric }));

/** The series of `value.metrics.yaml`. */
export function retailValue(tables: RetailTables): readonly OracleSeries[] {
  const { orders, lines, dealings, spend } = tables;
  const ofOrders = { ...monthly, rows: orders };
  const ofLines = { ...monthly, rows: lines };
  const byCategory = { category: (row: LineRow) => row.category };
  const spent = seriesOf({
    ...monthly,
    metric: 'spend',
    rows: spend,
    value: total((row) => row.amount),
    by: byChannel,
  });
  const winners = newCustomers(tables);
  return [
    ...seriesOf({ ...ofOrders, metric: 'orders_placed', value: count, by: { ...byKind, ...byRegion } }),
    ...seriesOf({
      ...ofLines,
      metric: 'revenue',
      value: total((row) => row.revenue),
      by: { ...byCategory, ...byKind },
    }),
    ...seriesOf({ ...ofOrders, metric: 'buyers', value: distinct(customerOf), by: byKind }),
    ...seriesOf({ ...ofOrders, metric: 'people_ordering', value: distinct((row) => row.login), by: byKind }),
    ...seriesOf({ ...ofLines, metric: 'average_order_value', value: orderValue, by: byKind }),
    ...named('value_per_customer', valuePer(tables, customerOf)),
    ...named(
      'value_per_user',
      valuePer(tables, ({ login }) => login),
    ),
    ...seriesOf({
      ...ofLines,
      metric: 'median_value_per_customer',
      value: (rows) =>
        quantile<number | null>((value) => value, 0.5)(sums(rows, customerOf, ({ revenue }) => revenue)),
    }),
    ...returnRate(tables, { ...byCategory, ...byChannel }),
    ...seriesOf({
      ...quarterly,
      metric: 'customer_profit',
      rows: dealings,
      value: customerProfit,
      by: { ...byKind, ...byChannel },
    }),
    ...seriesOf({ ...quarterly, metric: 'cost_known', rows: dealings, value: costKnown, by: byKind }),
    ...seriesOf({
      ...quarterly,
      metric: 'profit',
      rows: dealings.filter(({ profit }) => profit !== null),
      value: total((row) => row.profit ?? 0),
      by: byKind,
    }),
    ...spent,
    ...winners,
    ...divided(
      'cost_per_new_customer',
      spent,
      winners.filter(({ group }) => !group?.startsWith('kind.')),
    ),
  ];
}

function returnRate(
  { lines }: RetailTables,
  by: Readonly<Record<string, (row: LineRow) => string>>,
): readonly OracleSeries[] {
  const paid = { ...monthly, rows: lines, by };
  const returned = seriesOf({ ...paid, value: total((row) => (row.isReturned ? row.amount : 0)) });
  const all = seriesOf({ ...paid, value: total((row) => row.amount) });
  return divided('return_rate', returned, all).map((series) => ({
    ...series,
    // The size that a ratio tells is the number of its rows, which the money below the line is not.
    points: series.points.map(({ period, value }) => ({ period, value })),
  }));
}
