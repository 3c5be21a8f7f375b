import {
  count,
  distinct,
  divided,
  type OracleSeries,
  quantile,
  seriesOf,
  share,
  total,
} from '../../samples/oracle-series.ts';
import { bySource, netPromoters } from '../../samples/retail-feedback.ts';
import { buyersOf } from '../../samples/retail-lifetime.ts';
import type {
  AnswerRow,
  FeedbackRow,
  LineRow,
  OfCustomer,
  RetailTables,
} from '../../samples/retail-tables.ts';
import { byRegion, monthly, quarterly } from '../../samples/retail-value.ts';
import type { Expectations } from './expectations.ts';
import { ofRetail, retail } from './harness/retail.ts';

/** The recipes of `docs/cookbook/feedback.md`: those of the sample itself, and variants that it does not have. */
export const feedback: Expectations = {
  ...ofRetail(
    'feedback_volume',
    'negative_feedback',
    'net_sentiment',
    'feedback_answered',
    'contacts_per_resolved_issue',
    'settled_at_once',
  ),
  feedback_per_100_buyers: retail(({ feedback: rows, orders }) =>
    perHundred(
      seriesOf({ ...monthly, rows, value: count, by: byRegion }),
      seriesOf({ ...monthly, rows: orders, value: distinct(customerOf), by: byRegion }),
    ),
  ),
  feedback_answered_at_all: retail(({ feedback: rows }) =>
    seriesOf({ ...monthly, rows, value: share(({ waited }) => waited !== null), by: bySource }),
  ),
  hours_to_reply: retail(({ feedback: rows }) =>
    seriesOf({
      ...monthly,
      rows,
      value: quantile(({ waited }: FeedbackRow) => (waited === null ? null : waited * 24), 0.5),
      by: bySource,
    }),
  ),
  contacts_per_100_orders: retail(({ contacts, orders }) =>
    perHundred(
      seriesOf({ ...monthly, rows: contacts, value: count, by: byRegion }),
      seriesOf({ ...monthly, rows: orders, value: count, by: byRegion }),
    ),
  ),
  nps_by_age: retail(({ answers }) =>
    seriesOf({
      ...quarterly,
      rows: answers.filter((row) => row.survey === 'nps' && row.score <= 10 && row.kind === 'home'),
      value: netPromoters,
      by: { age_band: ({ age }: AnswerRow) => age, generation },
    }),
  ),
  revenue_of_regulars: retail(revenueOfRegulars),
};

const customerOf = (row: OfCustomer): string => row.customer;

function generation({ age }: OfCustomer): string {
  if (['18-29', '30-44'].includes(age)) return 'under_45';
  return ['45-59', '60+'].includes(age) ? 'from_45' : '(other)';
}

/** One series over hundredths of another; without sizes, since hundreds of customers are none. */
function perHundred(above: readonly OracleSeries[], below: readonly OracleSeries[]): readonly OracleSeries[] {
  return divided('', above, below).map((series) => ({
    ...series,
    points: series.points.map(({ period, value }) => ({
      period,
      value: value === null ? null : value * 100,
    })),
  }));
}

/** Revenue of households that have five orders or more by the end of the data, over all revenue. */
function revenueOfRegulars({ lines, orders }: RetailTables): readonly OracleSeries[] {
  const regulars = new Set(
    buyersOf(orders)
      .filter(({ kind, rows }) => kind === 'home' && rows.length >= 5)
      .map(({ rows }) => rows[0]?.customer),
  );
  const of = (isWanted: (row: LineRow) => boolean): readonly OracleSeries[] =>
    seriesOf({
      ...monthly,
      rows: lines,
      value: total((row) => (isWanted(row) ? row.revenue : 0)),
      by: { category: ({ category }: LineRow) => category },
    });
  const parts = divided(
    '',
    of(({ customer }) => regulars.has(customer)),
    of(() => true),
  );
  return parts.map((series) => ({
    ...series,
    points: series.points.map(({ period, value }) => ({ period, value })),
  }));
}
