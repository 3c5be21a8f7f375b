import assert from 'node:assert/strict';
import { Cancelled } from '../../../server/src/core/base/cancel.ts';
import type { FileSystem } from '../../../server/src/core/ports.ts';
import { pathOf } from '../../../server/src/core/syntax/units/unit-id.ts';
import { inFiles, loadProject } from '../../../server/src/core/workspace.ts';
import { createMemoryFileSystem } from '../../../server/src/hosts/memory-file-system.ts';
import { projectOf, ROOT } from '../../kit/project.ts';
import { readKinds } from '../../kit/read-kinds.ts';

const METRIC = 'plumbline: 1\nmetrics:\n  m: { type: count }\n';

const load = (fs: FileSystem, options = {}) => loadProject(fs, ROOT, { kinds: readKinds, ...options });

async function pathsOf(files: Record<string, string>, options = {}): Promise<string[]> {
  const { texts } = await projectOf(files, readKinds, options);
  return [...texts.keys()].map((path) => path.slice(ROOT.length + 1));
}

describe('the files of a project', () => {
  it('are those with the names of the format, in any folder, by path', async () => {
    const files = await pathsOf({
      'z.metrics.yaml': METRIC,
      'a/b/c.metrics.yml': METRIC,
      'a.metrics.yaml': METRIC,
      'metrics.yaml': METRIC,
      'notes.yaml': METRIC,
      'a.metrics.yaml.bak': METRIC,
    });
    assert.deepEqual(files, ['a.metrics.yaml', 'a/b/c.metrics.yml', 'z.metrics.yaml']);
  });

  it('are those that the settings name, without those that they take out', async () => {
    const files = await pathsOf({
      'plumbline.yaml': 'files: ["**/*.yaml", "./extra/*.yml", "!old/**"]\n',
      'a.yaml': METRIC,
      'old/b.yaml': METRIC,
      'extra/c.yml': METRIC,
      'other/d.yml': METRIC,
    });
    assert.deepEqual(files, ['a.yaml', 'extra/c.yml']);
  });

  it('leave out node_modules, .git, hidden folders and nested projects', async () => {
    const files = await pathsOf({
      'plumbline.yaml': '',
      'a.metrics.yaml': METRIC,
      'node_modules/x/a.metrics.yaml': METRIC,
      'sub/node_modules/a.metrics.yaml': METRIC,
      '.git/a.metrics.yaml': METRIC,
      '.cache/a.metrics.yaml': METRIC,
      'nested/plumbline.yaml': '',
      'nested/a.metrics.yaml': METRIC,
      'nested/deeper/a.metrics.yaml': METRIC,
    });
    assert.deepEqual(files, ['a.metrics.yaml']);
  });

  it('leave out symbolic links to folders, so that no circle is walked', async () => {
    const fs = createMemoryFileSystem({
      [`${ROOT}/a.metrics.yaml`]: METRIC,
      '/other/b.metrics.yaml': METRIC,
    });
    fs.link(`${ROOT}/self`, ROOT);
    fs.link(`${ROOT}/out`, '/other');
    const { texts } = await load(fs);
    assert.deepEqual([...texts.keys()], [`${ROOT}/a.metrics.yaml`]);
  });
});

describe('.gitignore', () => {
  it('leaves files and folders out, also by nested rules and with exceptions', async () => {
    const files = await pathsOf({
      '.gitignore': 'build/\n*.draft.metrics.yaml\n!keep.draft.metrics.yaml\n',
      'a.metrics.yaml': METRIC,
      'x.draft.metrics.yaml': METRIC,
      'keep.draft.metrics.yaml': METRIC,
      'build/a.metrics.yaml': METRIC,
      'sub/.gitignore': '/local.metrics.yaml\n!y.draft.metrics.yaml\n',
      'sub/local.metrics.yaml': METRIC,
      'sub/y.draft.metrics.yaml': METRIC,
      'sub/deep/local.metrics.yaml': METRIC,
      'Build/b.metrics.yaml': METRIC,
    });
    assert.deepEqual(files, [
      'Build/b.metrics.yaml',
      'a.metrics.yaml',
      'keep.draft.metrics.yaml',
      'sub/deep/local.metrics.yaml',
      'sub/y.draft.metrics.yaml',
    ]);
  });

  it('holds from above the root up to the repository, and no further', async () => {
    const text = { [`${ROOT}/a.metrics.yaml`]: METRIC, [`${ROOT}/b.metrics.yaml`]: METRIC };
    const ignoring = { ...text, '/.gitignore': 'a.metrics.yaml\n' };
    const names = async (files: Record<string, string>) =>
      [...(await load(createMemoryFileSystem(files))).texts.keys()].map((path) =>
        path.slice(ROOT.length + 1),
      );
    assert.deepEqual(await names({ ...ignoring, '/.git/HEAD': '' }), ['b.metrics.yaml']);
    assert.deepEqual(await names({ ...ignoring, [`${ROOT}/.git/HEAD`]: '' }), [
      'a.metrics.yaml',
      'b.metrics.yaml',
    ]);
    assert.deepEqual(await names(ignoring), ['a.metrics.yaml', 'b.metrics.yaml']);
  });

  it('does not hide a project that was opened although it is ignored', async () => {
    const fs = createMemoryFileSystem({
      '/.git/HEAD': '',
      '/.gitignore': 'project/\n',
      [`${ROOT}/a.metrics.yaml`]: METRIC,
    });
    assert.equal((await load(fs)).texts.size, 1);
  });
});

