import {
  count,
  distinct,
  divided,
  MONTHS,
  type OracleSeries,
  type Period,
  QUARTERS,
  seriesOf,
  share,
  within,
} from '../../samples/oracle-series.ts';
import type { EventRow, SaasTables } from '../../samples/saas-tables.ts';
import type { Expectations } from './expectations.ts';
import { dayAfter, daysBetween } from './harness/days.ts';
import { meanOver, overEntities } from './harness/over-entities.ts';
import { bySize, saas } from './harness/saas.ts';

/** The recipes of `docs/cookbook/product.md`. */
export const product: Expectations = {
  active_days_per_user: saas(({ events }) => overEntities(events, userOf, bySize, meanOver(daysOf))),
  actions_per_user: saas(({ events }) =>
    divided(
      'actions_per_user',
      seriesOf({ metric: '', ...monthly(events), value: count }),
      seriesOf({ metric: '', ...monthly(events), value: distinct(userOf) }),
    ),
  ),
  stickiness: saas(({ events }) =>
    MONTHS.flatMap((period) => {
      const days = daysBetween(period.start, period.end);
      return seriesOf({
        metric: '',
        ...monthly(events),
        periods: [period],
        by: bySize,
        value: (rows) => {
          const users = new Set(rows.map(userOf)).size;
          const pairs = new Set(rows.map(({ user, day }) => `${user} ${day}`)).size;
          return { value: users === 0 ? null : pairs / days / users };
        },
      });
    }),
  ),
  feature_users: saas(({ events }) => {
    const worked = events.filter(({ failed }) => !failed);
    return seriesOf({ metric: '', ...monthly(worked), value: distinct(userOf), by: byFeature });
  }),
  share_of_actions: saas(({ events }) => overTotal(events, MONTHS, (rows) => rows.length)),
  feature_adoption: saas(({ events }) => overTotal(events, MONTHS, accounts)),
  auto_rota_adoption: saas(({ events }) => {
    const value = distinct(({ account }: EventRow) => account);
    const rota = events.filter(({ feature }) => feature === 'auto_rota');
    return divided(
      '',
      seriesOf({ metric: '', ...monthly(rota), value, by: bySize }),
      seriesOf({ metric: '', ...monthly(events), value, by: bySize }),
    );
  }),
  reports_found: saas(reportsFound),
  feature_reach: saas(({ events }) => overTotal(events, QUARTERS, users)),
  rarely_used_features: saas(({ events }) =>
    overTotal(events, QUARTERS, users).map((series) => ({
      ...series,
      points: series.points.map(({ period, value }) => ({
        period,
        value: value === null || value >= 0.2 ? null : value,
      })),
    })),
  ),
  error_rate: saas(({ events }) =>
    seriesOf({
      metric: '',
      ...monthly(events),
      value: share(({ failed }) => failed),
      by: { ...byFeature, ...bySize },
    }),
  ),
  users_meeting_errors: saas(({ events }) =>
    overEntities(
      events,
      userOf,
      bySize,
      meanOver((own) => (own.some(({ failed }) => failed) ? 1 : 0)),
    ),
  ),
  busy_and_failing: saas(({ events }) =>
    seriesOf({
      metric: '',
      ...monthly(events),
      periods: QUARTERS,
      by: byFeature,
      value: (rows) => {
        const rate = rows.filter(({ failed }) => failed).length / rows.length;
        return { value: users(rows) >= 100 && rate > 0.03 ? rate : null };
      },
    }),
  ),
};

const byFeature = { feature: (row: EventRow) => row.feature };
const userOf = ({ user }: EventRow): string => user;
const users = (rows: readonly EventRow[]): number => new Set(rows.map(userOf)).size;
const accounts = (rows: readonly EventRow[]): number => new Set(rows.map(({ account }) => account)).size;
const daysOf = (rows: readonly EventRow[]): number => new Set(rows.map(({ day }) => day)).size;

function monthly(rows: readonly EventRow[]) {
  return { rows, periods: MONTHS, holds: (row: EventRow, period: Period) => within(row.day, period) };
}

/** A number of each feature's rows, over that number of all rows. */
function overTotal(
  events: readonly EventRow[],
  periods: readonly Period[],
  size: (rows: readonly EventRow[]) => number,
): readonly OracleSeries[] {
  const sizes = seriesOf({
    metric: '',
    ...monthly(events),
    periods,
    by: byFeature,
    value: (rows) => ({ value: size(rows) }),
  });
  const all = sizes.find(({ group }) => group === undefined)?.points ?? [];
  return sizes.map((series) => ({
    ...series,
    points: series.points.map(({ period, value }, index) => {
      const below = all[index]?.value ?? 0;
      return { period, value: below === 0 || value === null ? null : value / below };
    }),
  }));
}

/** A sign-up is known by its day, and so is the report: the ninetieth day after it is the last. */
function reportsFound({ accounts: signedUp, events }: SaasTables): readonly OracleSeries[] {
  const reports = events.filter(({ feature }) => feature === 'reports');
  return seriesOf({
    metric: '',
    periods: MONTHS,
    rows: signedUp,
    holds: (row, period) => within(row.day, period),
    value: share(({ account, day }) =>
      reports.some((row) => row.account === account && row.day >= day && row.day <= dayAfter(day, 90)),
    ),
  });
}
