import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { DiagnosticSeverity, TextDocumentSyncKind } from 'vscode-languageserver';
import { marked } from './marked.ts';
import { type ServerProcess, startServerProcess } from './server-process.ts';

const FILES = {
  'plumbline.yaml': 'plumbline: 1\nname: shop\n',
  'data/orders.csv': 'order_id,ordered_at,city,amount\n1,2025-01-02,Bath,10\n2,2025-02-03,York,20\n',
  'sources.metrics.yaml':
    'plumbline: 1\nsources:\n  orders: { data: data/orders.csv, key: order_id, time: ordered_at }\n',
  'revenue.metrics.yaml': metrics('value: amount'),
};

/** A metrics file with one metric, in which `rest` stands beside its type and source. */
function metrics(rest: string): string {
  return `plumbline: 1\nmetrics:\n  revenue:\n    type: sum\n    owner: sales\n    source: orders\n    ${rest}\n`;
}

/** The data has `amount`: with two m it is no column of it. */
const MISSPELT = marked(metrics('value: ⟦ammount⟧'));
const RIGHT = FILES['revenue.metrics.yaml'];

describe('problems over the protocol', () => {
  let folder: string;
  let server: ServerProcess;
  const uri = (file: keyof typeof FILES): string => pathToFileURL(join(folder, file)).href;

  beforeEach(async () => {
    folder = await realpath(await mkdtemp(join(tmpdir(), 'plumbline lsp ')));
    for (const [file, text] of Object.entries(FILES)) {
      await mkdir(dirname(join(folder, file)), { recursive: true });
      await writeFile(join(folder, file), text);
    }
    server = await startServerProcess();
  });

  afterEach(async () => {
    if (server.child.exitCode === null) server.child.kill();
    server.connection.dispose();
    await rm(folder, { recursive: true, force: true });
  });

  it('says what the server can do', () => {
    assert.equal(server.initialized.serverInfo?.name, 'plumbline');
    assert.equal(server.initialized.capabilities.textDocumentSync, TextDocumentSyncKind.Incremental);
  });

  it('stand on the exact characters, with the rule and where they come from', async () => {
    await server.open(uri('revenue.metrics.yaml'), MISSPELT.text);
    const [problem, ...others] = await server.problems(uri('revenue.metrics.yaml'), 1);
    assert.deepEqual(others, []);
    assert.ok(problem);
    const { message, ...rest } = problem;
    assert.deepEqual(rest, {
      range: MISSPELT.range,
      severity: DiagnosticSeverity.Error,
      code: 'unknown-column',
      source: 'plumbline',
    });
    assert.match(String(message), /ammount/);
  });

  it('are counted in UTF-16 units, as the protocol has it', async () => {
    const { text, range } = marked(metrics("value: case when city = '😀é' then ⟦ammount⟧ end"));
    await server.open(uri('revenue.metrics.yaml'), text);
    const problems = await server.problems(uri('revenue.metrics.yaml'), 1);
    assert.deepEqual(
      problems.map((problem) => [problem.code, problem.range]),
      [['unknown-column', range]],
    );
  });

  it('are taken back when the text is mended, by edits of characters too', async () => {
    const at = uri('revenue.metrics.yaml');
    await server.open(at, MISSPELT.text);
    assert.equal((await server.problems(at, 1)).length, 1);
    await server.change(at, 2, [{ range: MISSPELT.range, text: 'amount' }]);
    assert.deepEqual(await server.problems(at, 2), []);
    await server.change(at, 3, MISSPELT.text);
    assert.equal((await server.problems(at, 3)).length, 1);
    await server.change(at, 4, RIGHT);
    assert.deepEqual(await server.problems(at, 4), []);
  });

  it('are told of a document without any, so that a client knows it was checked', async () => {
    await server.open(uri('revenue.metrics.yaml'), RIGHT, 7);
    assert.deepEqual(await server.problems(uri('revenue.metrics.yaml'), 7), []);
  });

  it('of other files of the project are published, and taken back', async () => {
    const other = uri('revenue.metrics.yaml');
    const at = uri('sources.metrics.yaml');
    const renamed = FILES['sources.metrics.yaml'].replace('orders:', 'sales:');
    const broken = server.problems(other);
    await server.open(at, renamed);
    const range = marked(RIGHT.replace('source: orders', 'source: ⟦orders⟧')).range;
    const named = (await broken).filter((problem) => problem.code === 'unknown-name');
    assert.deepEqual(
      named.map((problem) => problem.range),
      [range],
    );
    const mended = server.problems(other);
    await server.change(at, 2, FILES['sources.metrics.yaml']);
    assert.deepEqual(await mended, []);
  });

  it('are those on disk again when a changed document is closed', async () => {
    const at = uri('revenue.metrics.yaml');
    await server.open(at, MISSPELT.text);
    assert.equal((await server.problems(at, 1)).length, 1);
    const closed = server.problems(at);
    await server.close(at);
    assert.deepEqual(await closed, []);
  });

  it('of a file that is not on disk yet are published with those of its project', async () => {
    const at = pathToFileURL(join(folder, 'new', 'more.metrics.yaml')).href;
    await server.open(at, MISSPELT.text.replace('revenue:', 'more:'));
    assert.deepEqual(
      (await server.problems(at, 1)).map((problem) => problem.code),
      ['unknown-column'],
    );
    const closed = server.problems(at);
    await server.close(at);
    assert.deepEqual(await closed, []);
  });

  it('of the last text win when changes come faster than they are checked', async () => {
    const at = uri('revenue.metrics.yaml');
    await server.open(at, RIGHT);
    // Nothing is awaited: all changes are written before the server can answer the first.
    const sent = Array.from({ length: 50 }, (_, i) =>
      server.change(at, i + 2, i % 2 === 0 ? MISSPELT.text : RIGHT),
    );
    const last = marked(metrics('value: ⟦ammmount⟧'));
    await Promise.all([...sent, server.change(at, 99, last.text)]);
    assert.deepEqual(
      (await server.problems(at, 99)).map((problem) => problem.range),
      [last.range],
    );
    // Whatever the server still had to say of earlier texts, it has said before it answers another request.
    await server.change(at, 100, RIGHT);
    await server.problems(at, 100);
    await server.stop();
    const versions = server.published.filter((each) => each.uri === at).map((each) => each.version ?? 0);
    assert.deepEqual(
      versions,
      versions.toSorted((a, b) => a - b),
      'no older text is published after a newer one',
    );
    assert.equal(versions.at(-1), 100);
  });

  it('are found in half-typed text: no cut of a file ends or hangs the server', async () => {
    const at = uri('revenue.metrics.yaml');
    const text = metrics('value: "case when city in (\'Bath\', [x]) then amount end" # {why}');
    await server.open(at, '', 1);
    for (let end = 0; end < text.length; end++) {
      await server.change(at, end + 2, text.slice(0, end));
      await server.problems(at, end + 2);
    }
    await server.change(at, 1000, RIGHT);
    assert.deepEqual(await server.problems(at, 1000), []);
  });

  it('of documents that are no files are not looked for, and stop nothing', async () => {
    for (const odd of ['untitled:Untitled-1', 'git:/a.metrics.yaml?x', 'file:///%E0%A4%A', 'file://host/a']) {
      await server.open(odd, MISSPELT.text);
    }
    await server.open(uri('revenue.metrics.yaml'), MISSPELT.text);
    assert.equal((await server.problems(uri('revenue.metrics.yaml'), 1)).length, 1);
    assert.deepEqual(
      server.published.map((each) => each.uri),
      [uri('revenue.metrics.yaml')],
    );
  });

  it('go out under the URI that the client uses, also when it escapes more than we would', async () => {
    const ours = uri('revenue.metrics.yaml');
    const theirs = ours.replace('revenue', '%72evenue');
    await server.open(theirs, MISSPELT.text);
    assert.equal((await server.problems(theirs, 1)).length, 1);
    const closed = server.problems(theirs);
    await server.close(theirs);
    assert.deepEqual(await closed, []);
    assert.ok(server.published.every((each) => each.uri === theirs));
  });

  it('end with the session: a clean exit after shutdown', async () => {
    await server.open(uri('revenue.metrics.yaml'), MISSPELT.text);
    assert.equal(await server.stop(), 0);
  });

  it('do not keep the server alive when its client is gone', async () => {
    const exited = once(server.child, 'exit');
    server.child.stdin?.end();
    // The protocol asks for 1 where no shutdown was requested.
    assert.deepEqual(await exited, [1, null]);
  });
});

describe('problems over the IPC of the extension', () => {
  it('are published, and the server exits cleanly', async () => {
    const folder = await realpath(await mkdtemp(join(tmpdir(), 'plumbline-ipc-')));
    const server = await startServerProcess('ipc');
    try {
      const uri = pathToFileURL(join(folder, 'a.metrics.yaml')).href;
      const { text, range } = marked('plumbline: 1\n⟦metrcis⟧: {}\n');
      await server.open(uri, text);
      const problems = await server.problems(uri, 1);
      assert.deepEqual(
        problems.map((problem) => problem.range),
        [range],
      );
      assert.equal(await server.stop(), 0);
    } finally {
      if (server.child.exitCode === null) server.child.kill();
      await rm(folder, { recursive: true, force: true });
    }
  });
});
