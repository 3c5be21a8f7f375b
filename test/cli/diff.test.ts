import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { commitAll, git } from '../kit/git.ts';
import { distFolder, type Folder, folderOf, repository } from './kit.ts';

const FILES = {
  'plumbline.yaml': 'plumbline: 1\nas_of: 2025-02-28\n',
  'data/a.csv':
    'on,plan\n2025-01-01,free\n2025-01-02,team\n2025-02-01,team\n2025-02-02,team\n2025-02-03,free\n',
  'a.metrics.yaml': `plumbline: 1
sources: { a: { data: data/a.csv, time: on } }
metrics:
  rows: { type: count, source: a }
  other: { type: count_distinct, source: a, value: plan }
`,
};
const PAID = FILES['a.metrics.yaml'].replace(
  'source: a }\n  other',
  "source: a, where: plan <> 'free' }\n  other",
);

/** A repository with one commit of the files. */
function repositoryOf(files: Readonly<Record<string, string>> = FILES): Folder {
  const folder = folderOf(files);
  commitAll(folder.path);
  return folder;
}

interface Document {
  readonly facts: readonly { readonly name: string; readonly words: string; readonly after: object | null }[];
  readonly metrics: readonly {
    readonly metric: string;
    readonly last: readonly { readonly period: string; readonly before: number; readonly after: number }[];
    readonly clauses: readonly { readonly rows: number }[];
  }[];
  readonly counts: { readonly metrics: number; readonly evaluated: number };
  readonly after: { readonly name: string };
  readonly before: { readonly from_working_tree: readonly object[] };
}

async function compared(folder: Folder, args: readonly string[]): Promise<Document> {
  const { stdout, stderr, code } = await folder.plumbline(['diff', ...args, '--format', 'json']);
  assert.equal(code, 0, stderr);
  const document: Document = JSON.parse(stdout);
  const { Ajv2020 } = await import('ajv/dist/2020.js');
  const schema: unknown = JSON.parse(readFileSync(join(repository(), 'schemas/diff.schema.json'), 'utf8'));
  const validate = new Ajv2020({ strict: true, allowUnionTypes: true, allErrors: true }).compile(
    schema as object,
  );
  validate(document);
  assert.deepEqual(validate.errors ?? [], []);
  return document;
}

/** Of the rows, those that were not paid for are left out: two in January of which one stays, three in February of which two stay. */
function assertPaidOnly({ facts, metrics, counts }: Document): void {
  assert.deepEqual(
    facts.map(({ name, words }) => [name, words]),
    [['rows', 'now leaves out rows whose plan is free']],
  );
  assert.deepEqual(
    metrics.map(({ metric, last }) => [
      metric,
      last.map(({ period, before, after }) => [period, before, after]),
    ]),
    [
      [
        'rows',
        [
          ['2025-01', 2, 1],
          ['2025-02', 3, 2],
        ],
      ],
    ],
  );
  assert.deepEqual(counts, { metrics: 2, evaluated: 1, corners: 2 });
}

