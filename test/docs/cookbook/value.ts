import {
  distinct,
  divided,
  MONTHS,
  mean,
  type OracleSeries,
  QUARTERS,
  seriesOf,
  share,
  total,
  within,
} from '../../samples/oracle-series.ts';
import {
  buyersOf,
  cohort,
  fraction,
  kept,
  lifetime,
  monthsAfter,
  over,
  PARTS,
  repeat,
} from '../../samples/retail-lifetime.ts';
import type { EventRow, LineRow, OfCustomer, OrderRow, RetailTables } from '../../samples/retail-tables.ts';
import { byChannel, byKind, monthly, quarterly, sums } from '../../samples/retail-value.ts';
import type { Expectations } from './expectations.ts';
import { dayAfter } from './harness/days.ts';
import { ofRetail, retail } from './harness/retail.ts';

/** The recipes of `docs/cookbook/value.md`: those of the sample itself, and variants that it does not have. */
export const value: Expectations = {
  ...ofRetail(
    'value_per_customer',
    'median_value_per_customer',
    'value_per_user',
    'average_order_value',
    'customer_profit',
    'profit',
    'cost_known',
    'lifetime_value',
    'half_year_value',
    'initial_value',
    'repeat_value',
    'upsell_value',
    'repeat_rate',
    'members_needed',
    'orders_after_3_months',
    'purchase_conversion',
    'checkout_completion',
    'first_order',
  ),
  value_per_registered_customer: retail(valuePerRegistered),
  goods_margin_per_customer: retail(({ lines }) =>
    seriesOf({
      ...quarterly,
      rows: lines,
      by: { ...byKind, ...byChannel },
      value: (rows) => mean<number | null>((one) => one ?? 0)(sums(rows, customerOf, ({ margin }) => margin)),
    }),
  ),
  lifetime_margin: retail(({ lines }) =>
    over(
      '',
      MONTHS,
      buyersOf(lines),
      lifetime(({ margin }) => margin),
    ),
  ),
  first_year_value: retail(({ lines }) =>
    over(
      '',
      MONTHS,
      buyersOf(lines),
      lifetime(
        ({ revenue }) => revenue,
        ({ first }) => monthsAfter(first, 12),
      ),
    ),
  ),
  share_of_first_orders: retail(({ lines }) =>
    over('', MONTHS, buyersOf(lines), (buyers, period) => {
      const until = (part: (row: LineRow) => number): number =>
        buyers
          .flatMap(({ rows }) => rows.filter(({ day }) => day < period.end))
          .reduce((sum, row) => sum + part(row), 0);
      return {
        value: fraction(
          until(PARTS.initial_value),
          until(({ revenue }) => revenue),
        ).value,
      };
    }),
  ),
  loyal_rate: retail(({ orders }) => over('', MONTHS, buyersOf(orders), repeat(5))),
  second_order_in_90_days: retail(secondOrders),
  customers_to_win: retail(customersToWin),
  orders_after_6_months: retail(({ orders }) => over('', MONTHS, buyersOf(orders), cohort(6))),
  visitors_after_7_days: retail(visitorsAfterAWeek),
};

const customerOf = (row: OfCustomer): string => row.customer;

/** Revenue of each month over all who had joined by its end. */
function valuePerRegistered({ lines, customers }: RetailTables): readonly OracleSeries[] {
  const by = { ...byKind, ...byChannel };
  return divided(
    '',
    seriesOf({ ...monthly, rows: lines, by, value: total(({ revenue }) => revenue) }),
    seriesOf({
      ...monthly,
      holds: (row, period) => row.day < period.end,
      rows: customers,
      by,
      value: distinct(customerOf),
    }),
  );
}

/** Of those who ordered in the month, those with another order at or after one of these, within 90 days. */
function secondOrders({ orders }: RetailTables): readonly OracleSeries[] {
  return over('', MONTHS, buyersOf(orders), (buyers, period) => {
    const active = buyers.filter(({ rows }) => rows.some(({ day }) => within(day, period)));
    const again = active.filter(({ rows }) =>
      rows.some(
        (first) =>
          within(first.day, period) &&
          rows.some((next) => next !== first && next.day >= first.day && next.day <= dayAfter(first.day, 90)),
      ),
    );
    return fraction(again.length, active.length);
  });
}

/** 600 less those of the quarter's customers who are expected to come again; of nobody before, not known. */
function customersToWin({ orders }: RetailTables): readonly OracleSeries[] {
  const retained = kept(QUARTERS);
  const ordered = (rows: readonly OrderRow[]): number => new Set(rows.map(customerOf)).size;
  return over('', QUARTERS, buyersOf(orders), (buyers, period) => {
    const { value: rate } = retained(buyers, period);
    const rows = buyers.flatMap((buyer) => buyer.rows.filter(({ day }) => within(day, period)));
    return { value: rate === null ? null : 600 - ordered(rows) * rate };
  });
}

/** Of those who came first in the month, those who were there on the seventh day after, leaving out whose day the data do not reach. */
function visitorsAfterAWeek({ events }: RetailTables): readonly OracleSeries[] {
  const days = new Map<string, { readonly device: string; readonly days: Set<string> }>();
  for (const { visitor, device, day } of events) {
    const own = days.get(visitor) ?? { device, days: new Set() };
    own.days.add(day);
    days.set(visitor, own);
  }
  const visitors = [...days.values()].map((one) => ({ ...one, day: [...one.days].toSorted()[0] ?? '' }));
  const known = visitors.filter(({ day }) => dayAfter(day, 7) <= '2025-06-30');
  const by = { device: ({ device }: Pick<EventRow, 'device'>) => device };
  return seriesOf({
    ...monthly,
    rows: known,
    by,
    value: share((one) => one.days.has(dayAfter(one.day, 7))),
  });
}
