import assert from 'node:assert/strict';
import { SetupError } from '../../server/src/cli/exit-code.ts';
import { writeNewFiles } from '../../server/src/cli/write-new-files.ts';
import { FileProblem, type OutputFiles } from '../../server/src/core/ports.ts';

/** A disk that takes so many files and is full then. */
function diskFor(room: number, files: Map<string, string>): OutputFiles {
  return {
    kindOf: async (path) => (files.has(path) ? 'file' : undefined),
    list: async () => [],
    makeFolder: async () => {},
    write: async (path, text) => {
      if (files.size >= room) throw new FileProblem(path, 'The disk is full.');
      files.set(path, text);
      return true;
    },
    remove: async (path) => void files.delete(path),
    removeEmptyFolder: async () => {},
  };
}

const FILES = [
  { path: '/project/a.yaml', text: 'a' },
  { path: '/project/data/b.csv', text: 'b' },
];

describe('writing new files', () => {
  it('writes all of them', async () => {
    const files = new Map<string, string>();
    await writeNewFiles({ output: diskFor(2, files), cwd: '/project' }, FILES);
    assert.deepEqual(
      [...files],
      FILES.map(({ path, text }) => [path, text]),
    );
  });

  it('keeps none where one cannot be written, and names that one', async () => {
    const files = new Map<string, string>();
    const writing = writeNewFiles({ output: diskFor(1, files), cwd: '/project' }, FILES);
    await assert.rejects(writing, (error) => {
      assert.ok(error instanceof SetupError);
      assert.equal(error.message, 'data/b.csv cannot be written, and no file was kept. The disk is full.');
      return true;
    });
    assert.equal(files.size, 0);
  });

  it('touches nothing where one is there', async () => {
    const files = new Map([['/project/data/b.csv', 'mine']]);
    const writing = writeNewFiles({ output: diskFor(9, files), cwd: '/project' }, FILES);
    await assert.rejects(writing, /data\/b\.csv is there already, and nothing was written/);
    assert.deepEqual([...files], [['/project/data/b.csv', 'mine']]);
  });
});
