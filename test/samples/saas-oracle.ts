import {
  count,
  deviation,
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
  WEEKS,
  within,
} from './oracle-series.ts';
import { gathered } from './saas-gathered.ts';
import { lifecycle } from './saas-lifecycle.ts';
import {
  type AnswerRow,
  type EventRow,
  type InvoiceRow,
  readSaasTables,
  type SaasTables,
  type SpellRow,
  type TicketRow,
} from './saas-tables.ts';

export type { OraclePoint, OracleSeries } from './oracle-series.ts';

/** All series that are computed here. The last week, `2025-W27`, is partial: the data ends on its Monday. */
export function saasOracle(folder: string): readonly OracleSeries[] {
  const tables = readSaasTables(folder);
  return [
    ...satisfaction(tables.answers),
    ...revenue(tables),
    ...billing(tables),
    ...product(tables),
    ...support(tables),
    ...lifecycle(tables),
    ...gathered(tables),
  ];
}

const bySize = { company_size: (row: { readonly size: string }) => row.size };

function satisfaction(answers: readonly AnswerRow[]): readonly OracleSeries[] {
  const holds = (row: AnswerRow, period: Period) => within(row.day, period);
  // The scale of the question is 0 to 10: one answer of 11 is not on it.
  const given = (survey: string) => answers.filter((row) => row.survey === survey);
  const nps = given('nps').filter((row) => row.score <= 10);
  const at = (survey: string, touchpoint: string) =>
    given(survey).filter((row) => row.touchpoint === touchpoint);
  const promoters = (rows: readonly AnswerRow[]) => rows.filter((row) => row.score >= 9).length;
  const detractors = (rows: readonly AnswerRow[]) => rows.filter((row) => row.score <= 6).length;
  const score = (rows: readonly AnswerRow[]): Value => ({
    value: rows.length === 0 ? null : (100 * (promoters(rows) - detractors(rows))) / rows.length,
    n: rows.length,
  });
  const quarterly = { periods: QUARTERS, holds };
  return [
    ...seriesOf({ metric: 'nps', ...quarterly, rows: nps, value: score, by: bySize }),
    ...seriesOf({ metric: 'nps_monthly', periods: MONTHS, holds, rows: nps, value: score, by: bySize }),
    ...seriesOf({ metric: 'nps_answers', ...quarterly, rows: given('nps'), value: count, by: bySize }),
    ...seriesOf({
      metric: 'accounts_answering',
      ...quarterly,
      rows: answers,
      value: distinct(accountOf),
    }),
    ...seriesOf({
      metric: 'detractor_share',
      ...quarterly,
      rows: nps,
      value: share((row) => row.score <= 6),
    }),
    ...seriesOf({ metric: 'nps_spread', ...quarterly, rows: nps, value: deviation((row) => row.score) }),
    ...seriesOf({
      metric: 'csat_support',
      periods: MONTHS,
      holds,
      rows: at('csat', 'support'),
      value: share((row) => row.score >= 4),
      by: bySize,
    }),
    ...seriesOf({
      metric: 'onboarding_delight',
      ...quarterly,
      rows: at('csat', 'onboarding'),
      value: share((row) => row.score === 5),
    }),
    ...seriesOf({
      metric: 'onboarding_effort',
      ...quarterly,
      rows: at('ces', 'onboarding'),
      value: mean((row) => row.score),
    }),
    ...seriesOf({
      metric: 'easy_support',
      ...quarterly,
      rows: at('ces', 'support'),
      value: share((row) => row.score >= 5),
    }),
  ];
}

const alive = (spell: SpellRow, { end }: Period) => spell.start < end && spell.end >= end;
const aliveDuring = (spell: SpellRow, { start, end }: Period) => spell.start < end && spell.end > start;
const accountOf = (row: { readonly account: string }) => row.account;

function activeAccounts(spells: readonly SpellRow[]): readonly OracleSeries[] {
  const monthly = { periods: MONTHS, rows: spells, value: distinct(accountOf), by: bySize };
  return seriesOf({ metric: 'active_accounts', ...monthly, holds: alive });
}

function accountsDuring(spells: readonly SpellRow[]): readonly OracleSeries[] {
  const monthly = { periods: MONTHS, rows: spells, value: distinct(accountOf), by: bySize };
  return seriesOf({ metric: 'accounts_during', ...monthly, holds: aliveDuring });
}

