import assert from 'node:assert/strict';
import { copyFileSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { distFolder, folderOf, repository, resultValidator } from './kit.ts';

const SETTINGS = 'plumbline: 1\nname: shop\n';
const ORDERS = 'id,at,amount,kind\n1,2025-01-05,10,a\n';
const SOURCE = `plumbline: 1
sources:
  orders:
    data: orders.csv
    key: id
    time: at
`;
const SOUND = `${SOURCE}metrics:
  revenue: { type: sum, source: orders, value: amount }
`;
const MISSPELT = `plumbline: 1
metrics:
  revenue:
    type: sum
    source: orders
    value: amuont
`;

describe('plumbline check', () => {
  it('says in one line that nothing is wrong', async () => {
    const folder = folderOf({ 'plumbline.yaml': SETTINGS, 'orders.csv': ORDERS, 'a.metrics.yaml': SOUND });
    const run = await folder.plumbline(['check']);
    assert.deepEqual(run, {
      code: 0,
      signal: null,
      stdout:
        '✓ No problems in the definitions. Checked 1 file with 1 metric; "plumbline check --data" looks at the rows too.\n',
      stderr: '',
    });
  });

  it('takes its folder as --project too, as other commands do, but not beside paths', async () => {
    const folder = folderOf({
      'shop/plumbline.yaml': SETTINGS,
      'shop/orders.csv': ORDERS,
      'shop/a.metrics.yaml': SOUND,
    });
    assert.deepEqual(
      await folder.plumbline(['check', '--project', 'shop']),
      await folder.plumbline(['check', 'shop']),
    );
    const both = await folder.plumbline(['check', 'shop', '--project', 'shop']);
    assert.equal(both.code, 2);
    assert.match(both.stderr, /^error: --project and paths both say what to check: write only the paths\./);
  });

  it('marks the exact characters of a problem, and offers its fix', async () => {
    const folder = folderOf({
      'plumbline.yaml': SETTINGS,
      'orders.csv': ORDERS,
      'sources.metrics.yaml': SOURCE,
      'revenue.metrics.yaml': MISSPELT,
    });
    const run = await folder.plumbline(['check']);
    assert.equal(
      run.stdout,
      `error[unknown-column]: There is no column "amuont" in orders. Did you mean "amount"?
 --> revenue.metrics.yaml:6:12
  |
6 |     value: amuont
  |            ^^^^^^
  = help: Change to amount

1 error in 1 file. Checked 2 files with 1 metric.
`,
    );
    assert.equal(run.stderr, '');
    assert.equal(run.code, 1);
  });

  it('aligns the mark behind wide characters, and shows what a control character would hide', async () => {
    const folder = folderOf({
      'plumbline.yaml': SETTINGS,
      'orders.csv': ORDERS,
      'a.metrics.yaml': `${SOURCE}metrics:\n  revenue: { label: "売上 é", type: sum, source: ordres, value: amount }\n`,
    });
    const { stdout } = await folder.plumbline(['check']);
    const [code = '', marks = ''] = stdout.split('\n').slice(3, 5);
    assert.equal(code, '8 |   revenue: { label: "売上 é", type: sum, source: ordres, value: amount }');
    // Each of the two wide characters takes two columns, but one in this text.
    assert.equal(marks.indexOf('^'), code.indexOf('ordres') + 2);
    assert.equal(marks.trimEnd().length - marks.indexOf('^'), 'ordres'.length);
  });

  it('lets nothing from a file reach the terminal as a control', async () => {
    const folder = folderOf({
      'plumbline.yaml': SETTINGS,
      'orders.csv': ORDERS,
      'a.metrics.yaml': `${SOURCE}metrics:\n  revenue: { type: sum, source: "\\e[31mred\\a", value: amount }\n`,
    });
    const { stdout, code } = await folder.plumbline(['check']);
    assert.equal(code, 1);
    assert.match(stdout, /, not `\[31mred`\.$/m);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters that must not be there.
    assert.doesNotMatch(stdout, /[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/);
  });

  it('shows the related place of a problem', async () => {
    const folder = folderOf({
      'plumbline.yaml': SETTINGS,
      'orders.csv': ORDERS,
      'a.metrics.yaml': SOUND,
      'b.metrics.yaml': 'plumbline: 1\nmetrics:\n  revenue: { type: count, source: orders }\n',
    });
    const { stdout } = await folder.plumbline(['check']);
    assert.match(stdout, /^error\[duplicate-name\]: /m);
    assert.match(stdout, /^ --> b\.metrics\.yaml:3:3$/m);
    assert.match(stdout, /^ ::: a\.metrics\.yaml:8:3$/m);
    assert.match(
      stdout,
      /^8 \| {3}revenue: \{ type: sum, source: orders, value: amount \}\n {2}\| {3}-------/m,
    );
  });

  it('shows problems in a line of a megabyte, be there one or many', async () => {
    const note = 'é'.repeat(900);
    const metrics = Array.from(
      { length: 1_001 },
      (_, index) => `m${index}: { type: count, source: orders, where: zz > 1, label: ${note} }`,
    );
    const folder = folderOf({
      'plumbline.yaml': SETTINGS,
      'orders.csv': ORDERS,
      'a.metrics.yaml': `${SOURCE}metrics:\n  revenue: { type: sum, source: orders, value: zz, label: "${'é'.repeat(1e6)}" }\n`,
      'b.metrics.yaml': `plumbline: 1\nmetrics: { ${metrics.join(', ')} }\n`,
    });
    const one = await folder.plumbline(['check', 'a.metrics.yaml']);
    const [code = '', marks = ''] = one.stdout.split('\n').slice(3, 5);
    assert.match(code, /^8 \| … sum, source: orders, value: zz, label: "é+…$/);
    assert.equal(marks, `  |${' '.repeat(code.indexOf('zz') - 3)}^^`);
    assert.equal(one.code, 1);
    const many = await folder.plumbline(['check', 'b.metrics.yaml']);
    // Of the 1,000 problems that are kept of a project one stands in the other file.
    assert.equal(many.stdout.match(/^ {2}\| +\^\^$/gm)?.length, 999);
    assert.equal(many.code, 1);
  });

  it('says where it lists only the first problems', async () => {
    const metrics = (count: number): string =>
      Array.from(
        { length: count },
        (_, index) => `  m${index}: { type: count, source: orders, where: zz > ${index} }\n`,
      ).join('');
    const folder = folderOf({ 'plumbline.yaml': SETTINGS, 'orders.csv': ORDERS });
    const check = async (count: number): Promise<readonly [string | undefined, unknown]> => {
      folder.write('a.metrics.yaml', `${SOURCE}metrics:\n${metrics(count)}`);
      const { stdout } = await folder.plumbline(['check', '--format', 'json']);
      const { summary } = JSON.parse(stdout) as { readonly summary: { readonly truncated: unknown } };
      const text = await folder.plumbline(['check']);
      return [text.stdout.split('\n').at(-2), summary.truncated];
    };
    assert.deepEqual(await check(999), ['999 errors in 1 file. Checked 1 file with 999 metrics.', false]);
    const more = 'or more: only the first 1,000 problems of a project are listed';
    assert.deepEqual(await check(1_200), [
      `1,000 errors in 1 file ${more}. Checked 1 file with 1,200 metrics.`,
      true,
    ]);
  });

  it('reports only the problems of a file that is named, and reads its whole project', async () => {
    const folder = folderOf({
      'plumbline.yaml': SETTINGS,
      'orders.csv': ORDERS,
      'sources.metrics.yaml': SOURCE,
      'a.metrics.yaml': MISSPELT,
      'b.metrics.yaml': 'plumbline: 1\nmetrics:\n  orders: { type: count, source: orders }\n',
    });
    const sound = await folder.plumbline(['check', 'b.metrics.yaml']);
    assert.deepEqual(
      [sound.code, sound.stdout],
      [
        0,
        '✓ No problems in the definitions. Checked 1 file with 1 metric; "plumbline check --data" looks at the rows too.\n',
      ],
    );
    const broken = await folder.plumbline(['check', 'a.metrics.yaml']);
    assert.equal(broken.code, 1);
    assert.match(broken.stdout, /a\.metrics\.yaml:6:12/);
  });

  it('takes several projects, those beneath a folder too', async () => {
    const folder = folderOf({
      'one/plumbline.yaml': SETTINGS,
      'one/orders.csv': ORDERS,
      'one/a.metrics.yaml': SOUND,
      'two/plumbline.yaml': SETTINGS,
      'two/orders.csv': ORDERS,
      'two/a.metrics.yaml': `${SOURCE}${MISSPELT.replace('plumbline: 1\n', '')}`,
    });
    const all = await folder.plumbline(['check']);
    assert.equal(all.code, 1);
    assert.match(all.stdout, /^1 error in 1 file\. Checked 2 files with 2 metrics in 2 projects\.$/m);
    const one = await folder.plumbline(['check', 'one']);
    assert.deepEqual(
      [one.code, one.stdout],
      [
        0,
        '✓ No problems in the definitions. Checked 1 file with 1 metric in one; "plumbline check --data" looks at the rows too.\n',
      ],
    );
  });

  describe('with warnings', () => {
    const strict = `${SETTINGS}rules: { metric-needs-owner: warning }\n`;

    it('ends with 0, and with 1 where there are more than are allowed', async () => {
      const folder = folderOf({ 'plumbline.yaml': strict, 'orders.csv': ORDERS, 'a.metrics.yaml': SOUND });
      const run = await folder.plumbline(['check']);
      assert.match(run.stdout, /^warning\[metric-needs-owner\]/m);
      assert.match(run.stdout, /^1 warning in 1 file/m);
      assert.equal(run.code, 0);
      assert.equal((await folder.plumbline(['check', '--max-warnings', '1'])).code, 0);
      assert.equal((await folder.plumbline(['check', '--max-warnings', '0'])).code, 1);
    });
  });

  describe('as JSON', () => {
    it('is what the result schema states', async () => {
      const folder = folderOf({
        'project/plumbline.yaml': SETTINGS,
        'project/orders.csv': ORDERS,
        'project/sub/a.metrics.yaml': MISSPELT.replace('orders', 'sales'),
      });
      const run = await folder.plumbline(['check', '--format', 'json']);
      const document: unknown = JSON.parse(run.stdout);
      assert.deepEqual((await resultValidator('check'))(document), []);
      assert.equal(run.code, 1);
      assert.deepEqual(document, {
        problems: [
          {
            code: 'unknown-name',
            documentation: 'docs/rules/unknown-name.md',
            severity: 'error',
            message: 'There is no source "sales".',
            file: 'sub/a.metrics.yaml',
            start: { line: 5, column: 13 },
            end: { line: 5, column: 18 },
            root: 'project',
          },
        ],
        summary: { files: 1, metrics: 1, errors: 1, warnings: 0, infos: 0, truncated: false },
      });
    });
  });

  describe('called wrongly', () => {
    const folder = folderOf({
      'empty/readme.txt': 'x',
      'p/plumbline.yaml': SETTINGS,
      'p/other.yaml': 'x: 1',
    });
    const cases: readonly (readonly [string, readonly string[], RegExp])[] = [
      ['a path that is not there', ['check', 'nope'], /^error: There is no file or folder nope\.$/m],
      ['a folder without a project', ['check', 'empty'], /^error: There is no project in empty: neither/m],
      [
        'a file that is no metrics file',
        ['check', 'p/other.yaml'],
        /^error: p\/other\.yaml is not a metrics file/m,
      ],
      ['an unknown option', ['check', '--formt', 'json'], /^error: unknown option '--formt'$/m],
      ['an unknown format', ['check', '--format', 'xml'], /Allowed choices are text, json\.$/m],
      ['a wrong number', ['check', '--max-warnings', 'x'], /It has to be a whole number\.$/m],
      ['an unknown command', ['chek'], /^\(Did you mean check\?\)$/m],
      ['no command', [], /^Usage: plumbline/m],
    ];
    for (const [name, args, expected] of cases) {
      it(`ends with 2 for ${name}`, async () => {
        const run = await folder.plumbline(args);
        assert.match(run.stderr, expected);
        assert.deepEqual([run.code, run.stdout], [2, '']);
      });
    }

    it('ends with 2 where the settings cannot be read', async () => {
      const broken = folderOf({
        'plumbline.yaml': Uint8Array.of(0x6e, 0xff, 0xfe),
        'a.metrics.yaml': SOURCE,
      });
      const run = await broken.plumbline(['check']);
      assert.match(run.stderr, /^error: plumbline\.yaml cannot be read\. The file is not UTF-8 text/);
      assert.equal(run.code, 2);
    });
  });

  describe('without the engine', () => {
    it('checks all the same, from the one bundle', async () => {
      const folder = folderOf({ 'plumbline.yaml': SETTINGS, 'orders.csv': ORDERS, 'a.metrics.yaml': SOUND });
      const bundle = join(folder.path, 'package/dist/cli.js');
      mkdirSync(join(folder.path, 'package/dist'), { recursive: true });
      copyFileSync(join(distFolder(), 'cli.js'), bundle);
      copyFileSync(join(repository(), 'package.json'), join(folder.path, 'package/package.json'));
      assert.equal((await folder.plumbline(['check', 'a.metrics.yaml'], { bundle })).code, 0);
      const run = await folder.plumbline(['eval'], { bundle });
      assert.match(run.stderr, /^error: The engine is not built/);
      assert.deepEqual([run.code, run.stdout], [2, '']);
    });

    it('has no way to load DuckDB into its own process', () => {
      const text = readFileSync(join(distFolder(), 'cli.js'), 'utf8');
      assert.doesNotMatch(text, /(require|import)\(\s*["']@duckdb/);
    });
  });

  it('prints help for each command, with examples, and the version', async () => {
    const folder = folderOf({});
    for (const command of ['check', 'eval', 'test']) {
      const run = await folder.plumbline([command, '--help']);
      assert.match(run.stdout, new RegExp(`^Usage: plumbline ${command} `));
      assert.match(run.stdout, new RegExp(`^Examples:\\n  plumbline ${command}`, 'm'));
      assert.equal(run.code, 0);
    }
    const { version } = JSON.parse(readFileSync(join(repository(), 'package.json'), 'utf8')) as {
      version: string;
    };
    assert.equal((await folder.plumbline(['--version'])).stdout, `${version}\n`);
  });
});
