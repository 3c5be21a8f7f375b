import assert from 'node:assert/strict';
import type { HeadlineDocument } from '../../server/src/core/evaluate/result.ts';
import type { MetricPreview } from '../../server/src/core/preview/preview.ts';
import { EVERY, HOSTILE, journey, metric, scorecard, segment, source, targetPreview } from './fixtures.ts';
import { html, printed, textOf, textsOf } from './kit.ts';

describe('views', () => {
  for (const preview of EVERY) {
    describe(`of a ${preview.kind}`, () => {
      const page = html(preview);

      it('have one main heading, and none that skips a level', () => {
        const levels = [...page.matchAll(/<h([1-6])[\s>]/g)].map(([, level]) => Number(level));
        assert.deepEqual(
          levels.filter((level) => level === 1),
          [1],
        );
        assert.equal(levels[0], 1);
        levels.forEach((level, index) => {
          assert.ok(level <= (levels[index - 1] ?? 1) + 1, `h${level} after h${levels[index - 1]}`);
        });
      });

      it('take what a project says for text', () => {
        assert.ok(!page.includes('<img src=x'), 'no element comes of a label');
        assert.ok(textOf(page).includes(HOSTILE), 'the label is there as it is written');
      });

      it('give every table a caption and headings, and every drawing a name', () => {
        const tables = page.split('<table').slice(1);
        for (const table of tables) {
          assert.match(table, /<caption/);
          assert.match(table, /scope="col"/);
          assert.match(table, /scope="row"/);
        }
        const drawings = page.split('role="img"').slice(1);
        for (const drawing of drawings) assert.match(drawing, /^ aria-label="[^"]/);
      });

      it('name each part of the page once', () => {
        const ids = [...page.matchAll(/\sid="([^"]*)"/g)].map(([, id]) => id);
        assert.deepEqual(ids, [...new Set(ids)]);
      });
    });
  }

  it('offer nothing that a printed page cannot do', () => {
    for (const preview of EVERY) {
      const page = html(preview);
      assert.ok(!page.includes('Copy as image'));
      assert.ok(!page.includes('Break down by'));
      assert.ok(!page.includes('Next rows'));
    }
    assert.ok(html(metric, { ...printed, choose: () => {} }).includes('Break down by'));
    assert.ok(html(source, { ...printed, page: () => {} }).includes('Next rows'));
  });

  it('say why there is nothing, and show no empty sections', () => {
    const unavailable = 'Metrics are not evaluated in this workspace.';
    const { result: _, rows: __, funnel: ___, sql: ____, ...outline } = metric;
    const page = html({ ...outline, about: { ...metric.about, unavailable } });
    assert.ok(textOf(page).includes(unavailable));
    assert.ok(!page.includes('Computing'));
    assert.ok(!textsOf(page, 'h2').includes('Trend'));
  });

  it('keep the place of sections that have not come yet', () => {
    const { result: _, rows: __, funnel: ___, sql: ____, lineage: _____, ...outline } = metric;
    const whole = textsOf(html(metric), 'h2');
    const page = html(outline);
    assert.deepEqual(textsOf(page, 'h2'), whole);
    assert.ok(page.includes('Computing'));
  });
});

