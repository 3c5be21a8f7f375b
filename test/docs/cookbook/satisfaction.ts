import { type Period, QUARTERS, seriesOf, type Value, within } from '../../samples/saas-series.ts';
import type { AnswerRow, SaasTables } from '../../samples/saas-tables.ts';
import type { Expectations } from './expectations.ts';
import { saas } from './harness/saas.ts';

/** The recipes of `docs/cookbook/satisfaction.md`. */
export const satisfaction: Expectations = {
  nps: saas(({ answers }) => seriesOf({ ...quarterly('nps', onScale(answers)), value: score, by: bySize })),
};

const bySize = { company_size: (row: { readonly size: string }) => row.size };

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

function score(rows: readonly AnswerRow[]): Value {
  const promoters = rows.filter((row) => row.score >= 9).length;
  const detractors = rows.filter((row) => row.score <= 6).length;
  return {
    value: rows.length === 0 ? null : (100 * (promoters - detractors)) / rows.length,
    n: rows.length,
  };
}
