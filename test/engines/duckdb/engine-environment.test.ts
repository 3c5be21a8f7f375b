import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createDuckDbEngine } from '../../../server/src/engines/duckdb/duckdb-engine.ts';
import { engineEnvironment } from '../../../server/src/engines/duckdb/engine-environment.ts';
import { childrenOf } from '../../cli/kit.ts';
import { engineChildPath } from '../../kit/engine.ts';

const SECRETS = {
  GITHUB_TOKEN: 'secret',
  CI_JOB_TOKEN: 'secret',
  AWS_SECRET_ACCESS_KEY: 'secret',
  NPM_TOKEN: 'secret',
  NODE_OPTIONS: '--inspect',
  PATHS_TO_SECRETS: 'secret',
  motherduck_token: 'secret',
};

describe('the environment of the engine', () => {
  it('has what a process needs, and nothing else', () => {
    const own = { PATH: '/bin', Path: 'C:\\bin', LC_ALL: 'C', SystemRoot: 'C:\\Windows', ...SECRETS };
    assert.deepEqual(engineEnvironment(own, false), {
      PATH: '/bin',
      Path: 'C:\\bin',
      LC_ALL: 'C',
      SystemRoot: 'C:\\Windows',
    });
    assert.deepEqual(engineEnvironment(SECRETS, true), { ELECTRON_RUN_AS_NODE: '1' });
  });

  it('holds no secret of its parent', async function () {
    // What a process was started with is seen through /proc.
    if (process.platform !== 'linux') this.skip();
    const before = new Set(childrenOf(process.pid).map(({ pid }) => pid));
    process.env.PLUMBLINE_TEST_TOKEN = 'canary-51c2';
    const engine = createDuckDbEngine({ childPath: engineChildPath() });
    try {
      await engine.load([]);
      const started = childrenOf(process.pid).filter(({ pid }) => !before.has(pid));
      assert.ok(started.length > 0);
      for (const { pid } of started) {
        const environment = readFileSync(`/proc/${pid}/environ`, 'utf8');
        assert.ok(environment.includes('PATH='));
        assert.ok(!environment.includes('canary-51c2'));
      }
    } finally {
      delete process.env.PLUMBLINE_TEST_TOKEN;
      await engine.dispose();
    }
  });
});
