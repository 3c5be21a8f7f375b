import assert from 'node:assert/strict';
import { EventEmitter, once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  DidChangeWatchedFilesNotification,
  FileChangeType,
  type FileEvent,
  type WorkDoneProgressBegin,
  WorkDoneProgressCancelNotification,
  WorkDoneProgressCreateRequest,
  type WorkDoneProgressEnd,
  type WorkDoneProgressReport,
} from 'vscode-languageserver/node';
import { xlsxOf } from '../kit/xlsx.ts';
import { type HintsClient, startHintsClient } from './hints-client.ts';
import { createWorkspace, type Workspace } from './workspace.ts';

const TEXT = `plumbline: 1
sources:
  clicks: { data: clicks.ndjson }
  answers: { data: { file: answers.xlsx, sheet: Two } }
`;
const LINE = '{"id": 1, "page": "a page with a name", "seconds": 12.5}\n';

type Told = WorkDoneProgressBegin | WorkDoneProgressReport | WorkDoneProgressEnd;

describe('loading in the editor', () => {
  let workspace: Workspace;
  let client: HintsClient;
  let uri: string;
  let told: Told[];
  let tokens: (string | number)[];
  let events: EventEmitter;

  const usual = process.env.XDG_CACHE_HOME;

  async function start(lines: number): Promise<void> {
    workspace = await createWorkspace({
      'plumbline.yaml': 'plumbline: 1\n',
      'clicks.ndjson': LINE.repeat(lines),
      'a.metrics.yaml': TEXT,
    });
    await writeAnswers(2);
    // Conversions are kept where the test's own files are.
    process.env.XDG_CACHE_HOME = `${workspace.folder}/.cache`;
    uri = workspace.uri('a.metrics.yaml');
    client = await startHintsClient({
      capabilities: {
        workspace: { inlayHint: { refreshSupport: true } },
        window: { workDoneProgress: true },
      },
      workspaceFolders: [{ uri: workspace.uri('.'), name: 'data' }],
    });
    [told, tokens, events] = [[], [], new EventEmitter()];
    const { connection } = client.server;
    connection.onRequest(WorkDoneProgressCreateRequest.type, async ({ token }) => {
      tokens.push(token);
    });
    connection.onNotification('$/progress', ({ token, value }: { token: string | number; value: Told }) => {
      if (!tokens.includes(token)) return;
      told.push(value);
      events.emit(value.kind);
    });
    await client.server.open(uri, TEXT);
  }

  afterEach(async () => {
    if (usual === undefined) delete process.env.XDG_CACHE_HOME;
    else process.env.XDG_CACHE_HOME = usual;
    await client.server.stop();
    client.server.connection.dispose();
    await workspace.end();
  });

  function writeAnswers(count: number): Promise<void> {
    const rows = Array.from({ length: count }, (_, index) => [{ number: String(index) }]);
    const sheets = [
      { name: 'One', rows: [] },
      { name: 'Two', rows: [['score'], ...rows] },
    ];
    return writeFile(join(workspace.folder, 'answers.xlsx'), xlsxOf(sheets));
  }

  async function changed(file: string): Promise<void> {
    const changes: FileEvent[] = [{ uri: workspace.uri(file), type: FileChangeType.Changed }];
    await client.server.connection.sendNotification(DidChangeWatchedFilesNotification.type, { changes });
  }

  const rowsOf = async (wanted: readonly string[]): Promise<void> => {
    await client.hintsUntil(uri, (hints) => wanted.every((label) => [...hints.values()].includes(label)));
  };

  it('follows the files of any format', async function () {
    this.timeout(30_000);
    await start(3);
    await rowsOf(['3 rows', '2 rows']);
    await writeAnswers(5);
    await changed('answers.xlsx');
    await rowsOf(['3 rows', '5 rows']);
    await workspace.write('clicks.ndjson', LINE.repeat(7));
    await changed('clicks.ndjson');
    await rowsOf(['7 rows', '5 rows']);
  });

  it('is shown while it takes long, and can be stopped', async function () {
    this.timeout(60_000);
    await start(1_200_000);
    const begun = once(events, 'begin');
    const hints = client.hints(uri);
    await begun;
    const [begin] = told;
    assert.ok(begin?.kind === 'begin' && begin.cancellable === true);
    assert.equal(begin.title, 'Loading data');
    const ended = once(events, 'end');
    await client.server.connection.sendNotification(WorkDoneProgressCancelNotification.type, {
      token: tokens[0] ?? '',
    });
    await ended;
    assert.equal([...(await hints).values()].includes('1,200,000 rows'), false);
    await workspace.write('clicks.ndjson', LINE.repeat(4));
    await changed('clicks.ndjson');
    await rowsOf(['4 rows', '2 rows']);
  });
});
