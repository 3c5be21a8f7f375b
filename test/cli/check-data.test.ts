import assert from 'node:assert/strict';
import { childrenOf, eventually, type Folder, folderOf, isRunning, resultValidator } from './kit.ts';

const DEFINITIONS = `plumbline: 1
sources:
  answers:
    data: answers.csv
    key: id
    time: on
    as_of: 2025-03-31
    columns:
      id: { type: integer, required: true }
      on: { type: date }
      score: { type: integer, min: 0 }
      minutes: { type: number, max: 8 }
      plan: { values: [free, team] }
    links:
      account: { to: accounts, using: account_id }
      place: { to: places, using: { account_id: place_id } }
metrics:
  nps: { type: nps, source: answers, value: score, grain: all }
`;

const FAULTY = {
  'plumbline.yaml': 'plumbline: 1\n',
  'a.metrics.yaml': DEFINITIONS,
  'b.metrics.yaml': `plumbline: 1
sources:
  accounts: { data: accounts.csv, key: account_id }
  places: { data: places.csv }
metrics:
  accounts: { type: count, source: accounts }
`,
  'answers.csv': [
    'id,on,score,minutes,plan,account_id',
    '1,2025-01-01,10,5,free,A', // row 1
    '1,2025-01-01,10,5,free,A', // row 2 repeats row 1
    '2,2025-01-02,11,1,team,A', // row 3: off the scale of nps
    '2,2025-01-02,0,2,gold,Z', // row 4: the key of row 3, another plan, no such account
    '3,,-1,4,,A', // row 5: no time, below min
    ',2025-04-01,5,x,free,', // row 6: no id, after as_of, no number
    '5,2025-13-01,5,8,team,Y', // row 7: no date, no such account
    '6,2025-03-31,12,16,team,Y', // row 8: above max of minutes, off the scale, no such account
    '',
  ].join('\n'),
  'accounts.csv': 'account_id\nA\n',
  'places.csv': 'place_id,town\nA,Ghent\nA,Bruges\n',
};

interface Found {
  readonly code: string;
  readonly file: string;
  readonly start: { readonly line: number };
  readonly count?: number;
  readonly rows?: readonly number[];
}

/** What must be found, worked out from the rows by hand: rule, line of the declaration, how many, and the rows named. */
const EXPECTED = [
  ['duplicate-key', 5, 1, [4]],
  // Row 2 repeats row 1.
  ['rows-set-aside', 5, 1, [2]],
  ['rows-set-aside', 6, 1, [6]],
  ['rows-set-aside', 6, 2, [5, 7]],
  ['value-missing', 9, 1, [6]],
  ['value-misfit', 10, 1, [7]],
  ['value-outside', 11, 1, [5]],
  ['value-outside', 12, 1, [8]],
  ['value-misfit', 12, 1, [6]],
  ['value-outside', 13, 1, [4]],
  ['orphan-link', 15, 3, [4, 7, 8]],
  // The second place A is a second row of places.
  ['link-not-unique', 16, 1, [2]],
  ['rows-set-aside', 18, 2, [3, 8]],
];

async function found(folder: Folder, command: readonly string[]): Promise<readonly Found[]> {
  const { stdout } = await folder.plumbline([...command, '--format', 'json']);
  const { problems }: { problems: readonly Found[] } = JSON.parse(stdout);
  return problems;
}

