import assert from 'node:assert/strict';
import {
  CodeLensRequest,
  CompletionRequest,
  DocumentSymbolRequest,
  FoldingRangeRequest,
  HoverRequest,
  InlayHintRequest,
  SemanticTokensRequest,
} from 'vscode-languageserver/node';
import { type ServerProcess, startServerProcess } from './server-process.ts';
import { squiggles } from './squiggles.ts';
import { createWorkspace, type Workspace } from './workspace.ts';

// Texts that lock, blow up or kill comparable tools. That there is an answer is what is tested: how long it takes stands in the
// benchmarks.

const FILES = {
  'plumbline.yaml': 'plumbline: 1\n',
  'orders.csv': 'ordered_at,city,amount\n2025-01-02,Bath,10\n',
  'sources.metrics.yaml': 'plumbline: 1\nsources:\n  orders: { data: orders.csv, time: ordered_at }\n',
};

/** A metric of ten lines, which computes what no other does. */
function metric(name: string, source = 'orders'): string {
  return `  ${name}:
    label: Metric ${name}
    description: What came in.
    why: It has to.
    owner: sales
    type: sum
    source: ${source}
    value: amount
    where: amount > ${name.replace(/\D/g, '')}
    tags: [board]
`;
}

describe('complaints about large and hostile texts:', () => {
  let workspace: Workspace;
  let server: ServerProcess;
  let uri: string;

  beforeEach(async () => {
    workspace = await createWorkspace(FILES);
    server = await startServerProcess();
    uri = workspace.uri('a.metrics.yaml');
  });

  afterEach(async () => {
    if (server.child.exitCode === null) server.child.kill();
    server.connection.dispose();
    await workspace.end();
  });

  /** Opens or changes a text, and waits until its problems are as wanted: of many definitions they are told step by step. */
  async function reach(
    text: string,
    version: number,
    wanted: (found: readonly string[]) => boolean,
  ): Promise<void> {
    if (version === 1) await server.open(uri, text);
    else await server.change(uri, version, text);
    await settle(text, version, wanted);
  }

  async function settle(
    text: string,
    version: number,
    wanted: (found: readonly string[]) => boolean,
  ): Promise<void> {
    let found = await server.problems(uri, version);
    while (!wanted(squiggles(text, found))) found = await server.problems(uri);
  }

  const none = (found: readonly string[]): boolean => found.length === 0;
  const just =
    (...expected: readonly string[]) =>
    (found: readonly string[]): boolean =>
      found.join() === expected.join();

  /** Shows that the server still answers, and right. */
  async function isAlive(version: number): Promise<void> {
    const text = `plumbline: 1\nmetrics:\n${metric('a', 'ordes')}`;
    await reach(text, version, just('9:unknown-name «ordes»'));
  }

  const COUNT = 5_000;

  it('50,000 lines lock the editor, and their outline makes typing lag', async () => {
    const names = Array.from({ length: COUNT }, (_, i) => `m${i}`);
    const text = `plumbline: 1\nmetrics:\n${names.map((name) => metric(name)).join('')}`;
    assert.ok(text.split('\n').length > 50_000);
    await reach(text, 1, none);
    // `amount` of the last metric but one loses its t.
    const line = 2 + (COUNT - 2) * 10 + 7;
    const last = { line, character: '    value: amoun'.length };
    const range = { start: last, end: { ...last, character: last.character + 1 } };
    await server.change(uri, 2, [{ range, text: '' }]);
    const edited = text.split('\n').with(line, '    value: amoun').join('\n');
    await settle(edited, 2, just(`${line + 1}:unknown-column «amoun»`));
    const textDocument = { uri };
    const ask = server.connection;
    const symbols = (await ask.sendRequest(DocumentSymbolRequest.type, { textDocument })) ?? [];
    assert.equal(JSON.stringify(symbols).match(/"name":"m\d+"/g)?.length, COUNT);
    const name = { line: line - 7, character: 4 };
    assert.ok(await ask.sendRequest(HoverRequest.type, { textDocument, position: name }));
    const items = await ask.sendRequest(CompletionRequest.type, { textDocument, position: last });
    assert.match(JSON.stringify(items), /"amount"/);
    const shown = { start: { line: line - 40, character: 0 }, end: { line: line + 2, character: 0 } };
    assert.ok(Array.isArray(await ask.sendRequest(InlayHintRequest.type, { textDocument, range: shown })));
    assert.ok(((await ask.sendRequest(CodeLensRequest.type, { textDocument })) ?? []).length >= COUNT);
    assert.ok(((await ask.sendRequest(FoldingRangeRequest.type, { textDocument })) ?? []).length >= COUNT);
    assert.ok(await ask.sendRequest(SemanticTokensRequest.type, { textDocument }));
    await reach(text, 3, none);
  });

  it('aliases of aliases of aliases fill the memory: "billion laughs"', async () => {
    const levels = Array.from({ length: 12 }, (_, i) => {
      const inner = i === 0 ? '"ha"' : `*l${i - 1}`;
      return `  l${i}: &l${i} [${Array.from({ length: 10 }, () => inner).join(', ')}]\n`;
    });
    const text = `plumbline: 1\nmetrics:\n${levels.join('')}${metric('a', 'ordes')}`;
    // What stands behind is checked all the same.
    await reach(
      text,
      1,
      (found) =>
        found.some((each) => each.includes('yaml-alias')) && found.includes('21:unknown-name «ordes»'),
    );
    await isAlive(2);
  });

  it('completion takes seconds where there are many aliases', async () => {
    const many = Array.from(
      { length: 2_000 },
      (_, i) => `  m${i}: &m${i}\n    type: count\n    source: orders\n  n${i}: { <<: *m${i} }\n`,
    );
    const text = `plumbline: 1\nmetrics:\n${many.join('')}  last:\n    type: count\n    source: orders\n    \n`;
    await server.open(uri, text);
    const items = await server.connection.sendRequest(CompletionRequest.type, {
      textDocument: { uri },
      position: { line: text.split('\n').length - 2, character: 4 },
    });
    assert.match(JSON.stringify(items), /"where"/);
  });

  it('marks of a merge conflict blow up the memory', async () => {
    const block = (i: number): string =>
      `<<<<<<< HEAD\n${metric(`m${i}`)}=======\n${metric(`m${i}`)}>>>>>>> theirs\n`;
    const blocks = Array.from({ length: 500 }, (_, i) => block(i));
    await reach(
      `plumbline: 1\nmetrics:\n${blocks.join('')}`,
      1,
      (found) => found[0]?.startsWith('3:yaml-conflict-marker') === true,
    );
    const solved = Array.from({ length: 500 }, (_, i) => metric(`m${i}`));
    await reach(`plumbline: 1\nmetrics:\n${solved.join('')}`, 2, none);
  });

  it('deep nesting, an endless line or odd characters end the server', async () => {
    const hostile = [
      '['.repeat(100_000),
      '{a: '.repeat(50_000),
      '- '.repeat(50_000),
      `metrics:\n  a: { type: count, source: orders, where: "${'('.repeat(50_000)}" }\n`,
      `metrics:\n  a: { type: count, source: orders, where: "${'amount > 0 and '.repeat(20_000)}true" }\n`,
      `metrics: { ${'x'.repeat(1_000_000)}: 1 }`,
      'metrics:\n\t\u0000\ufeff\ud800: \u2028\r\r\n',
      '&a '.repeat(10_000),
      '? '.repeat(10_000),
      '"\\u'.repeat(10_000),
    ];
    await server.open(uri, '');
    let version = 1;
    for (const text of hostile) {
      version++;
      await server.change(uri, version, `plumbline: 1\n${text}`);
      assert.ok((await server.problems(uri, version)).length > 0, text.slice(0, 40));
      const position = { line: 1, character: 5 };
      await server.connection.sendRequest(HoverRequest.type, { textDocument: { uri }, position });
      await server.connection.sendRequest(CompletionRequest.type, { textDocument: { uri }, position });
      await server.connection.sendRequest(DocumentSymbolRequest.type, { textDocument: { uri } });
    }
    await isAlive(version + 1);
  });

  it('fast typing leaves problems of a text that is gone', async () => {
    const names = Array.from({ length: 500 }, (_, i) => `m${i}`);
    const text = `plumbline: 1\nmetrics:\n${names.map((name) => metric(name)).join('')}`;
    await server.open(uri, text);
    // Three hundred characters behind `owner: sales` of the first metric, with nothing awaited between them, and all taken back.
    const at = (character: number): { line: number; character: number } => ({ line: 6, character });
    const end = '    owner: sales'.length;
    const sent: Promise<void>[] = [];
    for (let i = 0; i < 300; i++) {
      const range = { start: at(end + i), end: at(end + i) };
      sent.push(server.change(uri, i + 2, [{ range, text: ':' }]));
    }
    sent.push(server.change(uri, 302, [{ range: { start: at(end), end: at(end + 300) }, text: '' }]));
    await Promise.all(sent);
    await settle(text, 302, none);
  });
});
