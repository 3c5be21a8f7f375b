import assert from 'node:assert/strict';
import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import {
  CallHierarchyIncomingCallsRequest,
  CallHierarchyOutgoingCallsRequest,
  CallHierarchyPrepareRequest,
  DefinitionRequest,
  DocumentHighlightRequest,
  DocumentLinkRequest,
  DocumentSymbolRequest,
  FoldingRangeRequest,
  type Location,
  type Position,
  PrepareRenameRequest,
  type Range,
  ReferencesRequest,
  RenameRequest,
  SelectionRangeRequest,
  TypeDefinitionRequest,
  WillRenameFilesRequest,
  type WorkspaceEdit,
  WorkspaceSymbolRequest,
} from 'vscode-languageserver/node';
import { type ServerProcess, startServerProcess } from './server-process.ts';

const FILES = {
  'plumbline.yaml': 'plumbline: 1\nname: shop\n',
  'data/orders.csv': 'order_id,ordered_at,city,amount\n1,2025-01-02,Bath,10\n',
  'sources.metrics.yaml': `plumbline: 1
sources:
  orders:
    data: data/orders.csv
    key: order_id
    time: ordered_at
    columns: { big: { value: amount > 100 } }
`,
  'm.metrics.yaml': `plumbline: 1

# All of the shop.
# And no more.
metrics:
  revenue:
    type: sum
    source: orders
    value: amount
    where: big

  half:
    type: formula
    formula: revenue / 2
    deprecated: { use: revenue }
targets:
  goal: { metric: revenue, at_least: 5, due: 2025 }
`,
};

