import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import {
  childrenOf,
  distFolder,
  eventually,
  type Folder,
  folderOf,
  isRunning,
  type StartedRun,
} from './kit.ts';

const ROWS = 300_000;

/** A table that takes the engine a while to read, and metrics that each take a scan of it. */
function bigProject(): Folder {
  const rows: string[] = ['id,at,amount,kind,note'];
  for (let id = 1; id <= ROWS; id++) {
    const day = String(1 + (id % 28)).padStart(2, '0');
    rows.push(`${id},2025-01-${day},${id % 1000},k${id % 7},some words that take room in the file ${id}`);
  }
  const metrics = Array.from(
    { length: 30 },
    (_, index) =>
      `  notes_${index}: { type: count_distinct, source: rows, value: note, where: amount > ${index}, grain: day }`,
  );
  return folderOf({
    'plumbline.yaml': 'plumbline: 1\n',
    'rows.csv': `${rows.join('\n')}\n`,
    'a.metrics.yaml': `plumbline: 1
sources:
  rows: { data: rows.csv, time: at }
metrics:
  rows: { type: count, source: rows, grain: all }
${metrics.join('\n')}
`,
  });
}

/** The engine's process, once it has read some of the data; the end of the run where that comes first. */
async function engineAtWork({ child, ended }: StartedRun, bytes: number): Promise<number> {
  const { pid } = child;
  if (pid === undefined) throw new Error('The command line was not started.');
  let over = false;
  void ended.then(() => {
    over = true;
  });
  const engine = await eventually(() =>
    over ? { pid: 0 } : childrenOf(pid).find(({ bytesRead }) => bytesRead >= bytes),
  );
  assert.notEqual(engine.pid, 0, 'The run was over before its engine had read the data.');
  return engine.pid;
}

const MEGABYTE = 1_000_000;

describe('a command that is stopped', () => {
  before(function () {
    // The tests look at processes through /proc.
    if (process.platform !== 'linux') this.skip();
  });
  const folder = bigProject();

  for (const [signal, code] of [
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const) {
    it(`ends at once with ${code} on ${signal}, and leaves no process and no file behind`, async () => {
      const temporary = folderOf({});
      const files = readdirSync(folder.path);
      const run = folder.start(['eval'], { env: { TMPDIR: temporary.path } });
      const engine = await engineAtWork(run, MEGABYTE);
      run.child.kill(signal);
      const ended = await run.ended;
      assert.deepEqual(ended, { code, signal: null, stdout: '', stderr: '' });
      assert.equal(isRunning(engine), false);
      assert.deepEqual(readdirSync(folder.path), files);
      assert.deepEqual(readdirSync(temporary.path), []);
    });
  }

  it('takes its engine with it when it is killed', async () => {
    const run = folder.start(['eval']);
    const engine = await engineAtWork(run, MEGABYTE);
    run.child.kill('SIGKILL');
    await run.ended;
    await eventually(() => (isRunning(engine) ? undefined : true));
  });

  for (const [when, bytes] of [
    ['while it loads', MEGABYTE],
    ['when all is loaded', ROWS * 50],
  ] as const) {
    it(`gives an honest error or the answer when its engine is killed ${when}`, async () => {
      const run = folder.start(['eval', '--format', 'csv']);
      const engine = await engineAtWork(run, bytes);
      process.kill(engine, 'SIGKILL');
      const { code, signal, stdout, stderr } = await run.ended;
      assert.equal(signal, null);
      if (code === 0) assert.match(stdout, new RegExp(`^rows,all,.*,${ROWS},${ROWS},,,,\\r$`, 'm'));
      else {
        assert.match(stderr, /^error: The engine ended before it answered \(SIGKILL\)\./);
        assert.deepEqual([code, stdout], [1, '']);
      }
    });
  }

  it('says so where one query takes longer than it may', async () => {
    const run = await folder.plumbline(['eval', '--timeout', '0.001']);
    assert.match(run.stderr, /^error: .* took longer than the limit of 0\.0?1? ?.*seconds\.$/m);
    assert.deepEqual([run.code, run.stdout], [1, '']);
  });
});

describe('a reader that stops reading', () => {
  it('is no error', async function () {
    if (process.platform === 'win32') this.skip();
    const metrics = Array.from(
      { length: 3000 },
      (_, index) => `  m${index}: { type: sum, source: s, value: aa }`,
    );
    const folder = folderOf({
      'plumbline.yaml': 'plumbline: 1\n',
      's.csv': 'a\n1\n',
      'a.metrics.yaml': `plumbline: 1\nsources:\n  s: { data: s.csv }\nmetrics:\n${metrics.join('\n')}\n`,
    });
    const whole = await folder.plumbline(['check', '--format', 'json']);
    // More than a pipe holds, and nothing of it is cut off.
    assert.ok(whole.stdout.length > 100_000);
    assert.doesNotThrow(() => JSON.parse(whole.stdout));
    const script = `"${process.execPath}" "${join(distFolder(), 'cli.js')}" check | head -n 1`;
    const shell = spawn('sh', ['-c', script], { cwd: folder.path, stdio: ['ignore', 'pipe', 'pipe'] });
    const output = { out: '', err: '' };
    shell.stdout.setEncoding('utf8').on('data', (text: string) => {
      output.out += text;
    });
    shell.stderr.setEncoding('utf8').on('data', (text: string) => {
      output.err += text;
    });
    await new Promise((resolve) => shell.once('close', resolve));
    assert.match(output.out, /^error\[[a-z-]+\]: .*\n$/);
    assert.equal(output.err, '');
  });
});
