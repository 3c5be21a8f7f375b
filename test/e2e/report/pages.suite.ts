import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Browser, chromium } from 'playwright-core';
import { chromiumPath } from '../code-server/install.ts';
import { assertReadable, READERS } from './readers.ts';

/** A project that would do harm if anything of it were taken for more than text. */
const HARM = '<img src=x onerror=alert(1)><script>alert(2)</script>';
const HOSTILE = {
  'plumbline.yaml': `plumbline: 1\nname: '${HARM}'\nas_of: 2025-03-31\n`,
  'a.csv': `id,at,kind\n1,2025-02-01,${HARM}\n2,2025-03-01,b\n`,
  'a.metrics.yaml': `plumbline: 1
sources: { a: { data: a.csv, key: id, time: at, label: '${HARM}' } }
segments: { kind: { source: a, by: kind, label: '${HARM}' } }
metrics:
  n: { type: count, source: a, label: '${HARM}', owner: '${HARM}', tags: ['${HARM}'], segments: [kind] }
`,
};

/** A metric for each picture of customers over time. */
const PICTURES = [
  'still_here_after_3_months',
  'rota_to_payroll',
  'accounts_won',
  'expansion',
  'customers_after_a_year',
];

describe('a report in a browser', () => {
  const folder = mkdtempSync(join(tmpdir(), 'plumbline-report-'));
  const site = join(folder, 'site');
  const hostile = join(folder, 'hostile');
  let browser: Browser;

  before(async () => {
    write(resolve('samples/saas'), site);
    for (const [name, text] of Object.entries(HOSTILE)) writeFileSync(join(folder, name), text);
    write(folder, hostile);
    browser = await chromium.launch({ executablePath: chromiumPath(), args: ['--no-sandbox'] });
  });
  after(async () => {
    await browser.close();
    rmSync(folder, { recursive: true, force: true });
  });

  for (const { colorScheme, width } of READERS) {
    it(`is whole, fits and can be read by everybody: ${colorScheme}, ${width} px`, async () => {
      const paths = [...someOf(site), join(hostile, 'index.html'), join(hostile, 'metrics/n.html')];
      await assertReadable(browser, { colorScheme, width }, paths);
    });
  }

  it('has another background in each theme, and the light one on paper', async () => {
    const seen = new Map<string, string>();
    for (const [colorScheme, media] of [
      ['light', 'screen'],
      ['dark', 'screen'],
      ['dark', 'print'],
    ] as const) {
      const page = await browser.newPage();
      await page.emulateMedia({ colorScheme, media });
      await page.goto(pathToFileURL(join(site, 'metrics/nps.html')).href);
      seen.set(
        `${colorScheme} ${media}`,
        String(await page.evaluate('getComputedStyle(document.body).backgroundColor')),
      );
      await page.close();
    }
    assert.notEqual(seen.get('light screen'), seen.get('dark screen'));
    assert.equal(seen.get('dark print'), seen.get('light screen'));
  });

  it('filters, groups and orders the scorecard without a server, and keeps that in its address', async () => {
    const page = await browser.newPage();
    await page.goto(pathToFileURL(join(site, 'index.html')).href);
    const rows = page.locator('table.scorecard tbody tr');
    const all = await rows.count();
    await page.getByLabel('Filter').fill('off track');
    assert.equal(await rows.count(), 1);
    assert.match(await rows.innerText(), /^Net promoter score/);
    const address = page.url();
    await page.getByLabel('Filter').fill('');
    await page.getByLabel('Group by').selectOption('owner');
    const groups = await page.locator('#scorecard section[id^="group-"] h2').allInnerTexts();
    assert.ok(groups.includes('cx') && groups.includes('revops'), groups.join());
    assert.equal(await rows.count(), all);
    await page.goto('about:blank');
    await page.goto(address);
    assert.equal(await rows.count(), 1);
    await page.close();
  });

  it('is complete without scripts', async () => {
    const context = await browser.newContext({ javaScriptEnabled: false });
    const page = await context.newPage();
    await page.goto(pathToFileURL(join(site, 'index.html')).href);
    assert.ok((await page.locator('table.scorecard tbody tr').count()) > 30);
    await page.getByRole('link', { name: 'Net promoter score', exact: true }).click();
    assert.equal(await page.locator('h1').innerText(), 'Net promoter score');
    const summary = page.locator('summary').first();
    await summary.press('Enter');
    assert.ok(await page.locator('details table').first().isVisible());
    await context.close();
  });
});

function write(project: string, out: string): void {
  const args = [resolve('dist/cli.js'), 'report', '--project', project, '--out', out, '--rows'];
  const { status, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
  assert.equal(status, 0, stderr);
}

/** The scorecard, and of each kind of definition two pages: what is in all of them is read by `test/report`. */
function someOf(site: string): readonly string[] {
  const kinds = ['metrics', 'segments', 'targets', 'sources', 'journeys'];
  const pages = kinds.flatMap((kind) => {
    const names = readdirSync(join(site, kind)).sort();
    return names.slice(0, 2).map((name) => join(kind, name));
  });
  const pictures = PICTURES.map((name) => `metrics/${name}.html`);
  return ['index.html', 'metrics/nps.html', ...pictures, ...pages].map((name) => join(site, name));
}
