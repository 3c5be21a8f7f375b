import assert from 'node:assert/strict';
import { pathToFileURL } from 'node:url';
import {
  type ClientCapabilities,
  DidChangeWatchedFilesNotification,
  DidChangeWorkspaceFoldersNotification,
  FileChangeType,
  RegistrationRequest,
  WorkspaceDiagnosticRequest,
} from 'vscode-languageserver';
import { type ServerProcess, startServerProcess } from './server-process.ts';
import { createWorkspace, type Workspace } from './workspace.ts';

const SOURCES = `plumbline: 1
sources:
  orders: { data: orders.csv, time: ordered_at }
`;
const REVENUE = `plumbline: 1
metrics:
  revenue: { type: sum, source: orders, value: amount, owner: sales }
`;
/** Its sources are used by another project. */
const QUIET = 'plumbline: 1\nrules: { unused-source: off }\n';
const FILES = {
  'sources.metrics.yaml': SOURCES,
  'orders.csv': 'ordered_at,amount\n2025-01-02,10\n',
  'sub/revenue.metrics.yaml': REVENUE,
};

/** A client that watches files, and pulls what is wrong in the workspace. */
const PULLS: ClientCapabilities = {
  textDocument: { diagnostic: {} },
  workspace: { workspaceFolders: true, didChangeWatchedFiles: { dynamicRegistration: true } },
};

describe('the projects of a workspace', () => {
  let workspace: Workspace;
  let server: ServerProcess;

  async function start(files: Readonly<Record<string, string>>, capabilities: ClientCapabilities) {
    workspace = await createWorkspace(files);
    const uri = pathToFileURL(workspace.folder).href;
    server = await startServerProcess('stdio', { capabilities, workspaceFolders: [{ uri, name: 'w' }] });
    server.connection.onRequest(RegistrationRequest.type, () => {});
  }

  afterEach(async () => {
    if (server.child.exitCode === null) server.child.kill();
    server.connection.dispose();
    await workspace.end();
  });

  /** What a client that asks for all problems is told: each file with the codes in it, where there are some. */
  async function pulled(): Promise<readonly string[]> {
    const params = { previousResultIds: [] };
    const { items } = await server.connection.sendRequest(WorkspaceDiagnosticRequest.type, params);
    return items.flatMap((item) => {
      if (item.kind !== 'full' || item.items.length === 0) return [];
      return `${item.uri.slice(workspace.uri('x').length - 1)} ${item.items.map(({ code }) => code).join()}`;
    });
  }

  const changed = (file: string, type: FileChangeType): Promise<void> =>
    server.connection.sendNotification(DidChangeWatchedFilesNotification.type, {
      changes: [{ uri: workspace.uri(file), type }],
    });

  it('are the opened folder where no plumbline.yaml is above a document, whatever folder that is in', async () => {
    await start(FILES, {});
    await server.open(workspace.uri('sub/revenue.metrics.yaml'), REVENUE);
    assert.deepEqual(await server.problems(workspace.uri('sub/revenue.metrics.yaml'), 1), []);
  });

  it('are known to the end when a client asks for all of their problems', async () => {
    await start({ ...FILES, 'plumbline.yaml': QUIET, 'sub/plumbline.yaml': '' }, PULLS);
    assert.deepEqual(await pulled(), ['sub/revenue.metrics.yaml unknown-name']);
  });

  it('come and go with their plumbline.yaml', async () => {
    await start({ ...FILES, 'plumbline.yaml': QUIET, 'sub/plumbline.yaml': '' }, PULLS);
    assert.deepEqual(await pulled(), ['sub/revenue.metrics.yaml unknown-name']);
    await workspace.remove('sub/plumbline.yaml');
    await changed('sub/plumbline.yaml', FileChangeType.Deleted);
    assert.deepEqual(await pulled(), []);
    await workspace.write('sub/plumbline.yaml', '');
    await changed('sub/plumbline.yaml', FileChangeType.Created);
    assert.deepEqual(await pulled(), ['sub/revenue.metrics.yaml unknown-name']);
  });

  it('come and go for a client that is told, too', async () => {
    await start({ ...FILES, 'plumbline.yaml': QUIET, 'sub/plumbline.yaml': '' }, {});
    const revenue = workspace.uri('sub/revenue.metrics.yaml');
    const codes = async (): Promise<unknown> => (await server.problems(revenue)).map(({ code }) => code);
    const first = codes();
    await server.open(revenue, REVENUE);
    assert.deepEqual(await first, ['unknown-name']);
    for (const [type, expected] of [
      [FileChangeType.Deleted, []],
      [FileChangeType.Created, ['unknown-name']],
      [FileChangeType.Deleted, []],
    ] as const) {
      const next = codes();
      if (type === FileChangeType.Deleted) await workspace.remove('sub/plumbline.yaml');
      else await workspace.write('sub/plumbline.yaml', '');
      await changed('sub/plumbline.yaml', type);
      assert.deepEqual(await next, expected);
    }
  });

  it('go with their folder, of which a client says no more than that it is gone', async () => {
    const broken = { 'a.b/plumbline.yaml': '', 'a.b/x.metrics.yaml': REVENUE };
    await start({ ...broken, 'plumbline.yaml': '', 'c.d/y.metrics.yaml': REVENUE }, PULLS);
    assert.equal((await pulled()).length, 2);
    await workspace.remove('a.b');
    await changed('a.b', FileChangeType.Deleted);
    await workspace.remove('c.d');
    await changed('c.d', FileChangeType.Deleted);
    assert.deepEqual(await pulled(), []);
  });

  it('are those of the folders that are opened and closed later', async () => {
    await start(FILES, PULLS);
    const other = await createWorkspace({ 'plumbline.yaml': '', 'x.metrics.yaml': REVENUE });
    try {
      const folder = { uri: pathToFileURL(other.folder).href, name: 'other' };
      const change = (added: (typeof folder)[], removed: (typeof folder)[]): Promise<void> =>
        server.connection.sendNotification(DidChangeWorkspaceFoldersNotification.type, {
          event: { added, removed },
        });
      assert.equal((await pulled()).length, 0);
      await change([folder], []);
      assert.equal((await pulled()).length, 1);
      await change([], [folder]);
      assert.equal((await pulled()).length, 0);
    } finally {
      await other.end();
    }
  });

  it('are not cut by a plumbline.yaml that was never saved', async () => {
    await start({ ...FILES, 'plumbline.yaml': '' }, {});
    await server.open(workspace.uri('sub/plumbline.yaml'), 'plumbline: 1\n');
    await server.open(workspace.uri('sub/revenue.metrics.yaml'), REVENUE.replace('amount', 'ammount'));
    const problems = await server.problems(workspace.uri('sub/revenue.metrics.yaml'), 1);
    assert.deepEqual(
      problems.map(({ code }) => code),
      ['unknown-column'],
    );
  });
});