describe('loadProject', () => {
  it('reads settings and definitions', async () => {
    const { project, texts, problems } = await projectOf({
      'plumbline.yaml': 'name: acme\ngrain: week\n',
      'a.metrics.yaml': METRIC,
    });
    assert.equal(project.folder, ROOT);
    assert.equal(project.settings.path, `${ROOT}/plumbline.yaml`);
    assert.equal(project.settings.name, 'acme');
    assert.equal(pathOf(project.metrics.get('m')?.file ?? ''), `${ROOT}/a.metrics.yaml`);
    assert.deepEqual([...texts.keys()], [`${ROOT}/a.metrics.yaml`]);
    assert.deepEqual(problems, []);
  });

  it('has the defaults of the format without settings', async () => {
    const { project } = await projectOf({});
    assert.equal(project.settings.path, undefined);
    assert.equal(project.settings.grain, 'month');
    assert.deepEqual(project.files, []);
  });

  it('turns broken YAML into problems of its file, and keeps what can be read', async () => {
    const loaded = await projectOf({
      'plumbline.yaml': 'name: "acme\n',
      'a.metrics.yaml': 'metrics:\n  m: { type: count }\n  x: { type\n',
    });
    const problems = inFiles(loaded, loaded.problems);
    assert.equal(loaded.project.metrics.get('m')?.type, 'count');
    assert.deepEqual([...new Set(problems.map((problem) => problem.file))].sort(), [
      `${ROOT}/a.metrics.yaml`,
      `${ROOT}/plumbline.yaml`,
    ]);
    assert.ok(problems.every((problem) => problem.code.startsWith('yaml-') && problem.severity === 'error'));
  });

  it('reports a file that cannot be read, and reads the others', async () => {
    const fs = createMemoryFileSystem({
      [`${ROOT}/a.metrics.yaml`]: METRIC,
      [`${ROOT}/b.metrics.yaml`]: new Uint8Array([0xff, 0xfe, 0x00]),
    });
    const { project, problems } = await load(fs);
    assert.deepEqual([...project.metrics.keys()], ['m']);
    assert.deepEqual(
      problems.map(({ code, file, span }) => [code, file, span]),
      [['file-unreadable', `${ROOT}/b.metrics.yaml`, { start: 0, end: 0 }]],
    );
  });

  it('lets a defect of the host through, and hides it in no problem', async () => {
    const fs: FileSystem = {
      ...createMemoryFileSystem({ [`${ROOT}/a.metrics.yaml`]: METRIC }),
      readText: async () => {
        throw new TypeError('defect');
      },
    };
    await assert.rejects(load(fs), TypeError);
  });

  it('reports what is wrong with settings', async () => {
    const { problems } = await projectOf({ 'plumbline.yaml': 'timezone: London\nas_of: 2025-02-30\n' });
    assert.deepEqual(
      problems.map((problem) => problem.code),
      ['unknown-timezone', 'bad-setting-date'],
    );
  });

  it('stops when it is cancelled', async () => {
    const fs = createMemoryFileSystem({ [`${ROOT}/a.metrics.yaml`]: METRIC });
    await assert.rejects(load(fs, { signal: AbortSignal.abort() }), Cancelled);
  });

  it('keeps the definitions whose text has not changed', async () => {
    const fs = createMemoryFileSystem({
      [`${ROOT}/a.metrics.yaml`]: METRIC,
      [`${ROOT}/b.metrics.yaml`]: 'metrics: {}\n',
    });
    const before = await load(fs);
    fs.write(`${ROOT}/b.metrics.yaml`, 'metrics: { n: { type: sum } }\n');
    const after = await load(fs, { previous: before });
    assert.equal(after.project.metrics.get('m'), before.project.metrics.get('m'));
    assert.equal(after.texts.get(`${ROOT}/a.metrics.yaml`), before.texts.get(`${ROOT}/a.metrics.yaml`));
    assert.notEqual(after.texts.get(`${ROOT}/b.metrics.yaml`), before.texts.get(`${ROOT}/b.metrics.yaml`));
    assert.deepEqual([...after.project.metrics.keys()], ['m', 'n']);
  });
});

describe('unsaved texts', () => {
  const at = (texts: Record<string, string>) => ({
    overlay: new Map(Object.entries(texts).map(([path, text]) => [`${ROOT}/${path}`, text])),
  });

  it('stand before the files on disk', async () => {
    const { project } = await projectOf(
      { 'a.metrics.yaml': METRIC, 'plumbline.yaml': 'grain: week\n' },
      readKinds,
      at({ 'a.metrics.yaml': 'metrics: { typed: { type: sum } }\n', 'plumbline.yaml': 'grain: year\n' }),
    );
    assert.deepEqual([...project.metrics.keys()], ['typed']);
    assert.equal(project.settings.grain, 'year');
  });

  it('may be files that are not there yet, in folders that are not there yet', async () => {
    const overlay = at({ 'b.metrics.yaml': METRIC, 'new/deep/c.metrics.yaml': METRIC, 'notes.txt': 'x' });
    const files = await pathsOf({ 'a.metrics.yaml': METRIC }, overlay);
    assert.deepEqual(files, ['a.metrics.yaml', 'b.metrics.yaml', 'new/deep/c.metrics.yaml']);
  });

  it('follow the rules for files: nested projects, .gitignore and folders outside', async () => {
    const overlay = {
      overlay: new Map([
        [`${ROOT}/nested/plumbline.yaml`, ''],
        [`${ROOT}/nested/b.metrics.yaml`, METRIC],
        [`${ROOT}/out/c.metrics.yaml`, METRIC],
        ['/elsewhere/d.metrics.yaml', METRIC],
        [`${ROOT}-too/e.metrics.yaml`, METRIC],
      ]),
    };
    const files = await pathsOf(
      { 'a.metrics.yaml': METRIC, '.gitignore': 'out\n', 'nested/x.metrics.yaml': METRIC },
      overlay,
    );
    assert.deepEqual(files, ['a.metrics.yaml']);
  });
});
