import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import Papa from 'papaparse';
import { columnProfile } from '../../server/src/core/evaluate/column-profile.ts';
import { evaluate } from '../../server/src/core/evaluate/evaluate.ts';
import { metricFunnel } from '../../server/src/core/evaluate/funnel.ts';
import type { SegmentSizes } from '../../server/src/core/evaluate/numbers.ts';
import { countingRows } from '../../server/src/core/evaluate/preview-rows.ts';
import { resultDocument } from '../../server/src/core/evaluate/result.ts';
import { segmentSizes } from '../../server/src/core/evaluate/segment-sizes.ts';
import { sourceProfile } from '../../server/src/core/evaluate/source-profile.ts';
import { Refusal } from '../../server/src/core/plan/refusal.ts';
import { testEngine } from '../kit/engine.ts';
import { present } from '../kit/present.ts';
import { type OpenProject, openFolder } from '../kit/reference/run.ts';

const FOLDER = resolve('samples/saas');

type CsvRow = Readonly<Record<string, string>>;

/** All rows of a file, and those that are left without exact duplicates, read with nothing of Plumbline. */
function table(name: string): { readonly all: readonly CsvRow[]; readonly rows: readonly CsvRow[] } {
  const text = readFileSync(join(FOLDER, 'data', `${name}.csv`), 'utf8');
  const all = Papa.parse<CsvRow>(text, { header: true, skipEmptyLines: true }).data;
  return { all, rows: [...new Map(all.map((row) => [JSON.stringify(row), row])).values()] };
}

function countBy(rows: readonly CsvRow[], label: (row: CsvRow) => string): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const row of rows) counts[label(row)] = (counts[label(row)] ?? 0) + 1;
  return counts;
}

const NOT_ON_ROWS = [
  'count_distinct',
  'ratio',
  'retention',
  'churn',
  'movement',
  'cohort_retention',
  'tenure',
  'conversion',
  'lifetime_value',
];

