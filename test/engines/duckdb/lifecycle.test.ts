import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { build } from 'esbuild';
import type { DuckDbEngine } from '../../../server/src/engines/duckdb/duckdb-engine.ts';
import { createDuckDbEngine } from '../../../server/src/engines/duckdb/duckdb-engine.ts';
import { csvTable, engineChildPath, testEngine, testFolder } from '../../kit/engine.ts';

/** Runs for hours, and stops when it is interrupted. */
const ENDLESS =
  'select count(*) as n from range(1000000) a, range(1000000) b, range(1000000) c where a.range + b.range = c.range';
/** Runs for minutes inside one call of a function, where DuckDB does not look at interrupts. */
const DEAF = "select levenshtein(repeat('ab', 100000), repeat('ba', 100000)) as n";

async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve, 5));
}

/** Clock ticks that a process has spent computing; undefined where the system does not tell, or the process is gone. */
function ticksOf(pid: number): number | undefined {
  if (!existsSync(`/proc/${pid}/stat`)) return undefined;
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
  return Number(fields[11]) + Number(fields[12]);
}

function isGone(pid: number): boolean {
  assert.ok(pid > 0, 'there is no process to look for');
  try {
    // A dead process that nobody has waited for is still listed, as a zombie.
    if (existsSync(`/proc/${pid}/stat`))
      return / [ZX] /.test(readFileSync(`/proc/${pid}/stat`, 'utf8').split(')')[1] ?? '');
    process.kill(pid, 0);
    return false;
  } catch {
    return true;
  }
}

/** Resolves when the engine's process computes what it has been asked. */
async function untilBusy(engine: DuckDbEngine): Promise<number> {
  await until(() => engine.processId() !== undefined);
  const pid = engine.processId() ?? 0;
  const before = ticksOf(pid) ?? 0;
  await until(() => (ticksOf(pid) ?? Number.POSITIVE_INFINITY) > before + 10);
  return pid;
}

describe('the life of the engine', () => {
  const folder = testFolder();
  const engine = testEngine({ memoryLimitMb: 256 });

  before(async () => {
    const file = await folder.write('x.csv', 'a\n1\n2\n');
    await engine.load([csvTable('t', file, ['a'])]);
  });

  async function assertUsable(): Promise<void> {
    assert.deepEqual(await engine.run('select sum(a) as s from t'), [{ s: 3 }]);
  }

  it('comes back with its data when its process was killed while it computed', async () => {
    const running = engine.run(ENDLESS);
    const rejected = assert.rejects(running, {
      reason: 'killed',
      message: /ended before it answered \(SIGKILL\)/,
    });
    const pid = await untilBusy(engine);
    process.kill(pid, 'SIGKILL');
    await rejected;
    await assertUsable();
    assert.notEqual(engine.processId(), pid);
  });

  it('comes back with its data when its process was killed while it was idle', async () => {
    await assertUsable();
    const pid = engine.processId() ?? 0;
    process.kill(pid, 'SIGKILL');
    await until(() => engine.processId() !== pid);
    await assertUsable();
  });

  it('runs what waited behind a request whose process was killed', async () => {
    const running = engine.run(ENDLESS);
    const waiting = engine.run('select count(*) as n from t');
    const rejected = assert.rejects(running, { reason: 'killed' });
    process.kill(await untilBusy(engine), 'SIGKILL');
    await rejected;
    assert.deepEqual(await waiting, [{ n: 2 }]);
  });

  it('stops a query when it is cancelled, and keeps its process', async () => {
    const cancel = new AbortController();
    const rejected = assert.rejects(engine.run(ENDLESS, { signal: cancel.signal }), { reason: 'cancelled' });
    const pid = await untilBusy(engine);
    cancel.abort();
    await rejected;
    await assertUsable();
    assert.equal(engine.processId(), pid);
  });

  it('replaces a process that does not stop when it is cancelled', async () => {
    const cancel = new AbortController();
    const rejected = assert.rejects(engine.run(DEAF, { signal: cancel.signal }), { reason: 'cancelled' });
    const pid = await untilBusy(engine);
    cancel.abort();
    await rejected;
    await assertUsable();
    assert.notEqual(engine.processId(), pid);
    assert.ok(isGone(pid));
  });

  it('rejects at once what is cancelled before its turn', async () => {
    const first = new AbortController();
    const second = new AbortController();
    const running = assert.rejects(engine.run(ENDLESS, { signal: first.signal }), { reason: 'cancelled' });
    const waiting = assert.rejects(engine.run('select 1', { signal: second.signal }), {
      reason: 'cancelled',
    });
    second.abort();
    await waiting;
    first.abort();
    await running;
    await assert.rejects(engine.run('select 1', { signal: first.signal }), { reason: 'cancelled' });
    await assertUsable();
  });

  it('stops a load when it is cancelled', async () => {
    const file = await folder.write('long.csv', `a\n${'1\n'.repeat(200_000)}`);
    const cancel = new AbortController();
    const loading = engine.load([csvTable('one', file, ['a']), csvTable('two', file, ['a'])], {
      signal: cancel.signal,
      progress: () => cancel.abort(),
    });
    await assert.rejects(loading, { reason: 'cancelled' });
    await engine.load([csvTable('t', await folder.write('x.csv', 'a\n1\n2\n'), ['a'])]);
    await assertUsable();
  });

  it('reports progress table by table', async () => {
    const file = await folder.write('x.csv', 'a\n1\n2\n');
    const seen: unknown[] = [];
    await engine.load([csvTable('t', file, ['a']), csvTable('u', file, ['a'])], {
      progress: (done, total, table) => seen.push([done, total, table]),
    });
    assert.deepEqual(seen, [
      [0, 2, 't'],
      [1, 2, 'u'],
      [2, 2, 'u'],
    ]);
  });

  it('loads again what has changed, and only then', async () => {
    const file = await folder.write('y.csv', 'a\n1\n');
    const spec = csvTable('t', file, ['a']);
    let loads = 0;
    const progress = (done: number): void => {
      if (done === 0) loads += 1;
    };
    await engine.load([spec], { progress });
    await engine.load([spec], { progress });
    assert.equal(loads, 1);
    await folder.write('y.csv', 'a\n1\n5\n');
    const [table] = await engine.load([spec], { progress });
    assert.deepEqual([loads, table?.rows], [2, 2]);
    await engine.load([{ ...spec, distinct: true }], { progress });
    assert.equal(loads, 3);
    await folder.write('y.csv', 'a\n1\n2\n');
    await engine.load([spec]);
    await assertUsable();
  });

  it('says so when a query needs more memory than it may take, and lives on', async () => {
    await assert.rejects(engine.run("select list(i || repeat('x', 1000)) as l from range(10000000) r(i)"), {
      reason: 'killed',
      message: /memory/,
    });
    await assertUsable();
  });

  it('is held by the system where the limit of DuckDB does not count', async function () {
    if (process.platform !== 'linux') this.skip();
    const limits = readFileSync(`/proc/${engine.processId()}/limits`, 'utf8');
    const data = /Max data size\s+(\d+)/.exec(limits)?.[1];
    assert.equal(Number(data), (256 + 1024) * 1024 * 1024);
  });
});

