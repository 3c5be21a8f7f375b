import {
  count,
  divided,
  mean,
  type OracleSeries,
  seriesOf,
  share,
  total,
  type Value,
} from './oracle-series.ts';
import type {
  AnswerRow,
  ContactRow,
  FeedbackRow,
  OfCustomer,
  RetailTables,
  ReviewRow,
} from './retail-tables.ts';
import { byRegion, monthly, quarterly } from './retail-value.ts';

// What customers say, row by row.

/** Segments of feedback. */
export const bySource = { said_in: (row: FeedbackRow) => row.source };
const byTopic = { topic: (row: ContactRow) => row.topic };

/** Promoters less detractors, in points. */
export function netPromoters(rows: readonly AnswerRow[]): Value {
  const promoters = rows.filter(({ score }) => score >= 9).length;
  const detractors = rows.filter(({ score }) => score <= 6).length;
  return { value: rows.length === 0 ? null : (100 * (promoters - detractors)) / rows.length, n: rows.length };
}

/** Whether somebody replied before the fifteenth day was over. */
export const isAnswered = ({ waited }: FeedbackRow): boolean => waited !== null && waited < 15;

/** All contacts over the issues that one of them settled. */
export function contactsPerIssue(
  { contacts }: Pick<RetailTables, 'contacts'>,
  by: Readonly<Record<string, (row: ContactRow) => string>>,
): readonly OracleSeries[] {
  const settled = ({ isResolved }: ContactRow): boolean => isResolved;
  return divided(
    'contacts_per_resolved_issue',
    seriesOf({ ...quarterly, rows: contacts, value: count, by }),
    seriesOf({
      ...quarterly,
      rows: contacts,
      value: (rows) => ({ value: new Set(rows.filter(settled).map(({ issue }) => issue)).size }),
      by,
    }),
  );
}

/** The share of issues with one contact, which settled it. */
export function settledAtOnce(rows: readonly ContactRow[]): Value {
  const issues = [...new Set(rows.map(({ issue }) => issue))];
  return share<string>((issue) => {
    const own = rows.filter((row) => row.issue === issue);
    return own.length === 1 && own[0]?.isResolved === true;
  })(issues);
}

/** Positive feedback counts 1 and negative -1. */
export function netSentiment(
  { feedback }: Pick<RetailTables, 'feedback'>,
  by: Readonly<Record<string, (row: FeedbackRow) => string>>,
): readonly OracleSeries[] {
  const worth = ({ mood }: FeedbackRow): number => (mood === 'positive' ? 1 : mood === 'negative' ? -1 : 0);
  return divided(
    'net_sentiment',
    seriesOf({ ...monthly, rows: feedback, value: total(worth), by }),
    seriesOf({ ...monthly, rows: feedback, value: count, by }),
  );
}

/** The series of `feedback.metrics.yaml`. */
export function retailFeedback(tables: RetailTables): readonly OracleSeries[] {
  const { answers, contacts, reviews, feedback, orders } = tables;
  const given = (survey: string) => answers.filter((row) => row.survey === survey);
  const byAge = { age_band: (row: OfCustomer) => row.age };
  const said = { ...monthly, rows: feedback };
  const delivered = orders.filter((row) => row.delivered !== '');
  return [
    // The scale of the question is 0 to 10, and that of stars 1 to 5.
    ...seriesOf({
      ...quarterly,
      metric: 'nps',
      rows: given('nps').filter(({ score }) => score <= 10),
      value: netPromoters,
      by: byRegion,
    }),
    ...seriesOf({
      ...monthly,
      metric: 'delivery_csat',
      rows: given('csat'),
      value: share((row) => row.score >= 4),
      by: byRegion,
    }),
    ...seriesOf({
      ...quarterly,
      metric: 'delivery_effort',
      rows: given('ces'),
      value: mean((row) => row.score),
      by: byRegion,
    }),
    ...seriesOf({
      ...quarterly,
      metric: 'easy_delivery',
      rows: given('ces'),
      value: share((row) => row.score >= 5),
      by: byRegion,
    }),
    ...seriesOf({
      ...quarterly,
      metric: 'product_stars',
      rows: reviews.filter(({ stars }) => stars >= 1),
      value: share((row) => row.stars >= 4),
      by: { category: (row: ReviewRow) => row.category },
    }),
    ...seriesOf({ ...said, metric: 'feedback_volume', value: count, by: { ...bySource, ...byAge } }),
    ...seriesOf({
      ...said,
      metric: 'negative_feedback',
      value: share((row) => row.mood === 'negative'),
      by: { ...bySource, ...byRegion },
    }),
    ...netSentiment(tables, bySource),
    ...seriesOf({ ...said, metric: 'feedback_answered', value: share(isAnswered), by: bySource }),
    ...seriesOf({
      ...monthly,
      metric: 'contacts_received',
      rows: contacts,
      value: count,
      by: { ...byTopic, ...byRegion },
    }),
    ...contactsPerIssue(tables, { ...byTopic, ...byRegion }),
    ...seriesOf({
      ...quarterly,
      metric: 'settled_at_once',
      rows: contacts,
      value: settledAtOnce,
      by: byTopic,
    }),
    ...seriesOf({
      ...monthly,
      metric: 'days_to_door',
      rows: delivered,
      value: mean((row) => (Date.parse(row.delivered) - Date.parse(row.day)) / 86_400_000),
      by: byRegion,
    }),
  ];
}
