import assert from 'node:assert/strict';
import { h } from 'preact';
import { renderToString } from 'preact-render-to-string';
import type { Comparison } from '../../server/src/core/preview/comparison.ts';
import { diffRows } from '../../server/src/views/comparison/diff-rows.ts';
import { unbroken, withMinus } from '../../server/src/views/comparison/minus.ts';
import { comparedLines, movedTable } from '../../server/src/views/comparison/values.ts';
import { previewMarkdown } from '../../server/src/views/copy/to-markdown.ts';
import { PrintedContext } from '../../server/src/views/host.ts';
import { View } from '../../server/src/views/view.tsx';
import { compared, comparedAlone, comparison } from './fixtures.ts';
import { html, printed, textOf, textsOf } from './kit.ts';

const VERSIONS = { before: 'main', after: 'the working tree' };

/** The part of the page that is about a metric. */
function sectionOf(page: string, name: string): string {
  const from = page.indexOf(`<section id="metric-${name}"`);
  assert.ok(from >= 0, `a section of ${name}`);
  const [, ...others] = page.slice(from).split(/<section id="(?:metric-|targets)/);
  return others[0] ?? '';
}

/** A page in which nothing runs. */
function printedPage(preview: Comparison<string>): string {
  const view = h(View<string>, { preview, host: printed });
  return renderToString(h(PrintedContext.Provider, { value: true, children: view }));
}

/** Many metrics under names of their own. */
function many(count: number): Comparison<string> {
  const metrics = Array.from({ length: count }, (_, index) => ({
    ...compared,
    name: `m${index}`,
    subject: { kind: 'metric' as const, name: `m${index}` },
  }));
  return { ...comparison, metrics };
}

describe('the view of a comparison', () => {
  const page = html(comparison);

  it('says from what to what, and how much', () => {
    assert.deepEqual(textsOf(page, 'h1'), ['Changes from main to the working tree']);
    assert.match(textOf(page), /3 changes \(1 breaking, 1 values, 1 cosmetic\)/);
    assert.match(textOf(page), /The data of orders changed\./);
  });

  it('names the class of each metric in words, and sets apart what nobody meant', () => {
    const classes = ['average_order', 'revenue', 'orders', 'visits'].map(
      (name) => /class="class-badge (\w+)".*?<\/svg>(\w+)</s.exec(sectionOf(page, name))?.slice(1) ?? [],
    );
    assert.deepEqual(classes, [
      ['values', 'values'],
      ['values', 'values'],
      ['cosmetic', 'cosmetic'],
      ['breaking', 'breaking'],
    ]);
    assert.match(textOf(sectionOf(page, 'average_order')), /Its values moved, and nobody changed its text\./);
    assert.doesNotMatch(textOf(sectionOf(page, 'revenue')), /nobody changed/);
    const [contents = ''] = /<nav.*?<\/nav>/s.exec(page) ?? [];
    assert.match(textOf(contents), /^Moved, and nobody changed their text.*Other metrics/s);
  });

  it('leads from its list to each metric where there are more than three, and has no list where not', () => {
    const [contents = ''] = /<nav.*?<\/nav>/s.exec(page) ?? [];
    const links = [...contents.matchAll(/href="#([^"]*)"/g)].map(([, id]) => id);
    // Beside the metrics: targets, examples and other definitions.
    assert.equal(links.length, comparison.metrics.length + 3);
    for (const id of links) assert.ok(page.includes(`<section id="${id}"`), id);
    assert.doesNotMatch(html({ ...comparison, metrics: comparison.metrics.slice(0, 3) }), /<nav/);
  });

  it('leads to the definition now, to what it was, and says what is new or gone', () => {
    const revenue = sectionOf(page, 'revenue');
    assert.match(revenue, /href="#at revenue"/);
    assert.match(revenue, /href="#at revenue before"[^>]*>Definition before</);
    assert.match(textOf(sectionOf(page, 'orders')), /new/);
    assert.doesNotMatch(sectionOf(page, 'orders'), /Definition before/);
    assert.match(textOf(sectionOf(page, 'visits')), /removed/);
    const words = html(comparison, {
      ...printed,
      toPlace: () => undefined,
      placeWords: (at) => `file ${at}`,
    });
    assert.match(textOf(sectionOf(words, 'revenue')), /file at revenue, before file at revenue before/);
  });

  it('marks the lines of a definition that changed, and says where its text is as before', () => {
    const revenue = sectionOf(page, 'revenue');
    assert.deepEqual(textsOf(revenue, 'del'), []);
    assert.equal(textsOf(revenue, 'ins')[0], '+   where: not refunded');
    assert.match(textOf(sectionOf(page, 'average_order')), /Its own text is as before\./);
    for (const [name, element, other] of [
      ['orders', 'ins', 'del'],
      ['visits', 'del', 'ins'],
    ] as const) {
      const section = sectionOf(page, name);
      assert.equal(textsOf(section, element).length, 2);
      assert.equal(textsOf(section, other).length, 0);
      assert.equal(section.match(/class="diff-side"/g)?.length, 1);
    }
  });

  it('shows one metric alone with a way to all', () => {
    const alone = html(comparedAlone);
    assert.deepEqual(textsOf(alone, 'h1'), ['Revenue']);
    assert.deepEqual(textsOf(alone, 'h2'), ['What changed', 'What it does', 'Definition', 'Values']);
    const all = JSON.stringify({ kind: 'comparison', base: comparison.base }).replaceAll('"', '&quot;');
    assert.ok(alone.includes(`href="#${all}"`));
  });

  it('says why there is none, and that nothing changed', () => {
    const unavailable = 'There is no branch "main" here.';
    const none = html({ ...comparison, metrics: [], others: [], targets: [], examples: [], unavailable });
    assert.ok(textOf(none).includes('There is no branch'));
    assert.doesNotMatch(textOf(none), /Nothing changed/);
    const empty = {
      ...comparison,
      metrics: [],
      others: [],
      targets: [],
      examples: [],
      notes: [],
      summary: [],
    };
    assert.match(textOf(html(empty)), /Nothing changed by meaning\./);
  });

  it('folds the definitions of very many metrics, and shows them all on paper', () => {
    const preview = many(40);
    assert.equal(html(preview).match(/aria-expanded="false"/g)?.length, 30);
    assert.equal(html(preview).match(/class="canvas"/g)?.length, 10);
    const paper = printedPage(preview);
    assert.doesNotMatch(paper, /<button/);
    assert.equal(paper.match(/class="printed"/g)?.length, 40);
  });

  it('gives each metric an address of its own, whatever it is called', () => {
    const names = ['same', 'same', 'no name"><b>', '2'];
    const metrics = names.map((name) => ({ ...compared, name }));
    const ids = [...html({ ...comparison, metrics }).matchAll(/<section id="(metric-[^"]*)"/g)].map(
      ([, id]) => id,
    );
    assert.deepEqual(ids, ['metric-same', 'metric-2', 'metric-3', 'metric-4']);
  });
});