describe('navigation over the protocol', () => {
  let folder: string;
  let server: ServerProcess;
  const uri = (file: string): string => pathToFileURL(join(folder, file)).href;

  before(async () => {
    folder = await realpath(await mkdtemp(join(tmpdir(), 'plumbline nav ')));
    for (const [file, text] of Object.entries(FILES)) {
      await mkdir(dirname(join(folder, file)), { recursive: true });
      await writeFile(join(folder, file), text);
    }
    server = await startServerProcess();
    await server.open(uri('m.metrics.yaml'), FILES['m.metrics.yaml']);
  });

  after(async () => {
    if (server.child.exitCode === null) server.child.kill();
    server.connection.dispose();
    await rm(folder, { recursive: true, force: true });
  });

  /** The place of a word in a file, at its `nth` occurrence. */
  function placeOf(file: keyof typeof FILES, word: string, nth = 1): Location {
    const text = FILES[file];
    let at = -1;
    for (let count = 0; count < nth; count++) at = text.indexOf(word, at + 1);
    assert.ok(at >= 0, word);
    const position = (offset: number): Position => {
      const lines = text.slice(0, offset).split('\n');
      return { line: lines.length - 1, character: lines.at(-1)?.length ?? 0 };
    };
    return { uri: uri(file), range: { start: position(at), end: position(at + word.length) } };
  }

  const at = (word: string, nth = 1) => {
    const place = placeOf('m.metrics.yaml', word, nth);
    return { textDocument: { uri: place.uri }, position: place.range.end };
  };
  const rangeOf = (word: string, nth = 1): Range => placeOf('m.metrics.yaml', word, nth).range;

  it('goes to definitions and to what describes them', async () => {
    const { connection } = server;
    const orders = placeOf('sources.metrics.yaml', 'orders');
    assert.deepEqual(await connection.sendRequest(DefinitionRequest.type, at('orders')), [orders]);
    assert.deepEqual(await connection.sendRequest(TypeDefinitionRequest.type, at('revenue')), [orders]);
    const data = {
      uri: uri('data/orders.csv'),
      range: { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } },
    };
    assert.deepEqual(await connection.sendRequest(DefinitionRequest.type, at('amount')), [data]);
    assert.equal(await connection.sendRequest(DefinitionRequest.type, at('plumbline')), null);
  });

  it('finds references and highlights them', async () => {
    const { connection } = server;
    const places = [1, 2, 3, 4].map((nth) => placeOf('m.metrics.yaml', 'revenue', nth));
    const found = (includeDeclaration: boolean) =>
      connection.sendRequest(ReferencesRequest.type, {
        ...at('revenue', 4),
        context: { includeDeclaration },
      });
    const byPlace = (all: readonly Location[] | null): readonly Location[] =>
      (all ?? []).toSorted((a, b) => a.range.start.line - b.range.start.line);
    assert.deepEqual(byPlace(await found(true)), places);
    assert.deepEqual(byPlace(await found(false)), places.slice(1));
    const lit = await connection.sendRequest(DocumentHighlightRequest.type, at('revenue'));
    assert.deepEqual(
      new Set(lit?.map(({ kind, range }) => `${kind} ${range.start.line}`)),
      new Set(['3 5', '2 13', '2 14', '2 16']),
    );
  });

  it('renames in all files, and says why not', async () => {
    const { connection } = server;
    assert.deepEqual(await connection.sendRequest(PrepareRenameRequest.type, at('big')), {
      range: rangeOf('big'),
      placeholder: 'big',
    });
    const edit = await connection.sendRequest(RenameRequest.type, { ...at('big'), newName: 'large' });
    const change = (place: Location) => [{ range: place.range, newText: 'large' }];
    assert.deepEqual(edit?.changes, {
      [uri('m.metrics.yaml')]: change(placeOf('m.metrics.yaml', 'big')),
      [uri('sources.metrics.yaml')]: change(placeOf('sources.metrics.yaml', 'big')),
    });
    await assert.rejects(
      connection.sendRequest(PrepareRenameRequest.type, at('amount')),
      /header in the data of orders/,
    );
    await assert.rejects(
      connection.sendRequest(RenameRequest.type, { ...at('big'), newName: 'city' }),
      /already a column/,
    );
  });

  it('keeps data paths right when files move', async () => {
    const files = [{ oldUri: uri('data/orders.csv'), newUri: uri('data/in/sales.csv') }];
    const edit: WorkspaceEdit | null = await server.connection.sendRequest(WillRenameFilesRequest.type, {
      files,
    });
    const { range } = placeOf('sources.metrics.yaml', 'data/orders.csv');
    assert.deepEqual(edit?.changes, {
      [uri('sources.metrics.yaml')]: [{ range, newText: 'data/in/sales.csv' }],
    });
  });

  it('outlines, folds and selects', async () => {
    const { connection } = server;
    const textDocument = { uri: uri('m.metrics.yaml') };
    const symbols = await connection.sendRequest(DocumentSymbolRequest.type, { textDocument });
    assert.deepEqual(
      symbols?.map((symbol) => [
        symbol.name,
        'children' in symbol ? symbol.children?.map(({ name }) => name) : [],
      ]),
      [
        ['metrics', ['revenue', 'half']],
        ['targets', ['goal']],
      ],
    );
    const folds = await connection.sendRequest(FoldingRangeRequest.type, { textDocument });
    assert.deepEqual(
      folds?.map(({ startLine, endLine, kind }) => [startLine, endLine, kind ?? 'region']),
      [
        [2, 3, 'comment'],
        [4, 14, 'region'],
        [5, 9, 'region'],
        [11, 14, 'region'],
        [15, 16, 'region'],
      ],
    );
    const [selection, outside] =
      (await connection.sendRequest(SelectionRangeRequest.type, {
        textDocument,
        positions: [rangeOf('revenue', 2).start, { line: 0, character: 400 }],
      })) ?? [];
    assert.deepEqual(selection?.range, rangeOf('revenue', 2));
    assert.deepEqual(selection?.parent?.range, rangeOf('revenue / 2'));
    assert.ok(outside);
  });

  it('searches all definitions and links to data', async () => {
    const { connection } = server;
    const found = await connection.sendRequest(WorkspaceSymbolRequest.type, { query: 'orders' });
    assert.deepEqual(
      found?.map(({ name, location }) => [name, location]),
      [['orders', placeOf('sources.metrics.yaml', 'orders')]],
    );
    const links = await connection.sendRequest(DocumentLinkRequest.type, {
      textDocument: { uri: uri('sources.metrics.yaml') },
    });
    assert.deepEqual(
      links?.map(({ target, tooltip }) => [target, tooltip]),
      [[uri('data/orders.csv'), 'Open data/orders.csv']],
    );
  });

  it('shows lineage as calls', async () => {
    const { connection } = server;
    const [item] = (await connection.sendRequest(CallHierarchyPrepareRequest.type, at('revenue'))) ?? [];
    assert.ok(item);
    assert.deepEqual([item.name, item.selectionRange], ['revenue', rangeOf('revenue')]);
    const callers = await connection.sendRequest(CallHierarchyIncomingCallsRequest.type, { item });
    assert.deepEqual(
      callers?.map(({ from, fromRanges }) => [from.name, fromRanges]),
      [
        ['half', [rangeOf('revenue', 2), rangeOf('revenue', 3)]],
        ['goal', [rangeOf('revenue', 4)]],
      ],
    );
    const callees = await connection.sendRequest(CallHierarchyOutgoingCallsRequest.type, { item });
    assert.deepEqual(
      callees?.map(({ to, fromRanges }) => [to.name, to.uri, fromRanges]),
      [['orders', uri('sources.metrics.yaml'), [rangeOf('orders')]]],
    );
  });
});
