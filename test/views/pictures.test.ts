import assert from 'node:assert/strict';
import type { Explanation } from '../../server/src/core/evaluate/explain.ts';
import type { MetricPicture } from '../../server/src/core/preview/pictures/picture.ts';
import { cohortGrid } from '../../server/src/views/metric/cohorts.ts';
import { HOSTILE, metric } from './fixtures.ts';
import { html, textOf, textsOf } from './kit.ts';

const ACCOUNTS = { one: 'account', many: 'accounts' };

const COHORTS = {
  kind: 'cohorts',
  grain: 'month',
  after: 1,
  omitted: 2,
  cohorts: [
    { period: '2025-01', entities: 10, there: [10, 8, 0] },
    { period: '2025-02', entities: 0, there: [0, 0] },
    { period: '2025-03', entities: 4, there: [null] },
  ],
} satisfies MetricPicture;

const STEPS = {
  kind: 'steps',
  period: '2025-01',
  within: '30 days',
  steps: [
    { name: 'signed up', entities: 200 },
    { name: HOSTILE, entities: 150 },
    { name: 'paid', entities: 30 },
  ],
} satisfies MetricPicture;

const MOVEMENT = {
  kind: 'movement',
  grain: 'month',
  ofValue: false,
  omitted: 0,
  periods: [
    {
      period: '2025-01',
      opening: 100,
      gained: { new: 12, returned: 3 },
      lost: 5,
      expanded: null,
      contracted: null,
      closing: 110,
    },
    {
      period: '2025-02',
      opening: 110,
      gained: { new: 1, returned: 0 },
      lost: 11,
      expanded: null,
      contracted: null,
      closing: 100,
    },
  ],
} satisfies MetricPicture;

const SURVIVAL = {
  kind: 'survival',
  period: '2025-02',
  unit: 'month',
  points: [
    { age: 0, left: 1, low: null, high: null, observed: 50 },
    { age: 1, left: 0.9, low: 0.8, high: 0.95, observed: 40 },
  ],
} satisfies MetricPicture;

const EXPLANATION: Explanation = {
  metric: 'nps',
  period: '2025-Q2',
  before: '2025-Q1',
  by: 'company_size',
  split: 'rate_and_mix',
  total: {
    value: 41.5,
    previous: 38.25,
    change: 3.25,
    n: 303,
    low: null,
    high: null,
    verdict: 'no_clear_change',
    small_sample: false,
  },
  groups: [
    {
      group: 'small',
      value: 50,
      previous: 46,
      weight: 0.7,
      previous_weight: 0.6,
      rate: 2.6,
      mix: 4.8,
      effect: 7.4,
    },
    {
      group: HOSTILE,
      value: 9,
      previous: 26,
      weight: 0.3,
      previous_weight: 0.4,
      rate: -5.95,
      mix: 1.8,
      effect: -4.15,
    },
  ],
  rest: 0,
};

const page = (picture: MetricPicture): string => html({ ...metric, picture, restsOn: ACCOUNTS });

/** The cells of the table with a caption, row by row. */
function rowsOf(text: string, caption: RegExp): readonly (readonly string[])[] {
  const table =
    text.split('<table').find((part) => caption.test(textOf(part.split('</caption>')[0] ?? ''))) ?? '';
  const body = table.split('<tbody>')[1]?.split('</tbody>')[0] ?? '';
  return body
    .split('<tr>')
    .slice(1)
    .map((row) => textsOf(row.replaceAll(/<(\/?)t[hd]/g, '<$1cell'), 'cell'));
}

