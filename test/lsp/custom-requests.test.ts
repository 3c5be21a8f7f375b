import assert from 'node:assert/strict';
import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { CancellationTokenSource } from 'vscode-languageserver';
import { ProgressType, type ProtocolConnection, WorkDoneProgress } from 'vscode-languageserver/node';
import type { QueryEngine } from '../../server/src/core/ports.ts';
import {
  funnelRequest,
  lineageRequest,
  type Preview,
  previewRequest,
  projectTreeRequest,
  sqlRequest,
} from '../../server/src/protocol/index.ts';
import { SHOP } from '../cli/shop.ts';
import { testEngine } from '../kit/engine.ts';
import { asks, type Served, served, shared } from './served.ts';
import { startServerProcess } from './server-process.ts';

const FILE = 'shop.metrics.yaml';
const TEXT = SHOP[FILE];

/** The place of the name of a definition in the text. */
function nameAt(name: string): { start: { line: number; character: number }; end: object } {
  const lines = TEXT.split('\n');
  // Metrics stand behind sources, one of which has the name of one.
  const line = lines.findLastIndex((text) => text.startsWith(`  ${name}:`));
  return { start: { line, character: 2 }, end: { line, character: 2 + name.length } };
}

/** Writes the shop to a folder of its own for each test. */
function shopFolder(): { readonly path: () => string; readonly uri: () => string } {
  let folder = '';
  beforeEach(async () => {
    folder = await realpath(await mkdtemp(join(tmpdir(), 'plumbline lsp ')));
    for (const [file, text] of Object.entries(SHOP)) {
      await mkdir(dirname(join(folder, file)), { recursive: true });
      await writeFile(join(folder, file), text);
    }
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));
  return { path: () => folder, uri: () => pathToFileURL(join(folder, FILE)).href };
}

describe('our own requests, where nothing is evaluated', () => {
  const folder = shopFolder();

  it('tell the tree and the lineage, and say that values cannot be had', async () => {
    const server = await startServerProcess('stdio', { initializationOptions: { evaluate: false } });
    try {
      const { ask, answerOf } = asks(server.connection);
      const textDocument = { uri: folder.uri() };
      await server.open(textDocument.uri, TEXT);
      const tree = await answerOf(projectTreeRequest, { textDocument });
      assert.deepEqual(
        tree.metrics.map(({ name, at }) => [name, at]),
        ['revenue', 'orders', 'b_share'].map((name) => [name, { uri: folder.uri(), range: nameAt(name) }]),
      );
      assert.deepEqual(tree.byFile, [{ name: FILE, metrics: ['revenue', 'orders', 'b_share'] }]);
      const graph = await answerOf(lineageRequest, { textDocument, metric: 'revenue' });
      assert.ok(graph.edges.some(({ from, to }) => from === 'metric:revenue' && to === 'source:orders'));
      assert.deepEqual(graph.nodes[0]?.at, { uri: folder.uri(), range: nameAt('revenue') });
      assert.equal(await ask(lineageRequest, { textDocument, metric: 'nothing' }), null);
      const revenue = { textDocument, metric: 'revenue' };
      for (const answer of [await ask(funnelRequest, revenue), await ask(sqlRequest, revenue)]) {
        assert.deepEqual(answer, { unavailable: 'Metrics are not evaluated in this workspace.' });
      }
      const subject = { kind: 'metric' as const, name: 'revenue' };
      const preview = await answerOf(previewRequest, { textDocument, subject });
      assert.ok('about' in preview);
      assert.equal(preview.about.unavailable, 'Metrics are not evaluated in this workspace.');
      assert.deepEqual(preview.about.at, { uri: folder.uri(), range: nameAt('revenue') });
      // What is no file is in no project.
      const elsewhere = { textDocument: { uri: 'untitled:x' }, metric: 'revenue' };
      assert.equal(await ask(funnelRequest, elsewhere), null);
      assert.equal(await server.stop(), 0);
    } finally {
      if (server.child.exitCode === null) server.child.kill();
      server.connection.dispose();
    }
  });
});

describe('our own requests, on data', () => {
  const folder = shopFolder();
  const engine = testEngine();
  let run: QueryEngine['run'];
  let client: ProtocolConnection;
  let server: Served;

  beforeEach(async () => {
    run = engine.run;
    // One process for all tests: it is ended after the last of them.
    server = await served(shared(engine, { run: (...asked) => run(...asked) }));
    client = server.client;
  });

  afterEach(() => server.end());

  const params = (metric: string) => ({ textDocument: { uri: folder.uri() }, metric });

  it('send the funnel with the places of clauses, and SQL by groups', async () => {
    const answer = await server.answerOf(funnelRequest, params('b_share'));
    assert.ok('parts' in answer);
    // March has two of the five orders.
    const [part] = answer.parts;
    assert.deepEqual([part?.rows, part?.timed, part?.inPeriod, part?.counted], [5, 5, 2, 2]);
    const statements = await server.answerOf(sqlRequest, { ...params('revenue'), by: ['kind'] });
    assert.ok('statements' in statements);
    assert.match(statements.statements[0]?.sql ?? '', /"kind" AS "group_1"/);
  });

  it('send a preview as far as it is known, again and again, with progress', async () => {
    const shown: Preview[] = [];
    const progress: string[] = [];
    client.onProgress(new ProgressType<Preview>(), 'parts', (preview) => void shown.push(preview));
    client.onProgress(WorkDoneProgress.type, 'work', ({ kind }) => void progress.push(kind));
    const tokens = { partialResultToken: 'parts', workDoneToken: 'work' };
    const subject = { kind: 'metric' as const, name: 'revenue' };
    const textDocument = { uri: folder.uri() };
    const answer = await server.answerOf(previewRequest, { textDocument, subject, ...tokens });
    assert.ok('kind' in answer && answer.kind === 'metric');
    assert.equal(answer.result?.headline?.value, 120);
    assert.deepEqual(shown.at(-1), answer);
    assert.ok(shown.length > 1);
    assert.deepEqual(progress, ['begin', ...shown.map(() => 'report'), 'end']);
  });

  it('have no answer once they are cancelled, while data are loaded too', async () => {
    const source = new CancellationTokenSource();
    client.onProgress(WorkDoneProgress.type, 'work', ({ kind }) => {
      if (kind === 'begin') source.cancel();
    });
    const asked = { ...params('revenue'), workDoneToken: 'work' };
    assert.equal(await client.sendRequest(previewRequest.method, asked, source.token), null);
  });

  it('say why something cannot be had', async () => {
    const nothing = await server.ask(funnelRequest, params('nothing'));
    assert.deepEqual(nothing, { unavailable: 'There is no metric "nothing".' });
    const by = await server.ask(sqlRequest, { ...params('revenue'), by: ['nothing'] });
    assert.match(JSON.stringify(by), /neither a segment nor a column/);
    run = () => Promise.reject(new Error('a defect'));
    // A defect is logged, and ends nothing.
    assert.equal(await server.ask(funnelRequest, params('revenue')), null);
  });
});
