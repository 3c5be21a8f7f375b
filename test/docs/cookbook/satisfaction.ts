import {
  count,
  MONTHS,
  mean,
  type Period,
  QUARTERS,
  seriesOf,
  share,
  type Value,
  within,
} from '../../samples/oracle-series.ts';
import type { AnswerRow, SaasTables, TicketRow } from '../../samples/saas-tables.ts';
import type { Expectations } from './expectations.ts';
import { bySize, saas } from './harness/saas.ts';

/** The recipes of `docs/cookbook/satisfaction.md`. */
export const satisfaction: Expectations = {
  nps: saas(({ answers }) =>
    seriesOf({ ...quarterly('nps', onScale(answers)), value: score, by: { ...bySize, ...byTouchpoint } }),
  ),
  nps_by_email: saas(({ answers }) => {
    const asked = onScale(answers).filter((row) => row.touchpoint === 'email');
    return seriesOf({ ...quarterly('nps_by_email', asked), value: score, by: bySize });
  }),
  detractor_share: saas(({ answers }) =>
    seriesOf({
      ...quarterly('detractor_share', onScale(answers)),
      value: share((row: AnswerRow) => row.score <= 6),
    }),
  ),
  nps_answers: saas(({ answers }) => {
    const given = answers.filter((row) => row.survey === 'nps');
    return seriesOf({ ...quarterly('nps_answers', given), value: count, by: { ...bySize, ...byTouchpoint } });
  }),
  csat_support: saas(({ answers }) =>
    seriesOf({
      ...quarterly('csat_support', at(answers, 'csat', 'support')),
      periods: MONTHS,
      value: share((row: AnswerRow) => row.score >= 4),
      by: bySize,
    }),
  ),
  onboarding_delight: saas(({ answers }) =>
    seriesOf({
      ...quarterly('onboarding_delight', at(answers, 'csat', 'onboarding')),
      value: share((row: AnswerRow) => row.score === 5),
    }),
  ),
  support_score: saas(({ answers }) =>
    seriesOf({
      ...quarterly('support_score', at(answers, 'csat', 'support')),
      value: mean((row: AnswerRow) => row.score),
    }),
  ),
  onboarding_effort: saas(({ answers }) =>
    seriesOf({
      ...quarterly('onboarding_effort', at(answers, 'ces', 'onboarding')),
      value: mean((row: AnswerRow) => row.score),
    }),
  ),
  easy_support: saas(({ answers }) =>
    seriesOf({
      ...quarterly('easy_support', at(answers, 'ces', 'support')),
      value: share((row: AnswerRow) => row.score >= 5),
    }),
  ),
  contacts_per_solved_ticket: saas(({ tickets }) =>
    seriesOf({
      metric: 'contacts_per_solved_ticket',
      periods: MONTHS,
      rows: tickets,
      holds: (row, period) => within(row.solvedDay, period),
      value: contacts,
      by: bySize,
    }),
  ),
};

const byTouchpoint = { touchpoint: (row: AnswerRow) => row.touchpoint };

function quarterly(metric: string, rows: readonly AnswerRow[]) {
  return {
    metric,
    rows,
    periods: QUARTERS,
    holds: (row: AnswerRow, period: Period) => within(row.day, period),
  };
}

/** NPS answers on the scale of 0 to 10; one is 11. */
function onScale(answers: SaasTables['answers']): readonly AnswerRow[] {
  return answers.filter((row) => row.survey === 'nps' && row.score <= 10);
}

function at(answers: SaasTables['answers'], survey: string, touchpoint: string): readonly AnswerRow[] {
  return answers.filter((row) => row.survey === survey && row.touchpoint === touchpoint);
}

function score(rows: readonly AnswerRow[]): Value {
  const promoters = rows.filter((row) => row.score >= 9).length;
  const detractors = rows.filter((row) => row.score <= 6).length;
  return {
    value: rows.length === 0 ? null : (100 * (promoters - detractors)) / rows.length,
    n: rows.length,
  };
}

function contacts(rows: readonly TicketRow[]): Value {
  const again = rows.filter(({ reopened }) => reopened).length;
  return { value: rows.length === 0 ? null : (rows.length + again) / rows.length };
}
