import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { diffHtml } from '../../server/src/cli/reporters/diff-html.ts';
import type { Comparison } from '../../server/src/core/preview/comparison.ts';
import { writer } from '../../server/src/report/index.ts';
import { compareFiles } from '../kit/diff/compare-folders.ts';
import { reported } from '../kit/diff/reported.ts';
import { testEngine } from '../kit/engine.ts';
import { textOf, textsOf } from '../views/kit.ts';
import { HOSTILE } from './ci/hostile-texts.ts';
import { folderOf } from './kit.ts';

const VERSIONS = ['main', 'the working tree'] as const;

type Files = Readonly<Record<string, string>>;

/** A row on each of so many days from the first of 2024 on; every third one is of a plan that is free. */
function rows(count: number): string {
  const day = (index: number): string => new Date(Date.UTC(2024, 0, 1 + index)).toISOString().slice(0, 10);
  const lines = Array.from(
    { length: count },
    (_, index) => `${day(index)},${index % 3 === 0 ? 'free' : 'team'}`,
  );
  return `on,plan\n${lines.join('\n')}\n`;
}

/** So many metrics by day over them. */
function projectOf(count: number, where: string, text: string): Files {
  const metrics = Array.from(
    { length: count },
    (_, index) =>
      `  m${index}: { type: count, source: a, grain: day, where: ${JSON.stringify(where)}, label: ${JSON.stringify(`Metric ${index}`)}, description: ${JSON.stringify(text)} }\n`,
  );
  return {
    'plumbline.yaml': 'plumbline: 1\nname: shop\nas_of: 2024-12-31\n',
    'a.csv': rows(366),
    'a.metrics.yaml': `plumbline: 1\nsources: { a: { data: a.csv, time: on } }\nmetrics:\n${metrics.join('')}`,
  };
}

