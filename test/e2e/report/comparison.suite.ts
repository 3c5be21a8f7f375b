import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Browser, chromium } from 'playwright-core';
import { chromiumPath } from '../code-server/install.ts';
import { assertReadable, READERS } from './readers.ts';

/** A project that would do harm if anything of it were taken for more than text. */
const HARM = '<img src=x onerror=alert(1)><script>alert(2)</script>';
const hostile = (where: string) => ({
  'plumbline.yaml': `plumbline: 1\nname: '${HARM}'\nas_of: 2025-03-31\n`,
  'a.csv': `id,at,kind\n1,2025-02-01,${HARM}\n2,2025-03-01,b\n`,
  'a.metrics.yaml': `plumbline: 1
sources: { a: { data: a.csv, key: id, time: at, label: '${HARM}' } }
segments: { kind: { source: a, by: kind, label: '${HARM}' } }
metrics:
  n: { type: count, source: a, where: "${where}", label: '${HARM} ${where}', owner: '${HARM}', tags: ['${HARM}'], segments: [kind] }
`,
});

describe('a comparison in a browser', () => {
  const folder = mkdtempSync(join(tmpdir(), 'plumbline-comparison-'));
  const page = join(folder, 'changes.html');
  const harm = join(folder, 'harm.html');
  let browser: Browser;

  before(async () => {
    const sample = resolve('samples/saas');
    const after = join(folder, 'after');
    cpSync(sample, after, { recursive: true });
    changeSample(after);
    compare(sample, after, page);
    for (const [name, where] of [
      ['one', "kind <> 'b'"],
      ['two', "kind <> 'c'"],
    ] as const) {
      mkdirSync(join(folder, name));
      for (const [file, text] of Object.entries(hostile(where)))
        writeFileSync(join(folder, name, file), text);
    }
    compare(join(folder, 'one'), join(folder, 'two'), harm);
    browser = await chromium.launch({ executablePath: chromiumPath(), args: ['--no-sandbox'] });
  });
  after(async () => {
    await browser.close();
    rmSync(folder, { recursive: true, force: true });
  });

  for (const reader of READERS)
    it(`is whole, fits and can be read by everybody: ${reader.colorScheme}, ${reader.width} px`, () =>
      assertReadable(browser, reader, [page, harm]));

  it('has definitions side by side where there is room, and one below the other where not', async () => {
    for (const [width, isBeside] of [
      [1200, true],
      [600, false],
    ] as const) {
      const tab = await browser.newPage({ viewport: { width, height: 900 } });
      await tab.goto(pathToFileURL(page).href);
      const [before, after] = await Promise.all(
        [0, 1].map((index) => tab.locator('#metric-mrr .diff-side').nth(index).boundingBox()),
      );
      assert.ok(before && after);
      assert.equal(before.y === after.y, isBeside, `${width} px`);
      const [old, now] = await Promise.all(
        [0, 1].map((index) => tab.locator('#metric-mrr .diff-side pre').nth(index).boundingBox()),
      );
      assert.ok(old && now);
      // The added line has its place on the other side only where that is beside it.
      assert.equal(old.height === now.height, isBeside, `${width} px`);
      await tab.close();
    }
  });

  it('leads from its list to a metric by keyboard, with the old trend and the new one in one chart', async () => {
    const tab = await browser.newPage({ viewport: { width: 1200, height: 900 } });
    await tab.goto(pathToFileURL(page).href);
    const link = tab.getByRole('link', { name: 'Monthly recurring revenue', exact: true });
    await link.focus();
    await link.press('Enter');
    assert.ok(tab.url().endsWith('#metric-mrr'));
    const section = tab.locator('#metric-mrr');
    assert.ok(((await section.boundingBox())?.y ?? 900) < 100);
    const drawing = section.getByRole('img', { name: /^Line chart/ });
    assert.equal(await drawing.count(), 1);
    const words = (await drawing.getAttribute('aria-label')) ?? '';
    assert.match(words, /Before: .*samples\/saas: from .*; After: .*after: from /);
    await tab.close();
  });
});

/** A change of a segment, a metric, a target and data. */
function changeSample(folder: string): void {
  edit(folder, 'segments.metrics.yaml', 'small: employees < 50', 'small: employees < 100');
  edit(folder, 'segments.metrics.yaml', 'between 50 and 999', 'between 100 and 999');
  edit(folder, 'revenue.metrics.yaml', 'value: mrr\n', "value: mrr\n    where: plan <> 'starter'\n");
  edit(folder, 'targets.metrics.yaml', 'at_least: 30\n', 'at_least: 45\n');
  const tickets = join(folder, 'data/tickets.csv');
  const [head, ...rows] = readFileSync(tickets, 'utf8').trimEnd().split('\n');
  writeFileSync(tickets, `${[head, ...rows.filter((_, index) => index % 7 !== 0)].join('\n')}\n`);
}

function edit(folder: string, name: string, from: string, to: string): void {
  const path = join(folder, name);
  const text = readFileSync(path, 'utf8');
  assert.ok(text.includes(from), `${name} has "${from}"`);
  writeFileSync(path, text.replace(from, to));
}

/** Ends with 1 where examples fail now, as they do here. */
function compare(before: string, after: string, out: string): void {
  const args = [resolve('dist/cli.js'), 'diff', before, after, '--format', 'html', '--out', out];
  const { status, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
  assert.ok(status === 0 || status === 1, stderr);
}
