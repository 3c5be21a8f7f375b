import { cp, mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { QueryEngine } from '../../server/src/core/ports.ts';
import { createNodeFileSystem, toCorePath } from '../../server/src/hosts/node-file-system.ts';
import { ProjectSession } from '../../server/src/lsp/session/project-session.ts';

/** A copy of a sample in a folder of its own, removed after the tests of one `describe`. */
export function sampleCopy(sample: string): { readonly root: () => string } {
  let folder = '';
  before(async () => {
    folder = await realpath(await mkdtemp(join(tmpdir(), 'plumbline-session-')));
    await cp(join('samples', sample), folder, { recursive: true });
  });
  after(() => rm(folder, { recursive: true, force: true }));
  return { root: () => toCorePath(folder) };
}

/** A session over an engine that others use too. What it logs as an error fails the test that disposes of it. */
export function sessionOf(root: string, engine: QueryEngine): { session: ProjectSession; errors: string[] } {
  const errors: string[] = [];
  const session = new ProjectSession(root, {
    fs: createNodeFileSystem(),
    log: { info: () => {}, warn: () => {}, error: (message) => void errors.push(message) },
    createEngine: () => ({ ...engine, dispose: async () => {} }),
    now: () => performance.now(),
    changed: () => {},
  });
  return { session, errors };
}
