import assert from 'node:assert/strict';
import { fileRenameEdits, type Move } from '../../../server/src/core/ide/file-rename.ts';
import { applyEdits } from '../../kit/ide.ts';
import { projectOf, ROOT } from '../../kit/project.ts';

/** What `data` of a source in `m/a.metrics.yaml` says after moves of paths relative to the root. */
async function dataAfter(data: string, ...moves: readonly (readonly [string, string])[]): Promise<string> {
  const before = `plumbline: 1\nsources:\n  s:\n    data: `;
  const text = `${before}${data}\n`;
  const { project } = await projectOf({ 'm/a.metrics.yaml': text });
  const absolute = moves.map(([from, to]): Move => ({ from: `${ROOT}/${from}`, to: `${ROOT}/${to}` }));
  const edits = fileRenameEdits(project, absolute);
  return applyEdits(text, edits).slice(before.length, -1);
}

describe('moving files', () => {
  it('keeps data paths right when the data moves', async () => {
    assert.equal(await dataAfter('x.csv', ['m/x.csv', 'm/y.csv']), 'y.csv');
    assert.equal(await dataAfter('./x.csv', ['m/x.csv', 'm/old/x.csv']), './old/x.csv');
    assert.equal(await dataAfter('x.csv', ['m/x.csv', 'data/x.csv']), '../data/x.csv');
    assert.equal(await dataAfter('../data/in/x.csv', ['data', 'raw']), '../raw/in/x.csv');
    assert.equal(
      await dataAfter('{ file: "x.csv", delimiter: ";" }', ['m/x.csv', 'm/y "z".csv']),
      '{ file: "y \\"z\\".csv", delimiter: ";" }',
    );
    assert.equal(await dataAfter('{ file: x.csv }', ['m/x.csv', 'm/a, b.csv']), "{ file: 'a, b.csv' }");
  });

  it('moves a glob with its folder, and not with one of its files', async () => {
    assert.equal(
      await dataAfter('../data/2024/*.csv', ['data/2024', 'archive/2024']),
      '../archive/2024/*.csv',
    );
    assert.equal(await dataAfter('../data/*/x.csv', ['data/2024', 'archive/2024']), '../data/*/x.csv');
  });

  it('keeps them right when the metrics file moves, or both do', async () => {
    assert.equal(await dataAfter('../data/x.csv', ['m/a.metrics.yaml', 'a.metrics.yaml']), 'data/x.csv');
    assert.equal(await dataAfter('../data/x.csv', ['m/a.metrics.yaml', 'm/b.metrics.yaml']), '../data/x.csv');
    assert.equal(await dataAfter('../data/x.csv', ['m', 'deep/m']), '../../data/x.csv');
    assert.equal(await dataAfter('sub/x.csv', ['m', 'deep/m']), 'sub/x.csv');
    assert.equal(await dataAfter('x.csv', ['m', 'n'], ['m/x.csv', 'x.csv']), '../x.csv');
  });

  it('leaves everything else alone', async () => {
    assert.equal(await dataAfter('x.csv', ['m/xx.csv', 'm/y.csv'], ['x.csv', 'y.csv']), 'x.csv');
    assert.equal(await dataAfter('https://example.com/m/x.csv', ['m', 'n']), 'https://example.com/m/x.csv');
    assert.equal(await dataAfter('/etc/x.csv', ['m', 'n']), '/etc/x.csv');
  });
});
