import assert from 'node:assert/strict';
import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import {
  type CompletionItem,
  CompletionItemKind,
  CompletionRequest,
  CompletionResolveRequest,
  InsertTextFormat,
  InsertTextMode,
  type Position,
} from 'vscode-languageserver';
import { unmark } from '../kit/ide.ts';
import { type ServerProcess, startServerProcess } from './server-process.ts';

const FILES = {
  'plumbline.yaml': 'plumbline: 1\nname: shop\nas_of: 2025-06-30\n',
  'data/orders.csv': 'order_id,ordered_at,city,amount\n1,2025-01-02,Bath,10\n',
  'data/notes.txt': '',
  'sources.metrics.yaml':
    'plumbline: 1\nsources:\n  orders:\n    data: data/orders.csv\n    key: order_id\n    time: ordered_at\n    columns: { city: { type: text, values: [Bath, York] } }\n',
  'a.metrics.yaml': 'plumbline: 1\n',
};

/** A client that takes snippets, as most do. */
const CLIENT = {
  textDocument: {
    completion: {
      completionItem: {
        snippetSupport: true,
        labelDetailsSupport: true,
        documentationFormat: ['markdown' as const],
        insertTextModeSupport: { valueSet: [InsertTextMode.asIs] },
      },
    },
  },
};

function positionOf(text: string, offset: number): Position {
  const lines = text.slice(0, offset).split('\n');
  return { line: lines.length - 1, character: lines.at(-1)?.length ?? 0 };
}

describe('completion over the protocol', () => {
  let folder: string;
  let server: ServerProcess;
  const uri = (file: string): string => pathToFileURL(join(folder, file)).href;

  beforeEach(async () => {
    folder = await realpath(await mkdtemp(join(tmpdir(), 'plumbline lsp ')));
    for (const [file, text] of Object.entries(FILES)) {
      await mkdir(dirname(join(folder, file)), { recursive: true });
      await writeFile(join(folder, file), text);
    }
    server = await startServerProcess('stdio', { capabilities: CLIENT });
  });

  afterEach(async () => {
    if (server.child.exitCode === null) server.child.kill();
    server.connection.dispose();
    await rm(folder, { recursive: true, force: true });
  });

  /** Shows a text with a cursor in it, and asks what can stand there. */
  async function itemsAt(file: string, marked: string, version = 1): Promise<readonly CompletionItem[]> {
    const { text, offset } = unmark(marked);
    if (version === 1) await server.open(uri(file), text);
    else await server.change(uri(file), version, text);
    const found = await server.connection.sendRequest(CompletionRequest.type, {
      textDocument: { uri: uri(file) },
      position: positionOf(text, offset),
    });
    return Array.isArray(found) ? found : (found?.items ?? []);
  }

  it('completes a value of the data, in the place of what is there', async () => {
    const items = await itemsAt(
      'a.metrics.yaml',
      "plumbline: 1\nmetrics:\n  m:\n    type: count\n    source: orders\n    where: city = 'B┆'\n",
    );
    const bath = items.find(({ label }) => label === 'Bath');
    assert.deepEqual(bath?.textEdit, {
      range: { start: { line: 5, character: 19 }, end: { line: 5, character: 20 } },
      newText: 'Bath',
    });
    assert.equal(bath?.insertTextFormat, InsertTextFormat.PlainText);
    // One row of the data: beside the label, so that it is read of every item and not of the focused one only.
    assert.deepEqual(bath?.labelDetails, { description: '1 row' });
    assert.equal(bath?.detail, undefined);
  });

  it('completes definitions as snippets with their own indentation, and documents them when asked', async () => {
    const items = await itemsAt('a.metrics.yaml', 'plumbline: 1\nmetrics:\n  ┆\n');
    const nps = items.find(({ label }) => label === 'nps');
    assert.ok(nps);
    assert.equal(nps.insertTextFormat, InsertTextFormat.Snippet);
    assert.equal(nps.insertTextMode, InsertTextMode.asIs);
    assert.equal(nps.kind, CompletionItemKind.Snippet);
    assert.match(String(nps.textEdit?.newText), /^\$\{1:new_nps\}:\n {4}type: nps\n/);
    assert.equal(nps.documentation, undefined);
    const resolved = await server.connection.sendRequest(CompletionResolveRequest.type, nps);
    assert.match(JSON.stringify(resolved.documentation), /"markdown".*100 × /);
  });

  it('completes data files folder by folder', async () => {
    const source = (path: string): string => `plumbline: 1\nsources:\n  more: { data: ${path} }\n`;
    const folders = await itemsAt('a.metrics.yaml', source('┆'));
    assert.deepEqual(
      folders.map(({ label }) => label),
      ['data/', '{ file: data/file.csv }'],
    );
    const files = await itemsAt('a.metrics.yaml', source('data/┆'), 2);
    assert.deepEqual(
      files.map(({ label }) => label),
      ['orders.csv'],
    );
  });

  it('completes the settings of the project', async () => {
    const text = 'plumbline: 1\nrules:\n  metric-needs-owner: ┆\n';
    const items = await itemsAt('plumbline.yaml', text);
    assert.deepEqual(
      items.map(({ label }) => label),
      ['error', 'warning', 'info', 'off'],
    );
    const rules = await itemsAt('plumbline.yaml', 'plumbline: 1\nrules:\n  ┆\n', 2);
    const rule = rules.find(({ label }) => label === 'target-needs-why');
    assert.equal(rule?.textEdit?.newText, 'target-needs-why: ');
  });

  it('gives plain text to a client without snippets', async () => {
    const plain = await startServerProcess();
    try {
      await plain.open(uri('a.metrics.yaml'), 'plumbline: 1\nmetrics:\n  \n');
      const found = await plain.connection.sendRequest(CompletionRequest.type, {
        textDocument: { uri: uri('a.metrics.yaml') },
        position: { line: 2, character: 2 },
      });
      const items = Array.isArray(found) ? found : (found?.items ?? []);
      assert.ok(items.length > 20);
      assert.ok(items.every(({ textEdit }) => !textEdit?.newText.includes('$')));
    } finally {
      plain.child.kill();
      plain.connection.dispose();
    }
  });
});
