import {
  distinct,
  divided,
  MONTHS,
  type OracleSeries,
  type Period,
  QUARTERS,
  seriesOf,
  total,
  within,
} from '../../samples/oracle-series.ts';
import { tenures } from '../../samples/saas-gathered.ts';
import { lifecycle } from '../../samples/saas-lifecycle.ts';
import type { EventRow, SaasTables, SpellRow } from '../../samples/saas-tables.ts';
import type { Expectations } from './expectations.ts';
import { meanOver, medianOver, overEntities } from './harness/over-entities.ts';
import { bySize, saas, saasNamed } from './harness/saas.ts';

/** The recipes of `docs/cookbook/retention.md`. */
export const retention: Expectations = {
  active_accounts: saas(activeAccounts),
  accounts_served: saas(({ spells }) =>
    seriesOf({
      metric: 'accounts_served',
      periods: MONTHS,
      rows: spells,
      holds: ({ start, end }, period) => start < period.end && end > period.start,
      value: distinct(accountOf),
      by: bySize,
    }),
  ),
  account_growth: saas((tables) => activeAccounts(tables).map(growth)),
  accounts_won: saasNamed(lifecycle, 'accounts_won'),
  accounts_returned: saasNamed(lifecycle, 'accounts_returned'),
  accounts_lost: saasNamed(lifecycle, 'accounts_lost'),
  expansion: saasNamed(lifecycle, 'expansion'),
  accounts_to_win: saas(accountsToWin),
  customer_retention: saasNamed(lifecycle, 'customer_retention'),
  still_here_after_3_months: saasNamed(lifecycle, 'still_here_after_3_months'),
  product_retention: saasNamed(lifecycle, 'product_retention'),
  customer_churn: saasNamed(lifecycle, 'customer_churn'),
  churn_on_average_base: saasNamed(lifecycle, 'churn_on_average_base'),
  net_revenue_retention: saasNamed(lifecycle, 'net_revenue_retention'),
  gross_revenue_retention: saasNamed(lifecycle, 'gross_revenue_retention'),
  churn_by_reason: saas(churnByReason),
  customers_after_a_year: saasNamed(tenures, 'customers_after_a_year'),
  first_year_as_customer: saasNamed(tenures, 'first_year_as_customer'),
  licences_per_account: saas((tables) => {
    const seats = seriesOf({
      metric: 'seats',
      periods: MONTHS,
      rows: tables.spells,
      holds: isAlive,
      value: total((row) => row.seats),
      by: bySize,
    });
    return divided('licences_per_account', seats, activeAccounts(tables));
  }),
  users_per_account: saas(({ events }) => overEntities(events, accountOf, bySize, meanOver(users))),
  modules_per_account: saas(({ events }) => overEntities(events, accountOf, bySize, meanOver(modules))),
  usual_users_per_account: saas(({ events }) => overEntities(events, accountOf, {}, medianOver(users))),
  accounts_with_several_modules: saas(({ events }) =>
    overEntities(
      events,
      accountOf,
      bySize,
      meanOver((rows) => (modules(rows) >= 2 ? 1 : 0)),
    ),
  ),
};

const accountOf = (row: { readonly account: string }): string => row.account;
const isAlive = ({ start, end }: SpellRow, period: Period): boolean =>
  start < period.end && end >= period.end;
const users = (rows: readonly EventRow[]): number => new Set(rows.map(({ user }) => user)).size;
const modules = (rows: readonly EventRow[]): number => new Set(rows.map(({ feature }) => feature)).size;

function activeAccounts({ spells }: SaasTables): readonly OracleSeries[] {
  const atClose = { periods: MONTHS, rows: spells, holds: isAlive };
  return seriesOf({ metric: 'active_accounts', ...atClose, value: distinct(accountOf), by: bySize });
}

function growth({ group, points }: OracleSeries): OracleSeries {
  const grown = points.map(({ period, value }, index) => {
    const before = points[index - 1]?.value ?? 0;
    return { period, value: before === 0 || value === null ? null : value / before - 1 };
  });
  return { metric: 'account_growth', group, points: grown };
}

/** Who is there at the close, times the share of the opening that stayed, is what will be left of them. */
function accountsToWin(tables: SaasTables): readonly OracleSeries[] {
  const at = (moment: string): ReadonlySet<string> =>
    new Set(
      tables.spells.filter(({ start, end }) => start < moment && end >= moment).map(({ account }) => account),
    );
  const points = MONTHS.map(({ name, start, end }) => {
    const [opening, closing] = [at(start), at(end)];
    const stayed = [...opening].filter((account) => closing.has(account)).length;
    const left = (closing.size * stayed) / opening.size;
    return { period: name, value: opening.size === 0 ? null : 450 - left };
  });
  return [{ metric: 'accounts_to_win', group: undefined, points }];
}

/** Each reason's accounts over all that cancelled in the quarter. */
function churnByReason({ spells }: SaasTables): readonly OracleSeries[] {
  const cancelled = spells.filter(({ reason }) => !['plan_change', 'price_change', ''].includes(reason));
  const reasons = [...new Set(cancelled.map(({ reason }) => reason))];
  const countOf = (period: Period, reason: string | undefined): number => {
    const rows = cancelled.filter(
      (row) => within(row.end, period) && (reason === undefined || row.reason === reason),
    );
    return new Set(rows.map(accountOf)).size;
  };
  return [undefined, ...reasons].map((reason) => ({
    metric: 'churn_by_reason',
    group: reason === undefined ? undefined : `reason.${reason}`,
    points: QUARTERS.map((period) => {
      const all = countOf(period, undefined);
      return { period: period.name, value: all === 0 ? null : countOf(period, reason) / all, n: all };
    }),
  }));
}
