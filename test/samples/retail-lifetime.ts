import { MONTHS, type OracleSeries, type Period, QUARTERS, type Value, within } from './oracle-series.ts';
import type { LineRow, OrderRow, RetailTables } from './retail-tables.ts';

// Who comes again and what each customer brought, customer by customer.

/** A customer with everything of one kind that they did, and the groups that never change. */
export interface Buyer<Row> {
  readonly kind: string;
  readonly channel: string;
  readonly first: string;
  readonly rows: readonly Row[];
}

/** The customers who have rows, each with the day of the first. */
export function buyersOf<Row extends OrderRow>(rows: readonly Row[]): readonly Buyer<Row>[] {
  const found = new Map<string, Row[]>();
  for (const row of rows) {
    const own = found.get(row.customer);
    if (own === undefined) found.set(row.customer, [row]);
    else own.push(row);
  }
  return [...found.values()].map((own) => {
    const days = own.map(({ day }) => day).toSorted();
    const { kind = '', channel = '' } = own[0] ?? {};
    return { kind, channel, first: days[0] ?? '', rows: own };
  });
}

type Grouped = { readonly kind: string; readonly channel: string };

/** A series over all and over each kind and channel, of items whose groups never change. */
export function over<Item extends Grouped>(
  metric: string,
  periods: readonly Period[],
  items: readonly Item[],
  value: (items: readonly Item[], period: Period) => Value,
): readonly OracleSeries[] {
  const groupsBy = (segment: 'kind' | 'channel') =>
    [...new Set(items.map((item) => item[segment]))].map((label) => ({
      group: `${segment}.${label}`,
      own: items.filter((item) => item[segment] === label),
    }));
  return [{ group: undefined, own: items }, ...groupsBy('kind'), ...groupsBy('channel')].map(
    ({ group, own }) => ({
      metric,
      group,
      points: periods.map((period) => ({ period: period.name, ...value(own, period) })),
    }),
  );
}

/** A fraction with its denominator as the size; null of nothing. */
export function fraction(above: number, below: number): Value {
  return { value: below === 0 ? null : above / below, n: below };
}

/** The mean of what a part of the lines brought before `until`, over the buyers for whom that is a day up to the close. */
export function lifetime(
  part: (row: LineRow) => number,
  until: (buyer: Buyer<LineRow>, period: Period) => string = (_, { end }) => end,
): (buyers: readonly Buyer<LineRow>[], period: Period) => Value {
  return (buyers, period) => {
    const known = buyers.filter((one) => one.first < period.end && until(one, period) <= period.end);
    const brought = known.map((one) =>
      one.rows.filter(({ day }) => day < until(one, period)).reduce((sum, row) => sum + part(row), 0),
    );
    const sum = brought.reduce((before, value) => before + value, 0);
    return fraction(sum, known.length);
  };
}

/** The same day so many months later, or the last of that month where it has no such day. */
export function monthsAfter(day: string, months: number): string {
  const [year = 0, month = 0, date = 0] = day.split('-').map(Number);
  const last = new Date(Date.UTC(year, month - 1 + months + 1, 0)).getUTCDate();
  return new Date(Date.UTC(year, month - 1 + months, Math.min(date, last))).toISOString().slice(0, 10);
}

/** Of all who ordered by the close, those who did so on so many days. */
export function repeat(days: number): (buyers: readonly Buyer<OrderRow>[], period: Period) => Value {
  return (buyers, { end }) => {
    const known = buyers.filter(({ first }) => first < end);
    const again = known.filter(
      ({ rows }) => new Set(rows.map(({ day }) => day).filter((day) => day < end)).size >= days,
    );
    return fraction(again.length, known.length);
  };
}

const isActive = ({ rows }: Buyer<OrderRow>, period: Period | undefined): boolean =>
  period !== undefined && rows.some(({ day }) => within(day, period));

/** Of those who ordered in the period before, those who did in this one. */
export function kept(
  periods: readonly Period[],
): (buyers: readonly Buyer<OrderRow>[], period: Period) => Value {
  return (buyers, period) => {
    const before = periods[periods.indexOf(period) - 1];
    const opening = buyers.filter((buyer) => isActive(buyer, before));
    return fraction(opening.filter((buyer) => isActive(buyer, period)).length, opening.length);
  };
}

/** Of those who first ordered in the month, those who ordered in the month so many later; null until that one is over. */
export function cohort(months: number): (buyers: readonly Buyer<OrderRow>[], period: Period) => Value {
  return (buyers, period) => {
    const later = MONTHS[MONTHS.indexOf(period) + months];
    if (later === undefined) return { value: null };
    const joined = buyers.filter(({ first }) => within(first, period));
    return fraction(joined.filter((buyer) => isActive(buyer, later)).length, joined.length);
  };
}

/** Of those who joined in the month, those who ordered within so many days. */
export function orderedWithin({ customers, orders }: RetailTables, days: number): readonly OracleSeries[] {
  const ordered = new Map(buyersOf(orders).map((buyer) => [buyer.rows[0]?.customer ?? '', buyer.rows]));
  const dayAfter = (day: string): string =>
    new Date(Date.parse(day) + days * 86_400_000).toISOString().slice(0, 10);
  return over('first_order', MONTHS, customers, (all, period) => {
    const joined = all.filter(({ day }) => within(day, period));
    const converted = joined.filter(({ customer, day }) =>
      ordered.get(customer)?.some((order) => order.day >= day && order.day <= dayAfter(day)),
    );
    return fraction(converted.length, joined.length);
  });
}

/** The parts of what a customer brings: with the first order, and later from either range. */
export const PARTS = {
  initial_value: (row: LineRow) => (row.isFirst ? row.revenue : 0),
  repeat_value: (row: LineRow) => (!row.isFirst && row.tier === 'standard' ? row.revenue : 0),
  upsell_value: (row: LineRow) => (!row.isFirst && row.tier === 'premium' ? row.revenue : 0),
};

/** The series of `lifetime.metrics.yaml`. */
export function retailLifetime(tables: RetailTables): readonly OracleSeries[] {
  const buyers = buyersOf(tables.orders);
  const spenders = buyersOf(tables.lines);
  const revenue = ({ revenue: stayed }: LineRow): number => stayed;
  return [
    ...over('repeat_rate', MONTHS, buyers, repeat(2)),
    ...over('quarterly_retention', QUARTERS, buyers, kept(QUARTERS)),
    ...over('orders_after_3_months', MONTHS, buyers, cohort(3)),
    ...orderedWithin(tables, 30),
    ...over('lifetime_value', MONTHS, spenders, lifetime(revenue)),
    ...over(
      'half_year_value',
      MONTHS,
      spenders,
      lifetime(revenue, ({ first }) => monthsAfter(first, 6)),
    ),
    ...Object.entries(PARTS).flatMap(([metric, part]) => over(metric, MONTHS, spenders, lifetime(part))),
  ];
}
