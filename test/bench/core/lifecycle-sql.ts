import type { SampleStatement } from './sample-sql.ts';

/**
 * The metrics of `lifecycle-data.ts` as an analyst would write them for DuckDB who knows the data: one statement for what is read off
 * the same intermediate result, and no more than the values, with what their intervals rest on.
 */
export interface LifecycleStatement extends SampleStatement {
  /** What is measured under this name. */
  readonly name: string;
}

const BOUNDS = `bounds AS (
  SELECT m::DATE AS bound FROM range(DATE '2022-01-01', DATE '2025-01-02', INTERVAL 1 MONTH) r(m)
)`;

/** Who is there at the close of each month and the next time, from rows \`alive (bound, customer, worth)\`. */
const RUNS = `firsts AS (SELECT customer, min(started) AS first FROM spells GROUP BY customer),
runs AS (
  SELECT bound, worth, first, lag(bound) OVER w AS before, lag(worth) OVER w AS worth_before
  FROM alive JOIN firsts USING (customer) WINDOW w AS (PARTITION BY customer ORDER BY bound)
),
months AS (
  SELECT bound, count(*) AS closing, sum(worth) AS closing_worth,
    count(*) FILTER (before = bound - INTERVAL 1 MONTH) AS retained,
    sum(worth) FILTER (before = bound - INTERVAL 1 MONTH) AS kept,
    sum(least(worth, worth_before)) FILTER (before = bound - INTERVAL 1 MONTH) AS capped,
    count(*) FILTER (first >= bound - INTERVAL 1 MONTH) AS new,
    count(*) FILTER (first < bound - INTERVAL 1 MONTH AND before IS DISTINCT FROM (bound - INTERVAL 1 MONTH)::DATE) AS returned
  FROM runs GROUP BY bound
),
steps AS (
  SELECT (b.bound - INTERVAL 1 MONTH)::DATE AS period, coalesce(n.closing, 0) AS closing, coalesce(o.closing, 0) AS opening,
    o.closing_worth AS opening_worth, coalesce(n.retained, 0) AS retained, coalesce(n.kept, 0) AS kept,
    coalesce(n.capped, 0) AS capped, coalesce(n.new, 0) AS new, coalesce(n.returned, 0) AS returned
  FROM bounds b LEFT JOIN months n ON n.bound = b.bound LEFT JOIN months o ON o.bound = b.bound - INTERVAL 1 MONTH
  WHERE b.bound > DATE '2022-01-01'
)`;

const ACTIVE = `active AS (
  SELECT date_trunc('month', happened)::DATE AS period, customer, count(*) AS events FROM events GROUP BY ALL
)`;

