import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { commitAll, git as runGit } from '../kit/git.ts';
import { type Folder, folderOf, resultValidator } from './kit.ts';

const ORDERS = 'id,at,amount,kind\n1,2025-01-05,10,a\n2,2025-01-06,30,b\n';
const SOUND = `plumbline: 1

sources:
  orders:
    data: orders.csv
    key: id
    time: at

metrics:
  revenue:
    type: sum
    label: Revenue
    description: What was paid.
    source: orders
    owner: finance
    value: amount
    examples:
      - period: 2025-01
        expect: 40
`;
const SETTINGS = 'plumbline: 1\nname: shop\nas_of: 2025-01-31\n';

function shop(files: Readonly<Record<string, string>> = {}): Folder {
  return folderOf({ 'plumbline.yaml': SETTINGS, 'orders.csv': ORDERS, 'a.metrics.yaml': SOUND, ...files });
}

interface Document {
  readonly passed: boolean;
  readonly findings: readonly {
    readonly code: string;
    readonly part: string;
    readonly file: string;
    readonly start: { readonly line: number; readonly column: number };
    readonly known: boolean;
    readonly fingerprint: string;
  }[];
  readonly summary: Readonly<Record<string, number>>;
}

async function documentOf(folder: Folder, args: readonly string[] = []): Promise<Document> {
  const { stdout, stderr } = await folder.plumbline(['ci', '--report', 'json', ...args]);
  assert.equal(stderr, '');
  return JSON.parse(stdout) as Document;
}

