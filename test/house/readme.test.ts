import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';

const CLI = resolve('dist/cli.js');

/** The fenced blocks of a language in a Markdown text. */
function blocks(markdown: string, language: string): string[] {
  const fence = new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\`$`, 'gm');
  return [...markdown.matchAll(fence)].map((match) => match[1] ?? '');
}

describe('the README', () => {
  const readme = readFileSync('README.md', 'utf8');
  const [csv = ''] = blocks(readme, 'csv');
  const [yaml = ''] = blocks(readme, 'yaml');
  const [table = '', mistake = ''] = blocks(readme, 'text');
  let folder = '';
  const run = (...args: string[]) =>
    spawnSync(process.execPath, [CLI, ...args], {
      cwd: folder,
      encoding: 'utf8',
      env: { ...process.env, COLUMNS: '100' },
    });

  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'plumbline-readme-'));
    writeFileSync(join(folder, 'survey.csv'), csv);
    writeFileSync(join(folder, 'satisfaction.metrics.yaml'), yaml);
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  it('has a first metric without problems, whose example passes', () => {
    assert.equal(run('check').status, 0);
    assert.equal(run('test').status, 0);
  });

  it('shows the values that its first metric has', () => {
    const { stdout, status } = run('eval', 'nps', '--by', 'plan');
    assert.equal(status, 0);
    for (const line of table.trimEnd().split('\n')) assert.ok(stdout.includes(line.trimEnd()), line);
    // By hand: of May's 10, 6, 9 and 8, two are promoters and one is a detractor.
    assert.match(table, /Net promoter score .* 25\.0\*/);
  });

  it('shows what a mistake looks like', () => {
    writeFileSync(join(folder, 'satisfaction.metrics.yaml'), yaml.replace('value: score', 'value: scor'));
    const { stdout, status } = run('check');
    assert.equal(status, 1);
    assert.ok(stdout.includes(mistake), stdout);
  });
});

describe('the documents', () => {
  const documents = [
    'README.md',
    'CONTRIBUTING.md',
    'server/ARCHITECTURE.md',
    'samples/saas/README.md',
  ].concat(
    readdirSync('docs', { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.md'))
      .map((name) => join('docs', name)),
  );

  it('link to files that are there', () => {
    const broken = documents.flatMap((document) =>
      [...readFileSync(document, 'utf8').matchAll(/\]\((?!https?:|#)([^)#\s]+)/g)]
        .map((match) => join(dirname(document), match[1] ?? ''))
        .filter((target) => !existsSync(target))
        .map((target) => `${document}: ${target}`),
    );
    assert.deepEqual(broken, []);
  });

  it('name paths of the repository that are there', () => {
    const text = readFileSync('server/ARCHITECTURE.md', 'utf8');
    const named = [...text.matchAll(/`((?:server|schemas|samples|client|test|docs)\/[\w./-]+)`/g)].map(
      (match) => match[1] ?? '',
    );
    assert.ok(named.length > 3);
    assert.deepEqual(
      named.filter((path) => !existsSync(path)),
      [],
    );
  });
});
