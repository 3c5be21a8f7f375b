import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { CodeLens } from 'vscode-languageserver';
import {
  type Base,
  type Comparison,
  comparisonRequest,
  previewRequest,
  refsRequest,
  VERSION_SCHEME,
  versionTextRequest,
} from '../../server/src/protocol/index.ts';
import { testEngine } from '../kit/engine.ts';
import { commitAll, git } from '../kit/git.ts';
import { type Served, served, shared } from './served.ts';
import { createWorkspace, type Workspace } from './workspace.ts';

const FILE = 'shop.metrics.yaml';
const TEXT = `plumbline: 1
sources:
  orders: { data: orders.csv, time: ordered_at }
segments:
  big: { source: orders, groups: { big: amount >= 50, small: amount < 50 } }
metrics:
  orders_made:
    type: count
    source: orders
  revenue:
    type: sum
    source: orders
    value: amount
    unit: currency
    segments: [big]
  per_order:
    type: ratio
    numerator: revenue
    denominator: orders_made
    unit: currency
targets:
  january: { metric: revenue, at_least: 50, each: month, why: the year begins }
`;
const DATA = 'ordered_at,amount\n2025-01-02,100\n2025-01-03,20\n2025-02-04,60\n2025-02-05,30\n2025-03-01,1\n';
const FILES = {
  'plumbline.yaml': 'plumbline: 1\ncurrency: EUR\nas_of: 2025-02-28\n',
  'orders.csv': DATA,
  [FILE]: TEXT,
};
const HEAD: Base = { ref: 'HEAD', mergeBase: false };
/** January loses its second order, February its second. */
const BIG_ONLY = TEXT.replace('    value: amount\n', '    value: amount\n    where: amount > 50\n');