describe('a comparison as a page of HTML', () => {
  const engine = testEngine();

  async function pageOf(
    before: Files,
    after: Files,
    [old, now]: readonly [string, string] = VERSIONS,
    pages: Parameters<typeof diffHtml>[1] = writer,
  ): Promise<string> {
    return compareFiles(engine, before, after, (diff, one, other) => {
      return diffHtml(reported(diff, one, other, [old, now]), pages);
    });
  }

  it('has at most 50 metrics and 5 MB, and counts the rest', async () => {
    const page = await pageOf(projectOf(500, 'true', 'old'), projectOf(500, "plan = 'team'", 'new'));
    assert.equal(page.match(/<section id="metric-/g)?.length, 50);
    assert.match(textOf(page), /450 metrics more are not shown\./);
    assert.ok(Buffer.byteLength(page) < 5_000_000, `${Buffer.byteLength(page)} bytes`);
  });

  it('has fewer metrics where they are very large, and counts those too', async () => {
    const large = (_: string, { metrics, notes }: Comparison<string>): string =>
      JSON.stringify([...metrics.map(() => 'x'.repeat(1_000_000)), notes.flat()]);
    const [before, after] = [projectOf(60, 'true', 'a'), projectOf(60, "plan = 'team'", 'a')];
    const page = await pageOf(before, after, VERSIONS, { comparison: large });
    const shown = page.length < 5_000_000 ? page.split('"x').length - 1 : 0;
    assert.ok(shown > 0 && shown < 5, `${shown}`);
    assert.ok(page.includes(`${60 - shown} metrics more are not shown.`));
  });

  it('shows texts of any length up to a limit', async () => {
    const long = (word: string): string => `${word} `.repeat(30_000);
    const page = await pageOf(projectOf(3, 'true', long('old')), projectOf(3, "plan = 'team'", long('new')));
    assert.ok(Buffer.byteLength(page) < 200_000, `${Buffer.byteLength(page)} bytes`);
  });

  it('says where things stand, and leads nowhere but to parts of itself', async () => {
    const page = await pageOf(projectOf(5, 'true', 'a'), projectOf(5, "plan = 'team'", 'a'));
    assert.match(textOf(page), /a\.metrics\.yaml:4/);
    const addresses = [...page.matchAll(/\shref="([^"]*)"/g)].map(([, to]) => to ?? '');
    assert.ok(addresses.length > 5);
    for (const to of addresses) {
      assert.match(to, /^#/);
      assert.ok(page.includes(` id="${to.slice(1)}"`), to);
    }
    assert.doesNotMatch(page, /<script|\ssrc=|\sstyle="|<button|<select|<input/);
    assert.deepEqual(textsOf(page, 'title'), ['Changes since main – shop']);
    assert.match(
      page,
      /http-equiv="Content-Security-Policy" content="default-src &#39;none&#39;|default-src 'none'/,
    );
  });

  for (const { what, text } of HOSTILE)
    it(`shows ${what} as text`, async () => {
      const yaml = (value: string): string => JSON.stringify(value);
      const project = (where: string): Files => ({
        'plumbline.yaml': `plumbline: 1\nname: ${yaml(text)}\nas_of: 2024-12-31\n`,
        'a.csv': rows(90),
        'a.metrics.yaml': `plumbline: 1\nsources: { a: { data: a.csv, time: on } }\nmetrics:\n  n:\n    type: count\n    source: a\n    label: ${yaml(text)}\n    where: ${yaml(where)}\n    description: ${yaml(`${where} ${text}`)}\n    tags: [${yaml(text)}]\n`,
      });
      const versions: [string, string] = [text, `${text} now`];
      const harmless = await pageOf(project('true'), project("plan = 'team'"), ['a', 'b']);
      const page = await pageOf(project('true'), project("plan = 'team'"), versions);
      // Names of versions make no element, and neither does anything else of it.
      assert.deepEqual(elementsOf(page), elementsOf(harmless));
      for (const name of elementsOf(page))
        assert.ok(!['script', 'iframe', 'img', 'b', 'failure'].includes(name), name);
      // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters that must not be there.
      assert.doesNotMatch(page, /[\u0000-\u0008\u000b-\u001f\u202a-\u202e\u2066-\u2069]/);
    });
});

describe('plumbline diff --out', () => {
  it('writes a page to a file, and every other format too', async () => {
    const folder = folderOf({});
    for (const [name, text] of Object.entries(projectOf(1, 'true', 'a'))) folder.write(`one/${name}`, text);
    for (const [name, text] of Object.entries(projectOf(1, "plan = 'team'", 'a')))
      folder.write(`two/${name}`, text);
    const { code, stdout, stderr } = await folder.plumbline([
      ...['diff', 'one', 'two', '--format', 'html', '--out', 'changes.html'],
    ]);
    assert.deepEqual({ code, stdout, stderr }, { code: 0, stdout: 'Wrote changes.html.\n', stderr: '' });
    const page = readFileSync(join(folder.path, 'changes.html'), 'utf8');
    assert.match(page, /^<!doctype html>\n/);
    assert.ok(page.endsWith('</html>\n'));
    const told = await folder.plumbline(['diff', 'one', 'two', '--format', 'html']);
    assert.equal(told.stdout, page);
    const markdown = await folder.plumbline(['diff', 'one', 'two', '--format', 'markdown', '--out', 'a.md']);
    assert.equal(markdown.stdout, 'Wrote a.md.\n');
    assert.match(readFileSync(join(folder.path, 'a.md'), 'utf8'), /^## Metric changes\n/);
  });

  it('refuses a folder, and says where it cannot write', async () => {
    const folder = folderOf(projectOf(1, 'true', 'a'));
    const refused = await folder.plumbline(['diff', '.', '.', '--out', '.']);
    assert.equal(refused.code, 2);
    assert.match(refused.stderr, /--out: \. is a folder\. Name a file\./);
    const lost = await folder.plumbline(['diff', '.', '.', '--out', 'nowhere/at/all.html']);
    assert.equal(lost.code, 2);
    assert.match(lost.stderr, /nowhere\/at\/all\.html cannot be written/);
    assert.ok(!existsSync(join(folder.path, 'nowhere')));
  });
});

/** The elements of a page in order. */
function elementsOf(page: string): readonly string[] {
  const body = page.slice(page.indexOf('<body>'));
  return [...body.matchAll(/<\/?([a-z][a-z0-9]*)[\s>]/g)].map(([, name = '']) => name);
}
