import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { writer } from '../../server/src/report/index.ts';
import { HOSTILE, metric, scorecard } from '../views/fixtures.ts';
import { textOf } from '../views/kit.ts';
import { PAGED, placed, reportOf } from './kit.ts';

/** What is between the first opening of an element and its end. */
function insideOf(page: string, open: string, close: string): string {
  const from = page.indexOf(open) + open.length;
  return page.slice(from, page.indexOf(close, from));
}

/** A page without its own styles and script, in which anything may stand. */
function bodyOf(page: string): string {
  return page
    .replace(/<style>.*?<\/style>/s, '')
    .replace(/<script>.*?<\/script>/s, '')
    .replace(/<script type="application\/json".*?<\/script>/s, '');
}

function hashOf(text: string): string {
  return `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
}

/** How many cells the row of an owner has. */
function cellsOf(markdown: string, owner: string): number {
  const row = markdown.split('\n').find((line) => line.startsWith('| ') && line.includes(owner)) ?? '';
  return row.replaceAll(/\\./g, '').split('|').length - 2;
}

describe('the page of a metric', () => {
  it('folds its statements, so that they are there without being in the way', () => {
    const body = bodyOf(writer.page(reportOf(), placed(metric)));
    const section = body.slice(body.indexOf('id="sql"'));
    assert.match(section, /<details[^>]*><summary>Show the statement of nps over [^<]*<\/summary>/);
    assert.doesNotMatch(section, /<details[^>]* open/);
  });
});

describe('the pages of a report', () => {
  for (const preview of PAGED) {
    describe(`of a ${preview.kind}`, () => {
      const page = writer.page(reportOf(), placed(preview));
      const body = bodyOf(page);

      it('allow their own styles and script by what they are, and load nothing', () => {
        const policy = insideOf(page, '<meta http-equiv="Content-Security-Policy" content="', '"').replaceAll(
          '&#39;',
          "'",
        );
        const directives = new Map(
          policy.split('; ').map((each): [string, string] => {
            const [name = '', ...values] = each.split(' ');
            return [name, values.join(' ')];
          }),
        );
        assert.equal(directives.get('default-src'), "'none'");
        assert.equal(directives.get('style-src'), hashOf(insideOf(page, '<style>', '</style>')));
        assert.equal(directives.get('img-src'), 'data:');
        const script = page.includes('<script>')
          ? hashOf(insideOf(page, '<script>', '</script>'))
          : undefined;
        assert.equal(directives.get('script-src'), script);
        assert.equal(script === undefined, preview.kind !== 'scorecard');
        assert.deepEqual(
          [...directives.keys()].filter((name) => name.endsWith('-src')).length,
          script === undefined ? 3 : 4,
        );
      });

      it('have no address but those of other pages, and no style or script in an attribute', () => {
        const addresses = [...body.matchAll(/\s(?:href|src|action|srcset|data)="([^"]*)"/g)].map(
          ([, to]) => to,
        );
        const strange = addresses.filter(
          (to = '') =>
            !/^(#main|(\.\.\/)?(index|\w+s\/[\w-]+)\.html)$/.test(to) && !to.startsWith('data:image/'),
        );
        assert.deepEqual(strange, []);
        const tags = body.replaceAll(/="[^"]*"/g, '=""').match(/<[a-z][^>]*>/g) ?? [];
        assert.deepEqual(
          tags.filter((tag) => /\s(style|on\w+)=|^<(style|link|iframe|object|embed|base|form)\b/.test(tag)),
          [],
        );
        const script = page.includes('<script>') ? insideOf(page, '<script>', '</script>') : '';
        const own = insideOf(page, '<style>', '</style>') + script;
        const loading = own.match(/@import|url\(|https?:\/\/(?!www\.w3\.org\/)[^"']*/g);
        assert.deepEqual(loading, null);
      });

      it('take what a project says for text', () => {
        assert.ok(!page.includes('<img src=x'), 'no element comes of a label');
        assert.ok(
          textOf(body).includes(HOSTILE) || preview === scorecard,
          'the label is there as it is written',
        );
      });

      it('are the same text when they are written again', () => {
        assert.equal(writer.page(reportOf(), placed(preview)), page);
      });

      it('say in which language they are, what they are called, and have each id once', () => {
        assert.match(page, /^<!doctype html>\n<html lang="en">/);
        assert.match(page, /<title>[^<]+ – shop<\/title>|<title>shop<\/title>/);
        const ids = [...body.matchAll(/\sid="([^"]*)"/g)].map(([, id]) => id);
        assert.deepEqual(ids, [...new Set(ids)]);
        assert.equal(body.match(/<h1[\s>]/g)?.length, 1);
        assert.equal(body.match(/<main[\s>]/g)?.length, 1);
      });

      it('say that nothing is still to come, as nothing does', () => {
        assert.doesNotMatch(body, /Computing|>computing</);
      });
    });
  }

  it('draw each chart at once in the colours of the page, with its table beside it', () => {
    const body = bodyOf(writer.page(reportOf(), placed(metric)));
    const drawings = body.split('class="printed"').slice(1);
    assert.ok(drawings.length > 1);
    for (const drawing of drawings) {
      assert.match(drawing, /^ role="img" aria-label="Line chart, /);
      assert.match(drawing, /<svg[^>]*viewBox="0 0 920 280"/);
      assert.match(drawing, /stroke="var\(--plumbline-blue\)"/);
      assert.match(drawing, /<details[^>]*><summary>Show as table<span class="visually-hidden">: [^<]/);
      assert.match(drawing, /<table>/);
    }
    // Of what is drawn nothing has a colour of its own, which one of the themes would not have.
    const colors = [...body.matchAll(/\s(?:fill|stroke)="(#[^"]*|rgb[^"]*)"/g)].map(([, color]) => color);
    assert.deepEqual(
      colors.filter((color) => color !== '#000'),
      [],
    );
  });

  it('have one breakdown for each of the segments, and say why one is not possible', () => {
    const preview = {
      ...metric,
      breakdowns: [
        { by: metric.by ?? '', label: 'Company size', refused: null },
        { by: 'nowhere', label: 'Nowhere', refused: 'The rows do not reach it.' },
      ],
    };
    const body = bodyOf(writer.page(reportOf(), placed(preview)));
    assert.match(body, /<h2 id="by-\w+-title">By Company size<\/h2>/);
    assert.match(body, /By Nowhere<\/h2>(?:(?!<section).)*<p class="quiet">The rows do not reach it\.<\/p>/);
  });

  it('list what was found in the data, as text', () => {
    const problems = [
      { severity: 'warning', at: 'a.metrics.yaml:3', message: `Set aside: ${HOSTILE}` },
    ] as const;
    const page = writer.page(reportOf({ problems }), placed(scorecard));
    assert.ok(!page.includes('<img src=x'));
    assert.ok(textOf(bodyOf(page)).includes(`warning Set aside: ${HOSTILE} a.metrics.yaml:3`));
  });

  it('give the script what ends no element and no text of it', () => {
    const [first] = scorecard.metrics;
    assert.ok(first);
    const label = '</script><!--\u2028';
    const page = writer.page(reportOf(), placed({ ...scorecard, metrics: [{ ...first, label }] }));
    const data = insideOf(page, '<script type="application/json" id="data">', '</script>');
    assert.equal(JSON.parse(data).scorecard.metrics[0].label, label);
  });
});

describe('the scorecard as Markdown', () => {
  const card = placed(scorecard);
  assert.ok(card.kind === 'scorecard');
  it('has a row for each metric, below a heading for each group', () => {
    const text = writer.markdown(reportOf({ groupBy: 'owner' }), card);
    const rows = text
      .split('\n')
      .filter((line) => line.startsWith('| ') && !line.startsWith('| Metric') && !line.startsWith('| ---'));
    assert.equal(rows.length, scorecard.metrics.length);
    const owners = new Set(scorecard.metrics.map(({ owner }) => owner ?? 'No owner'));
    const headings = text.split('\n').filter((line) => line.startsWith('## '));
    assert.deepEqual(new Set(headings.map((line) => line.slice(3))), owners);
  });

  it('makes no HTML, link, cell or heading of what a project says', () => {
    const [first] = card.metrics;
    assert.ok(first);
    for (const label of [HOSTILE, 'a | b', '[x](javascript:alert)', '# head', 'one\n\n# two', '`code`']) {
      const text = writer.markdown(reportOf({ name: label }), {
        ...card,
        metrics: [{ ...first, label }],
      });
      assert.doesNotMatch(text, /(^|[^\\])<img/);
      assert.doesNotMatch(text, /(^|[^\\])\[x\]\(/);
      assert.equal(cellsOf(text, first.owner ?? ''), 8, text);
      assert.deepEqual(text.match(/^#+ /gm), ['# ', '## ']);
    }
  });
});
