import assert from 'node:assert/strict';
import Papa from 'papaparse';
import { previewCsv, tableCsv } from '../../server/src/views/copy/to-csv.ts';
import { previewMarkdown } from '../../server/src/views/copy/to-markdown.ts';
import { EVERY, HOSTILE, metric } from './fixtures.ts';

describe('a preview as CSV', () => {
  it('has stored values, and as many fields as headings in every row', () => {
    const rows = Papa.parse<string[]>(previewCsv(metric)).data;
    const at = rows.findIndex(([title]) => title === 'Net promoter score by quarter');
    assert.deepEqual(rows[at + 1]?.slice(0, 4), [
      'Period',
      'Net promoter score',
      'Net promoter score: from',
      'Net promoter score: to',
    ]);
    const quarter = rows.find(([period]) => period === '2025-Q1');
    assert.equal(quarter?.[1], '38.25');
    for (const row of rows.slice(at + 1, at + 7)) assert.equal(row.length, rows[at + 1]?.length);
  });

  it('has no cell that a spreadsheet would take for a formula', () => {
    for (const preview of EVERY)
      for (const row of Papa.parse<string[]>(previewCsv(preview)).data)
        for (const field of row)
          assert.ok(!/^[=+\-@\t\r]/.test(field) || Number.isFinite(Number(field)), `"${field}"`);
  });

  for (const text of ['=1+1', '+1', '-1+1', '@SUM(A1)', '\t=1', '＝1+1', '=HYPERLINK("http://x";"y")'])
    it(`has ${JSON.stringify(text)} as text`, () => {
      const csv = tableCsv({ title: 'x', columns: [{ label: 'a' }], rows: [[{ text }]] });
      assert.equal(Papa.parse<string[]>(csv, { skipEmptyLines: true }).data[2]?.[0], `'${text}`);
    });

  it('gives back what it was given', () => {
    const texts = ['a,b', 'says "x"', 'two\r\nlines', ' blanks ', 'a;b', ''];
    const csv = tableCsv({
      title: 'x',
      columns: texts.map((label) => ({ label })),
      rows: [texts.map((text) => ({ text }))],
    });
    assert.deepEqual(Papa.parse<string[]>(csv).data[2], texts);
  });

  it('has negative numbers as numbers', () => {
    const csv = tableCsv({ title: 'x', columns: [{ label: 'a' }], rows: [[{ text: '−4.3', value: -4.25 }]] });
    assert.ok(csv.endsWith('\r\n-4.25\r\n'));
  });
});

describe('a preview as Markdown', () => {
  it('has its heading, its definition and its tables', () => {
    const markdown = previewMarkdown(metric);
    assert.match(markdown, /^# Net promoter score\n\nShare of 9 and 10 less share of 0 to 6 of `score`/);
    assert.match(markdown, /\n\| 2025-Q2 \| 41\.5 \| 35\.5 \| 47\.5 \| 40\.0 \| 36\.0 \|\n/);
  });

  it('has no element or table cell come of what a project says', () => {
    for (const preview of EVERY) {
      const markdown = previewMarkdown(preview);
      assert.ok(!/(^|[^\\])<img/.test(markdown), preview.kind);
      assert.ok(markdown.includes('\\<img'), `${preview.kind} has ${HOSTILE}`);
    }
    const piped = previewMarkdown({
      ...metric,
      rows:
        metric.rows?.map((part) => ({ ...part, counting: [{ row: 1, cells: ['a|b', 'c\nd', null] }] })) ?? [],
    });
    assert.ok(piped.includes('| 1 | a\\|b | c d |  |'));
  });
});
