import assert from 'node:assert/strict';
import { DidChangeConfigurationNotification, ExecuteCommandRequest } from 'vscode-languageserver/node';
import { type HintsClient, startHintsClient } from './hints-client.ts';
import { createWorkspace, type Workspace } from './workspace.ts';

/** In February, the last complete month, 20 and 5; in January 10. */
const FILES = {
  'plumbline.yaml': 'plumbline: 1\nas_of: 2025-02-28\n',
  'orders.csv':
    'ordered_at,city,amount\n2025-01-02,Bath,10\n2025-02-03,York,20\n2025-02-04,Bath,5\n2025-02-04,Bath,5\n',
  'a.metrics.yaml': `plumbline: 1
sources:
  orders: { data: orders.csv, time: ordered_at }
segments:
  city: { source: orders, by: city }
metrics:
  revenue:
    type: sum
    source: orders
    value: amount
    where: amount > 0
    examples:
      - { period: 2025-01, expect: 10 }
      - { period: 2025-02, expect: 99 }
targets:
  more: { metric: revenue, at_least: 40, due: 2025-02, why: x }
`,
};

const LINES = { source: 2, segment: 4, metric: 6, where: 10, passes: 12, fails: 13, target: 15 };

describe('hints on data', () => {
  let workspace: Workspace;
  let client: HintsClient;
  let uri: string;

  beforeEach(async () => {
    workspace = await createWorkspace(FILES);
    uri = workspace.uri('a.metrics.yaml');
  });

  afterEach(async () => {
    const { child, connection } = client.server;
    if (child.exitCode === null) child.kill();
    connection.dispose();
    await workspace.end();
  });

  const lastOf = <T>(items: readonly T[]): T => items.at(-1) ?? assert.fail();
  const isCurrent = (hints: ReadonlyMap<number, string>): boolean =>
    hints.size === 7 && [...hints.values()].every((label) => !label.startsWith('…'));

  it('are there when they are computed, beside everything that has a number', async () => {
    client = await startHintsClient();
    await client.server.open(uri, FILES['a.metrics.yaml']);
    const hints = lastOf(await client.hintsUntil(uri, isCurrent));
    assert.deepEqual(Object.fromEntries(hints), {
      [LINES.source]: '4 rows  2025-01-02 – 2025-02-28',
      [LINES.segment]: 'Bath 3 · York 1',
      [LINES.metric]: '30.00  n 3  ▲ 20.00  2025-02  ✗ missed',
      [LINES.where]: '4 of 4 rows',
      [LINES.passes]: '✓',
      [LINES.fails]: '✗ computed 30',
      [LINES.target]: '✗ missed  30.00, 10.00 below 40.00  2025-02',
    });
  });

  it('follow an edit, and never show the value of before as if it were current', async () => {
    client = await startHintsClient();
    await client.server.open(uri, FILES['a.metrics.yaml']);
    await client.hintsUntil(uri, isCurrent);
    const edited = FILES['a.metrics.yaml'].replace('amount > 0', 'amount > 10');
    await client.server.change(uri, 2, edited);
    const answers = await client.hintsUntil(uri, isCurrent);
    assert.match(lastOf(answers).get(LINES.metric) ?? '', /^20\.00 /);
    assert.equal(lastOf(answers).get(LINES.where), '1 of 4 rows');
    for (const answer of answers.slice(0, -1)) {
      assert.match(answer.get(LINES.metric) ?? '… ', /^… |^20\.00 /);
      assert.match(answer.get(LINES.where) ?? '… ', /^… |^1 of 4/);
      assert.match(answer.get(LINES.target) ?? '… ', /^… |20\.00 below/);
    }
  });

  it('are those of the same numbers where an edit changes no value', async () => {
    client = await startHintsClient();
    await client.server.open(uri, FILES['a.metrics.yaml']);
    const before = lastOf(await client.hintsUntil(uri, isCurrent));
    await client.server.change(uri, 2, FILES['a.metrics.yaml'].replace('type: sum', 'type: sum # of all'));
    assert.deepEqual(await client.hints(uri), before);
  });

  it('of kinds that are switched off are not there, and come back when they are switched on', async () => {
    const off = { inlayHints: { sources: false, where: false, examples: false } };
    client = await startHintsClient({ initializationOptions: off });
    await client.server.open(uri, FILES['a.metrics.yaml']);
    const { source, where, passes, fails } = LINES;
    for (const answer of await client.hintsUntil(uri, (hints) => hints.size === 3)) {
      for (const line of [source, where, passes, fails]) assert.equal(answer.get(line), undefined);
    }
    await client.server.connection.sendNotification(DidChangeConfigurationNotification.type, {
      settings: { plumbline: { inlayHints: {} } },
    });
    await client.hintsUntil(uri, isCurrent);
  });

  it('are none in a workspace that is not trusted', async () => {
    client = await startHintsClient({ initializationOptions: { evaluate: false } });
    await client.server.open(uri, FILES['a.metrics.yaml']);
    assert.deepEqual(await client.server.problems(uri, 1), []);
    assert.equal((await client.hints(uri)).size, 0);
  });

  it('have beside them the command that runs examples', async () => {
    client = await startHintsClient();
    await client.server.open(uri, FILES['a.metrics.yaml']);
    const answer = await client.server.connection.sendRequest(ExecuteCommandRequest.type, {
      command: 'plumbline.runExamples',
      arguments: ['revenue', uri],
    });
    assert.deepEqual(answer, [
      { index: 0, passed: true, expected: '10', computed: '10', refused: null },
      { index: 1, passed: false, expected: '99', computed: '30', refused: null },
    ]);
  });
});