describe('a project beside another version of it, over the protocol', () => {
  const counted = testEngine();
  let statements = 0;
  const engine = shared(counted, {
    run: (sql, options) => {
      statements += 1;
      return counted.run(sql, options);
    },
  });
  let workspace: Workspace;
  let server: Served;

  beforeEach(async () => {
    workspace = await createWorkspace(FILES);
    commitAll(workspace.folder, 'first');
    server = await served(engine);
    await server.open(workspace.uri(FILE), TEXT);
  });

  afterEach(async () => {
    await server.end();
    await workspace.end();
  });

  const here = () => ({ textDocument: { uri: workspace.uri(FILE) } });
  const compare = (base: Base = HEAD): Promise<Comparison> =>
    server.answerOf(comparisonRequest, { ...here(), base });
  const headlines = ({ metrics }: Comparison) =>
    metrics.map(({ name, headline }) => [name, headline?.before, headline?.after, headline?.change]);

  it('is nothing where nothing changed', async () => {
    const same = await compare();
    assert.equal(same.unavailable, null);
    assert.deepEqual([same.metrics, same.others, same.targets, same.notes], [[], [], [], []]);
    assert.match(String(same.summary), /Nothing changed/);
  });

  it('has what is typed and not saved, and whom it reaches', async () => {
    await server.change(workspace.uri(FILE), 2, BIG_ONLY);
    const found = await compare();
    // By hand: revenue of February is 90 and 60 with the condition; there are two orders.
    assert.deepEqual(headlines(found), [
      ['per_order', '€45.00', '€30.00', '-€15.00'],
      ['revenue', '€90.00', '€60.00', '-€30.00'],
    ]);
    assert.deepEqual([found.before, found.after], ['the last commit', 'the working tree']);
    const [average, revenue] = found.metrics;
    assert.ok(average !== undefined && revenue !== undefined);
    assert.equal(average.unmeant, 'its values moved, and nobody changed its text');
    assert.equal(average.text.before, average.text.after);
    assert.match(revenue.text.after ?? '', /^revenue:\n {2}type: sum\n(.*\n)* {2}where: amount > 50\n/);
    assert.doesNotMatch(revenue.text.before ?? '', /where/);
    assert.deepEqual(
      revenue.totals.map(({ period, before, after }) => [period, before, after]),
      [
        ['2025-01', 120, 100],
        ['2025-02', 90, 60],
      ],
    );
    assert.deepEqual(revenue.at.after?.range.start, { line: 9, character: 2 });
    assert.equal(revenue.at.after?.uri, workspace.uri(FILE));
  });

  it('gives the text of the version before, by the places that it tells', async () => {
    await server.change(workspace.uri(FILE), 2, `# more\n${BIG_ONLY}`);
    const { uri = '', range } =
      (await compare()).metrics.find(({ name }) => name === 'revenue')?.at.before ?? {};
    assert.ok(uri.startsWith(`${VERSION_SCHEME}:/${FILE}?`), uri);
    const text = await server.answerOf(versionTextRequest, { uri });
    assert.equal(text, TEXT);
    assert.equal(text.split('\n')[range?.start.line ?? -1], '  revenue:');
    for (const wrong of [
      uri.replace(FILE, 'other.metrics.yaml'),
      `${VERSION_SCHEME}:/a?b`,
      workspace.uri(FILE),
    ])
      assert.equal(await server.ask(versionTextRequest, { uri: wrong }), null, wrong);
  });

  it('is one metric where a preview asks for it', async () => {
    await server.change(workspace.uri(FILE), 2, BIG_ONLY);
    const subject = { kind: 'comparison', base: HEAD, metric: 'revenue' } as const;
    const shown = await server.answerOf(previewRequest, { ...here(), subject });
    assert.ok('kind' in shown && shown.kind === 'comparison');
    assert.deepEqual(
      shown.metrics.map(({ name }) => name),
      ['revenue'],
    );
    const whole = await compare();
    assert.deepEqual(
      shown.metrics[0],
      whole.metrics.find(({ name }) => name === 'revenue'),
    );
  });

  it('tells targets that flip, and definitions that are none of metrics', async () => {
    const changed = BIG_ONLY.replace('where: amount > 50', 'where: amount < 60').replace(
      'why: the year begins',
      'why: the year begins well',
    );
    await server.change(workspace.uri(FILE), 2, changed);
    const found = await compare();
    // February keeps only its order of 30, and is below 50.
    assert.deepEqual(
      found.targets.map(({ name, metric }) => [name, metric]),
      [['january', 'revenue']],
    );
    assert.equal(found.targets[0]?.at?.range.start.line, 22);
    assert.deepEqual(
      found.others.map(({ subject }) => subject),
      [{ kind: 'target', name: 'january' }],
    );
  });

  it('compares with where a branch left another one', async () => {
    git(workspace.folder, 'checkout', '--quiet', '-b', 'work');
    await workspace.write(FILE, BIG_ONLY);
    commitAll(workspace.folder, 'work');
    git(workspace.folder, 'checkout', '--quiet', 'main');
    await workspace.write(FILE, TEXT.replace('value: amount', 'value: amount * 2'));
    commitAll(workspace.folder, 'meanwhile');
    git(workspace.folder, 'checkout', '--quiet', 'work');
    await server.change(workspace.uri(FILE), 2, BIG_ONLY);
    const refs = await server.answerOf(refsRequest, here());
    assert.ok('refs' in refs);
    assert.deepEqual([refs.branch, refs.main], ['work', 'main']);
    assert.deepEqual(
      new Set(refs.refs.map(({ name, kind }) => `${kind} ${name}`)),
      new Set(['branch work', 'branch main']),
    );
    const left = await compare({ ref: 'main', mergeBase: true });
    assert.deepEqual(headlines(left).at(-1), ['revenue', '€90.00', '€60.00', '-€30.00']);
    const other = await compare({ ref: 'main', mergeBase: false });
    assert.deepEqual(headlines(other).at(-1), ['revenue', '€180.00', '€60.00', '-€120.00']);
    assert.deepEqual((await compare()).metrics, []);
  });

  it('is known while nothing has changed, and new with the next key, row and commit', async () => {
    await server.change(workspace.uri(FILE), 2, BIG_ONLY);
    const first = await compare();
    const before = statements;
    assert.deepEqual(await compare(), first);
    // Saving what is typed changes nothing.
    await workspace.write(FILE, BIG_ONLY);
    await watched(FILE);
    assert.deepEqual(await compare(), first);
    assert.equal(statements, before);
    await server.change(workspace.uri(FILE), 3, BIG_ONLY.replace('> 50', '> 1000'));
    assert.deepEqual(headlines(await compare()).at(-1), ['revenue', '€90.00', '€0.00', '-€90.00']);
    await server.change(workspace.uri(FILE), 4, BIG_ONLY);
    await writeFile(join(workspace.folder, 'orders.csv'), `${DATA}2025-02-20,500\n`);
    await watched('orders.csv');
    assert.deepEqual(
      headlines(await compare()).find(([name]) => name === 'revenue'),
      ['revenue', '€90.00', '€560.00', '+€470.00'],
    );
    commitAll(workspace.folder, 'all of it');
    assert.deepEqual((await compare()).metrics, []);
  });

  const watched = (file: string): Promise<void> =>
    server.client.sendNotification('workspace/didChangeWatchedFiles', {
      changes: [{ uri: workspace.uri(file), type: 2 }],
    });

  it('says what the command line says', async () => {
    const changed = BIG_ONLY.replace('amount >= 50', 'amount >= 60').replace(
      'at_least: 50',
      'at_least: 5000',
    );
    await workspace.write(FILE, changed);
    await workspace.write('orders.csv', `${DATA}2025-02-20,500\n`);
    await server.change(workspace.uri(FILE), 2, changed);
    await watched('orders.csv');
    const found = await compare();
    const args = ['dist/cli.js', 'diff', '--project', workspace.folder, '--format', 'json'];
    const told = JSON.parse(execFileSync(process.execPath, args, { encoding: 'utf8' }));
    assert.ok(told.metrics.length > 0 && told.targets.length > 0);
    assert.deepEqual(
      found.metrics.map(({ name, class: of, largest, compared, moved }) => [
        name,
        of,
        largest,
        compared,
        moved,
      ]),
      told.metrics.map((one: Record<string, unknown>) => [
        one.metric,
        one.class,
        one.largest,
        one.compared,
        one.moved,
      ]),
    );
    assert.deepEqual(
      found.targets.map(({ name }) => name),
      told.targets.map(({ target }: { readonly target: string }) => target),
    );
  });

  it('says why there is none', async () => {
    const gone = await compare({ ref: 'no-such-branch', mergeBase: false });
    assert.match(gone.unavailable ?? '', /"no-such-branch" names no commit/);
    for (const ref of ['--upload-pack=touch x', '-q', 'a\u0000b', '']) {
      const odd = await compare({ ref, mergeBase: false });
      assert.match(odd.unavailable ?? '', /names no commit/, ref);
    }
    const bare = await createWorkspace(FILES);
    await server.open(bare.uri(FILE), TEXT);
    const params = { textDocument: { uri: bare.uri(FILE) } };
    const none = await server.answerOf(comparisonRequest, { ...params, base: HEAD });
    assert.match(none.unavailable ?? '', /no git repository/);
    assert.match(JSON.stringify(await server.answerOf(refsRequest, params)), /no git repository/);
    git(bare.folder, 'init', '--quiet');
    const empty = await server.answerOf(comparisonRequest, { ...params, base: HEAD });
    assert.match(empty.unavailable ?? '', /no commit yet/);
    await bare.end();
  });

  it('runs neither git nor queries in a workspace that is not trusted', async () => {
    const careful = await served(engine, { initializationOptions: { evaluate: false } });
    await careful.open(workspace.uri(FILE), BIG_ONLY);
    const found = await careful.answerOf(comparisonRequest, { ...here(), base: HEAD });
    assert.match(found.unavailable ?? '', /not evaluated/);
    assert.match(JSON.stringify(await careful.answerOf(refsRequest, here())), /not evaluated/);
    await careful.end();
  });

  it('asks above a changed definition what its commit does, and says whom it reaches', async () => {
    assert.deepEqual(await changesLenses(), []);
    await server.change(workspace.uri(FILE), 2, BIG_ONLY);
    assert.deepEqual(await changesLenses(), [
      ['revenue', 'what changes if I commit this: revenue, per_order', [workspace.uri(FILE), 'revenue']],
    ]);
    await compare();
    assert.deepEqual(await changesLenses(), [
      [
        'revenue',
        'what changes if I commit this: the values of 2 of 2 metrics',
        [workspace.uri(FILE), 'revenue'],
      ],
    ]);
    // Another spelling is no change, and says so; a segment shows all that it reaches.
    const respelled = TEXT.replace('value: amount', "value: 'amount'").replace(
      'amount >= 50',
      'amount >= 60',
    );
    await server.change(workspace.uri(FILE), 3, respelled);
    assert.deepEqual(await changesLenses(), [
      ['big', 'what changes if I commit this: revenue', [workspace.uri(FILE)]],
      ['revenue', 'what changes if I commit this: nothing by meaning', undefined],
    ]);
  });

  it('leaves the other lenses where the repository is damaged, and says why there is no comparison', async () => {
    const tree = git(workspace.folder, 'rev-parse', 'HEAD^{tree}').trim();
    await workspace.remove(`.git/objects/${tree.slice(0, 2)}/${tree.slice(2)}`);
    await server.change(workspace.uri(FILE), 2, BIG_ONLY);
    const lenses = await server.client.sendRequest<CodeLens[] | null>('textDocument/codeLens', here());
    assert.ok(lenses?.some(({ command }) => command?.title === 'SQL'));
    assert.deepEqual(await changesLenses(), []);
    assert.match((await compare()).unavailable ?? '', /is damaged: .*git fsck/);
  });

  async function changesLenses(): Promise<unknown[]> {
    const lenses = await server.client.sendRequest<CodeLens[]>('textDocument/codeLens', here());
    const resolved = await Promise.all(
      lenses
        .filter(({ data }) => data?.lens === 'changes')
        .map((lens) => server.client.sendRequest<CodeLens>('codeLens/resolve', lens)),
    );
    return resolved.map(({ command, data }) => [data.name, command?.title, command?.arguments]);
  }
});