describe('the view of a metric', () => {
  const page = html(metric);

  it('says how many groups there are where not all are listed or drawn', () => {
    assert.ok(!textOf(page).includes('Listed are'));
    const words = textOf(html({ ...metric, omittedGroups: 4897 }));
    assert.ok(words.includes('Listed are the 3 groups with the most rows in 2025-Q2, of 4,900.'));
    assert.ok(words.includes('Drawn are the 6 largest of 4,900 groups.'));
  });

  it('has the numbers of its values in the table of its trend', () => {
    const cells = rowsOf(page, 'Net promoter score by quarter');
    // The newest period first: value, interval, goal, benchmark.
    assert.deepEqual(cells.at(-1), ['2024-Q3', '31.2', '25.2', '37.2', '–', '36.0']);
    assert.deepEqual(
      cells.find(([period]) => period === '2025-Q2'),
      ['2025-Q2', '41.5', '35.5', '47.5', '40.0', '36.0'],
    );
    assert.deepEqual(cells[1]?.[0], '2025-Q3 (not over yet)');
    // A goal that is still to come has a period of its own.
    assert.deepEqual(cells[0], ['2025-Q4', '–', '–', '–', '45.0', '36.0']);
  });

  it('has the groups of the headline', () => {
    const cells = rowsOf(page, 'Net promoter score by Company size in 2025-Q2').map((row) => row.slice(0, 4));
    assert.deepEqual(cells, [
      ['small', '50.0', '44.0 to 56.0', '123'],
      [HOSTILE, '9.0', '3.0 to 15.0', '93'],
      ['enterprise', '1.8', '-4.3 to 7.8', '23'],
    ]);
  });

  it('says whether a clear change is for the better', () => {
    const clear = withHeadline({ verdict: 'up' });
    assert.match(textOf(html(clear)), /\+3\.3 better from 38\.3/);
    assert.match(html(clear), /class="change good"/);
    const lower = { ...clear, shape: { ...metric.shape, better: 'lower' as const } };
    assert.match(textOf(html(lower)), /\+3\.3 worse from 38\.3/);
  });

  it('lists no group of which nothing counts in any period, and says so', () => {
    const { result } = metric;
    assert.ok(result);
    const of = result.values.filter(({ group }) => group.company_size === 'small');
    const total = result.values.filter(({ group }) => group.company_size === undefined);
    const group = (company_size: string, n: (index: number) => number) =>
      of.map((each, index) => ({
        ...each,
        group: { company_size },
        value: 0,
        n: n(index),
        low: null,
        high: null,
      }));
    // The first has no rows; the second is a part of the whole that differs in its numerator; the third has rows, and its value is 0.
    const added = [
      ...group('none', () => 0),
      ...group('part', (at) => total[at]?.n ?? 0),
      ...group('zero', () => 7),
    ];
    const page = html({ ...metric, result: { ...result, values: [...result.values, ...added] } });
    assert.match(textOf(page), /Not listed, as nothing of them counts in any period: none, part\./);
    const listed = textsOf(page, 'th').filter((text) => ['none', 'part', 'zero'].includes(text));
    assert.deepEqual([...new Set(listed)], ['zero']);
    assert.doesNotMatch(textOf(html(metric)), /Not listed/);
  });

  it('calls a change that was not tested neither better nor worse, in words and in colour', () => {
    const untested = html(withHeadline({ verdict: 'not_tested' }));
    assert.match(textOf(untested), /\+3\.3 not tested from 38\.3/);
    assert.doesNotMatch(untested, /class="change (?:good|bad)"/);
  });

  it('has the way of its rows, each condition a link to its place', () => {
    const cells = rowsOf(page, 'Rows of survey_answers that nps counts').map((row) => row.slice(0, 3));
    assert.deepEqual(cells, [
      ['Rows of survey_answers', '4,200', '–'],
      ['with a time that counts', '4,180', '20'],
      ["where survey = 'nps'", '1,800', '2,380'],
      ['where score is not null', '1,795', '5'],
      ['in 2025-Q2', '305', '1,490'],
      ['with a value that counts', '303', '2'],
    ]);
    assert.ok(page.includes('href="#at clause 1"'));
  });

  it('says of rows that do not count why', () => {
    const cells = rowsOf(page, 'That do not count in 2025-Q2');
    assert.deepEqual(cells, [
      ['14', "not survey = 'nps'", '5', 'csat', 'blank'],
      ['15', 'its value is blank or off the scale', 'blank', 'nps', 'late'],
    ]);
  });

  it('leads from its lineage to each definition', () => {
    for (const place of ['at survey_answers', 'at accounts', 'at nps_2025'])
      assert.ok(page.includes(`href="#${place}"`));
  });
});

describe('the other views', () => {
  it('have the sizes of a segment', () => {
    assert.deepEqual(
      rowsOf(html(segment), 'Rows by group').map((row) => row.slice(0, 3)),
      [
        ['small', '620', '62.0 %'],
        [HOSTILE, '300', '30.0 %'],
        ['(none)', '90', '9.0 %'],
      ],
    );
  });

  it('have the way to a target', () => {
    assert.deepEqual(rowsOf(html(targetPreview), 'Goal and value by period').slice(0, 2), [
      ['2025-Q4', '≥ 45.0', '–', '–', '–', 'still to come'],
      ['2025-Q3', '≥ 43.0', '41.0', '35.0 to 47.0', '303', 'at risk'],
    ]);
  });

  it('have the columns of a source, with the bounds of their bins', () => {
    const page = html(source);
    // Eleven whole numbers from 0 to 10 are a bin each.
    const bins = rowsOf(page, 'Distribution of score');
    assert.deepEqual(bins[0], ['0', '1', '100']);
    assert.deepEqual(bins.at(-1), ['10', '11', '1,069']);
    assert.deepEqual(rowsOf(page, 'Most frequent values of survey')[1], [HOSTILE, '1,400', '33.3 %']);
    assert.match(textOf(page), /It could not be read/);
  });

  it('have a row of the scorecard for each metric, or why there is no value', () => {
    const text = textOf(html(scorecard));
    assert.match(text, /Its data file is missing/);
    assert.equal(rowsOf(html(scorecard), 'Metrics').length, 3);
  });

  it('say of each metric of a journey whose numbers they are', () => {
    const cards = textsOf(html(journey), 'div').filter((text) => /^of /.test(text));
    assert.deepEqual(cards, ['of Champions', 'of all']);
  });

  it('have the stages of a journey in order', () => {
    const headings = textsOf(html(journey), 'h2').slice(0, 2);
    assert.deepEqual(headings, ['1Getting help', '2Renewal']);
  });
});

/** The cells of the table with a caption, by row. */
function rowsOf(page: string, caption: string): readonly (readonly string[])[] {
  const table = page.split('<table').find((each) => textsOf(each, 'caption')[0] === caption);
  assert.ok(table, `a table "${caption}"`);
  const [body = ''] = /<tbody>.*?<\/tbody>/s.exec(table) ?? [];
  return [...body.matchAll(/<tr>(.*?)<\/tr>/gs)].map(([, row = '']) =>
    [...row.matchAll(/<t[hd][\s>].*?<\/t[hd]>/gs)].map(([cell]) => textOf(cell)),
  );
}

function withHeadline(more: Partial<HeadlineDocument>): MetricPreview<string> {
  const { result } = metric;
  assert.ok(result?.headline);
  return { ...metric, result: { ...result, headline: { ...result.headline, ...more } } };
}