describe('the values of a comparison', () => {
  it('are one line before and one after, of which the old one is dashed', () => {
    const { lines, periods } = comparedLines(compared, VERSIONS);
    assert.deepEqual(periods, ['2025-01', '2025-02', '2025-03']);
    assert.deepEqual(
      lines.map(({ name, values }) => [name, values]),
      [
        ['Before: main', [200, 350, 260]],
        ['After: the working tree', [120, 350, 290]],
      ],
    );
    const paper = printedPage(comparedAlone);
    const drawing = paper.slice(
      paper.indexOf('class="printed-wide"'),
      paper.indexOf('class="printed-narrow"'),
    );
    const dashed = [...drawing.matchAll(/<path[^>]*stroke-dasharray="[^"]+"[^>]*>/g)];
    assert.equal(dashed.length, 1, 'one of the lines is dashed');
  });

  it('are listed where they moved, newest first, with parts that add up to the change', () => {
    const { columns, rows } = movedTable(compared);
    assert.deepEqual(
      columns.map(({ label }) => label),
      ['Period', 'Before', 'After', 'Change', 'Definition', 'Data', 'Both together'],
    );
    assert.deepEqual(
      rows.map(([period]) => period?.text),
      ['2025-03', '2025-01'],
    );
    for (const row of rows) {
      const [before, after, change, ...parts] = row.slice(1).map(({ value }) => Number(value));
      assert.equal(Number(after) - Number(before), change);
      assert.equal(
        parts.reduce((sum, part) => sum + part, 0),
        change,
      );
    }
  });

  it('are drawn for so many periods at most, and the title says so', () => {
    const totals = Array.from({ length: 300 }, (_, index) => ({
      period: `p${index}`,
      group: {},
      before: index,
      after: index + 1,
      change: 1,
      parts: null,
    }));
    const { title, periods } = comparedLines({ ...compared, totals }, VERSIONS);
    assert.equal(periods.at(-1), 'p299');
    assert.equal(title, `Revenue before and after, the last ${periods.length} of 300 periods`);
    const text = textOf(html({ ...comparedAlone, metrics: [{ ...compared, totals }] }));
    const [, more] = /(\d+) periods before these moved too/.exec(text) ?? [];
    assert.ok(Number(more) > 200);
  });

  it('are a row for each metric in what is copied', () => {
    const markdown = previewMarkdown(comparison);
    assert.match(markdown, /^# Changes since main\n\n3 changes/);
    assert.match(
      markdown,
      /\n\| Revenue \| revenue \| values \| 2025-03 \| €260\.00 \| €290\.00 \| \+€30\.00 \| 2 of 3 \| /,
    );
    assert.match(markdown, /\n## Values of Revenue that moved\n/);
  });
});

describe('a minus sign', () => {
  it('stands before numbers below zero, and nowhere else', () => {
    for (const [text, expected] of [
      [': €200.00 before, €120.00 after, -€80.00', ': €200.00 before, €120.00 after, −€80.00'],
      ['-2', '−2'],
      [' (the data -€30.00, both together -€13.33)', ' (the data −€30.00, both together −€13.33)'],
      ['-EUR 3', '-EUR 3'],
      ['2025-01 to 2025-03', '2025-01 to 2025-03'],
      ['pre-2020 - 5', 'pre-2020 - 5'],
    ])
      assert.equal(withMinus(text ?? ''), expected);
  });

  it('stays with the currency behind it, as a plus sign does', () => {
    assert.equal(unbroken('€1.00 after, -€2.00'), '€1.00 after, −\u2060€2.00');
    assert.equal(unbroken(', +€2.00 (the data +2)'), ', +\u2060€2.00 (the data +2)');
  });
});

describe('two texts side by side', () => {
  const text = (count: number): string[] => Array.from({ length: count }, (_, index) => `line ${index}`);

  it('give back both texts, whatever the edit is', () => {
    const old = text(12);
    for (let from = 0; from <= 12; from++)
      for (let to = from; to <= 12; to += 3)
        for (const added of [[], ['x'], ['x', 'y', 'z']]) {
          const now = [...old.slice(0, from), ...added, ...old.slice(to)];
          const { rows } = diffRows(old.join('\n'), now.join('\n'));
          assert.deepEqual(linesOf(rows, 'before', old), old);
          assert.deepEqual(linesOf(rows, 'after', now), now);
        }
  });

  it('fold what is far from a change, and count it', () => {
    const old = text(60);
    const { rows } = diffRows(old.join('\n'), old.with(30, 'other').join('\n'));
    assert.deepEqual(
      rows.flatMap((row) => ('skipped' in row ? [row.skipped] : [])),
      [27, 26],
    );
    assert.equal(rows.length, 2 + 3 + 1 + 3);
  });

  it('are bounded, and show what would hide in a line', () => {
    const { rows, left } = diffRows(null, text(1000).join('\n'));
    assert.equal(rows.length + left, 1000);
    assert.ok(rows.length <= 200);
    const [row] = diffRows(null, `a\u202eb${'x'.repeat(9999)}`).rows;
    assert.ok(row !== undefined && 'after' in row);
    assert.ok(row.after?.text.startsWith('a\ufffdb'));
    assert.ok((row.after?.text.length ?? 0) < 500);
  });
});

/** The lines of a side; those that are folded are taken from the text. */
function linesOf(
  rows: ReturnType<typeof diffRows>['rows'],
  side: 'before' | 'after',
  text: readonly string[],
): readonly string[] {
  const lines: string[] = [];
  for (const row of rows) {
    if ('skipped' in row) lines.push(...text.slice(lines.length, lines.length + row.skipped));
    else if (row[side] !== null) lines.push(row[side].text);
  }
  return lines;
}
