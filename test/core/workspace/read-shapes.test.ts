import assert from 'node:assert/strict';
import { gzipSync } from 'node:zlib';
import type { Problem } from '../../../server/src/core/base/problem.ts';
import { kinds } from '../../../server/src/core/kinds/index.ts';
import type { SourceShape } from '../../../server/src/core/model/shape.ts';
import type { FileSystem } from '../../../server/src/core/ports.ts';
import { inFiles, loadProject } from '../../../server/src/core/workspace.ts';
import { createMemoryFileSystem } from '../../../server/src/hosts/memory-file-system.ts';
import { present } from '../../kit/present.ts';
import { projectOf, ROOT } from '../../kit/project.ts';
import { xlsxOf } from '../../kit/xlsx.ts';
import { zipOf } from '../../kit/zip.ts';

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
    for (const name of ['s.txt', 's.xls', 's.parquet.gz', 's.csv.zip']) {
      assert.match(await refused(name, { [name]: 'x' }), /are not read\. Give the data as CSV/);
    }
    assert.match(await refused('s', { s: 'x' }), /format of "s" is unknown/);
    assert.match(
      await refused('"s.*"', { 's.csv': 'x\n', 's.tsv': 'x\n' }),
      /several formats \(\.csv and \.tsv\)/,
    );
    assert.match(
      await refused('{ file: s.csv, encoding: latin-0 }', { 's.csv': 'x\n' }),
      /encoding "latin-0"/,
    );
    assert.match(
      await refused('{ file: s.csv, header_row: 3 }', { 's.csv': 'x\n' }),
      /Row 3 .* names no column/,
    );
    assert.match(await refused('s.parquet', { 's.parquet': 'this is no parquet' }), /not Parquet/);
  });

  it('leaves the format open where it is not read', async () => {
    assert.equal((await shapeOf('s.txt', { 's.txt': '{}' })).format, undefined);
  });

  const ROWS = 'id,Name\n1,é\n';
  const JSON_ROWS = '{"id": 1, "Name": "é"}\n{"id": 2, "more": null}\n';
  const WORKBOOK = xlsxOf([
    { name: 'Notes', rows: [['About'], [], [null, 'id', { number: '2024' }, ' ']] },
    { name: 'Answers & more', rows: [['id', 'Name', null, 'more']] },
  ]);
  const found: readonly [data: string, content: string | Uint8Array, headers: readonly string[]][] = [
    ['s.csv.gz', gzipSync(ROWS), ['id', 'Name']],
    ['s.tsv.gz', gzipSync(ROWS.replaceAll(',', '\t')), ['id', 'Name']],
    ['s.csv', ROWS.replaceAll(',', ';'), ['id', 'Name']],
    ['{ file: s.csv, header_row: 3 }', `A "title\n\n${ROWS}`, ['id', 'Name']],
    ['{ file: s.csv, encoding: utf-16 }', Buffer.from(`\uFEFF${ROWS}`, 'utf16le'), ['id', 'Name']],
    ['{ file: s.csv, encoding: latin1 }', Buffer.from('id,größe\n', 'latin1'), ['id', 'größe']],
    ['s.json', `[${JSON_ROWS.trim().replace('\n', ',')}]`, ['id', 'Name', 'more']],
    ['s.ndjson', JSON_ROWS, ['id', 'Name', 'more']],
    ['s.jsonl.gz', gzipSync(JSON_ROWS), ['id', 'Name', 'more']],
    ['{ file: s.xlsx, sheet: Answers & more }', WORKBOOK, ['id', 'Name', '', 'more']],
    ['{ file: s.xlsx, header_row: 3 }', WORKBOOK, ['', 'id', '2024']],
    ['s.xlsx', xlsxOf([{ name: 'A', rows: [['é']] }], { inline: true }), ['é']],
  ];
  for (const [data, content, headers] of found) {
    it(`reads the columns of ${data}`, async () => {
      const name = /s\.[a-z.]+/.exec(data)?.[0] ?? '';
      const shape = await shapeOf(data, { [name]: content });
      assert.equal(shape.problem, undefined);
      assert.deepEqual(headersOf(shape), headers);
    });
  }

  it('says of every format why it cannot be read, where that is', async () => {
    const cases: readonly [data: string, content: string | Uint8Array, at: string, message: RegExp][] = [
      ['s.csv', WORKBOOK, 's.csv', /is a workbook or a zip archive, not text/],
      ['s.csv', gzipSync(ROWS), 's.csv', /is packed with gzip\. Let its name end in \.gz/],
      ['s.csv', Buffer.from(`\uFEFF${ROWS}`, 'utf16le'), 's.csv', /UTF-16 text\. Write `encoding: utf-16le`/],
      ['s.csv.gz', ROWS, 's.csv.gz', /is not packed with gzip/],
      ['s.json', '[{"id": 1},\n{"id": 2\n', 's.json', /not valid JSON \(line 2\)/],
      ['s.ndjson', '{"id": 1}\n\n{id: 2}\n', 's.ndjson', /not valid JSON \(line 3\): a key in double quotes/],
      ['s.json', '{"rows": [{"id": 1}]}', 's.json', /one object, not a list of rows\. Save its list "rows"/],
      ['s.json', '[]', 's.json', /is empty/],
      ['s.xlsx', ROWS, 's.xlsx', /is not an XLSX workbook/],
      ['s.xlsx', Buffer.from('d0cf11e0a1b11ae1', 'hex'), 's.xlsx', /protected by a password, or .* \.xls/],
      ['s.xlsx', WORKBOOK.subarray(0, 500), 's.xlsx', /was cut short/],
      ['s.xlsx', zipOf([{ name: 'a.xml', content: 'x' }]), 's.xlsx', /no workbook/],
      [
        '{ file: s.xlsx, sheet: Note }',
        WORKBOOK,
        'Note',
        /no sheet "Note".*Did you mean "Notes"\?.*Notes, Answers & more/,
      ],
      ['{ file: s.xlsx, header_row: 9 }', WORKBOOK, '9', /Row 9 of "s.xlsx" names no column/],
      ['{ file: s.csv, encoding: windows-125 }', ROWS, 'windows-125', /no encoding "windows-125"/],
    ];
    for (const [data, content, at, message] of cases) {
      const name = /s\.[a-z.]+/.exec(data)?.[0] ?? '';
      const text = `sources:\n  s: { data: ${data} }\n`;
      const [problem, ...more] = await problemsOf({ 'a.metrics.yaml': text, [name]: content });
      assert.match(present(problem, data).message, message);
      assert.equal(text.slice(problem?.span.start, problem?.span.end), at);
      assert.deepEqual(more, []);
    }
  });

  it('takes declared keys of a long JSON file for columns, and those of a short one only where they are', async () => {
    const line = `{"id": 1, "text": "${'x'.repeat(1000)}"}\n`;
    const columns = 'columns: { late: {}, double: { value: id * 2 } }';
    const shape = async (count: number) => {
      const files = {
        'a.metrics.yaml': `sources:\n  s: { data: s.ndjson, ${columns} }\n`,
        's.ndjson': line.repeat(count),
      };
      return headersOf(present((await projectOf(files)).shapes.get('s')));
    };
    assert.deepEqual(await shape(2000), ['id', 'text', 'late']);
    assert.deepEqual(await shape(20), ['id', 'text']);
  });

  it('reads no more than the beginning of a file', async () => {
    const big = Buffer.alloc(64 * 1024 * 1024, 'a,b\n');
    const read: number[] = [];
    const fs = createMemoryFileSystem({
      '/p/a.metrics.yaml': 'sources:\n  s: { data: s.csv.gz }\n  t: { data: t.csv }\n',
      '/p/s.csv.gz': gzipSync(big),
      '/p/t.csv': big,
    });
    const counting: FileSystem = {
      ...fs,
      readBytes: async (path, start, length) => {
        const bytes = await fs.readBytes(path, start, length);
        read.push(bytes.length);
        return bytes;
      },
    };
    const { shapes } = await loadProject(counting, '/p', { kinds });
    assert.deepEqual([...shapes.values()].map(headersOf), [
      ['a', 'b'],
      ['a', 'b'],
    ]);
    assert.ok(Math.max(...read) <= 64 * 1024);
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
