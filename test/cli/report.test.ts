import assert from 'node:assert/strict';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Folder, folderOf } from './kit.ts';
import { METRICS, SHOP } from './shop.ts';

/** The files in a folder with their texts, by path. */
function filesIn(folder: string): ReadonlyMap<string, string> {
  const names = readdirSync(folder, { recursive: true }).map(String).sort();
  return new Map(
    names
      .filter((name) => statSync(join(folder, name)).isFile())
      .map((name) => [name, readFileSync(join(folder, name), 'utf8')]),
  );
}

const MARKER = 'plumbline-report.json';
const pagesIn = (folder: string): readonly string[] =>
  [...filesIn(folder).keys()].filter((name) => name !== MARKER);
const at = (folder: Folder, name: string): string => join(folder.path, name);

describe('plumbline report', () => {
  it('writes a page for the scorecard and one for each definition', async () => {
    const folder = folderOf(SHOP);
    const run = await folder.plumbline(['report', '--out', 'site']);
    assert.deepEqual([run.code, run.stderr], [0, '']);
    const definitions = [...METRICS.matchAll(/^ {2}(\w+):/gm)].map(([, name = '']) => name);
    assert.equal(run.stdout, `Wrote ${definitions.length + 1} pages. Open site/index.html.\n`);
    const pages = pagesIn(at(folder, 'site'));
    assert.equal(pages.length, definitions.length + 1);
    for (const name of definitions)
      assert.ok(
        pages.some((page) => page.endsWith(`/${name}.html`)),
        name,
      );
  });

  it('leads only to pages that are there', async () => {
    const folder = folderOf(SHOP);
    await folder.plumbline(['report', '--out', 'site']);
    const site = at(folder, 'site');
    let links = 0;
    for (const page of pagesIn(site)) {
      const text = readFileSync(join(site, page), 'utf8').replace(/<script.*<\/script>/s, '');
      for (const [, to = ''] of text.matchAll(/\shref="([^"#]+)"/g)) {
        assert.ok(existsSync(join(site, page, '..', to)), `${page} leads to ${to}`);
        links += 1;
      }
    }
    assert.ok(links > 10);
  });

  it('shows the values that eval gives, by each segment, with the funnel, the targets and the SQL', async () => {
    const folder = folderOf(SHOP);
    await folder.plumbline(['report', '--out', 'site']);
    const page = readFileSync(at(folder, 'site/metrics/revenue.html'), 'utf8');
    // Worked out by hand from the rows in `shop.ts`: 120 in March, 50 of a and 70 of b, from 20 in February.
    assert.match(page, /<span class="value">€120\.00<\/span>/);
    assert.match(page, /By Kind<\/h2>/);
    for (const value of ['€50.00', '€70.00', '+€100.00']) assert.ok(page.includes(value), value);
    assert.match(page, /href="\.\.\/targets\/revenue_in_march\.html"/);
    assert.match(page, /href="\.\.\/sources\/orders\.html"/);
    assert.match(page, /Rows of orders/);
    assert.match(page, /date_trunc/);
    assert.match(page, /Defined in [\w.]+\.metrics\.yaml:\d+/);
  });

  it('gives the same bytes again, and touches no page that has not changed', async () => {
    const folder = folderOf(SHOP);
    await folder.plumbline(['report', '--out', 'one']);
    await folder.plumbline(['report', '--out', 'two']);
    assert.deepEqual([...filesIn(at(folder, 'two'))], [...filesIn(at(folder, 'one'))]);
    const written = statSync(at(folder, 'one/index.html'), { bigint: true }).mtimeNs;
    await folder.plumbline(['report', '--out', 'one']);
    assert.equal(statSync(at(folder, 'one/index.html'), { bigint: true }).mtimeNs, written);
  });

  it('removes the pages of what is gone, and nothing else', async () => {
    const folder = folderOf(SHOP);
    await folder.plumbline(['report', '--out', 'site']);
    writeFileSync(at(folder, 'site/CNAME'), 'metrics.example\n');
    writeFileSync(at(folder, 'site/metrics/notes.txt'), 'mine\n');
    const run = await folder.plumbline(['report', 'orders', '--out', 'site']);
    assert.match(run.stdout, /^Wrote 3 pages, and removed \d+ pages of what is gone\. /);
    assert.deepEqual(pagesIn(at(folder, 'site')), [
      'CNAME',
      'index.html',
      'metrics/notes.txt',
      'metrics/orders.html',
      'sources/orders.html',
    ]);
  });

  it('has of metrics that are named only what they use', async () => {
    const folder = folderOf(SHOP);
    const run = await folder.plumbline(['report', 'revenue', '--out', 'site']);
    assert.equal(run.code, 0);
    assert.deepEqual(pagesIn(at(folder, 'site')), [
      'index.html',
      'metrics/revenue.html',
      'segments/kind.html',
      'sources/orders.html',
      'targets/revenue_in_march.html',
    ]);
    assert.doesNotMatch(readFileSync(at(folder, 'site/index.html'), 'utf8'), /Share of b/);
  });

  it('leaves a folder alone that is no report, unless it is told not to', async () => {
    const folder = folderOf({ ...SHOP, 'mine/index.html': 'mine', 'mine/keep.txt': 'mine' });
    const refused = await folder.plumbline(['report', '--out', 'mine']);
    assert.equal(refused.code, 2);
    assert.match(refused.stderr, /^error: --out: mine has files in it that are no report\. .*--force/);
    assert.deepEqual(
      [...filesIn(at(folder, 'mine'))],
      [
        ['index.html', 'mine'],
        ['keep.txt', 'mine'],
      ],
    );
    assert.equal((await folder.plumbline(['report', '--out', 'mine', '--force'])).code, 0);
    assert.match(readFileSync(at(folder, 'mine/index.html'), 'utf8'), /^<!doctype html>/);
    assert.equal(readFileSync(at(folder, 'mine/keep.txt'), 'utf8'), 'mine');
  });

  it('writes and removes nothing outside, whatever links and markers say', async () => {
    const outside = mkdtempSync(join(tmpdir(), 'plumbline-outside-'));
    writeFileSync(join(outside, 'old.html'), 'mine');
    const folder = folderOf({
      ...SHOP,
      'victim.html': 'mine',
      [`site/${MARKER}`]: JSON.stringify({
        pages: ['../victim.html', '/victim.html', 'metrics/../../victim.html', 7],
      }),
    });
    symlinkSync(outside, at(folder, 'site/metrics'));
    const refused = await folder.plumbline(['report', '--out', 'site']);
    assert.equal(refused.code, 2);
    assert.match(refused.stderr, /^error: site\/metrics is in the way/);
    assert.deepEqual([...filesIn(outside)], [['old.html', 'mine']]);
    mkdirSync(at(folder, 'other'));
    writeFileSync(at(folder, `other/${MARKER}`), readFileSync(at(folder, `site/${MARKER}`)));
    assert.equal((await folder.plumbline(['report', '--out', 'other'])).code, 0);
    assert.equal(readFileSync(at(folder, 'victim.html'), 'utf8'), 'mine');
  });

  it('shows rows and texts of the data only where that is asked for', async () => {
    const people = 'id,at,email\n1,2025-03-01,ann@example.org\n2,2025-03-02,ann@example.org\n';
    const folder = folderOf({
      'plumbline.yaml': 'plumbline: 1\nas_of: 2025-03-31\n',
      'people.csv': people,
      'a.metrics.yaml':
        'plumbline: 1\nsources: { people: { data: people.csv, key: id, time: at } }\nmetrics: { people: { type: count, source: people } }\n',
    });
    await folder.plumbline(['report', '--out', 'plain']);
    for (const [name, text] of filesIn(at(folder, 'plain'))) assert.ok(!text.includes('ann@'), name);
    await folder.plumbline(['report', '--out', 'rows', '--rows']);
    const shown = [...filesIn(at(folder, 'rows'))].filter(([, text]) => text.includes('ann@example.org'));
    assert.deepEqual(
      shown.map(([name]) => name),
      ['metrics/people.html', 'sources/people.html'],
    );
  });

  it('takes what the project and its data say for text', async () => {
    const harm = '<script>alert(1)</script><img src=x onerror=alert(1)>';
    const folder = folderOf({
      'plumbline.yaml': `plumbline: 1\nname: '${harm}'\nas_of: 2025-03-31\n`,
      'a.csv': `id,at,kind\n1,2025-02-01,${harm}\n2,2025-03-01,b\n`,
      'a.metrics.yaml': `plumbline: 1
sources: { a: { data: a.csv, key: id, time: at, label: '${harm}' } }
segments: { kind: { source: a, by: kind, label: '${harm}' } }
metrics:
  n: { type: count, source: a, label: '${harm}', owner: '${harm}', tags: ['${harm}'], description: '${harm}', segments: [kind], where: kind <> '${harm.replaceAll("'", '')}x' }
`,
    });
    const run = await folder.plumbline(['report', '--out', 'site', '--rows']);
    assert.equal(run.code, 0, run.stderr);
    for (const [name, text] of filesIn(at(folder, 'site'))) {
      assert.doesNotMatch(text, /<script>alert|<img src=x/, name);
      if (name.startsWith('metrics/')) assert.match(text, /&lt;script>alert|&lt;script&gt;alert/, name);
    }
    const markdown = await folder.plumbline(['report', '--format', 'markdown']);
    assert.doesNotMatch(markdown.stdout, /(^|[^\\])<(script|img)/);
  });

  it('says why a metric has no value, and goes on with the others', async () => {
    const folder = folderOf({
      ...SHOP,
      'more.metrics.yaml':
        'plumbline: 1\nsources: { gone: { data: gone.csv } }\nmetrics:\n  lost: { type: count, source: gone }\n',
    });
    const run = await folder.plumbline(['report', '--out', 'site']);
    assert.equal(run.code, 1);
    assert.match(run.stderr, /error\[data-missing\]/);
    assert.match(readFileSync(at(folder, 'site/metrics/lost.html'), 'utf8'), /gone\.csv/);
    assert.match(readFileSync(at(folder, 'site/index.html'), 'utf8'), /<strong>error<\/strong>/);
    assert.match(readFileSync(at(folder, 'site/metrics/revenue.html'), 'utf8'), /€120\.00/);
  });

  it('prints the scorecard as Markdown, or writes it to a file', async () => {
    const folder = folderOf(SHOP);
    const run = await folder.plumbline(['report', '--format', 'markdown']);
    assert.match(run.stdout, /^# shop\n\n3 metrics, as of 2025-03-31\.\n\nTargets: 1 met\.\n/);
    assert.match(run.stdout, /^\| Revenue \| 2025-03 \| €120\.00 \|/m);
    const filed = await folder.plumbline(['report', '--format', 'markdown', '--out', 'card.md']);
    assert.equal(filed.stdout, 'Wrote card.md.\n');
    assert.equal(readFileSync(at(folder, 'card.md'), 'utf8'), run.stdout);
    const grouped = await folder.plumbline(['report', '--format', 'markdown', '--group-by', 'file']);
    assert.match(grouped.stdout, /^## [\w.]+\.metrics\.yaml$/m);
  });

  it('is refused where it does not know where to, or of what', async () => {
    const folder = folderOf(SHOP);
    const without = await folder.plumbline(['report']);
    assert.deepEqual([without.code, without.stdout], [2, '']);
    assert.match(without.stderr, /--out FOLDER/);
    const unknown = await folder.plumbline(['report', 'revenu', '--out', 'site']);
    assert.equal(unknown.code, 2);
    assert.match(unknown.stderr, /no metric "revenu".*revenue/s);
    const file = await folder.plumbline(['report', '--out', 'plumbline.yaml']);
    assert.equal(file.code, 2);
    assert.match(file.stderr, /plumbline\.yaml is a file/);
    const nowhere = await folder.plumbline(['report', '--format', 'markdown', '--out', 'no/such/card.md']);
    assert.equal(nowhere.code, 2);
    assert.match(nowhere.stderr, /card\.md cannot be written\. Its folder does not exist/);
    assert.ok(!existsSync(at(folder, 'site')));
  });
});