/** All metrics of the benchmark. */
export const LIFECYCLE_STATEMENTS: readonly LifecycleStatement[] = [
  {
    name: 'spells: growth accounting and retention',
    sql: `WITH ${BOUNDS}, alive AS (
  SELECT bound, customer, sum(mrr) AS worth
  FROM spells JOIN bounds ON started < bound AND (ended IS NULL OR ended >= bound) GROUP BY ALL
), ${RUNS}
SELECT period, opening, closing, new, returned, opening - retained AS lost, retained / nullif(opening, 0) AS retention,
  (opening - retained) / nullif(opening, 0) AS churn, kept / nullif(opening_worth, 0) AS net,
  capped / nullif(opening_worth, 0) AS gross
FROM steps`,
    counts: ['opening', 'closing', 'new', 'returned', 'lost'],
    values: ['retention', 'churn', 'net', 'gross'],
  },
  {
    name: 'spells: cohorts',
    sql: `WITH firsts AS (SELECT customer, date_trunc('month', min(started))::DATE AS period FROM spells GROUP BY customer),
there AS (
  SELECT DISTINCT customer FROM spells JOIN firsts USING (customer)
  WHERE started < period + INTERVAL 4 MONTH AND (ended IS NULL OR ended > period + INTERVAL 3 MONTH)
)
SELECT period, count(there.customer) / count(*) AS after_3_months
FROM firsts LEFT JOIN there USING (customer) WHERE period <= DATE '2024-09-01' GROUP BY period`,
    counts: [],
    values: ['after_3_months'],
  },
  {
    name: 'spells: tenure',
    sql: `WITH marked AS (
  SELECT customer, started, coalesce(ended, DATE '9999-01-01') AS ended, started > max(coalesce(ended, DATE '9999-01-01')) OVER (
    PARTITION BY customer ORDER BY started ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS apart
  FROM spells
),
numbered AS (
  SELECT customer, started, ended,
    sum(CASE WHEN apart THEN 1 ELSE 0 END) OVER (PARTITION BY customer ORDER BY started ROWS UNBOUNDED PRECEDING) AS island
  FROM marked
),
islands AS (SELECT customer, island, min(started) AS started, max(ended) AS ended FROM numbered GROUP BY customer, island),
years AS (SELECT y::DATE AS period, (y + INTERVAL 1 YEAR)::DATE AS close FROM range(DATE '2022-01-01', DATE '2025-01-01', INTERVAL 1 YEAR) r(y)),
ages AS (
  SELECT period, least(ended, close) - started AS age, count(*) FILTER (ended < close) AS gone, count(*) AS seen
  FROM islands JOIN years ON started < close GROUP BY ALL
),
curve AS (
  SELECT period, age, exp(sum(ln(1 - gone / at_risk)) OVER (PARTITION BY period ORDER BY age)) AS left_over
  FROM (SELECT *, sum(seen) OVER (PARTITION BY period ORDER BY age DESC) AS at_risk FROM ages)
  WHERE gone < at_risk
)
SELECT period, min(age) FILTER (left_over <= 0.5 + 1e-12) AS median_tenure FROM curve GROUP BY period`,
    counts: [],
    values: ['median_tenure'],
  },
  {
    name: 'events: retention by activity',
    sql: `WITH ${ACTIVE},
runs AS (
  SELECT period, lag(period) OVER w AS before FROM active AS a WINDOW w AS (PARTITION BY customer ORDER BY period)
),
months AS (
  SELECT period, count(*) AS active, count(*) FILTER (before = period - INTERVAL 1 MONTH) AS retained,
    count(*) FILTER (before IS NULL) AS activated,
    count(*) FILTER (before < period - INTERVAL 1 MONTH) AS reactivated
  FROM runs GROUP BY period
)
SELECT n.period, n.retained / nullif(o.active, 0) AS again, n.activated, n.reactivated, coalesce(o.active - n.retained, 0) AS dormant
FROM months n LEFT JOIN months o ON o.period = n.period - INTERVAL 1 MONTH`,
    counts: ['activated', 'reactivated', 'dormant'],
    values: ['again'],
  },
  {
    name: 'events: cohorts',
    sql: `WITH active AS (SELECT DISTINCT date_trunc('month', happened)::DATE AS period, customer FROM events),
firsts AS (SELECT customer, min(period) AS period FROM active GROUP BY customer)
SELECT f.period, count(a.customer) / count(*) AS active_after_1_month
FROM firsts f LEFT JOIN active a ON a.customer = f.customer AND a.period = f.period + INTERVAL 1 MONTH
WHERE f.period <= DATE '2024-11-01' GROUP BY f.period`,
    counts: [],
    values: ['active_after_1_month'],
  },
  {
    // The interval of a mean rests on the squares of what each customer has brought.
    name: 'events: lifetime value',
    sql: `WITH brought AS (
  SELECT date_trunc('month', happened)::DATE AS period, customer, sum(amount) AS amount FROM events GROUP BY ALL
),
totals AS (
  SELECT period, amount, sum(amount) OVER w AS total, row_number() OVER w AS nth
  FROM brought AS b WINDOW w AS (PARTITION BY customer ORDER BY period)
),
months AS (
  SELECT period, sum(amount) AS amount, count(*) FILTER (nth = 1) AS customers,
    sum(total * total - (total - amount) * (total - amount)) AS squares
  FROM totals GROUP BY period
)
SELECT period, sum(amount) OVER w / sum(customers) OVER w AS worth, sum(squares) OVER w AS squares
FROM months AS m WINDOW w AS (ORDER BY period)`,
    counts: [],
    values: ['worth'],
  },
  {
    name: 'events: conversion',
    sql: `WITH carts AS (
  SELECT customer, happened, kind, min(CASE WHEN kind = 'buy' THEN happened END) OVER (
    PARTITION BY customer ORDER BY happened DESC RANGE UNBOUNDED PRECEDING) AS bought
  FROM events
),
done AS (
  SELECT customer, happened, kind, min(CASE WHEN kind = 'cart' THEN bought END) OVER (
    PARTITION BY customer ORDER BY happened DESC RANGE UNBOUNDED PRECEDING) AS bought
  FROM carts
),
customers AS (
  SELECT date_trunc('month', happened)::DATE AS period, customer, bool_or(coalesce(bought <= happened + INTERVAL 7 DAY, false)) AS converted
  FROM done WHERE kind = 'view' GROUP BY ALL
)
SELECT period, count(*) FILTER (converted) / count(*) AS bought FROM customers GROUP BY period`,
    counts: [],
    values: ['bought'],
  },
];
