import {
  count,
  distinct,
  divided,
  MONTHS,
  type OracleSeries,
  type Period,
  quantile,
  seriesOf,
  share,
  within,
} from '../../samples/oracle-series.ts';
import type { SaasTables, SpellRow, TicketRow } from '../../samples/saas-tables.ts';
import type { Expectations } from './expectations.ts';
import { bySize, saas } from './harness/saas.ts';

/** The recipes of `docs/cookbook/support.md`. */
export const support: Expectations = {
  tickets_per_100_accounts: saas((tables) =>
    divided('', seriesOf({ ...opened(tables), value: count, by: bySize }), customers(tables, atClose)).map(
      timesHundred,
    ),
  ),
  tickets_per_100_accounts_by_topic: saas((tables) => {
    const all = customers(tables, atClose)[0]?.points ?? [];
    return seriesOf({ ...opened(tables), value: count, by: byTopic }).map((series) => ({
      ...series,
      points: series.points.map(({ period, value }, index) => {
        const below = all[index]?.value ?? 0;
        return { period, value: below === 0 || value === null ? null : (100 * value) / below };
      }),
    }));
  }),
  accounts_needing_help: saas((tables) =>
    divided(
      '',
      seriesOf({ ...opened(tables), value: distinct(accountOf), by: bySize }),
      customers(tables, ever),
    ),
  ),
  time_to_solve: saas((tables) =>
    seriesOf({ ...solved(tables), value: quantile(hours, 0.5), by: { ...byTopic, ...bySize } }),
  ),
  time_to_solve_p90: saas((tables) => seriesOf({ ...solved(tables), value: quantile(hours, 0.9) })),
  solved_within_three_days: saas((tables) =>
    seriesOf({
      ...opened(tables),
      value: share(({ solveHours }) => solveHours !== null && solveHours <= 72),
      by: byTopic,
    }),
  ),
  first_reply_hours: saas((tables) =>
    seriesOf({ ...opened(tables), value: quantile((row) => row.replyHours, 0.5), by: byPriority }),
  ),
  open_tickets: saas(({ tickets }) =>
    seriesOf({
      metric: '',
      periods: MONTHS,
      rows: tickets,
      holds: (row, { end }) => row.openedDay < end && row.solvedDay >= end,
      value: count,
      by: byPriority,
    }),
  ),
  reopened_share: saas((tables) =>
    seriesOf({ ...opened(tables), value: share(({ reopened }) => reopened), by: byTopic }),
  ),
};

const accountOf = (row: { readonly account: string }): string => row.account;
const hours = (row: TicketRow): number | null => row.solveHours;
const byPriority = { priority: (row: TicketRow) => row.priority };
const byTopic = { topic: (row: TicketRow) => topicOf(row.category) };

function topicOf(category: string): string {
  if (category === 'billing') return 'money';
  return ['bug', 'integration'].includes(category) ? 'product' : 'help';
}

function opened({ tickets }: SaasTables) {
  const holds = (row: TicketRow, period: Period): boolean => within(row.openedDay, period);
  return { metric: '', periods: MONTHS, rows: tickets, holds };
}

function solved({ tickets }: SaasTables) {
  const holds = (row: TicketRow, period: Period): boolean => within(row.solvedDay, period);
  return { metric: '', periods: MONTHS, rows: tickets, holds };
}

const atClose = (spell: SpellRow, { end }: Period): boolean => spell.start < end && spell.end >= end;
const ever = (spell: SpellRow, { start, end }: Period): boolean => spell.start < end && spell.end > start;

function customers(
  { spells }: SaasTables,
  holds: (spell: SpellRow, period: Period) => boolean,
): readonly OracleSeries[] {
  return seriesOf({
    metric: '',
    periods: MONTHS,
    rows: spells,
    holds,
    value: distinct(accountOf),
    by: bySize,
  });
}

function timesHundred(series: OracleSeries): OracleSeries {
  const points = series.points.map(({ period, value }) => ({
    period,
    value: value === null ? null : 100 * value,
  }));
  return { ...series, points };
}
