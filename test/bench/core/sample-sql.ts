/**
 * The metrics of samples/saas as an analyst would write them for DuckDB who knows the data: one statement for each source and grain, dirt
 * left out where it is known to be, and no more than the values.
 */

/** A row of a result: names of columns to values. */
export type SqlRow = Readonly<Record<string, unknown>>;

/** A statement for several metrics, by period in the column `period` where it has one. */
export interface SampleStatement {
  readonly sql: string;
  /** Metrics whose values are its columns of the same names, with empty periods as zero. */
  readonly counts: readonly string[];
  /** The others, whose empty periods have no value. */
  readonly values: readonly string[];
}

/** A timestamp in UTC by the clock in London, where the company sits. */
const local = (time: string): string => `(${time} AT TIME ZONE 'UTC' AT TIME ZONE 'Europe/London')`;
const periodOf = (grain: string, time: string): string =>
  `date_trunc('${grain}', ${local(time)})::DATE AS period`;
/** The first instant after the data. */
const END = "TIMESTAMP '2025-06-30 23:00:00'";

/** Months with the instants at which they begin and end in London. */
const MONTHS = `months AS (
  SELECT m::DATE AS period, (m + INTERVAL 1 MONTH)::DATE AS close,
    (m + INTERVAL 1 MONTH) AT TIME ZONE 'Europe/London' AT TIME ZONE 'UTC' AS close_at
  FROM range(TIMESTAMP '2023-07-01', TIMESTAMP '2025-07-01', INTERVAL 1 MONTH) r(m)
)`;

