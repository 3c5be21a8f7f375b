import assert from 'node:assert/strict';
import {
  DidChangeWatchedFilesNotification,
  ExecuteCommandRequest,
  FileChangeType,
  HoverRequest,
} from 'vscode-languageserver/node';
import { childrenOf } from '../cli/kit.ts';
import { type HintsClient, startHintsClient } from './hints-client.ts';
import { squiggles } from './squiggles.ts';
import { createWorkspace, type Workspace } from './workspace.ts';

// Complaints about what changes beneath an editor: files on disk, data, and the process that computes.

const FILES = {
  'plumbline.yaml': 'plumbline: 1\nas_of: 2025-02-28\n',
  'orders.csv': 'ordered_at,city,amount\n2025-01-02,Bath,10\n2025-02-03,York,20\n',
  'sources.metrics.yaml': 'plumbline: 1\nsources:\n  orders: { data: orders.csv, time: ordered_at }\n',
};

const METRIC = 'plumbline: 1\nmetrics:\n  revenue: { type: sum, source: orders, value: amount }\n';

describe('complaints about what changes beneath the editor:', () => {
  let workspace: Workspace;
  let client: HintsClient;
  let uri: string;

  beforeEach(async () => {
    workspace = await createWorkspace(FILES);
    client = await startHintsClient();
    uri = workspace.uri('a.metrics.yaml');
  });

  afterEach(async () => {
    const { child, connection } = client.server;
    if (child.exitCode === null) child.kill();
    connection.dispose();
    await workspace.end();
  });

  /** Tells of files on disk as an editor that watches them does. */
  function tell(type: FileChangeType, ...files: readonly string[]): Promise<void> {
    const changes = files.map((file) => ({ uri: workspace.uri(file), type }));
    return client.server.connection.sendNotification(DidChangeWatchedFilesNotification.type, { changes });
  }

  it('changed settings of the project need a new window', async () => {
    await client.server.open(uri, METRIC);
    assert.deepEqual(await client.server.problems(uri, 1), []);
    const later = client.server.problems(uri);
    await workspace.write('plumbline.yaml', 'plumbline: 1\nrules: { metric-needs-owner: error }\n');
    await tell(FileChangeType.Changed, 'plumbline.yaml');
    assert.deepEqual(squiggles(METRIC, await later), ['3:metric-needs-owner «revenue»']);
  });

  it('a column that has come into the data is unknown until the window is new', async () => {
    const text = METRIC.replace('amount', 'profit');
    await client.server.open(uri, text);
    assert.deepEqual(squiggles(text, await client.server.problems(uri, 1)), ['3:unknown-column «profit»']);
    const later = client.server.problems(uri);
    await workspace.write('orders.csv', 'ordered_at,city,profit\n2025-01-02,Bath,10\n');
    await tell(FileChangeType.Changed, 'orders.csv');
    assert.deepEqual(await later, []);
  });

  it('a value stays that of data which is gone', async () => {
    await client.server.open(uri, METRIC);
    await client.hintsUntil(uri, (hints) => hints.get(2)?.startsWith('20.00') === true);
    await workspace.write('orders.csv', `${FILES['orders.csv']}2025-02-04,York,7\n`);
    await tell(FileChangeType.Changed, 'orders.csv');
    await client.hintsUntil(uri, (hints) => hints.get(2)?.startsWith('27.00') === true);
  });

  it('a deleted file keeps its problems, and what it defined', async () => {
    const broken = 'plumbline: 1\nmetrics:\n  other: { type: count, source: ordes }\n';
    await workspace.write('other.metrics.yaml', broken);
    const told = client.server.problems(workspace.uri('other.metrics.yaml'));
    await client.server.open(uri, METRIC);
    assert.deepEqual(squiggles(broken, await told), ['3:unknown-name «ordes»']);
    const gone = client.server.problems(workspace.uri('other.metrics.yaml'));
    await workspace.remove('other.metrics.yaml');
    await tell(FileChangeType.Deleted, 'other.metrics.yaml');
    assert.deepEqual(await gone, []);
    // Its sources are missed where they are used.
    const missed = client.server.problems(uri);
    await workspace.remove('sources.metrics.yaml');
    await tell(FileChangeType.Deleted, 'sources.metrics.yaml');
    assert.deepEqual(squiggles(METRIC, await missed), ['3:unknown-name «orders»']);
    const back = client.server.problems(uri);
    await workspace.write('sources.metrics.yaml', FILES['sources.metrics.yaml']);
    await tell(FileChangeType.Created, 'sources.metrics.yaml');
    assert.deepEqual(await back, []);
  });

  it('a process that dies takes the server with it, and values do not come back', async () => {
    await client.server.open(uri, METRIC);
    await client.hintsUntil(uri, (hints) => hints.get(2)?.startsWith('20.00') === true);
    const engines = childrenOf(client.server.child.pid ?? 0);
    assert.ok(engines.length > 0, 'values are computed in a process of their own');
    for (const { pid } of engines) process.kill(pid, 'SIGKILL');
    await client.server.change(uri, 2, METRIC.replace('amount', 'amount * 2'));
    await client.hintsUntil(uri, (hints) => hints.get(2)?.startsWith('40.00') === true);
  });

  it('a hundred projects start hundreds of processes', async () => {
    const names = Array.from({ length: 100 }, (_, i) => `project${i}`);
    for (const name of names) {
      for (const [file, text] of Object.entries(FILES)) await workspace.write(`${name}/${file}`, text);
      await workspace.write(`${name}/a.metrics.yaml`, METRIC);
    }
    let most = 0;
    for (const name of names) {
      const at = workspace.uri(`${name}/a.metrics.yaml`);
      await client.server.open(at, METRIC);
      const { connection } = client.server;
      // A hover waits for the value of its metric.
      const position = { line: 2, character: 4 };
      const hover = await connection.sendRequest(HoverRequest.type, { textDocument: { uri: at }, position });
      assert.match(JSON.stringify(hover), /20\.00/, name);
      most = Math.max(most, childrenOf(client.server.child.pid ?? 0).length);
    }
    assert.ok(most <= 8, `there were ${most} processes at once`);
  });

  it('a month is added to the 31st and falls out of the next month; one missing part makes the whole null', async () => {
    const text = `plumbline: 1
metrics:
  due_in_february:
    type: count
    source: orders
    where: date_add('month', 1, date '2025-01-31') = date '2025-02-28'
    examples:
      - { given: { orders: [{ city: Bath }] }, expect: 1 }
  none_of_some:
    type: ratio
    numerator: { type: sum, source: orders, value: amount, where: city = 'Rome' }
    denominator: { type: count, source: orders }
    examples:
      - { given: { orders: [{ city: Bath, amount: 3 }] }, expect: 0 }
  some_of_none:
    type: ratio
    numerator: { type: count, source: orders }
    denominator: { type: count, source: orders, where: city = 'Rome' }
    examples:
      - { given: { orders: [{ city: Bath }] }, expect: null }
`;
    await client.server.open(uri, text);
    assert.deepEqual(await client.server.problems(uri, 1), []);
    for (const metric of ['due_in_february', 'none_of_some', 'some_of_none']) {
      const answer: unknown = await client.server.connection.sendRequest(ExecuteCommandRequest.type, {
        command: 'plumbline.runExamples',
        arguments: [metric, uri],
      });
      assert.match(
        JSON.stringify(answer),
        /^\[\{"index":0,"passed":true/,
        `${metric}: ${JSON.stringify(answer)}`,
      );
    }
  });
});