describe('plumbline ci', () => {
  it('does every part, and says of each what it looked at', async () => {
    const run = await shop().plumbline(['ci']);
    assert.deepEqual(run, {
      code: 0,
      signal: null,
      stdout: `✓ definitions  1 metric in 1 file
✓ data         1 source with 2 rows
✓ tests        1 example of 1 metric
✓ formatting   2 files
· policy       nothing to compare with: see --base

✓ Passed.
`,
      stderr: '',
    });
  });

  it('finds what each part is there for, and ends with 1', async () => {
    const folder = shop({
      'a.metrics.yaml': SOUND.replace('expect: 40', 'expect:   41').replace(
        'time: at',
        'time: at\n    columns: { amount: { max: 20 } }',
      ),
      'b.metrics.yaml': 'plumbline: 1\n\nmetrics:\n  more:\n    type: count\n    source: ordres\n',
    });
    const { findings, passed } = await documentOf(folder);
    assert.equal(passed, false);
    assert.deepEqual(
      findings
        .filter(({ code }) => !code.startsWith('metric-needs'))
        .map(({ part, code, file, start }) => [part, code, `${file}:${start.line}:${start.column}`]),
      [
        ['data', 'value-outside', 'a.metrics.yaml:8:31'],
        ['definitions', 'unknown-name', 'b.metrics.yaml:6:13'],
        ['tests', 'example-fails', 'a.metrics.yaml:20:19'],
        ['formatting', 'not-formatted', 'a.metrics.yaml:20:17'],
      ],
    );
    assert.equal((await folder.plumbline(['ci'])).code, 1);
    assert.deepEqual((await resultValidator('ci'))(await documentOf(folder)), []);
  });

  it('leaves out what --skip names, and says so', async () => {
    const folder = shop({ 'a.metrics.yaml': SOUND.replace('expect: 40', 'expect:   41') });
    const run = await folder.plumbline(['ci', '--skip', 'tests', 'formatting']);
    assert.equal(run.code, 0);
    assert.match(run.stdout, /^· tests {8}left out by --skip$/m);
  });

  it('takes a baseline: what was there passes, what is new fails, and what was mended is told', async () => {
    const folder = shop({ 'a.metrics.yaml': SOUND.replace('expect: 40', 'expect: 41') });
    const write = await folder.plumbline(['ci', '--baseline', 'known.json', '--write-baseline']);
    assert.equal(write.stdout, 'Wrote 1 finding to known.json.\n');
    const args = ['ci', '--baseline', 'known.json'];
    const known = await folder.plumbline(args);
    assert.equal(known.code, 0);
    assert.match(known.stdout, /^✓ Passed\. 1 finding of the baseline is not counted\.$/m);

    // Lines above it come and go.
    const moved = SOUND.replace('expect: 40', 'expect: 41').replace(
      'metrics:',
      '# A comment.\n\n# More.\nmetrics:',
    );
    folder.write('a.metrics.yaml', moved);
    assert.equal((await folder.plumbline(args)).code, 0);

    folder.write('a.metrics.yaml', moved.replace('value: amount', 'value: amuont'));
    const fresh = await folder.plumbline(args);
    assert.equal(fresh.code, 1);
    assert.match(fresh.stdout, /^error\[unknown-column\]/m);
    assert.doesNotMatch(fresh.stdout, /example-fails/);

    folder.write('a.metrics.yaml', SOUND);
    const mended = await folder.plumbline(args);
    assert.match(mended.stdout, /1 of its entries is mended: --write-baseline takes them out\.$/m);
    assert.equal(mended.code, 0);
  });

  it('leaves in a baseline what it did not look at, and calls none of it mended', async () => {
    const wrong = SOUND.replace('expect: 40', 'expect: 41');
    const own = (name: string): Record<string, string> => ({
      [`${name}/plumbline.yaml`]: SETTINGS,
      [`${name}/orders.csv`]: ORDERS,
      [`${name}/a.metrics.yaml`]: wrong,
    });
    const folder = folderOf({ ...own('one'), ...own('two'), '.git/HEAD': '' });
    const args = ['ci', '--baseline', 'known.json'];
    await folder.plumbline([...args, '--write-baseline']);
    const whole = readFileSync(join(folder.path, 'known.json'), 'utf8');
    for (const part of [['one'], ['--skip', 'tests']]) {
      const run = await folder.plumbline([...args, ...part]);
      assert.equal(run.code, 0);
      assert.doesNotMatch(run.stdout, /mended/);
      await folder.plumbline([...args, ...part, '--write-baseline']);
      assert.equal(readFileSync(join(folder.path, 'known.json'), 'utf8'), whole);
    }
    folder.write('one/a.metrics.yaml', SOUND);
    assert.match((await folder.plumbline([...args, 'one'])).stdout, /1 of its entries is mended/);
    await folder.plumbline([...args, 'one', '--write-baseline']);
    assert.deepEqual(readFileSync(join(folder.path, 'known.json'), 'utf8').match(/"file": .*/g), [
      '"file": "two/a.metrics.yaml"',
    ]);
  });

  it('writes a baseline anew in the place of a file that is none', async () => {
    const folder = shop({ 'a.metrics.yaml': SOUND.replace('expect: 40', 'expect: 41'), 'known.json': '{}' });
    const args = ['ci', '--baseline', 'known.json'];
    assert.match((await folder.plumbline(args)).stderr, /Write it again with --write-baseline\./);
    assert.equal((await folder.plumbline([...args, '--write-baseline'])).code, 0);
    assert.equal((await folder.plumbline(args)).code, 0);
  });

  it('counts findings that look the same: one more than the baseline has is new', async () => {
    const two = `${SOUND}      - period: 2025-01\n        expect: 41\n`;
    const folder = shop({ 'a.metrics.yaml': two });
    await folder.plumbline(['ci', '--baseline', 'known.json', '--write-baseline']);
    folder.write('a.metrics.yaml', `${two}      - period: 2025-01\n        expect: 41\n`);
    const { findings } = await documentOf(folder, ['--baseline', 'known.json']);
    assert.deepEqual(
      findings.map(({ code, known }) => [code, known]),
      [
        ['example-fails', true],
        ['example-fails', false],
      ],
    );
  });

  it('fails by warnings only where there are more than --max-warnings', async () => {
    const folder = shop({
      'a.metrics.yaml': SOUND,
      'orders.csv': `${ORDERS}2,2025-01-06,30,b\n`,
    });
    const { summary } = await documentOf(folder);
    assert.ok((summary.warnings ?? 0) > 0);
    assert.equal((await folder.plumbline(['ci', '--max-warnings', String(summary.warnings)])).code, 0);
    assert.equal((await folder.plumbline(['ci', '--max-warnings', '0'])).code, 1);
  });

  it('writes several reports at once, and text beside those that go to files', async () => {
    const folder = shop();
    const run = await folder.plumbline(['ci', '--report', 'sarif=out/x.sarif', '--report=junit=out/x.xml']);
    assert.match(run.stdout, /^✓ Passed\.$/m);
    assert.equal(JSON.parse(readFileSync(join(folder.path, 'out/x.sarif'), 'utf8')).version, '2.1.0');
    assert.match(readFileSync(join(folder.path, 'out/x.xml'), 'utf8'), /^<\?xml /);
  });

  it('replaces a link in the place of a report, and does not follow it', async () => {
    const folder = shop({ 'precious.txt': 'mine' });
    symlinkSync(join(folder.path, 'precious.txt'), join(folder.path, 'x.sarif'));
    await folder.plumbline(['ci', '--report', 'sarif=x.sarif']);
    assert.equal(readFileSync(join(folder.path, 'precious.txt'), 'utf8'), 'mine');
  });

  it('names files from the top of the repository, wherever it is started', async () => {
    const folder = folderOf({
      'metrics/plumbline.yaml': SETTINGS,
      'metrics/orders.csv': ORDERS,
      'metrics/a.metrics.yaml': SOUND.replace('value: amount', 'value: amuont'),
    });
    mkdirSync(join(folder.path, '.git'));
    const { findings } = await documentOf(folder, ['metrics']);
    assert.deepEqual(
      findings.map(({ file }) => file),
      ['metrics/a.metrics.yaml'],
    );
  });

  it('refuses what cannot be meant, in one line', async () => {
    const folder = shop();
    const said = async (...args: string[]): Promise<string> => {
      const { code, stderr } = await folder.plumbline(['ci', ...args]);
      assert.equal(code, 2);
      return stderr.split('\n')[0] ?? '';
    };
    assert.match(await said('--report', 'html'), /Reports are: text, json, sarif/);
    assert.match(await said('--report', 'json', '--report', 'text'), /would be mixed\. Give the json a file/);
    assert.match(await said('--write-baseline'), /needs the file that --baseline names/);
    assert.match(await said('--baseline', 'none.json'), /There is no file none\.json\./);
    assert.match(await said('--baseline', 'plumbline.yaml'), /is no baseline of this version/);
    assert.match(await said('a.metrics.yaml'), /looks at whole projects/);
  });
});

