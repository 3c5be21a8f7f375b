import assert from 'node:assert/strict';
import type { Problem } from '../../../server/src/core/base/problem.ts';
import type { SourceShape } from '../../../server/src/core/model/shape.ts';
import { inFiles } from '../../../server/src/core/workspace.ts';
import { present } from '../../kit/present.ts';
import { projectOf, ROOT } from '../../kit/project.ts';

async function shapeOf(data: string, files: Record<string, string | Uint8Array>): Promise<SourceShape> {
  const { shapes } = await projectOf({ 'a.metrics.yaml': `sources:\n  s: { data: ${data} }\n`, ...files });
  return present(shapes.get('s'), 'shape');
}

const headersOf = (shape: SourceShape) => shape.columns?.map((column) => column.header);

describe('readShapes', () => {
  it('reads the header of a CSV file', async () => {
    const shape = await shapeOf('data/s.csv', { 'data/s.csv': '\uFEFFid,"Name, full",,größe\n1,2,3,4\n' });
    assert.deepEqual(headersOf(shape), ['id', 'Name, full', '', 'größe']);
    assert.ok(shape.columns?.every((column) => column.type === 'unknown'));
    assert.deepEqual(shape.files, [`${ROOT}/data/s.csv`]);
    assert.equal(shape.format, 'csv');
    assert.equal(shape.delimiter, ',');
    assert.equal(shape.problem, undefined);
  });

  it('reads the delimiter of the format, or the declared one', async () => {
    const tabs = await shapeOf('s.tsv', { 's.tsv': 'a\tb,c\n' });
    assert.deepEqual(headersOf(tabs), ['a', 'b,c']);
    assert.deepEqual([tabs.format, tabs.delimiter], ['csv', '\t']);
    const semicolons = await shapeOf('{ file: s.csv, delimiter: ";" }', { 's.csv': 'a;b,c\n' });
    assert.deepEqual(headersOf(semicolons), ['a', 'b,c']);
    assert.equal(semicolons.delimiter, ';');
    assert.deepEqual(headersOf(await shapeOf('{ file: s.csv, delimiter: "" }', { 's.csv': 'a,b\n' })), [
      'a',
      'b',
    ]);
  });

  it('reads a header without a line break, and one longer than the first read', async () => {
    assert.deepEqual(headersOf(await shapeOf('s.csv', { 's.csv': 'a,b' })), ['a', 'b']);
    const names = Array.from({ length: 20_000 }, (_, index) => `column_é_${index}`);
    assert.deepEqual(headersOf(await shapeOf('s.csv', { 's.csv': `${names.join(',')}\n` })), names);
  });

  it('is the first file of a glob, with all its files', async () => {
    const shape = await shapeOf('"data/*.csv"', { 'data/b.csv': 'x\n', 'data/a.csv': 'y\n' });
    assert.deepEqual(headersOf(shape), ['y']);
    assert.deepEqual(shape.files, [`${ROOT}/data/a.csv`, `${ROOT}/data/b.csv`]);
  });

  it('says why data cannot be read', async () => {
    const refused = async (data: string, files: Record<string, string | Uint8Array>) => {
      const { problem, columns } = await shapeOf(data, files);
      assert.equal(columns, undefined);
      assert.equal(problem?.code, 'data-unreadable');
      return present(problem).message;
    };
    assert.match(await refused('s.csv', { 's.csv': '' }), /"s\.csv" is empty/);
    assert.match(await refused('s.csv', { 's.csv': '\n\n' }), /is empty/);
    assert.match(await refused('s.csv', { 's.csv': `"${'x'.repeat(1_100_000)}` }), /within 1 MB/);
    for (const name of ['s.csv.gz', 's.json', 's.ndjson', 's.xlsx', 's.txt']) {
      const extension = name.slice(name.lastIndexOf('.'));
      assert.match(
        await refused(name, { [name]: 'x' }),
        new RegExp(`The format \\${extension} is not read yet`),
      );
    }
    assert.match(await refused('s', { s: 'x' }), /format of "s" is unknown/);
    assert.match(
      await refused('"s.*"', { 's.csv': 'x\n', 's.tsv': 'x\n' }),
      /several formats \(\.csv and \.tsv\)/,
    );
    assert.match(
      await refused('{ file: s.csv, encoding: latin-1 }', { 's.csv': 'x\n' }),
      /encoding "latin-1"/,
    );
    assert.match(await refused('{ file: s.csv, header_row: 3 }', { 's.csv': 'x\n' }), /header_row: 3/);
    assert.match(await refused('s.parquet', { 's.parquet': 'this is no parquet' }), /not Parquet/);
  });

  it('leaves the format open where it is not read', async () => {
    assert.equal((await shapeOf('s.json', { 's.json': '{}' })).format, undefined);
  });

  it('reads no shape of a source without data', async () => {
    const { shapes } = await projectOf('sources:\n  a: { union: { b: { x: y } } }\n  c:\n');
    assert.equal(shapes.size, 0);
  });
});

async function problemsOf(files: Parameters<typeof projectOf>[0]): Promise<Problem[]> {
  const loaded = await projectOf(files);
  return inFiles(loaded, loaded.problems);
}

describe('the problems of data', () => {
  it('stand at the name of the file, with the nearest name as the fix', async () => {
    const text = 'sources:\n  s: { data: data/survy.csv }\n';
    const problems = await problemsOf({ 'm/a.metrics.yaml': text, 'm/data/survey.csv': 'x\n' });
    const [problem, ...more] = problems;
    assert.equal(more.length, 0);
    assert.equal(problem?.code, 'data-missing');
    assert.equal(problem?.severity, 'error');
    assert.equal(problem?.file, `${ROOT}/m/a.metrics.yaml`);
    assert.equal(text.slice(problem?.span.start, problem?.span.end), 'data/survy.csv');
    assert.equal(problem?.fixes?.[0]?.edits[0]?.text, 'data/survey.csv');
  });

  it('stand at the file of the long form, and change no quoted text', async () => {
    const text = 'sources:\n  s: { data: { file: "survy.csv" } }\n';
    const problems = await problemsOf({ 'a.metrics.yaml': text, 'survey.csv': 'x\n' });
    assert.equal(text.slice(problems[0]?.span.start, problems[0]?.span.end), '"survy.csv"');
    assert.equal(problems[0]?.fixes, undefined);
  });

  it('say that data lies outside', async () => {
    const problems = await problemsOf('sources:\n  s: { data: /etc/passwd }\n');
    assert.deepEqual(
      problems.map((problem) => problem.code),
      ['data-outside'],
    );
  });
});