/** All metrics but the ratios of others. */
export const SAMPLE_STATEMENTS: readonly SampleStatement[] = [
  {
    sql: `WITH ${MONTHS}, alive AS (
  SELECT period, account_id, mrr, seats, ended_on IS NULL OR ended_on >= close AS active
  FROM subscriptions JOIN months ON started_on < close AND (ended_on IS NULL OR ended_on > period)
  WHERE ended_on IS NULL OR ended_on > started_on
)
SELECT period, sum(mrr) FILTER (active) AS mrr, count(DISTINCT account_id) FILTER (active) AS active_accounts,
  avg(seats) FILTER (active) AS average_seats, median(mrr / seats) FILTER (active) AS price_per_seat,
  max(mrr) FILTER (active) AS largest_contract, min(mrr) FILTER (active) AS smallest_contract,
  count(DISTINCT account_id) AS customers
FROM alive GROUP BY period`,
    counts: ['mrr', 'active_accounts', 'customers'],
    values: ['average_seats', 'price_per_seat', 'largest_contract', 'smallest_contract'],
  },
  {
    sql: `SELECT date_trunc('month', started_on)::DATE AS period, count(*) AS contracts_signed
FROM subscriptions WHERE ended_on IS NULL OR ended_on > started_on GROUP BY 1`,
    counts: ['contracts_signed'],
    values: [],
  },
  {
    sql: `SELECT date_trunc('month', ended_on)::DATE AS period, count(DISTINCT account_id) AS cancelled_accounts
FROM subscriptions
WHERE ended_on > started_on AND ended_on < DATE '2025-07-01' AND ended_because NOT IN ('plan_change', 'price_change')
GROUP BY 1`,
    counts: ['cancelled_accounts'],
    values: [],
  },
  {
    sql: `SELECT date_trunc('month', signed_up_on)::DATE AS period, count(*) AS new_accounts FROM accounts GROUP BY 1`,
    counts: ['new_accounts'],
    values: [],
  },
  {
    sql: `SELECT date_trunc('month', issued_on)::DATE AS period, sum(amount) AS invoiced, quantile_cont(amount, 0.9) AS invoice_p90
FROM invoices GROUP BY 1`,
    counts: ['invoiced'],
    values: ['invoice_p90'],
  },
  {
    sql: `SELECT date_trunc('month', issued_on + 14)::DATE AS period, avg((paid_on IS NOT NULL AND paid_on <= issued_on + 14)::INT) AS paid_on_time
FROM invoices WHERE issued_on + 14 < DATE '2025-07-01' GROUP BY 1`,
    counts: [],
    values: ['paid_on_time'],
  },
  {
    sql: `SELECT ${periodOf('month', 'occurred_at')}, count(*) AS product_actions, count(DISTINCT user_id) AS active_users,
  count(DISTINCT account_id) AS accounts_using_product,
  count(DISTINCT account_id) FILTER (feature = 'auto_rota') AS auto_rota_accounts
FROM events WHERE occurred_at < ${END} GROUP BY 1`,
    counts: ['product_actions', 'active_users', 'accounts_using_product', 'auto_rota_accounts'],
    values: [],
  },
  {
    sql: `SELECT ${periodOf('week', 'occurred_at')}, count(DISTINCT user_id) AS weekly_active_users
FROM events WHERE occurred_at < ${END} GROUP BY 1`,
    counts: ['weekly_active_users'],
    values: [],
  },
  {
    sql: `SELECT ${periodOf('quarter', 'answered_at')},
  count(*) FILTER (survey = 'nps') AS nps_answers,
  count(DISTINCT account_id) AS accounts_answering,
  100 * (count(*) FILTER (survey = 'nps' AND score BETWEEN 9 AND 10) - count(*) FILTER (survey = 'nps' AND score BETWEEN 0 AND 6))
    / count(*) FILTER (survey = 'nps' AND score BETWEEN 0 AND 10) AS nps,
  avg((score <= 6)::INT) FILTER (survey = 'nps' AND score BETWEEN 0 AND 10) AS detractor_share,
  avg(score) FILTER (survey = 'nps' AND score BETWEEN 0 AND 10) AS likelihood_to_recommend,
  stddev_samp(score) FILTER (survey = 'nps' AND score BETWEEN 0 AND 10) AS nps_spread,
  avg((score = 5)::INT) FILTER (survey = 'csat' AND touchpoint = 'onboarding' AND score BETWEEN 1 AND 5) AS onboarding_delight,
  avg(score) FILTER (survey = 'ces' AND touchpoint = 'onboarding' AND score BETWEEN 1 AND 7) AS onboarding_effort,
  avg((score >= 5)::INT) FILTER (survey = 'ces' AND touchpoint = 'support' AND score BETWEEN 1 AND 7) AS easy_support
FROM survey_answers WHERE answered_at < ${END} GROUP BY 1`,
    counts: ['nps_answers', 'accounts_answering'],
    values: [
      'nps',
      'detractor_share',
      'likelihood_to_recommend',
      'nps_spread',
      'onboarding_delight',
      'onboarding_effort',
      'easy_support',
    ],
  },
  {
    sql: `SELECT ${periodOf('month', 'answered_at')},
  100 * (count(*) FILTER (survey = 'nps' AND score BETWEEN 9 AND 10) - count(*) FILTER (survey = 'nps' AND score BETWEEN 0 AND 6))
    / count(*) FILTER (survey = 'nps' AND score BETWEEN 0 AND 10) AS nps_monthly,
  avg((score >= 4)::INT) FILTER (survey = 'csat' AND touchpoint = 'support' AND score BETWEEN 1 AND 5) AS csat_support
FROM survey_answers WHERE answered_at < ${END} GROUP BY 1`,
    counts: [],
    values: ['nps_monthly', 'csat_support'],
  },
  {
    sql: `SELECT ${periodOf('month', 'opened_at')}, count(*) AS tickets_opened,
  quantile_cont(datesub('second', opened_at, first_reply_at) / 3600, 0.5) AS first_reply_hours,
  quantile_cont(datesub('second', opened_at, first_reply_at) / 3600, 0.9) AS first_reply_p90,
  max(datesub('second', opened_at, first_reply_at) / 3600) AS slowest_first_reply,
  avg(reopened::INT) AS reopened_share
FROM tickets WHERE opened_at < ${END} GROUP BY 1`,
    counts: ['tickets_opened'],
    values: ['first_reply_hours', 'first_reply_p90', 'slowest_first_reply', 'reopened_share'],
  },
  {
    sql: `SELECT ${periodOf('month', 'solved_at')}, median(datesub('second', opened_at, solved_at) / 3600) AS time_to_solve
FROM tickets WHERE solved_at < ${END} GROUP BY 1`,
    counts: [],
    values: ['time_to_solve'],
  },
  {
    sql: `WITH ${MONTHS}
SELECT period, count(*) AS open_tickets
FROM tickets JOIN months ON opened_at < close_at AND (solved_at IS NULL OR solved_at >= close_at)
WHERE opened_at < ${END} AND (solved_at IS NULL OR solved_at > opened_at) GROUP BY 1`,
    counts: ['open_tickets'],
    values: [],
  },
  {
    sql: `SELECT ${periodOf('quarter', 'opened_at')},
  avg(coalesce(datesub('second', opened_at, first_reply_at) <= 7200, false)::INT) FILTER (priority = 'urgent') AS urgent_on_time
FROM tickets WHERE opened_at < ${END} GROUP BY 1`,
    counts: [],
    values: ['urgent_on_time'],
  },
  { sql: 'SELECT sum(capacity) AS csm_capacity FROM csms', counts: ['csm_capacity'], values: [] },
];

/** The metrics that divide others, by numerator and denominator. */
export const SAMPLE_RATIOS: Readonly<Record<string, readonly [string, string]>> = {
  mrr_per_account: ['mrr', 'active_accounts'],
  cancellation_rate: ['cancelled_accounts', 'customers'],
  product_reach: ['accounts_using_product', 'customers'],
  auto_rota_adoption: ['auto_rota_accounts', 'accounts_using_product'],
  actions_per_user: ['product_actions', 'active_users'],
  tickets_per_account: ['tickets_opened', 'active_accounts'],
};

const TABLES = ['accounts', 'csms', 'subscriptions', 'invoices', 'events', 'survey_answers', 'tickets'];

/** The statements that load the CSV files of the sample, as they would be loaded by hand: times in UTC, and the one repeated row once. */
export function loadStatements(data: string): readonly string[] {
  const from = (table: string): string => `read_csv('${`${data}/${table}.csv`.replaceAll("'", "''")}')`;
  const utc = new Map([
    ['events', 'occurred_at'],
    ['survey_answers', 'answered_at'],
  ]);
  return TABLES.map((table) => {
    const time = utc.get(table);
    const columns = time === undefined ? '*' : `* REPLACE (${time} AT TIME ZONE 'UTC' AS ${time})`;
    const distinct = table === 'invoices' ? 'DISTINCT ' : '';
    return `CREATE TABLE ${table} AS SELECT ${distinct}${columns} FROM ${from(table)}`;
  });
}