describe('a triangle of cohorts', () => {
  it('has a number in each cell, and tells nothing, nobody and not yet apart', () => {
    assert.deepEqual(rowsOf(page(COHORTS), /by cohort/), [
      ['2025-01', '10', '100 %', '80 %', '0 %'],
      ['2025-02', '0', '–', '–', 'not yet'],
      ['2025-03', '4', 'not yet', 'not yet', 'not yet'],
    ]);
  });

  it('says which column is the metric, and how many cohorts are left out', () => {
    const words = textOf(page(COHORTS));
    assert.match(words, /The outlined column, 1, is this metric\./);
    assert.match(words, /the last 3 of 5 cohorts/);
    assert.equal(page(COHORTS).split(/class="[^"]*\bown\b/).length - 1, 4);
  });

  it('is strongest where all are there, and weaker the fewer are', () => {
    const [first] = cohortGrid(COHORTS).rows;
    const heats = first?.cells.map((cell) => (cell.kind === 'share' ? cell.heat : null)) ?? [];
    assert.deepEqual([heats[0], heats[2]], [8, 0]);
    assert.ok(Number(heats[1]) > 0 && Number(heats[1]) < 8);
    const same = cohortGrid({ ...COHORTS, cohorts: [{ period: '1', entities: 3, there: [3, 3] }] });
    assert.ok(same.rows[0]?.cells.every((cell) => cell.kind === 'share' && cell.heat === 8));
  });
});

describe('a funnel', () => {
  it('has each step as a part of the one before and of the first', () => {
    assert.deepEqual(
      rowsOf(page(STEPS), /by step/).map((row) => row.slice(0, 4)),
      [
        ['signed up', '200', '–', '–'],
        [HOSTILE, '150', '75.0 %', '75.0 %'],
        ['paid', '30', '20.0 %', '15.0 %'],
      ],
    );
    const words = textOf(page(STEPS));
    assert.ok(words.includes('Of 200 accounts that took the first step in 2025-01, 30 took all of them'));
    assert.ok(words.includes(`between “${HOSTILE}” and “paid”`));
  });
});

describe('growth accounting', () => {
  it('shows the newest period as a sum, and all of them as a chart and a table', () => {
    const text = page(MOVEMENT);
    const account = text.split('class="account"')[1]?.split('</dl>')[0] ?? '';
    assert.deepEqual(textsOf(account, 'dt'), ['Opening', 'New', 'Returned', 'Lost', 'Closing']);
    assert.deepEqual(textsOf(account, 'dd'), ['110', '+ 1', '+ 0', '− 11', '= 100']);
    assert.deepEqual(rowsOf(text, /growth accounting by month/), [
      ['2025-02', '110', '1', '0', '11', '100'],
      ['2025-01', '100', '12', '3', '5', '110'],
    ]);
    assert.match(text, /aria-label="Chart of bars [^"]*Lost: from -5 in 2025-01 to -11 in 2025-02/);
  });
});

describe('a survival curve', () => {
  it('has its ages, and how many were observed so long', () => {
    assert.deepEqual(rowsOf(page(SURVIVAL), /still there by age/), [
      ['0 months', '100.0 %', '–', '–', '50'],
      ['1 month', '90.0 %', '80.0 %', '95.0 %', '40'],
    ]);
    assert.match(page(SURVIVAL), /90\.0 % after 1 month/);
  });
});

describe('why a metric moved', () => {
  const explained = html({
    ...metric,
    explanations: [{ by: 'company_size', explanation: EXPLANATION, refused: null }],
  });

  it('has what each group did, and the change as their sum', () => {
    assert.deepEqual(rowsOf(explained, /why it moved/), [
      ['small', '+7.4', '', '46.0', '50.0', '+2.6', '+4.8', '60.0 %', '70.0 %'],
      [HOSTILE, '−4.2', '', '26.0', '9.0', '−6.0', '+1.8', '40.0 %', '30.0 %'],
      ['Total', '+3.3', '', '38.3', '41.5', '−3.4', '+6.6', '', ''],
    ]);
    assert.match(textOf(explained), /The change is \+3\.3\..*Most is done by small: \+7\.4\./);
  });

  it('says why it cannot be said, where there is a change to explain', () => {
    const refused = { by: 'company_size', explanation: null, refused: 'Its groups overlap.' };
    const said = (preview: typeof metric): boolean => textOf(html(preview)).includes('Its groups overlap.');
    assert.ok(said({ ...metric, explanations: [refused] }));
    const { result } = metric;
    const headline = result?.headline ?? null;
    assert.ok(result !== undefined && headline !== null);
    const first = { ...result, headline: { ...headline, change: null } };
    assert.ok(!said({ ...metric, result: first, explanations: [refused] }));
  });
});