describe('the memory of the engine', () => {
  const engine = testEngine({ memoryLimitMb: 48 });
  const folder = testFolder();

  it('leaves out a table that is too large, and says so', async () => {
    const large = await folder.write('large.csv', `a,b\n${`1,${'x'.repeat(200)}\n`.repeat(400_000)}`);
    const small = await folder.write('small.csv', 'a,b\n1,2\n');
    const specs = [csvTable('large', large, ['a', 'b']), csvTable('t', small, ['a', 'b'])];
    const message = /^The data of "large" is too large\. The engine ran out of its memory limit of 48 MB\.$/;
    await assert.rejects(engine.load(specs), { reason: 'killed', table: 'large', message });
    const loaded = await engine.load(specs, { keepGoing: true });
    assert.match(loaded[0]?.problem ?? '', message);
    assert.deepEqual(await engine.run('select a, b from t'), [{ a: 1, b: 2 }]);
  });
});

describe('the wall clock of the engine', () => {
  const engine = testEngine({ timeoutMs: 300 });
  before(() => engine.load([]));

  it('ends a query that takes too long', async () => {
    await assert.rejects(engine.run(ENDLESS), {
      reason: 'timeout',
      message: 'The query took longer than the limit of 0.3 seconds.',
    });
    assert.deepEqual(await engine.run('select 1 as x'), [{ x: 1 }]);
  });

  it('ends a query that does not hear the interrupt', async () => {
    const pid = engine.processId();
    await assert.rejects(engine.run(DEAF), { reason: 'timeout' });
    assert.deepEqual(await engine.run('select 1 as x'), [{ x: 1 }]);
    assert.notEqual(engine.processId(), pid);
  });

  it('does not count the time for which a request waits', async () => {
    const first = assert.rejects(engine.run(ENDLESS), { reason: 'timeout' });
    const second = assert.rejects(engine.run(ENDLESS), { reason: 'timeout' });
    const third = engine.run('select 1 as x');
    await Promise.all([first, second]);
    assert.deepEqual(await third, [{ x: 1 }]);
  });
});

