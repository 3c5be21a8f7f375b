import assert from 'node:assert/strict';
import {
  type CodeLens,
  CodeLensRequest,
  CodeLensResolveRequest,
  ExecuteCommandRequest,
  InlayHintRequest,
  ShowMessageNotification,
} from 'vscode-languageserver';
import { marked } from './marked.ts';
import { type ServerProcess, startServerProcess } from './server-process.ts';
import { createWorkspace, type Workspace } from './workspace.ts';

const METRICS = `plumbline: 1
sources:
  orders: { data: orders.csv, time: ordered_at }
metrics:
  ⟦revenue⟧:
    type: sum
    source: orders
    value: amount
    examples:
      - { period: 2025-01, expect: 10 }
`;

const FILES = {
  'plumbline.yaml': 'plumbline: 1\n',
  'orders.csv': 'ordered_at,amount\n2025-01-02,10\n2025-02-03,20\n',
  'a.metrics.yaml': marked(METRICS).text,
  'targets.metrics.yaml':
    'plumbline: 1\ntargets:\n  t: { metric: revenue, at_least: 50, each: month, why: x }\n',
};

describe('lenses, hints and commands over the protocol', () => {
  let workspace: Workspace;
  let server: ServerProcess;
  let uri: string;

  beforeEach(async () => {
    workspace = await createWorkspace(FILES);
    server = await startServerProcess();
    uri = workspace.uri('a.metrics.yaml');
    await server.open(uri, FILES['a.metrics.yaml']);
  });

  afterEach(async () => {
    if (server.child.exitCode === null) server.child.kill();
    server.connection.dispose();
    await workspace.end();
  });

  function lensesOf(): Promise<CodeLens[] | null> {
    return server.connection.sendRequest(CodeLensRequest.type, { textDocument: { uri } });
  }

  it('count dependants in other files when a lens is resolved, with their places', async () => {
    const { range } = marked(METRICS);
    const lens = (await lensesOf())?.find(
      (each) => each.command === undefined && each.range.start.line === 4,
    );
    assert.deepEqual(lens?.range, range);
    const resolved = await server.connection.sendRequest(CodeLensResolveRequest.type, lens);
    const target = marked(FILES['targets.metrics.yaml'].replace('revenue', '⟦revenue⟧')).range;
    assert.deepEqual(resolved.command, {
      title: 'used by 1',
      command: 'plumbline.showReferences',
      arguments: [uri, range.start, [{ uri: workspace.uri('targets.metrics.yaml'), range: target }]],
    });
  });

  it('have commands with plain arguments', async () => {
    const commands = (await lensesOf())?.flatMap(({ command }) => command ?? []) ?? [];
    assert.deepEqual(
      commands.find(({ title }) => title === 'SQL'),
      {
        title: 'SQL',
        command: 'plumbline.showSql',
        arguments: ['revenue', uri],
      },
    );
  });

  it('give a lens back as it was where its data is not ours', async () => {
    const range = { start: { line: 0, character: 0 }, end: { line: 0, character: 1 } };
    for (const data of [undefined, 7, {}, { uri, name: 'revenue', definition: 'planet' }]) {
      const lens = { range, ...(data === undefined ? {} : { data }) };
      assert.deepEqual(await server.connection.sendRequest(CodeLensResolveRequest.type, lens), lens);
    }
  });

  it('tell how many examples pass, and refuse what is no command', async () => {
    const { commands } = server.initialized.capabilities.executeCommandProvider ?? {};
    assert.deepEqual(commands, ['plumbline.runExamples']);
    const told = new Promise<string>((done) => {
      server.connection.onNotification(ShowMessageNotification.type, ({ message }) => done(message));
    });
    await server.connection.sendRequest(ExecuteCommandRequest.type, {
      command: 'plumbline.runExamples',
      arguments: ['revenue', uri],
    });
    assert.match(await told, /examples? of revenue/i);
    const wrong = { command: 'plumbline.runExamples', arguments: [{ rm: '/' }] };
    await assert.rejects(server.connection.sendRequest(ExecuteCommandRequest.type, wrong), /other arguments/);
  });

  it('answer hints for any range, also one that is not there', async () => {
    for (const [line, end] of [
      [0, 9],
      [5, 5],
      [900, 1000],
      [9, 0],
    ] as const) {
      const range = { start: { line, character: 0 }, end: { line: end, character: 99 } };
      const hints = await server.connection.sendRequest(InlayHintRequest.type, {
        textDocument: { uri },
        range,
      });
      assert.ok(Array.isArray(hints));
    }
  });

  it('answer nothing for a document that is no file of a project', async () => {
    const other = { textDocument: { uri: 'untitled:a' } };
    assert.equal(await server.connection.sendRequest(CodeLensRequest.type, other), null);
  });
});
