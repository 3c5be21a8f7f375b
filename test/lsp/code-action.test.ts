import assert from 'node:assert/strict';
import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import {
  type CodeAction,
  CodeActionRequest,
  CodeActionResolveRequest,
  type Diagnostic,
  type Range,
  TextDocumentEdit,
} from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { present } from '../kit/present.ts';
import { marked } from './marked.ts';
import { type ServerProcess, startServerProcess } from './server-process.ts';

const SOURCES =
  'plumbline: 1\nsources:\n  orders: { data: data/orders.csv, key: order_id, time: ordered_at }\n';

const FILES = {
  'plumbline.yaml': 'plumbline: 1\nname: shop\n',
  'data/orders.csv': 'order_id,ordered_at,city,amount\n1,2025-01-02,Bath,10\n',
  'sources.metrics.yaml': SOURCES,
};

/** Misspelt column, and a percentage that was meant as one. */
const WRONG = marked(`plumbline: 1
metrics:
  paid:
    type: share
    source: orders
    matching: ⟦ammount⟧ > 0
    benchmarks: [{ value: 42, citation: Shop report }]
`);

describe('code actions over the protocol', () => {
  let folder: string;
  let server: ServerProcess;
  let uri: string;

  beforeEach(async () => {
    folder = await realpath(await mkdtemp(join(tmpdir(), 'plumbline actions ')));
    for (const [file, text] of Object.entries(FILES)) {
      await mkdir(dirname(join(folder, file)), { recursive: true });
      await writeFile(join(folder, file), text);
    }
    uri = pathToFileURL(join(folder, 'paid.metrics.yaml')).href;
    server = await startServerProcess('stdio', {
      capabilities: { workspace: { workspaceEdit: { documentChanges: true } } },
    });
  });

  afterEach(async () => {
    if (server.child.exitCode === null) server.child.kill();
    server.connection.dispose();
    await rm(folder, { recursive: true, force: true });
  });

  const ask = async (
    range: Range,
    diagnostics: readonly Diagnostic[],
    only?: string[],
  ): Promise<CodeAction[]> => {
    const context = { diagnostics: [...diagnostics], ...(only === undefined ? {} : { only }) };
    const answered = await server.connection.sendRequest(CodeActionRequest.type, {
      textDocument: { uri },
      range,
      context,
    });
    return (answered ?? []).filter((action): action is CodeAction => 'kind' in action || 'edit' in action);
  };

  /** The text of a document after the edits that an action has for it. */
  const changed = (action: CodeAction, of: string, text: string): string => {
    const changes = (action.edit?.documentChanges ?? []).filter(TextDocumentEdit.is);
    const edits = changes
      .filter((change) => change.textDocument.uri === of)
      .flatMap((change) => change.edits);
    return TextDocument.applyEdits(
      TextDocument.create(of, 'yaml', 1, text),
      edits.flatMap((edit) => ('newText' in edit ? [edit] : [])),
    );
  };

  it('mend the problem that they are attached to, for the version of the text that they are made of', async () => {
    await server.open(uri, WRONG.text, 3);
    const problems = await server.problems(uri, 3);
    const actions = await ask(WRONG.range, problems);
    const fix = present(actions.find(({ title }) => title === 'Change to amount'));
    assert.equal(fix.kind, 'quickfix');
    assert.deepEqual(
      fix.diagnostics?.map(({ code }) => code),
      ['unknown-column'],
    );
    const [change] = (fix.edit?.documentChanges ?? []).filter(TextDocumentEdit.is);
    assert.deepEqual(change?.textDocument, { uri, version: 3 });
    await server.change(uri, 4, changed(fix, uri, WRONG.text));
    assert.deepEqual(
      (await server.problems(uri, 4)).map(({ code }) => code),
      ['percent-above-one'],
    );
  });

  it('fix all that is sure at once, where that is asked for', async () => {
    await server.open(uri, WRONG.text);
    const start = { line: 0, character: 0 };
    const actions = await ask({ start, end: start }, [], ['source.fixAll']);
    assert.deepEqual(
      actions.map(({ kind }) => kind),
      ['source.fixAll.plumbline'],
    );
    assert.match(changed(present(actions[0]), uri, WRONG.text), /value: 42%, citation/);
  });

  it('edit several files', async () => {
    const { text, range } = marked(
      'plumbline: 1\nmetrics:\n  a: { type: count, source: orders, where: ⟦⟧amount > 1 }\n',
    );
    await writeFile(
      join(folder, 'segments.metrics.yaml'),
      'plumbline: 1\nsegments:\n  city: { source: orders, by: city }\n',
    );
    await server.open(uri, text);
    const actions = await ask(range, [], ['refactor']);
    const action = present(actions.find(({ title }) => title.startsWith('Break down by')));
    assert.match(changed(action, uri, text), /source: orders, segments: \[orders_by_amount\] \}/);
    const segments = pathToFileURL(join(folder, 'segments.metrics.yaml')).href;
    assert.match(
      changed(action, segments, 'plumbline: 1\nsegments:\n  city: { source: orders, by: city }\n'),
      /orders_by_amount: \{ source: orders, where: amount > 1 \}\n$/,
    );
  });

  it('are not resolved against a text that has changed since', async () => {
    await server.open(uri, WRONG.text, 1);
    const data = { uri, version: 1, range: WRONG.range, title: 'Change to amount' };
    const resolve = (): Promise<CodeAction> =>
      server.connection.sendRequest(CodeActionResolveRequest.type, { title: data.title, data });
    assert.match(changed(await resolve(), uri, WRONG.text), /matching: amount > 0/);
    await server.change(uri, 2, `# Above.\n${WRONG.text}`);
    assert.equal((await resolve()).edit, undefined);
    assert.equal(
      (await server.connection.sendRequest(CodeActionResolveRequest.type, { title: 'x' })).edit,
      undefined,
    );
  });

  it('are none where the document is none of a project', async () => {
    const elsewhere = 'untitled:Untitled-1';
    await server.open(elsewhere, WRONG.text);
    const answered = await server.connection.sendRequest(CodeActionRequest.type, {
      textDocument: { uri: elsewhere },
      range: WRONG.range,
      context: { diagnostics: [] },
    });
    assert.equal(answered, null);
  });
});