describe('the end of the engine', () => {
  const folder = testFolder();

  it('leaves no process, rejects what runs, and may come twice', async () => {
    const engine = createDuckDbEngine({ childPath: engineChildPath(), memoryLimitMb: 256, threads: 1 });
    await engine.load([]);
    const rejected = Promise.all(
      [engine.run(DEAF), engine.run('select 1')].map((run) => assert.rejects(run, { reason: 'unavailable' })),
    );
    const pid = await untilBusy(engine);
    await Promise.all([engine.dispose(), engine.dispose()]);
    await rejected;
    assert.ok(isGone(pid));
    await engine.dispose();
    await assert.rejects(engine.run('select 1'), {
      reason: 'unavailable',
      message: 'The engine has been closed.',
    });
    assert.equal(engine.processId(), undefined);
  });

  it('starts no process before it is asked something', async () => {
    const engine = createDuckDbEngine({ childPath: engineChildPath() });
    assert.equal(engine.processId(), undefined);
    await engine.dispose();
  });

  it('says what to do when the engine is not built', async () => {
    const engine = createDuckDbEngine({ childPath: `${folder.path()}/none.js` });
    await assert.rejects(engine.run('select 1'), {
      reason: 'unavailable',
      message: /none\.js does not exist/,
    });
    await engine.dispose();
  });

  it('says what to do when DuckDB cannot be loaded', async () => {
    // A copy elsewhere finds no packages.
    const copy = await folder.write('engine.js', readFileSync(engineChildPath()));
    const engine = createDuckDbEngine({ childPath: copy });
    for (const _ of [1, 2]) {
      await assert.rejects(engine.run('select 1'), {
        reason: 'unavailable',
        message: /Install the package @duckdb\/node-api/,
      });
    }
    await engine.dispose();
  });

  it('says so when the process ends before it can say anything', async () => {
    const copy = await folder.write('broken.js', 'throw new Error("half a file");');
    const engine = createDuckDbEngine({ childPath: copy });
    await assert.rejects(engine.run('select 1'), { reason: 'unavailable' });
    await engine.dispose();
  });

  /** A host in a process of its own: `body` has `engine`, and prints lines with `say`. */
  async function startHost(body: string): Promise<ReturnType<typeof spawn>> {
    const script = `${folder.path()}/host.cjs`;
    await build({
      stdin: {
        contents: `import { createDuckDbEngine } from './server/src/engines/duckdb/duckdb-engine.ts';
          const engine = createDuckDbEngine({ childPath: ${JSON.stringify(engineChildPath())}, memoryLimitMb: 256, threads: 1 });
          const say = (text) => process.stdout.write(text + '\\n');
          (async () => { ${body} })();`,
        resolveDir: process.cwd(),
        loader: 'ts',
      },
      bundle: true,
      platform: 'node',
      format: 'cjs',
      outfile: script,
    });
    return spawn(process.execPath, [script], { stdio: ['ignore', 'pipe', 'inherit'] });
  }

  async function linesOf(host: ReturnType<typeof spawn>): Promise<string[]> {
    assert.ok(host.stdout);
    const lines: string[] = [];
    for await (const line of createInterface({ input: host.stdout })) {
      lines.push(line);
      if (line === 'ready') break;
    }
    return lines;
  }

  for (const [name, query] of [
    ['computes', ENDLESS],
    ['computes and does not hear', DEAF],
  ]) {
    it(`comes with the death of its host, when it ${name}`, async () => {
      const host = await startHost(
        `await engine.run('select 1').catch(() => {}); await engine.load([]);
         engine.run(${JSON.stringify(query)}).catch(() => {}); say(String(engine.processId())); setImmediate(() => say('ready'));`,
      );
      const [pid = ''] = await linesOf(host);
      assert.ok(!isGone(Number(pid)));
      host.kill('SIGKILL');
      await until(() => isGone(Number(pid)));
    });
  }

  it('comes with the end of a host that has nothing else to do', async () => {
    const host = await startHost(
      `await engine.load([]); await engine.run('select 1'); say(String(engine.processId()));`,
    );
    const ended = new Promise((resolve) => host.once('exit', resolve));
    const [pid = ''] = await linesOf(host);
    assert.equal(await ended, 0);
    await until(() => isGone(Number(pid)));
  });

  it('is not too soon: a request under way keeps its host', async () => {
    const host = await startHost(
      `await engine.load([]); engine.run('select count(*) as n from range(30000000)').then(([row]) => say(String(row.n)));`,
    );
    assert.deepEqual(await linesOf(host), ['30000000']);
  });
});
