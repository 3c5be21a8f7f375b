import assert from 'node:assert/strict';
import { findRoot, findRoots } from '../../../server/src/core/workspace.ts';
import { createMemoryFileSystem } from '../../../server/src/hosts/memory-file-system.ts';

const fsOf = (...paths: string[]) =>
  createMemoryFileSystem(Object.fromEntries(paths.map((path) => [path, ''])));

describe('findRoot', () => {
  const fs = fsOf(
    '/w/a/plumbline.yaml',
    '/w/a/b/c/x.metrics.yaml',
    '/w/a/n/plumbline.yaml',
    '/w/z/y.metrics.yaml',
  );

  it('is the nearest folder upwards with settings', async () => {
    assert.equal(await findRoot(fs, '/w/a/b/c/x.metrics.yaml'), '/w/a');
    assert.equal(await findRoot(fs, '/w/a/b'), '/w/a');
    assert.equal(await findRoot(fs, '/w/a'), '/w/a');
    assert.equal(await findRoot(fs, '/w/a/n/'), '/w/a/n');
  });

  it('is the folder itself, or that of the file, without settings', async () => {
    assert.equal(await findRoot(fs, '/w/z'), '/w/z');
    assert.equal(await findRoot(fs, '/w/z/'), '/w/z');
    assert.equal(await findRoot(fs, '/w/z/y.metrics.yaml'), '/w/z');
    assert.equal(await findRoot(fs, '/'), '/');
  });

  it('is not found by a folder of that name', async () => {
    assert.equal(await findRoot(fsOf('/w/plumbline.yaml/x', '/w/a/b'), '/w/a'), '/w/a');
  });
});

describe('findRoots', () => {
  it('lists independent projects beneath a folder that is none', async () => {
    const fs = fsOf(
      '/w/saas/plumbline.yaml',
      '/w/saas/a.metrics.yaml',
      '/w/retail/plumbline.yaml',
      '/w/README.md',
    );
    assert.deepEqual(await findRoots(fs, '/w'), ['/w/retail', '/w/saas']);
  });

  it('lists the folder too where metrics files lie outside the other roots', async () => {
    const fs = fsOf('/w/saas/plumbline.yaml', '/w/loose/a.metrics.yml');
    assert.deepEqual(await findRoots(fs, '/w'), ['/w', '/w/saas']);
  });

  it('lists a root before those nested in it', async () => {
    const fs = fsOf(
      '/w/plumbline.yaml',
      '/w/b/plumbline.yaml',
      '/w/b/c/plumbline.yaml',
      '/w/a/plumbline.yaml',
    );
    assert.deepEqual(await findRoots(fs, '/w'), ['/w', '/w/a', '/w/b', '/w/b/c']);
    assert.deepEqual(await findRoots(fs, '/w/b/c'), ['/w/b/c']);
  });

  it('begins with the root above a folder that was opened inside it', async () => {
    const fs = fsOf(
      '/w/plumbline.yaml',
      '/w/metrics/a.metrics.yaml',
      '/w/metrics/n/plumbline.yaml',
      '/w/x/plumbline.yaml',
    );
    assert.deepEqual(await findRoots(fs, '/w/metrics'), ['/w', '/w/metrics/n']);
  });

  it('is the one root of a file', async () => {
    const fs = fsOf('/w/plumbline.yaml', '/w/a.metrics.yaml', '/w/n/plumbline.yaml');
    assert.deepEqual(await findRoots(fs, '/w/a.metrics.yaml'), ['/w']);
  });

  it('is the folder where there is nothing', async () => {
    assert.deepEqual(await findRoots(fsOf('/w/README.md'), '/w'), ['/w']);
  });

  it('finds none in what git ignores', async () => {
    const fs = createMemoryFileSystem({
      '/w/.gitignore': 'dist\n',
      '/w/dist/plumbline.yaml': '',
      '/w/node_modules/p/plumbline.yaml': '',
      '/w/a/plumbline.yaml': '',
    });
    assert.deepEqual(await findRoots(fs, '/w'), ['/w/a']);
  });
});
