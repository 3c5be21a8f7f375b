import assert from 'node:assert/strict';
import { hasFiles } from '../../client/src/has-files.ts';
import { pathInside } from '../../client/src/path-inside.ts';

describe('what the server is started for', () => {
  it('is a folder on disk', () => {
    assert.equal(hasFiles({ folders: ['file'], documents: [] }), true);
    assert.equal(hasFiles({ folders: ['vscode-vfs', 'file'], documents: [] }), true);
  });

  it('is never a virtual folder', () => {
    assert.equal(hasFiles({ folders: ['vscode-vfs'], documents: ['vscode-vfs'] }), false);
    assert.equal(hasFiles({ folders: ['vscode-vfs'], documents: ['file'] }), false);
  });

  it('is a document on disk where no folder is open', () => {
    assert.equal(hasFiles({ folders: [], documents: ['file'] }), true);
    assert.equal(hasFiles({ folders: [], documents: ['untitled'] }), false);
    assert.equal(hasFiles({ folders: [], documents: [] }), false);
  });
});

describe('the way from a folder to a path', () => {
  for (const [folder, path, wanted] of [
    ['/a', '/a/b/c', 'b/c'],
    ['/a/', '/a/b/', 'b'],
    ['/a', '/a/', ''],
    ['/a', '/ab', undefined],
    ['/a/b', '/a', undefined],
    ['/', '/a', 'a'],
  ] as const)
    it(`from ${folder} to ${path}`, () => assert.equal(pathInside(folder, path), wanted));
});
