import assert from 'node:assert/strict';
import { evaluateNotification } from '../../server/src/protocol/index.ts';
import { type HintsClient, startHintsClient } from './hints-client.ts';
import { createWorkspace, type Workspace } from './workspace.ts';

const TEXT = `plumbline: 1
sources:
  orders: { data: orders.csv }
`;

describe('a workspace that is not trusted', () => {
  let workspace: Workspace;
  let client: HintsClient;
  let uri: string;

  beforeEach(async () => {
    workspace = await createWorkspace({
      'plumbline.yaml': 'plumbline: 1\n',
      'orders.csv': 'city\nBath\nYork\n',
      'a.metrics.yaml': TEXT,
    });
    uri = workspace.uri('a.metrics.yaml');
    client = await startHintsClient({ initializationOptions: { evaluate: false } });
    await client.server.open(uri, TEXT);
  });

  afterEach(async () => {
    await client.server.stop();
    client.server.connection.dispose();
    await workspace.end();
  });

  const evaluate = (enabled: unknown): Promise<void> =>
    client.server.connection.sendNotification(evaluateNotification.method, { enabled });

  it('has values as soon as it is trusted, and none when it is not any more', async () => {
    assert.equal((await client.hints(uri)).size, 0);
    await evaluate(true);
    const answers = await client.hintsUntil(uri, ({ size }) => size > 0);
    assert.deepEqual([...(answers.at(-1)?.values() ?? [])], ['2 rows']);
    await evaluate(false);
    await client.hintsUntil(uri, ({ size }) => size === 0);
  });

  it('is trusted by a plain yes only', async () => {
    await evaluate('yes');
    await evaluate(undefined);
    assert.equal((await client.hints(uri)).size, 0);
  });
});
