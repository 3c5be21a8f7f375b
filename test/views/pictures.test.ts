import assert from 'node:assert/strict';
import type { Explanation } from '../../server/src/core/evaluate/explain.ts';
import type { MetricPicture } from '../../server/src/core/preview/pictures/picture.ts';
import { cohortGrid } from '../../server/src/views/metric/cohorts.ts';
import { ACCOUNTS, COHORTS, EXPLANATION, HOSTILE, MOVEMENT, metric, STEPS, SURVIVAL } from './fixtures.ts';
import { html, textOf, textsOf } from './kit.ts';

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

  it('is strongest where most are there, the first period aside, and weaker the fewer are', () => {
    const heatsOf = (there: readonly number[]): readonly (number | null)[] => {
      const { rows, most, least } = cohortGrid({
        ...COHORTS,
        cohorts: [{ period: '1', entities: 10, there }],
      });
      assert.ok(most >= Math.max(...there.slice(1)) / 10 && least <= Math.min(...there) / 10);
      return rows[0]?.cells.map((cell) => (cell.kind === 'share' ? cell.heat : null)) ?? [];
    };
    assert.deepEqual(heatsOf([10, 8, 4, 0]), [8, 8, 4, 0]);
    assert.deepEqual(heatsOf([10, 3, 2]), [8, 8, 0]);
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

describe('a picture that has not come yet', () => {
  it('has its place, by the heading that it will have', () => {
    const types = { cohort_retention: COHORTS, conversion: STEPS, movement: MOVEMENT, tenure: SURVIVAL };
    for (const [type, picture] of Object.entries(types)) {
      const { picture: _, ...outline } = { ...metric, type, picture };
      const there = html({ ...outline, picture, restsOn: ACCOUNTS });
      assert.deepEqual(textsOf(html(outline), 'h2'), textsOf(there, 'h2'), type);
      assert.ok(html(outline).includes('Computing'));
      assert.ok(!html({ ...outline, picture: null }).includes('Computing'));
    }
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

  it('of a sum has what each group adds, and what they leave over', () => {
    const parts = EXPLANATION.groups.map((group) => ({
      ...group,
      rate: null,
      mix: null,
      weight: null,
      previous_weight: null,
    }));
    const sum: Explanation = { ...EXPLANATION, split: 'contributions', groups: parts, rest: 1.5 };
    const page = html({ ...metric, explanations: [{ by: 'company_size', explanation: sum, refused: null }] });
    assert.deepEqual(rowsOf(page, /why it moved/), [
      ['small', '+7.4', '', '46.0', '50.0'],
      [HOSTILE, '−4.2', '', '26.0', '9.0'],
      ['Not explained by the groups', '+1.5', '', '', ''],
      ['Total', '+3.3', '', '38.3', '41.5'],
    ]);
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