describe('plumbline check --data', () => {
  it('says of each part of a contract how many rows break it, and which', async () => {
    const folder = folderOf(FAULTY);
    const problems = await found(folder, ['check', '--data']);
    const lines = problems.map(({ code, start, count, rows }) => [code, start.line, count, rows]);
    const inOrder = (all: readonly unknown[]): readonly string[] =>
      all.map((one) => JSON.stringify(one)).sort();
    assert.deepEqual(inOrder(lines), inOrder(EXPECTED));
    assert.deepEqual(new Set(problems.map(({ file }) => file)), new Set(['a.metrics.yaml']));
  });

  it('says the same as an evaluation of everything', async () => {
    const folder = folderOf(FAULTY);
    const [checked, evaluated] = [await found(folder, ['check', '--data']), await found(folder, ['eval'])];
    assert.deepEqual(
      checked.map(({ root: _, ...problem }: Found & { root?: string }) => problem),
      evaluated,
    );
  });

  it('prints JSON that its schema allows, and how much was looked at', async () => {
    const { stdout, code } = await folderOf(FAULTY).plumbline(['check', '--data', '--format', 'json']);
    const document = JSON.parse(stdout);
    assert.deepEqual((await resultValidator('check'))(document), []);
    const { sources, rows, errors, warnings } = document.summary;
    // Seven rows of answers are left once the one that repeats another is set aside.
    assert.deepEqual({ sources, rows, errors, warnings }, { sources: 3, rows: 10, errors: 8, warnings: 5 });
    assert.equal(code, 1);
  });

  it('ends with 0 where the data keep the contract, and says what was looked at', async () => {
    const folder = folderOf({
      ...FAULTY,
      'answers.csv': 'id,on,score,minutes,plan,account_id\n1,2025-03-31,10,5,free,A\n',
      'places.csv': 'place_id,town\nA,Ghent\n',
    });
    const run = await folder.plumbline(['check', '--data']);
    assert.equal(
      run.stdout,
      '✓ No problems in the definitions and the data. Checked 2 files with 2 metrics and 3 sources with 3 rows.\n',
    );
    assert.deepEqual([run.code, run.stderr], [0, '']);
  });

  it('looks at the rows of the file that is named, and of no other', async () => {
    const folder = folderOf(FAULTY);
    const run = await folder.plumbline(['check', '--data', 'b.metrics.yaml']);
    assert.match(run.stdout, /Checked 1 file with 1 metric and 2 sources with 3 rows/);
    assert.equal(run.code, 0);
  });

  it('lets warnings about rows fail where none are allowed', async () => {
    const folder = folderOf({
      'plumbline.yaml': 'plumbline: 1\nas_of: 2025-01-31\n',
      'a.csv': 'at\n2025-01-05\n2025-02-01\n',
      'a.metrics.yaml': 'plumbline: 1\nsources:\n  a: { data: a.csv, time: at }\n',
    });
    assert.equal((await folder.plumbline(['check', '--data'])).code, 0);
    assert.equal((await folder.plumbline(['check', '--data', '--max-warnings', '0'])).code, 1);
  });

  it('looks at the other sources where the data of one cannot be read', async () => {
    const folder = folderOf({ ...FAULTY, 'accounts.csv': 'account_id,size\nA\n' });
    const problems = await found(folder, ['check', '--data']);
    const [unreadable] = problems.filter(({ code }) => code === 'data-unreadable');
    assert.deepEqual([unreadable?.file, unreadable?.start.line], ['b.metrics.yaml', 3]);
    assert.ok(problems.some(({ code }) => code === 'value-misfit'));
  });

  it('refuses limits of an engine that it does not use', async () => {
    const run = await folderOf(FAULTY).plumbline(['check', '--memory', '100']);
    assert.deepEqual([run.code, run.stdout], [2, '']);
    assert.match(run.stderr, /^error: --timeout and --memory limit the engine, which only --data uses\./);
  });

  it('ends at once on Ctrl-C, and leaves no process behind', async function () {
    // The test looks at processes through /proc.
    if (process.platform !== 'linux') this.skip();
    const rows = Array.from({ length: 400_000 }, (_, id) => `${id},2025-01-01,1,1,free,${id}`);
    const folder = folderOf({
      ...FAULTY,
      'answers.csv': `id,on,score,minutes,plan,account_id\n${rows.join('\n')}\n`,
    });
    const run = folder.start(['check', '--data']);
    const engine = await eventually(() =>
      childrenOf(run.child.pid ?? 0).find(({ bytesRead }) => bytesRead > 1_000_000),
    );
    run.child.kill('SIGINT');
    assert.deepEqual(await run.ended, { code: 130, signal: null, stdout: '', stderr: '' });
    assert.equal(isRunning(engine.pid), false);
  });
});