describe('plumbline diff', () => {
  it('compares two folders, and evaluates only what a change reaches', async () => {
    const folder = folderOf({});
    for (const [name, text] of Object.entries(FILES)) {
      folder.write(`one/${name}`, text);
      folder.write(`two/${name}`, name === 'a.metrics.yaml' ? PAID : text);
    }
    const document = await compared(folder, ['one', 'two']);
    assertPaidOnly(document);
    assert.deepEqual(document.facts[0]?.after, { file: 'a.metrics.yaml', line: 4, column: 42 });
    assert.deepEqual(
      document.metrics[0]?.clauses.map(({ rows }) => rows),
      [2],
    );
  });

  it('compares the last commit with the working tree, a commit with it, and two commits, without a checkout', async () => {
    const folder = repositoryOf();
    folder.write('a.metrics.yaml', PAID);
    assertPaidOnly(await compared(folder, []));
    assertPaidOnly(await compared(folder, ['main']));
    commitAll(folder.path);
    const index = statSync(join(folder.path, '.git/index')).mtimeMs;
    // What lies in the working tree is not looked at where two commits are named.
    folder.write('a.metrics.yaml', 'plumbline: 1\n');
    folder.write('data/a.csv', 'on,plan\n');
    assertPaidOnly(await compared(folder, ['HEAD~1', 'HEAD']));
    assert.equal(readFileSync(join(folder.path, 'a.metrics.yaml'), 'utf8'), 'plumbline: 1\n');
    assert.equal(statSync(join(folder.path, '.git/index')).mtimeMs, index);
    assert.deepEqual(git(folder.path, 'status', '--porcelain').trim().split('\n').length, 2);
  });

  it('compares with the last commit that two branches have in common', async () => {
    const folder = repositoryOf();
    git(folder.path, 'checkout', '-q', '-b', 'paid');
    folder.write('a.metrics.yaml', PAID);
    commitAll(folder.path);
    git(folder.path, 'checkout', '-q', 'main');
    folder.write(
      'a.metrics.yaml',
      FILES['a.metrics.yaml'].replace('type: count_distinct', 'label: Two, type: count_distinct'),
    );
    commitAll(folder.path);
    assertPaidOnly(await compared(folder, ['main', 'paid', '--merge-base']));
  });

  it('reads a project that lies below the top of a repository', async () => {
    const folder = folderOf({ 'other.metrics.yaml': 'plumbline: 1\n' });
    for (const [name, text] of Object.entries(FILES)) folder.write(`teams/a b/${name}`, text);
    git(folder.path, 'init', '-q', '-b', 'main');
    commitAll(folder.path);
    folder.write('teams/a b/a.metrics.yaml', PAID);
    assertPaidOnly(await compared(folder, ['--project', 'teams/a b']));
  });

  it('leaves out what a .gitignore above the project names, on both sides, as it is in each of them', async () => {
    const below = Object.fromEntries(Object.entries(FILES).map(([path, text]) => [`apps/one/${path}`, text]));
    const folder = folderOf({
      ...below,
      'apps/one/b.metrics.yaml': 'plumbline: 1\nmetrics: { b: { type: count, source: a } }\n',
    });
    commitAll(folder.path);
    folder.write('.gitignore', '/apps/one/b.metrics.yaml\n');
    folder.write('apps/.gitignore', 'nothing\n');
    commitAll(folder.path);
    assert.deepEqual((await compared(folder, ['--project', 'apps/one'])).facts, []);
    const { facts } = await compared(folder, ['HEAD~1', 'HEAD', '--project', 'apps/one']);
    assert.deepEqual(
      facts.map(({ name, words }) => [name, words]),
      [['b', 'is gone']],
    );
  });

  it('tells data that changed with the commit apart from the definition', async () => {
    const folder = repositoryOf();
    folder.write('a.metrics.yaml', PAID);
    folder.write('data/a.csv', `${FILES['data/a.csv']}2025-02-04,free\n2025-02-05,team\n`);
    const { stdout } = await folder.plumbline(['diff']);
    // 3 rows; 2 of them paid; 5 with the new ones; 3 of these paid.
    assert.match(stdout, /2025-02: 3 before, 3 after|2025-02: 3, as before/);
    const { stdout: json } = await folder.plumbline(['diff', '--format', 'json']);
    const { metrics, data_rows } = JSON.parse(json) as {
      readonly metrics: { metric: string; last: { parts: object }[] }[];
      readonly data_rows: readonly object[];
    };
    assert.deepEqual(data_rows, [{ source: 'a', before: 5, after: 7 }]);
    const rows = metrics.find(({ metric }) => metric === 'rows');
    assert.deepEqual(rows?.last.at(-1)?.parts, { definition: -1, data: 2, interaction: -1 });
  });

  it('takes data that git does not hold, or holds as a pointer, from the working tree, and says so', async () => {
    const pointer = 'version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 5\n';
    const folder = folderOf({ ...FILES, '.gitignore': 'data/\n' });
    git(folder.path, 'init', '-q', '-b', 'main');
    commitAll(folder.path);
    folder.write('a.metrics.yaml', PAID);
    const ignored = await compared(folder, []);
    assertPaidOnly(ignored);
    assert.deepEqual(ignored.before.from_working_tree, [{ file: 'data/a.csv', reason: 'absent' }]);
    const other = repositoryOf({ ...FILES, 'data/a.csv': pointer });
    other.write('data/a.csv', FILES['data/a.csv']);
    other.write('a.metrics.yaml', PAID);
    assertPaidOnly(await compared(other, []));
    const { stdout } = await other.plumbline(['diff']);
    assert.match(
      stdout,
      /For HEAD, data that git holds as a pointer only there are taken from the working tree:\s+data\/a\.csv\./,
    );
  });

  it('does not take files from outside of the project for those that git does not hold', async () => {
    const folder = repositoryOf({
      ...FILES,
      'a.metrics.yaml': FILES['a.metrics.yaml'].replace('data/a.csv', 'data/b.csv'),
    });
    folder.write('../outside.csv', FILES['data/a.csv']);
    const outside = join(folder.path, '..', 'outside.csv');
    execFileSync('ln', ['-s', outside, join(folder.path, 'data/b.csv')]);
    const { stdout } = await folder.plumbline(['diff', 'main', 'main', '--format', 'json']);
    rmSync(outside);
    assert.deepEqual((JSON.parse(stdout) as Document).before.from_working_tree, []);
  });

  it('runs nothing that a repository configures, and asks no remote for what it lacks', async () => {
    const folder = repositoryOf();
    const marker = join(folder.path, 'ran');
    const script = join(folder.path, 'run.sh');
    folder.write('run.sh', `#!/bin/sh\necho "$0 $*" >> '${marker}'\nexit 1\n`);
    chmodSync(script, 0o755);
    folder.write('.gitattributes', '*.csv diff=evil filter=evil\n*.yaml diff=evil filter=evil\n');
    folder.write('a.metrics.yaml', PAID);
    commitAll(folder.path);
    const id = git(folder.path, 'rev-parse', 'HEAD~1:data/a.csv').trim();
    const text = git(folder.path, 'rev-parse', 'HEAD~1:a.metrics.yaml').trim();
    for (const [key, value] of [
      ['core.fsmonitor', script],
      ['core.hooksPath', folder.path],
      ['core.pager', script],
      ['core.editor', script],
      ['core.askPass', script],
      ['core.sshCommand', script],
      ['pager.cat-file', script],
      ['diff.external', script],
      ['diff.evil.textconv', script],
      ['diff.evil.command', script],
      ['filter.evil.smudge', script],
      ['filter.evil.process', script],
      ['alias.cat-file', `!${script}`],
      ['credential.helper', script],
      ['protocol.ext.allow', 'always'],
      ['remote.evil.url', `ext::${script}`],
      ['remote.evil.promisor', 'true'],
      ['remote.evil.partialclonefilter', 'blob:none'],
      ['extensions.partialClone', 'evil'],
      ['core.repositoryformatversion', '1'],
    ] as const)
      git(folder.path, 'config', key, value);
    const env = {
      GIT_EXTERNAL_DIFF: script,
      GIT_PAGER: script,
      PAGER: script,
      GIT_SSH_COMMAND: script,
      GIT_DIR: '/nonexistent',
      GIT_CONFIG_COUNT: '1',
      GIT_CONFIG_KEY_0: 'core.fsmonitor',
      GIT_CONFIG_VALUE_0: script,
    };
    const { code, stdout, stderr } = await folder.plumbline(['diff', 'HEAD~1', 'HEAD'], { env });
    assert.equal(code, 0, stderr);
    assert.match(stdout, /now leaves out rows whose plan is free/);
    assert.equal(existsSync(marker), false);
    // An object that is gone is asked of nobody: the data are taken from the working tree, and definitions are missed.
    rmSync(join(folder.path, '.git/objects', id.slice(0, 2), id.slice(2)), { force: true });
    const lacking = await folder.plumbline(['diff', 'HEAD~1', 'HEAD'], { env });
    assert.match(
      lacking.stdout,
      /data that git does not hold there are taken from the working tree: data\/a\.csv/,
    );
    rmSync(join(folder.path, '.git/objects', text.slice(0, 2), text.slice(2)), { force: true });
    const torn = await folder.plumbline(['diff', 'HEAD~1', 'HEAD'], { env });
    assert.equal(torn.code, 2, torn.stdout);
    assert.match(torn.stderr, /Git does not hold the object [0-9a-f]+/);
    assert.equal(existsSync(marker), false);
    // Where git is called as usual, it falls into the trap.
    assert.throws(() => git(folder.path, 'cat-file', '-p', id));
    assert.ok(existsSync(marker));
  });

  it('lets nothing in names, texts and data be more than text in Markdown or on a terminal', async () => {
    const evil = '\u001b[31m<script>alert(1)</script>\u202e`](http://x) ::set-output name=a::b';
    const folder = repositoryOf();
    folder.write(
      'a.metrics.yaml',
      FILES['a.metrics.yaml'].replace(
        'source: a }\n  other',
        `source: a, where: ${JSON.stringify(`plan <> '${evil}'`)}, label: ${JSON.stringify(evil)} }\n  other`,
      ),
    );
    const markdown = await folder.plumbline(['diff', '--format', 'markdown']);
    const text = await folder.plumbline(['diff']);
    assert.equal(markdown.code, 0, markdown.stderr);
    for (const { stdout } of [markdown, text]) {
      assert.ok(!stdout.includes('\u001b') && !stdout.includes('\u202e'));
      assert.doesNotMatch(stdout, /^::/m);
    }
    // Outside of code there is no tag but those of folds.
    const prose = markdown.stdout.replace(/(`+)[\s\S]*?\1/g, '');
    assert.deepEqual(
      [...prose.matchAll(/(?<!\\)<\/?([a-z]+)/gi)]
        .map(([, tag]) => tag)
        .filter((tag) => tag !== 'details' && tag !== 'summary'),
      [],
    );
  });

  it('writes values for terminals that are not UTF-8', async () => {
    const folder = repositoryOf({
      ...FILES,
      'plumbline.yaml': `${FILES['plumbline.yaml']}currency: EUR\n`,
      'a.metrics.yaml': FILES['a.metrics.yaml'].replace(
        'source: a }\n  other',
        'source: a, unit: currency }\n  other',
      ),
    });
    folder.write('a.metrics.yaml', PAID.replace("'free' }", "'free', unit: currency }"));
    const { stdout } = await folder.plumbline(['diff', '--ascii']);
    assert.match(stdout, /2025-02: EUR 3\.00 before, EUR 2\.00 after, -EUR 1\.00/);
    assert.ok([...stdout].every((character) => character.charCodeAt(0) < 128));
  });

  it('leaves nothing behind', async () => {
    const folder = repositoryOf();
    folder.write('a.metrics.yaml', PAID);
    // Other runs use the folder of the machine at the same time.
    const temporary = mkdtempSync(join(tmpdir(), 'plumbline-own-'));
    after(() => rmSync(temporary, { recursive: true, force: true }));
    const { code } = await folder.plumbline(['diff'], { env: { TMPDIR: temporary } });
    assert.equal(code, 0);
    assert.deepEqual(readdirSync(temporary), []);
  });

  it('ends with 1 where a metric has no value any more or an example now fails', async () => {
    const folder = repositoryOf();
    folder.write('a.metrics.yaml', FILES['a.metrics.yaml'].replace('value: plan', 'value: plam'));
    const lost = await folder.plumbline(['diff']);
    assert.equal(lost.code, 1);
    assert.match(lost.stdout, /metric other \[values\]\n {2}- value is now plam \(was plan\)/);
    assert.match(lost.stdout, /The definitions of the working tree have 1 error/);
  });

  it('reads what a partial clone has, takes data that it lacks from the working tree, and says what of definitions is not there', async () => {
    const origin = repositoryOf();
    origin.write('data/a.csv', `${FILES['data/a.csv']}2025-02-04,free\n`);
    commitAll(origin.path, 'data');
    origin.write('a.metrics.yaml', PAID);
    commitAll(origin.path, 'definition');
    git(origin.path, 'config', 'uploadpack.allowFilter', 'true');
    const place = folderOf({});
    git(place.path, 'clone', '--quiet', '--filter=blob:none', `file://${origin.path}`, 'partial');
    const run = (base: string): ReturnType<Folder['plumbline']> =>
      place.plumbline(['diff', base, 'HEAD', '--project', 'partial']);
    const definitions = await run('HEAD~1');
    assert.equal(definitions.code, 2);
    assert.match(definitions.stderr, /Git does not hold the object .*: run git fetch --refetch --no-filter/);
    git(join(place.path, 'partial'), 'cat-file', '-p', 'HEAD~1:a.metrics.yaml');
    assert.match((await run('HEAD~1')).stdout, /now leaves out rows whose plan is free/);
    const data = await run('HEAD~2');
    assert.equal(data.code, 0, data.stderr);
    assert.match(data.stdout, /are taken from the working tree: data\/a\.csv/);
  });

  it('says what is wrong with a call', async () => {
    const folder = repositoryOf();
    const unknown = await folder.plumbline(['diff', 'mian']);
    assert.equal(unknown.code, 2);
    assert.match(unknown.stderr, /"mian" names neither a commit of this repository nor a folder\./);
    const option = await folder.plumbline(['diff', '--', '--upload-pack=x']);
    assert.equal(option.code, 2);
    const bare = folderOf(FILES);
    const none = await bare.plumbline(['diff']);
    assert.equal(none.code, 2);
    assert.match(none.stderr, /There is no folder HEAD, and no git repository here/);
    const missing = await folder.plumbline(['diff'], { env: { PATH: distFolder() } });
    assert.equal(missing.code, 2);
    assert.match(missing.stderr, /Git is not installed, or not on the PATH/);
    const same = await folder.plumbline(['diff', 'main', 'main']);
    assert.equal(same.code, 0);
    assert.match(same.stdout, /Nothing changed by meaning\./);
  });

  it('says so where a version is an empty word, where there is no commit yet, and where two have none in common', async () => {
    const folder = repositoryOf();
    for (const args of [
      ['diff', ''],
      ['diff', 'main', ''],
      ['ci', '--base', ''],
      ['diff', '', '--merge-base'],
    ]) {
      const empty = await folder.plumbline(args);
      assert.equal(empty.code, 2, empty.stdout);
      assert.match(empty.stderr, /A version is an empty word, as where a variable is not set\./);
    }
    git(folder.path, 'checkout', '--quiet', '--orphan', 'alone');
    const unborn = await folder.plumbline(['diff']);
    assert.equal(unborn.code, 2);
    assert.match(unborn.stderr, /The repository has no commit yet/);
    git(folder.path, 'commit', '--quiet', '--message=alone');
    const apart = await folder.plumbline(['diff', 'main', 'alone', '--merge-base']);
    assert.equal(apart.code, 2);
    assert.match(apart.stderr, /The two have no commit in common/);
    const base = await folder.plumbline(['ci', '--base', 'origin/main']);
    assert.equal(base.code, 2);
    assert.match(base.stderr, /"origin\/main" names no commit of this repository\./);
  });

  it('takes data whose lines end otherwise in the working tree for the same, and a line break in a value for another', async () => {
    const text = 'on,plan\n2025-01-01,"free\ntrial"\n2025-02-01,team\n';
    const folder = repositoryOf({ ...FILES, 'data/a.csv': text });
    folder.write('data/a.csv', text.replaceAll('\n', '\r\n').replace('free\r\n', 'free\n'));
    const same = await folder.plumbline(['diff']);
    assert.match(same.stdout, /Nothing changed by meaning\./);
    folder.write('data/a.csv', text.replace('free\n', 'free\r\n'));
    const other = await folder.plumbline(['diff']);
    assert.match(other.stdout, /The data of a \(2 rows, as before\) changed\./);
  });

  it('completes branches and tags', async () => {
    const folder = repositoryOf();
    git(folder.path, 'branch', 'maintained');
    git(folder.path, 'tag', 'v1');
    const { stdout } = await folder.plumbline(['complete', '--', 'diff', 'm']);
    assert.match(stdout, /^main\b/m);
    assert.match(stdout, /^maintained\b/m);
  });
});
