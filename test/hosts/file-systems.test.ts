import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { chmod, mkdir, stat, symlink, truncate, writeFile } from 'node:fs/promises';
import { dirname, relative } from 'node:path';
import type { FileSystem, FileWriter } from '../../server/src/core/ports.ts';
import { createMemoryFileSystem } from '../../server/src/hosts/memory-file-system.ts';
import { createNodeFileSystem } from '../../server/src/hosts/node-file-system.ts';
import { testFolder } from '../kit/engine.ts';

interface Tree {
  readonly files: Readonly<Record<string, string | Uint8Array>>;
  readonly links: Readonly<Record<string, string>>;
}

const TREE: Tree = {
  files: {
    '/a.txt': 'text',
    '/bom.txt': '\uFEFFtext',
    '/latin.txt': Uint8Array.from(Buffer.from('one\ntwo é\n', 'latin1')),
    '/empty.txt': '',
    '/folder/b.txt': 'b',
    '/folder/deep/c.txt': 'ünï',
  },
  links: {
    '/folder/to-a': '../a.txt',
    '/to-folder': 'folder',
    '/circle': 'circle',
    '/broken': 'nowhere/at/all',
  },
};

// Both are held to one description, so that tests in memory tell what happens on a machine.
const HOSTS: readonly [
  name: string,
  make: (root: () => string) => Promise<{ fs: FileSystem & FileWriter; root: string }>,
][] = [
  [
    'the file system of the machine',
    async (root) => {
      for (const [path, content] of Object.entries(TREE.files)) {
        await mkdir(dirname(root() + path), { recursive: true });
        await writeFile(root() + path, content);
      }
      for (const [path, target] of Object.entries(TREE.links)) await symlink(target, root() + path);
      return { fs: createNodeFileSystem(), root: root() };
    },
  ],
  [
    'the file system in memory',
    async () => {
      const fs = createMemoryFileSystem();
      for (const [path, content] of Object.entries(TREE.files)) fs.write(`/root${path}`, content);
      for (const [path, target] of Object.entries(TREE.links)) fs.link(`/root${path}`, target);
      return { fs, root: '/root' };
    },
  ],
];

for (const [name, make] of HOSTS) {
  describe(name, () => {
    const folder = testFolder();
    let fs: FileSystem & FileWriter;
    let root: string;
    before(async () => {
      ({ fs, root } = await make(folder.path));
    });

    it('reads text, without a byte-order mark', async () => {
      assert.equal(await fs.readText(`${root}/a.txt`), 'text');
      assert.equal(await fs.readText(`${root}/bom.txt`), 'text');
      assert.equal(await fs.readText(`${root}/empty.txt`), '');
      assert.equal(await fs.readText(`${root}/folder/deep/c.txt`), 'ünï');
      assert.equal(await fs.readText(`${root}/to-folder/to-a`), 'text');
    });

    const problems: readonly [path: string, message: RegExp][] = [
      ['/none.txt', /^The file does not exist\.$/],
      ['/a.txt/below', /^The file does not exist\.$/],
      ['/folder', /^This is a folder or a device, not a file\.$/],
      ['/broken', /^The file does not exist\.$/],
      ['/latin.txt', /^The file is not UTF-8 text \(line 2\)\. Save it as UTF-8\.$/],
      ['/circle', /circle|does not exist/],
    ];
    for (const [path, message] of problems) {
      it(`says what is wrong with ${path}`, async () => {
        await assert.rejects(fs.readText(root + path), { name: 'FileProblem', path: root + path, message });
      });
    }

    it('reads bytes, fewer where the file ends', async () => {
      const read = async (start: number, length: number) =>
        Buffer.from(await fs.readBytes(`${root}/a.txt`, start, length)).toString();
      assert.deepEqual(
        [await read(0, 2), await read(1, 2), await read(2, 100), await read(4, 1), await read(9, 1)],
        ['te', 'ex', 'xt', '', ''],
      );
      await assert.rejects(fs.readBytes(`${root}/none`, 0, 1), { name: 'FileProblem' });
      await assert.rejects(fs.readBytes(`${root}/folder`, 0, 1), { name: 'FileProblem' });
    });

    it('tells files from folders, through links too', async () => {
      const kinds = await Promise.all(
        ['/a.txt', '/folder', '/to-folder', '/folder/to-a', '/none', '/broken', '/circle'].map(
          async (path) => (await fs.stat(root + path))?.kind,
        ),
      );
      assert.deepEqual(kinds, ['file', 'folder', 'folder', 'file', undefined, undefined, undefined]);
      assert.equal((await fs.stat(`${root}/folder/deep/c.txt`))?.size, 5);
    });

    it('lists a folder; links to folders are others', async () => {
      const list = async (path: string) =>
        Object.fromEntries((await fs.list(root + path)).map(({ name, kind }) => [name, kind]));
      assert.deepEqual(await list('/folder'), { 'b.txt': 'file', deep: 'folder', 'to-a': 'file' });
      const top = await list('');
      assert.deepEqual(
        [top['to-folder'], top.circle, top.broken, top['a.txt'], top.folder],
        ['other', 'other', 'other', 'file', 'folder'],
      );
      assert.deepEqual(await list('/none'), {});
      assert.deepEqual(await list('/a.txt'), {});
    });

    it('replaces the text of a file, also through a link, which stays one', async () => {
      const path = `${root}/folder/to-a`;
      const before = await fs.stat(path);
      await fs.writeText(path, 'ünï\n');
      assert.equal(await fs.readText(`${root}/a.txt`), 'ünï\n');
      assert.equal(await fs.realPath(path), await fs.realPath(`${root}/a.txt`));
      assert.notEqual((await fs.stat(path))?.stamp, before?.stamp);
      await fs.writeText(path, 'text');
      await assert.rejects(fs.writeText(`${root}/none.txt`, ''), {
        name: 'FileProblem',
        message: 'The file does not exist.',
      });
      await assert.rejects(fs.writeText(`${root}/folder`, ''), { name: 'FileProblem' });
      assert.equal((await fs.list(root)).length, 8);
    });

    it('resolves links', async () => {
      const base = await fs.realPath(root);
      const real = async (path: string) => {
        const found = await fs.realPath(root + path);
        return found === undefined || base === undefined ? undefined : relative(base, found);
      };
      assert.deepEqual(
        await Promise.all(
          ['/to-folder/deep/../to-a', '/to-folder', '/a.txt', '/none', '/circle', '/broken'].map(real),
        ),
        ['a.txt', 'folder', 'a.txt', undefined, undefined, undefined],
      );
    });
  });
}

