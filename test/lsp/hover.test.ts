import assert from 'node:assert/strict';
import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import {
  type Hover,
  HoverRequest,
  type Range,
  SemanticTokensRangeRequest,
  SemanticTokensRequest,
  SignatureHelpRequest,
  type TextDocumentClientCapabilities,
} from 'vscode-languageserver';
import { marked } from './marked.ts';
import { type ServerProcess, startServerProcess } from './server-process.ts';

const FILES = {
  'plumbline.yaml': 'plumbline: 1\n',
  'data/orders.csv': 'order_id,ordered_at,amount\n1,2025-01-02,10\n',
  'sources.metrics.yaml': `plumbline: 1
sources:
  orders: { label: "All <b>orders</b>", data: data/orders.csv, key: order_id, time: ordered_at }
`,
};

describe('what stands under the cursor, over the protocol', () => {
  let folder: string;
  let server: ServerProcess;
  let uri: string;

  beforeEach(async () => {
    folder = await realpath(await mkdtemp(join(tmpdir(), 'plumbline lsp ')));
    for (const [file, text] of Object.entries(FILES)) {
      await mkdir(dirname(join(folder, file)), { recursive: true });
      await writeFile(join(folder, file), text);
    }
    uri = pathToFileURL(join(folder, 'a.metrics.yaml')).href;
  });

  afterEach(async () => {
    if (server.child.exitCode === null) server.child.kill();
    server.connection.dispose();
    await rm(folder, { recursive: true, force: true });
  });

  /** Opens a text in a client with those abilities; the marked range is where the requests are asked. */
  async function open(rest: string, textDocument: TextDocumentClientCapabilities): Promise<Range> {
    server = await startServerProcess('stdio', { capabilities: { textDocument } });
    const { text, range } = marked(`plumbline: 1\nmetrics:\n  m:\n    type: sum\n    source: ${rest}\n`);
    await server.open(uri, text);
    return range;
  }

  const hoverAt = (range: Range): Promise<Hover | null> =>
    server.connection.sendRequest(HoverRequest.type, { textDocument: { uri }, position: range.start });

  it('is described in Markdown where the client shows it', async () => {
    const range = await open('⟦orders⟧', { hover: { contentFormat: ['markdown', 'plaintext'] } });
    const hover = await hoverAt(range);
    assert.deepEqual(hover?.range, range);
    assert.ok(typeof hover?.contents === 'object' && 'kind' in hover.contents);
    assert.equal(hover.contents.kind, 'markdown');
    assert.match(
      hover.contents.value,
      /^\*\*All \\<b\\>orders\\<\/b\\>\*\*\n\nThe rows of `data\/orders\.csv`, one for each `order_id`/,
    );
  });

  it('is described in plain text for other clients', async () => {
    const hover = await hoverAt(await open('⟦orders⟧', {}));
    assert.ok(typeof hover?.contents === 'object' && 'kind' in hover.contents);
    assert.equal(hover.contents.kind, 'plaintext');
    assert.match(
      hover.contents.value,
      /^All <b>orders<\/b>\n\nThe rows of data\/orders\.csv, one for each order_id/,
    );
  });

  it('has the signature of the call around it', async () => {
    const range = await open('orders\n    value: round(amount, ⟦2⟧)', {
      signatureHelp: { signatureInformation: { parameterInformation: { labelOffsetSupport: true } } },
    });
    const help = await server.connection.sendRequest(SignatureHelpRequest.type, {
      textDocument: { uri },
      position: range.start,
    });
    const [signature] = help?.signatures ?? [];
    assert.equal(signature?.label, 'round(x: number, [digits: integer])');
    assert.equal(help?.activeParameter, 1);
    assert.deepEqual(
      signature?.parameters?.map(({ label }) => label),
      [
        [6, 15],
        [17, 34],
      ],
    );
  });

  it('is coloured by what it means', async () => {
    const range = await open('orders\n    value: ⟦amount⟧ * 2', {});
    const legend = server.initialized.capabilities.semanticTokensProvider?.legend;
    const textDocument = { uri };
    const part = await server.connection.sendRequest(SemanticTokensRangeRequest.type, {
      textDocument,
      range,
    });
    const property = legend?.tokenTypes.indexOf('property') ?? -1;
    assert.deepEqual(part?.data, [range.start.line, range.start.character, 'amount'.length, property, 0]);
    const whole = await server.connection.sendRequest(SemanticTokensRequest.type, { textDocument });
    // The name, the source, the column, the operator and the number, of five figures each.
    assert.equal(whole?.data.length, 5 * 5);
  });

  it('is coloured once where it stands at the head of a file, for all definitions of it', async () => {
    server = await startServerProcess();
    const text =
      'plumbline: 1\ndefaults:\n  source: orders\nmetrics:\n  a: { type: count }\n  b: { type: count }\n';
    await server.open(uri, text);
    const tokens = await server.connection.sendRequest(SemanticTokensRequest.type, { textDocument: { uri } });
    // Each has a line and a character from the one before: the source on line 2, then the names of both metrics.
    const data = tokens?.data ?? [];
    const steps = data.flatMap((value, index) => (index % 5 < 3 ? [value] : []));
    assert.deepEqual(steps, [2, 10, 6, 2, 2, 1, 1, 2, 1]);
  });

  it('is nothing in a document that is no metrics file', async () => {
    server = await startServerProcess();
    const other = pathToFileURL(join(folder, 'notes.yaml')).href;
    await server.open(other, 'a: b\n');
    const position = { line: 0, character: 0 };
    const textDocument = { uri: other };
    assert.equal(await server.connection.sendRequest(HoverRequest.type, { textDocument, position }), null);
    assert.equal(
      await server.connection.sendRequest(SignatureHelpRequest.type, { textDocument, position }),
      null,
    );
    const tokens = await server.connection.sendRequest(SemanticTokensRequest.type, { textDocument });
    assert.deepEqual(tokens?.data, []);
  });
});
