import assert from 'node:assert/strict';
import { statusOf } from '../../client/src/features/status/status-of.ts';
import type { ProjectSummary, ServerState } from '../../server/src/protocol/index.ts';

function project(errors: number, warnings: number, busy = false): ProjectSummary {
  return { name: 'shop', folder: 'file:///shop', uri: 'file:///shop/plumbline.yaml', errors, warnings, busy };
}

function state(
  projects: readonly ProjectSummary[],
  engine: ServerState['engine'] = 'ready',
  reason: string | null = null,
): ServerState {
  return { projects, engine, reason, versions: {} };
}

describe('the status of the window', () => {
  it('is that of the server, where that does not run', () => {
    assert.deepEqual(statusOf('absent', undefined), { kind: 'virtual' });
    assert.deepEqual(statusOf('starting', undefined), { kind: 'loading' });
    assert.deepEqual(statusOf('stopped', state([project(1, 1)])), { kind: 'stopped' });
  });

  it('is loading until the server has said how it is', () => {
    assert.deepEqual(statusOf('running', undefined), { kind: 'loading' });
  });

  it('adds the problems of all projects', () => {
    assert.deepEqual(statusOf('running', state([project(1, 2), project(3, 0, true)])), {
      kind: 'problems',
      errors: 4,
      warnings: 2,
      busy: true,
    });
  });

  it('is ready where there is none', () => {
    assert.deepEqual(statusOf('running', state([])), { kind: 'ready', busy: false });
    assert.deepEqual(statusOf('running', state([project(0, 0, true)])), { kind: 'ready', busy: true });
  });

  it('says first what keeps values from being computed', () => {
    assert.deepEqual(statusOf('running', state([project(1, 1)], 'untrusted')), {
      kind: 'untrusted',
      problems: 2,
    });
    assert.deepEqual(statusOf('running', state([project(0, 0)], 'off', 'no binding')), {
      kind: 'engine-off',
      reason: 'no binding',
      problems: 0,
    });
  });
});
