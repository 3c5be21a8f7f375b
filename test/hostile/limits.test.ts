import assert from 'node:assert/strict';
import { closeSync, openSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { type Folder, folderOf, type Run } from '../cli/kit.ts';

/** Some hundred copies of every text, one after the other: a minute's work for a table of some megabytes. */
const SLOW = Array.from(
  { length: 20 },
  (_, index) => `${'upper(lower('.repeat(28)}concat(t, '${index}')${'))'.repeat(28)} <> 'x'`,
).join(' and ');
const ROWS = 10_000;

const STEPS = 40;
const steps = Array.from({ length: STEPS }, (_, index) => index);

const METRICS = `plumbline: 1
sources:
  rows:
    data: rows.csv
    columns:
      c0: { value: "concat(t, t)" }
${steps
  .slice(1)
  .map((step) => `      c${step}: { value: "concat(c${step - 1}, c${step - 1})" }`)
  .join('\n')}
  u0: { data: rows.csv }
  v0: { data: rows.csv }
${steps
  .slice(1)
  .flatMap((step) =>
    ['u', 'v'].map(
      (name) => `  ${name}${step}: { union: { u${step - 1}: { n: n }, v${step - 1}: { n: n } } }`,
    ),
  )
  .join('\n')}
metrics:
  sum: { type: sum, source: rows, value: n }
  endless: { type: count, source: rows, where: "${SLOW}" }
  endless_too: { type: count, source: rows, where: ["n > 0", "${SLOW}"] }
  longest: { type: count_distinct, source: rows, value: c${STEPS - 1} }
  stacked: { type: count, source: u${STEPS - 1} }
  power: { type: sum, source: rows, value: "power(10, 308) * 1000" }
  exp: { type: sum, source: rows, value: exp(100000) }
  far: { type: count, source: rows, where: "date_add('year', 9000000000000000000, date '2025-01-01') > date '2025-01-01'" }
  cut: { type: count, source: rows, where: "substring(t, 1, 9000000000000000000) = t" }
  power_too: { type: sum, source: rows, value: "round(n, 300000)" }
  r0: { type: count, source: rows }
${steps
  .slice(1)
  .map((step) => `  r${step}: { type: ratio, numerator: r${step - 1}, denominator: r${step - 1} }`)
  .join('\n')}
`;

const PROJECT = {
  'plumbline.yaml': 'plumbline: 1\n',
  'rows.csv': `n,t\n${`1,${'a'.repeat(2000)}\n`.repeat(ROWS)}`,
  'a.metrics.yaml': METRICS,
};

const SMALL = { env: { NODE_OPTIONS: '--max-old-space-size=512' } };

interface Result {
  readonly metric: string;
  readonly error: string | null;
  readonly headline: { readonly value: number | null } | null;
}

function resultsOf({ stdout, stderr }: Run): ReadonlyMap<string, Result> {
  assert.notEqual(stdout, '', stderr);
  const { metrics }: { metrics: readonly Result[] } = JSON.parse(stdout);
  return new Map(metrics.map((one) => [one.metric, one]));
}

/** Writes a table of about so many megabytes, line by line of its own. */
function writeTable(path: string, megabytes: number): void {
  const file = openSync(path, 'w');
  writeSync(file, 'id,words\n');
  const rows = 10_000;
  for (let part = 0; part < megabytes; part++) {
    const lines = Array.from({ length: rows }, (_, row) => {
      const id = part * rows + row;
      return `${id},${(id * 2_654_435_761).toString(36).padEnd(90, String(id))}`;
    });
    writeSync(file, `${lines.join('\n')}\n`);
  }
  closeSync(file);
}

function bigProject(megabytes: number): Folder {
  const folder = folderOf({
    'plumbline.yaml': 'plumbline: 1\n',
    'small.csv': 'n\n1\n2\n',
    'a.metrics.yaml':
      'plumbline: 1\nsources:\n  big:\n    data: big.csv\n  small: { data: small.csv }\nmetrics:\n  big: { type: count_distinct, source: big, value: words }\n  small: { type: sum, source: small, value: n }\n',
  });
  writeTable(join(folder.path, 'big.csv'), megabytes);
  return folder;
}

async function refusesBig(megabytes: number, memory: number): Promise<void> {
  const folder = bigProject(megabytes);
  const run = await folder.plumbline(['eval', '--format', 'json', '--memory', String(memory)], SMALL);
  rmSync(join(folder.path, 'big.csv'));
  const { problems }: { problems: readonly { code: string; start: { line: number }; message: string }[] } =
    JSON.parse(run.stdout);
  const results = resultsOf(run);
  assert.equal(results.get('small')?.headline?.value, 3);
  assert.equal(results.get('big')?.headline ?? null, null);
  assert.ok(
    problems.some(
      ({ code, start, message }) =>
        code === 'data-unreadable' && start.line === 4 && /too large/.test(message),
    ),
    JSON.stringify(problems),
  );
}

describe('definitions and data that are too much', () => {
  it('cost no other metric its value, and say what is too much', async () => {
    const folder = folderOf(PROJECT);
    const run = await folder.plumbline(
      ['eval', '--format', 'json', '--timeout', '2', '--memory', '256'],
      SMALL,
    );
    const results = resultsOf(run);
    const { problems }: { problems: readonly { code: string; start: { line: number } }[] } = JSON.parse(
      run.stdout,
    );
    const lines = METRICS.split('\n');
    const failed = problems
      .filter(({ code }) => code === 'not-computed')
      .map(({ start }) => lines[start.line - 1]?.trim().split(':')[0]);
    assert.deepEqual(failed.sort(), ['endless', 'endless_too', 'stacked']);
    assert.match(
      results.get('endless')?.error ?? '',
      /took longer than the limit of 2 seconds|ran out of its memory limit of 256 MB/,
    );
    for (const name of ['longest', 'stacked', `r${STEPS - 1}`]) {
      assert.match(results.get(name)?.error ?? '', /put into one another/, name);
    }
    const value = (name: string): unknown => results.get(name)?.headline?.value;
    // Numbers beyond all numbers, and days beyond all days, are null: so sums of them, and no row meets a condition on them.
    assert.deepEqual(['sum', 'power', 'exp', 'far', 'cut', 'power_too'].map(value), [
      ROWS,
      null,
      null,
      0,
      ROWS,
      ROWS,
    ]);
    assert.equal(run.code, 1);
  });

  it('are checked within their limits too', async () => {
    const run = await folderOf(PROJECT).plumbline(
      ['check', '--data', '--timeout', '2', '--memory', '256'],
      SMALL,
    );
    assert.doesNotMatch(run.stderr, /defect/);
    assert.equal(run.signal, null);
  });

  it('may be a table that is larger than the memory', () => refusesBig(60, 48));

  // A real gigabyte takes a minute and the room on the disk: asked for by hand, see CONTRIBUTING.md.
  if (process.env.PLUMBLINE_HOSTILE_GB !== undefined) {
    it('may be a table of a gigabyte', () => refusesBig(1024, 256));
  }
});