describe('the file system of the machine alone', () => {
  const folder = testFolder();
  const fs = createNodeFileSystem();

  it('changes the stamp of a file with its content', async () => {
    const path = await folder.write('x', '1');
    const first = await fs.stat(path);
    assert.deepEqual(await fs.stat(path), first);
    await folder.write('x', '12');
    assert.notEqual((await fs.stat(path))?.stamp, first?.stamp);
  });

  it('refuses to read a very large file as text, but not its bytes', async () => {
    const path = await folder.write('large', 'x');
    await truncate(path, 64 * 1024 * 1024 + 1);
    await assert.rejects(fs.readText(path), {
      name: 'FileProblem',
      message: /too large .* 65 MB, and the limit is 64 MB/,
    });
    assert.equal((await fs.readBytes(path, 0, 1)).length, 1);
  });

  it('says when there is no permission', async function () {
    // The administrator may read everything, and Windows has no such modes.
    if (process.platform === 'win32' || process.getuid?.() === 0) this.skip();
    const path = await folder.write('secret', 'x');
    await chmod(path, 0);
    await assert.rejects(fs.readText(path), {
      name: 'FileProblem',
      message: 'There is no permission to read the file.',
    });
  });

  it('keeps the permissions of a file that it writes', async function () {
    if (process.platform === 'win32') this.skip();
    const path = await folder.write('script', 'x');
    await chmod(path, 0o741);
    await fs.writeText(path, 'y');
    const { mode } = await stat(path);
    assert.equal(mode & 0o777, 0o741);
  });

  it('does not wait for a named pipe', async function () {
    if (process.platform === 'win32') this.skip();
    const path = `${folder.path()}/pipe`;
    execFileSync('mkfifo', [path]);
    await assert.rejects(fs.readText(path), { name: 'FileProblem', message: /not a file/ });
  });
});

describe('the file system in memory alone', () => {
  it('changes the stamp of a file when it is written, and forgets what is removed', async () => {
    const fs = createMemoryFileSystem({ '/p/a': '1', '/p/q/b': '2' });
    const first = (await fs.stat('/p/a'))?.stamp;
    fs.write('/p/a', '2');
    assert.notEqual((await fs.stat('/p/a'))?.stamp, first);
    fs.remove('/p/q');
    assert.deepEqual(await fs.list('/p'), [{ name: 'a', kind: 'file' }]);
    assert.equal(await fs.stat('/p/q'), undefined);
  });

  it('follows links that leave a folder, as a machine does', async () => {
    const fs = createMemoryFileSystem({ '/outside/secret': 's' });
    fs.link('/project/data', '/outside');
    assert.equal(await fs.realPath('/project/data/secret'), '/outside/secret');
  });
});
