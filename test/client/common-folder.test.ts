import assert from 'node:assert/strict';
import { commonFolder } from '../../client/src/common-folder.ts';

describe('the folder of several files', () => {
  for (const [files, folder] of [
    [['/a/b/c.csv'], '/a/b'],
    [['/a/b/c.csv', '/a/b/d.csv'], '/a/b'],
    [['/a/b/c.csv', '/a/bc/d.csv'], '/a'],
    [['/a/b/c.csv', '/a/d.csv'], '/a'],
    [['/a/d.csv', '/a/b/c/e.csv'], '/a'],
    [['/a.csv', '/b/c.csv'], '/'],
    [[], '/'],
  ] as const) {
    it(`of ${files.join(' and ') || 'none'} is ${folder}`, () => assert.equal(commonFolder(files), folder));
  }
});
