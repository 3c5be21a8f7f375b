import assert from 'node:assert/strict';
import {
  DocumentFormattingRequest,
  DocumentOnTypeFormattingRequest,
  DocumentRangeFormattingRequest,
  type TextEdit,
} from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { type ServerProcess, startServerProcess } from './server-process.ts';

const URI = 'file:///nowhere/a.metrics.yaml';
const OPTIONS = { tabSize: 8, insertSpaces: false };
const TEXT = `metrics:
  first: { type: count, source: s }

  # about the second
  second:
    value: amount
    type: sum
    source: s

  third: {source: s,   type: count}
`;

describe('formatting', () => {
  let server: ServerProcess;
  beforeEach(async () => {
    server = await startServerProcess();
  });
  afterEach(() => {
    server.child.kill();
  });

  const applied = (text: string, edits: TextEdit[] | null): string =>
    TextDocument.applyEdits(TextDocument.create(URI, 'plumbline-metrics', 1, text), edits ?? []);

  it('of a document edits only the lines that change, and takes no account of tab sizes', async () => {
    await server.open(URI, TEXT);
    const edits = await server.connection.sendRequest(DocumentFormattingRequest.type, {
      textDocument: { uri: URI },
      options: OPTIONS,
    });
    assert.equal(
      applied(TEXT, edits),
      TEXT.replace(
        '    value: amount\n    type: sum\n    source: s',
        '    type: sum\n    source: s\n    value: amount',
      ).replace('{source: s,   type: count}', '{ type: count, source: s }'),
    );
    assert.deepEqual(
      edits?.map(({ range }) => [range.start.line, range.end.line]),
      [
        [5, 6],
        [8, 8],
        [9, 10],
      ],
    );
  });

  it('of a range edits the definitions in it', async () => {
    await server.open(URI, TEXT);
    const edits = await server.connection.sendRequest(DocumentRangeFormattingRequest.type, {
      textDocument: { uri: URI },
      range: { start: { line: 8, character: 0 }, end: { line: 10, character: 0 } },
      options: OPTIONS,
    });
    assert.equal(
      applied(TEXT, edits),
      TEXT.replace('{source: s,   type: count}', '{ type: count, source: s }'),
    );
  });

  it('of plumbline.yaml has the order of its own keys', async () => {
    const uri = 'file:///nowhere/plumbline.yaml';
    await server.open(uri, 'name: a\nplumbline: 1\n');
    const edits = await server.connection.sendRequest(DocumentFormattingRequest.type, {
      textDocument: { uri },
      options: OPTIONS,
    });
    assert.equal(applied('name: a\nplumbline: 1\n', edits), 'plumbline: 1\nname: a\n');
  });

  it('edits nothing in a text with YAML errors, in one that is formatted, and in none that is open', async () => {
    for (const text of ['metrics: { a: [\n', 'metrics: {}\n']) {
      await server.open(URI, text);
      const request = { textDocument: { uri: URI }, options: OPTIONS };
      assert.deepEqual(await server.connection.sendRequest(DocumentFormattingRequest.type, request), []);
      await server.close(URI);
      assert.equal(await server.connection.sendRequest(DocumentFormattingRequest.type, request), null);
    }
  });

  it('of a new line indents it as the line above asks for', async () => {
    const text = 'metrics:\n  nps:\n\n';
    await server.open(URI, text);
    const position = { line: 2, character: 0 };
    const request = { textDocument: { uri: URI }, position, ch: '\n', options: OPTIONS };
    const edits = await server.connection.sendRequest(DocumentOnTypeFormattingRequest.type, request);
    assert.deepEqual(edits, [{ range: { start: position, end: position }, newText: '    ' }]);
  });

  it('is offered', () => {
    const { capabilities } = server.initialized;
    assert.equal(capabilities.documentFormattingProvider, true);
    assert.equal(capabilities.documentRangeFormattingProvider, true);
    assert.deepEqual(capabilities.documentOnTypeFormattingProvider, { firstTriggerCharacter: '\n' });
  });
});