describe('the numbers of the saas sample beside its values', () => {
  const engine = testEngine();
  const answers = table('survey_answers');
  const accounts = table('accounts');
  const subscriptions = table('subscriptions');
  const tickets = table('tickets');
  let project: OpenProject;

  before(async () => {
    project = await openFolder(engine, FOLDER);
  });

  const metricOf = (name: string) => present(project.evaluator.checked.project.metrics.get(name));
  const sourceOf = (name: string) => present(project.evaluator.checked.project.sources.get(name));
  const sizesOf = (name: string): Promise<SegmentSizes> =>
    segmentSizes(project.evaluator, present(project.evaluator.checked.project.segments.get(name)));
  const byLabel = ({ groups }: SegmentSizes) =>
    Object.fromEntries(groups.map(({ label, rows }) => [label, rows]));

  it('are the rows of each source, without duplicates', async () => {
    for (const [name, { all, rows }] of Object.entries({
      survey_answers: answers,
      accounts,
      subscriptions,
      tickets,
    })) {
      const profile = await sourceProfile(project.evaluator, sourceOf(name));
      assert.deepEqual([profile.rows, profile.duplicates], [rows.length, all.length - rows.length], name);
      assert.ok(profile.rows > 100);
    }
    const days = accounts.rows.map((row) => row.signed_up_on ?? '').toSorted();
    const { first, asOf } = await sourceProfile(project.evaluator, sourceOf('accounts'));
    assert.equal(first, days[0]);
    assert.equal(asOf, project.evaluator.checked.project.settings.asOf ?? days.at(-1));
  });

  it('are the groups of segments', async () => {
    const size = ({ employees }: CsvRow) =>
      Number(employees) < 50 ? 'small' : Number(employees) < 1000 ? 'mid_market' : 'enterprise';
    assert.deepEqual(byLabel(await sizesOf('company_size')), countBy(accounts.rows, size));
    const industry = (row: CsvRow) => row.industry ?? '';
    assert.deepEqual(byLabel(await sizesOf('industry')), countBy(accounts.rows, industry));
    const champion = (row: CsvRow) =>
      row.acquisition_channel === 'referral' && Number(row.employees) >= 50 ? 'in' : 'out';
    assert.deepEqual(byLabel(await sizesOf('champions')), countBy(accounts.rows, champion));
    // Spells that still run have no reason.
    const reason = (row: CsvRow) => row.ended_because || '(none)';
    const reasons = await sizesOf('reason');
    assert.deepEqual(byLabel(reasons), countBy(subscriptions.rows, reason));
    assert.equal(reasons.groups.at(-1)?.label, '(none)');
    const topic = ({ category = '' }: CsvRow) =>
      category === 'billing' ? 'money' : ['bug', 'integration'].includes(category) ? 'product' : 'help';
    assert.deepEqual(byLabel(await sizesOf('topic')), countBy(tickets.rows, topic));
  });

  it('are the steps of the net promoter score', async () => {
    const [part] = (await metricFunnel(project.evaluator, metricOf('nps'))).parts;
    const timed = answers.rows.filter((row) => row.answered_at !== '');
    const asked = timed.filter((row) => row.survey === 'nps');
    // The second quarter of 2025 ends with the data; its first and last hour in London are an hour of UTC earlier.
    const inPeriod = asked.filter(
      ({ answered_at: at = '' }) => at >= '2025-03-31T23:00:00Z' && at < '2025-06-30T23:00:00Z',
    );
    const onScale = inPeriod.filter((row) => Number(row.score) <= 10);
    const { clauses, ...rest } = present(part);
    assert.deepEqual(rest, {
      metric: 'nps',
      source: 'survey_answers',
      rows: answers.rows.length,
      timed: timed.length,
      period: '2025-Q2',
      inPeriod: inPeriod.length,
      counted: onScale.length,
    });
    assert.deepEqual(
      clauses.map(({ word, kept }) => [word.text, kept]),
      [["survey = 'nps'", asked.length]],
    );
    assert.ok(timed.length < answers.rows.length, 'some answers have no time');
  });

  it('are the first rows that count', async () => {
    const [shown] = await countingRows(project.evaluator, metricOf('nps'), 3);
    const columns = present(shown).columns.map(({ name }) => name);
    const rows = answers.rows.filter(
      ({ answered_at: at = '', survey, score }) =>
        at >= '2025-03-31T23:00:00Z' &&
        at < '2025-06-30T23:00:00Z' &&
        survey === 'nps' &&
        Number(score) <= 10,
    );
    const id = columns.indexOf('answer_id');
    assert.deepEqual(
      shown?.counting.map(({ cells }) => cells[id]),
      rows.slice(0, 3).map((row) => row.answer_id),
    );
    for (const { row, cells } of shown?.counting ?? []) {
      assert.equal(answers.all[row - 1]?.answer_id, cells[id], 'rows have their number in the file');
    }
  });

  it('are the values of columns', async () => {
    const industry = await columnProfile(project.evaluator, sourceOf('accounts'), 'industry');
    const counts = Object.entries(countBy(accounts.rows, (row) => row.industry ?? ''));
    assert.deepEqual(
      industry.top.map(({ value, rows }) => [value, rows]),
      counts.toSorted(([a, m], [b, n]) => n - m || (a < b ? -1 : 1)),
    );
    const employees = await columnProfile(project.evaluator, sourceOf('accounts'), 'employees');
    const numbers = accounts.rows.map((row) => Number(row.employees));
    assert.deepEqual(
      [employees.low, employees.high, employees.distinct, employees.nulls],
      [String(Math.min(...numbers)), String(Math.max(...numbers)), new Set(numbers).size, 0],
    );
    const price = await columnProfile(project.evaluator, sourceOf('subscriptions'), 'price_per_seat');
    const prices = subscriptions.rows.map((row) => Number(row.mrr) / Number(row.seats));
    assert.equal(price.high, String(Math.max(...prices)));
  });

  it('end, in every funnel, with what the headline rests on', async () => {
    const { evaluator } = project;
    const evaluation = await evaluate(evaluator, { findings: false });
    let compared = 0;
    for (const { metric, type, headline } of resultDocument(evaluator.checked, evaluation).metrics) {
      const funnel = await metricFunnel(evaluator, metricOf(metric)).catch((error: unknown) => {
        assert.ok(error instanceof Refusal, String(error));
        return undefined;
      });
      assert.equal(funnel === undefined, headline === null, metric);
      // What is counted distinctly rests on values and not on rows, and what is followed on entities.
      if (headline === null || NOT_ON_ROWS.includes(type)) continue;
      const part = funnel?.parts[0];
      assert.deepEqual([part?.counted, part?.period], [headline.n, headline.period], metric);
      compared += 1;
    }
    assert.ok(compared >= 20, `${compared}`);
  });
});
