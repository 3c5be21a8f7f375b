import assert from 'node:assert/strict';
import { findDataFiles } from '../../../server/src/core/workspace/data-files.ts';
import {
  createMemoryFileSystem,
  type MemoryFileSystem,
} from '../../../server/src/hosts/memory-file-system.ts';

function project(): MemoryFileSystem {
  const paths = [
    '/p/data/a.csv',
    '/p/data/b.csv',
    '/p/data/c.tsv',
    '/p/data/deep/d.csv',
    '/p/data/.hidden.csv',
    '/p/m/x.csv',
  ];
  const fs = createMemoryFileSystem(
    Object.fromEntries([...paths, '/p2/x.csv', '/secret.csv'].map((path) => [path, 'a\n'])),
  );
  fs.write('/p/data/odd [1].csv', 'a\n');
  return fs;
}

/** The files relative to the project, or the code of the problem. */
async function find(
  written: string,
  fs = project(),
  declaring = '/p/m/a.metrics.yaml',
): Promise<string[] | string> {
  const found = await findDataFiles(fs, '/p', declaring, written);
  return 'files' in found ? found.files.map((path) => path.replace(/^\/p\//, '')) : found.problem.code;
}

async function messageOf(written: string, declaring = '/p/a.metrics.yaml'): Promise<string> {
  const found = await findDataFiles(project(), '/p', declaring, written);
  assert.ok('problem' in found);
  return found.problem.message;
}

describe('findDataFiles', () => {
  it('resolves a path relative to the file that declares it', async () => {
    assert.deepEqual(await find('x.csv'), ['m/x.csv']);
    assert.deepEqual(await find('./x.csv'), ['m/x.csv']);
    assert.deepEqual(await find('../data/a.csv'), ['data/a.csv']);
    assert.deepEqual(await find('..\\data\\a.csv'), ['data/a.csv']);
    assert.deepEqual(await find('data/a.csv', project(), '/p/a.metrics.yaml'), ['data/a.csv']);
  });

  it('resolves globs, by path', async () => {
    assert.deepEqual(await find('../data/*.csv'), ['data/a.csv', 'data/b.csv', 'data/odd [1].csv']);
    assert.deepEqual(await find('../data/{a,b}.csv'), ['data/a.csv', 'data/b.csv']);
    assert.deepEqual(await find('../data/[ab].csv'), ['data/a.csv', 'data/b.csv']);
    assert.deepEqual(await find('../data/*/*.csv'), ['data/deep/d.csv']);
    assert.deepEqual(await find('../**/?.csv'), ['data/a.csv', 'data/b.csv', 'data/deep/d.csv', 'm/x.csv']);
    assert.equal(await find('../data/*.json'), 'data-missing');
  });

  it('takes a name with the letters of a glob for the file that has it', async () => {
    assert.deepEqual(await find('../data/odd [1].csv'), ['data/odd [1].csv']);
  });

  it('names nothing outside the project', async () => {
    for (const written of [
      '../../secret.csv',
      '../../p/data/a.csv',
      '../data/../../secret.csv',
      '..\\..\\secret.csv',
      '../../*.csv',
      '/secret.csv',
      '/p/data/a.csv',
      '\\secret.csv',
      '\\\\server\\share\\x.csv',
      'C:\\secret.csv',
      'c:secret.csv',
      'https://example.com/a.csv',
      'file:///secret.csv',
      's3://bucket/a.parquet',
    ]) {
      assert.equal(await find(written), 'data-outside', written);
    }
  });

  it('has no way out through a glob', async () => {
    for (const written of [
      '{..,data}/../../secret.csv',
      '../{..,data}/secret.csv',
      '../[.][.]/secret.csv',
      '**/../../../secret.csv',
    ]) {
      const found = await find(written);
      assert.ok(found === 'data-outside' || found === 'data-missing', `${written}: ${found}`);
    }
  });

  it('follows no symbolic link out of the project', async () => {
    const fs = project();
    fs.link('/p/data/link.csv', '/secret.csv');
    fs.link('/p/data/up.csv', '../../secret.csv');
    fs.link('/p/out', '/p2');
    assert.equal(await find('../data/link.csv', fs), 'data-outside');
    assert.equal(await find('../data/up.csv', fs), 'data-outside');
    assert.equal(await find('../out/x.csv', fs), 'data-outside');
    assert.equal(await find('../data/l*.csv', fs), 'data-outside');
    assert.equal(await find('../o*/x.csv', fs), 'data-missing');
  });

  it('follows a symbolic link that stays inside, also where the project is reached by one', async () => {
    const fs = project();
    fs.link('/p/data/same.csv', 'a.csv');
    assert.deepEqual(await find('../data/same.csv', fs), ['data/same.csv']);
    fs.link('/alias', '/p');
    const found = await findDataFiles(fs, '/alias', '/alias/a.metrics.yaml', 'data/a.csv');
    assert.deepEqual(found, { files: ['/alias/data/a.csv'] });
  });

  it('does not take a folder whose name begins like the project for its inside', async () => {
    const fs = project();
    fs.link('/p/data/next.csv', '/p2/x.csv');
    assert.equal(await find('../data/next.csv', fs), 'data-outside');
  });

  it('says what is missing, with the nearest name', async () => {
    assert.equal(await messageOf('data/aaa.csv'), 'There is no file "data/aaa.csv". Did you mean "a.csv"?');
    assert.equal(await messageOf('data/nothing-near.csv'), 'There is no file "data/nothing-near.csv".');
    assert.match(await messageOf('dta/a.csv'), /the folder "dta" does not exist/);
    assert.match(await messageOf('data'), /is a folder/);
    assert.match(await messageOf('data/*.json'), /No file matches "data\/\*\.json"/);
  });

  it('proposes the whole path to write instead', async () => {
    const found = await findDataFiles(project(), '/p', '/p/m/a.metrics.yaml', '../data/aa.csv');
    assert.equal('problem' in found && found.problem.suggestion, '../data/a.csv');
  });
});