function revenue({ accounts, spells }: SaasTables): readonly OracleSeries[] {
  const byPlan = { plan: (row: SpellRow) => row.plan };
  const atClose = { periods: MONTHS, rows: spells, holds: alive };
  const mrr = seriesOf({
    metric: 'mrr',
    ...atClose,
    value: total((row) => row.mrr),
    by: { ...bySize, ...byPlan },
  });
  const cancelled = seriesOf({
    metric: 'cancelled_accounts',
    periods: MONTHS,
    rows: spells,
    holds: (row, period) => within(row.end, period) && !['plan_change', 'price_change'].includes(row.reason),
    value: distinct(accountOf),
    by: bySize,
  });
  const active = activeAccounts(spells);
  const mrrBySize = mrr.filter(({ group }) => !group?.startsWith('plan.'));
  return [
    ...mrr,
    ...active,
    ...cancelled,
    ...divided('mrr_per_account', mrrBySize, active),
    ...divided('cancellation_rate', cancelled, accountsDuring(spells)),
    ...seriesOf({ metric: 'average_seats', ...atClose, value: mean((row) => row.seats), by: byPlan }),
    ...seriesOf({
      metric: 'price_per_seat',
      ...atClose,
      value: quantile((row) => row.mrr / row.seats, 0.5),
      by: byPlan,
    }),
    ...seriesOf({ metric: 'largest_contract', ...atClose, value: quantile((row) => row.mrr, 1) }),
    ...seriesOf({ metric: 'smallest_contract', ...atClose, value: quantile((row) => row.mrr, 0) }),
    ...seriesOf({
      metric: 'contracts_signed',
      periods: MONTHS,
      rows: spells,
      holds: (row, period) => within(row.start, period),
      value: count,
      by: byPlan,
    }),
    ...seriesOf({
      metric: 'new_accounts',
      periods: MONTHS,
      rows: accounts,
      holds: (row, period) => within(row.day, period),
      value: count,
      by: { channel: (row) => row.channel },
    }),
  ];
}

function billing({ invoices }: SaasTables): readonly OracleSeries[] {
  const issued = {
    periods: MONTHS,
    rows: invoices,
    holds: (row: InvoiceRow, period: Period) => within(row.issued, period),
  };
  return [
    ...seriesOf({
      metric: 'invoiced',
      ...issued,
      value: total((row) => row.amount),
      by: { ...bySize, plan: (row) => row.plan },
    }),
    ...seriesOf({ metric: 'invoice_p90', ...issued, value: quantile((row) => row.amount, 0.9) }),
    ...seriesOf({
      metric: 'paid_on_time',
      periods: MONTHS,
      rows: invoices,
      holds: (row, period) => within(row.due, period),
      value: share((row) => row.paid <= row.due),
      by: bySize,
    }),
  ];
}

function product({ events, spells }: SaasTables): readonly OracleSeries[] {
  const monthly = { periods: MONTHS, holds: (row: EventRow, period: Period) => within(row.day, period) };
  const actions = seriesOf({ metric: 'product_actions', ...monthly, rows: events, value: count });
  const users = seriesOf({
    metric: 'active_users',
    ...monthly,
    rows: events,
    value: distinct((row) => row.user),
  });
  const using = seriesOf({
    metric: 'accounts_using_product',
    ...monthly,
    rows: events,
    value: distinct(accountOf),
    by: bySize,
  });
  const adopting = seriesOf({
    metric: 'accounts_using_auto_rota',
    ...monthly,
    rows: events.filter((row) => row.feature === 'auto_rota'),
    value: distinct(accountOf),
    by: bySize,
  });
  return [
    ...actions,
    ...users,
    ...using,
    ...divided('actions_per_user', actions, users),
    ...divided('product_reach', using, accountsDuring(spells)),
    ...divided('auto_rota_adoption', adopting, using),
    ...seriesOf({
      metric: 'weekly_active_users',
      ...monthly,
      periods: WEEKS,
      rows: events,
      value: distinct((row) => row.user),
    }),
  ];
}

function support({ tickets, spells }: SaasTables): readonly OracleSeries[] {
  const byTopic = { topic: (row: TicketRow) => topicOf(row.category) };
  const byPriority = { priority: (row: TicketRow) => row.priority };
  const opened = {
    periods: MONTHS,
    rows: tickets,
    holds: (row: TicketRow, period: Period) => within(row.openedDay, period),
  };
  const all = seriesOf({ metric: 'tickets_opened', ...opened, value: count, by: { ...bySize, ...byTopic } });
  const allBySize = all.filter(({ group }) => !group?.startsWith('topic.'));
  return [
    ...all,
    ...divided('tickets_per_account', allBySize, activeAccounts(spells)),
    ...seriesOf({
      metric: 'first_reply_hours',
      ...opened,
      value: quantile((row) => row.replyHours, 0.5),
      by: { ...byPriority, ...bySize },
    }),
    ...seriesOf({ metric: 'first_reply_p90', ...opened, value: quantile((row) => row.replyHours, 0.9) }),
    ...seriesOf({ metric: 'reopened_share', ...opened, value: share((row) => row.reopened) }),
    ...seriesOf({
      metric: 'urgent_on_time',
      ...opened,
      periods: QUARTERS,
      rows: tickets.filter((row) => row.priority === 'urgent'),
      value: share((row) => row.replyHours !== null && row.replyHours <= 2),
    }),
    ...seriesOf({
      metric: 'time_to_solve',
      periods: MONTHS,
      rows: tickets,
      holds: (row, period) => within(row.solvedDay, period),
      value: quantile((row) => row.solveHours, 0.5),
    }),
    ...seriesOf({
      metric: 'open_tickets',
      periods: MONTHS,
      rows: tickets,
      holds: (row, period) => row.openedDay < period.end && row.solvedDay >= period.end,
      value: count,
      by: byPriority,
    }),
  ];
}

function topicOf(category: string): string {
  if (category === 'billing') return 'money';
  return ['bug', 'integration'].includes(category) ? 'product' : 'help';
}