describe('plumbline ci --base', () => {
  const changed = SOUND.replace('value: amount', 'value: amount\n    where: amount > 20').replace(
    'expect: 40',
    'expect: 30',
  );

  it('holds what changed since the merge base to the policy, at the place of the change', async () => {
    const folder = shop();
    const git = (...args: readonly string[]): string => runGit(folder.path, ...args);
    commitAll(folder.path, 'base');
    git('checkout', '--quiet', '-b', 'branch');
    folder.write(
      'a.metrics.yaml',
      changed.replace(
        '    value: amount\n    where: amount > 20',
        '    where: amount > 20\n    value: amount',
      ),
    );
    git('commit', '--quiet', '--all', '--message=change');
    // What main does meanwhile is nothing of this branch.
    git('checkout', '--quiet', 'main');
    folder.write(
      'b.metrics.yaml',
      'plumbline: 1\n\nmetrics:\n  orders:\n    type: count\n    source: orders\n',
    );
    git('add', '--all');
    git('commit', '--quiet', '--message=meanwhile');
    git('checkout', '--quiet', 'branch');
    const { findings } = await documentOf(folder, ['--base', 'main', '--skip', 'formatting']);
    assert.deepEqual(
      findings.map(({ code, part, file, start }) => [part, code, `${file}:${start.line}:${start.column}`]),
      [
        ['policy', 'change-needs-version', 'a.metrics.yaml:16:12'],
        ['policy', 'owners-to-ask', 'a.metrics.yaml:16:12'],
      ],
    );
    const same = await folder.plumbline(['ci', '--base', 'HEAD', '--skip', 'formatting']);
    assert.equal(same.code, 0);
    assert.match(same.stdout, /^✓ policy {7}0 changes since HEAD$/m);
  });

  it('lets neither a warning nor a finding of the baseline at the same place hide what a change breaks', async () => {
    for (const severity of ['warning', 'error']) {
      // What is gone is told at the name, and so is what a metric lacks.
      const files = {
        'plumbline.yaml': `${SETTINGS}rules: { metric-needs-owner: ${severity} }\n`,
        'a.metrics.yaml': changed.replace('    owner: finance\n', ''),
      };
      const folder = shop(files);
      const args = ['ci', '--baseline', 'known.json', '--skip', 'formatting'];
      await folder.plumbline([...args, '--write-baseline']);
      commitAll(folder.path, 'base');
      runGit(folder.path, 'checkout', '--quiet', '-b', 'branch');
      folder.write(
        'a.metrics.yaml',
        files['a.metrics.yaml'].replace('\n    where: amount > 20', '').replace('expect: 30', 'expect: 40'),
      );
      const run = await folder.plumbline([...args, '--base', 'main']);
      assert.match(
        run.stdout,
        /error\[change-needs-version\]: The metric "revenue" changed: no longer counts only/,
      );
      assert.equal(run.code, 1);
    }
  });

  it('says nothing of the change at an error that fails the run all the same', async () => {
    const folder = shop();
    commitAll(folder.path, 'base');
    folder.write('a.metrics.yaml', SOUND.replace('value: amount', 'value: amuont'));
    const { findings } = await documentOf(folder, ['--base', 'HEAD', '--skip', 'formatting', 'tests']);
    assert.deepEqual(
      findings.map(({ code }) => code),
      ['unknown-column'],
    );
  });

  it('holds a project that was moved, or whose settings are gone, to what it was', async () => {
    const files = { 'plumbline.yaml': SETTINGS, 'orders.csv': ORDERS, 'a.metrics.yaml': SOUND };
    const below = (name: string): Record<string, string> =>
      Object.fromEntries(Object.entries(files).map(([path, text]) => [`${name}/${path}`, text]));
    const folder = folderOf({ ...below('shop'), ...below('other') });
    commitAll(folder.path, 'base');
    const args = ['ci', '--base', 'main', '--skip', 'formatting', 'tests'];
    const breaks = /error\[change-needs-version\]: The metric "revenue" changed: is now of type max/;
    runGit(folder.path, 'mv', 'shop', 'store');
    assert.equal((await folder.plumbline(args)).code, 0);
    folder.write('store/a.metrics.yaml', SOUND.replace('type: sum', 'type: max'));
    const moved = await folder.plumbline(args);
    assert.match(moved.stdout, breaks);
    assert.equal(moved.code, 1);
    runGit(folder.path, 'rm', '--quiet', '-f', 'store/plumbline.yaml');
    const bare = await folder.plumbline(['ci', 'store', ...args.slice(1)]);
    assert.match(bare.stdout, breaks);
    assert.equal(bare.code, 1);
  });

  it('has nothing to hold a new project to, and says what it cannot compare with', async () => {
    const folder = folderOf({ 'other.txt': 'x' });
    commitAll(folder.path, 'base');
    for (const [name, text] of Object.entries({
      'plumbline.yaml': SETTINGS,
      'orders.csv': ORDERS,
      'a.metrics.yaml': SOUND,
    }))
      folder.write(`shop/${name}`, text);
    const fresh = await folder.plumbline(['ci', '--base', 'main']);
    assert.equal(fresh.code, 0);
    assert.match(fresh.stdout, /^· policy {7}the project is new$/m);
    const wrong = await folder.plumbline(['ci', '--base', 'nowhere']);
    assert.equal(wrong.code, 2);
    assert.match(wrong.stderr, /nowhere/);
  });
});
