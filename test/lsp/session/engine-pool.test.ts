import assert from 'node:assert/strict';
import {
  EngineFailure,
  type LoadedTable,
  type QueryEngine,
  type Row,
} from '../../../server/src/core/ports.ts';
import { EnginePool } from '../../../server/src/lsp/session/engine-pool.ts';

/** Engines that note what they do; each answers when it is told to. */
function fakeEngines(): {
  create: () => QueryEngine;
  log: string[];
  most: () => number;
  release: () => void;
} {
  const log: string[] = [];
  const held: (() => void)[] = [];
  let [started, running, most] = [0, 0, 0];
  const create = (): QueryEngine => {
    const id = ++started;
    running += 1;
    most = Math.max(most, running);
    let [isBusy, isEnded] = [false, false];
    return {
      dialect: 'duckdb',
      async load(specs): Promise<readonly LoadedTable[]> {
        log.push(`${id} loads ${specs.length}`);
        return [];
      },
      async run(sql): Promise<readonly Row[]> {
        isBusy = true;
        await new Promise<void>((resolve) => held.push(resolve));
        isBusy = false;
        assert.ok(!isEnded, 'the engine was ended while it worked');
        log.push(`${id} runs ${sql}`);
        return [];
      },
      async dispose() {
        assert.ok(!isBusy, 'an engine is ended while it works');
        if (!isEnded) running -= 1;
        isEnded = true;
      },
    };
  };
  const release = (): void => {
    for (const go of held.splice(0)) go();
  };
  return { create, log, most: () => most, release };
}

describe('an engine pool', () => {
  it('lets more projects than engines work at once, and ends none that works', async () => {
    const engines = fakeEngines();
    const pool = new EnginePool({ create: engines.create, now: () => 0, idleMs: 0 });
    const projects = Array.from({ length: 7 }, () => pool.engine());
    let left = projects.length;
    const work = projects.map(async (project, index) => {
      await project.load([]);
      await project.run(`a${index}`);
      await project.run(`b${index}`);
      left -= 1;
    });
    while (left > 0) {
      engines.release();
      await new Promise((resolve) => setImmediate(resolve));
    }
    await Promise.all(work);
    assert.equal(engines.log.filter((line) => line.includes('runs')).length, 14);
    assert.equal(engines.most(), 3);
    await pool.dispose();
  });

  it('puts the data back into an engine that is started again, before anything runs there', async () => {
    const engines = fakeEngines();
    const pool = new EnginePool({ create: engines.create, now: () => 0, idleMs: 0 });
    const [first, ...others] = Array.from({ length: 4 }, () => pool.engine());
    assert.ok(first);
    await first.load([]);
    for (const other of others) await other.load([]);
    const runs = [first.run('one'), first.run('two')];
    const timer = setInterval(engines.release, 1);
    await Promise.all(runs);
    clearInterval(timer);
    assert.deepEqual(engines.log.slice(4), ['5 loads 0', '5 loads 0', '5 runs one', '5 runs two']);
    await pool.dispose();
  });

  it('gives other data as such after another start, although their tables have the same shape', async () => {
    const engines = fakeEngines();
    const pool = new EnginePool({ create: engines.create, now: () => 0, idleMs: 0 });
    const [first, ...others] = Array.from({ length: 4 }, () => pool.engine());
    assert.ok(first);
    const tables = await first.load([]);
    for (const other of others) await other.load([]);
    assert.notEqual(await first.load([]), tables);
    await pool.dispose();
  });

  it('fails who waits for an engine when their project ends', async () => {
    const engines = fakeEngines();
    const pool = new EnginePool({ create: engines.create, now: () => 0, idleMs: 0 });
    const busy = Array.from({ length: 3 }, (_, index) => pool.engine().run(`${index}`));
    const project = pool.engine();
    const waiting = assert.rejects(project.run('never'), { name: 'EngineFailure' });
    await project.dispose();
    await waiting;
    engines.release();
    await Promise.all(busy);
    await pool.dispose();
  });

  it('tries an engine that cannot be started again after a while, and not for each number', async () => {
    let [started, now] = [0, 0];
    const fails = (): Promise<never> =>
      Promise.reject(new EngineFailure('unavailable', `There is none, ${started}.`));
    const create = (): QueryEngine => ({
      dialect: 'duckdb',
      load: fails,
      dispose: async () => {},
      run: async () => {
        started += 1;
        return started < 3 ? fails() : [];
      },
    });
    const pool = new EnginePool({ create, now: () => now });
    const [one, two] = [pool.engine(), pool.engine()];
    const failure = (): string | undefined => pool.failure?.message;
    assert.equal(failure(), undefined);
    await assert.rejects(one.run('a'), /There is none, 1/);
    await assert.rejects(one.run('b'), /There is none, 1/);
    await assert.rejects(two.run('c'), /There is none, 1/);
    assert.match(failure() ?? '', /There is none, 1/);
    now = 60_000;
    await assert.rejects(one.run('d'), /There is none, 2/);
    now = 120_000;
    assert.deepEqual(await two.run('e'), []);
    assert.equal(failure(), undefined);
    await pool.dispose();
  });

  it('says why a host cannot make an engine', async () => {
    const create = (): QueryEngine => {
      throw new Error('no memory');
    };
    const pool = new EnginePool({ create, now: () => 0 });
    await assert.rejects(pool.engine().run('a'), { name: 'EngineFailure', message: /no memory/ });
    assert.match(pool.failure?.message ?? '', /no memory/);
    await pool.dispose();
  });
});
