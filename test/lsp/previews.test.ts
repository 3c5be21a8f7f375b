import assert from 'node:assert/strict';
import { EventEmitter, once } from 'node:events';
import { CancellationTokenSource, ProgressType } from 'vscode-languageserver/node';
import { createDuckDbEngine } from '../../server/src/engines/duckdb/duckdb-engine.ts';
import {
  type ChangedParams,
  changedNotification,
  type Preview,
  type PreviewParams,
  previewRequest,
  projectsRequest,
  rowsRequest,
  type Subject,
  subjectAtRequest,
  trendsRequest,
} from '../../server/src/protocol/index.ts';
import { SHOP } from '../cli/shop.ts';
import { testEngine } from '../kit/engine.ts';
import { type Served, served, shared } from './served.ts';
import { createWorkspace, type Workspace } from './workspace.ts';

const FILE = 'shop.metrics.yaml';
const TEXT = `${SHOP[FILE]}journeys:
  shopping:
    stages:
      buy: { pains: [queues], metrics: [revenue] }
      leave:
        label: Leave
        metrics: [b_share]

`;
const FILES = {
  ...SHOP,
  [FILE]: TEXT,
  'gone.metrics.yaml':
    'plumbline: 1\nsources:\n  gone: { data: gone.csv, time: at }\nmetrics:\n  lost: { type: count, source: gone }\n',
};

/** The place of some words in a text. */
function placeOf(text: string, words: string): { readonly line: number; readonly character: number } {
  const before = text.slice(0, text.indexOf(words)).split('\n');
  return { line: before.length - 1, character: before.at(-1)?.length ?? 0 };
}

describe('previews over the protocol', () => {
  const engine = testEngine();
  let workspace: Workspace;
  let server: Served;

  beforeEach(async () => {
    workspace = await createWorkspace(FILES);
    server = await served(shared(engine));
  });
  afterEach(async () => {
    await server.end();
    await workspace.end();
  });

  const here = () => ({ textDocument: { uri: workspace.uri(FILE) } });
  const previewOf = async (subject: Subject, more: Partial<PreviewParams> = {}) =>
    server.answerOf(previewRequest, { ...here(), subject, ...more });

  it('are of what stands at the cursor, in unsaved text too', async () => {
    const at = (words: string, text = TEXT) =>
      server.ask(subjectAtRequest, { ...here(), position: placeOf(text, words) });
    assert.deepEqual(await at('amount'), { kind: 'metric', name: 'revenue' });
    assert.deepEqual(await at('shops.csv'), { kind: 'source', name: 'shops' });
    assert.deepEqual(await at('by: kind'), { kind: 'segment', name: 'kind' });
    assert.deepEqual(await at('It pays the rent'), { kind: 'target', name: 'revenue_in_march' });
    assert.deepEqual(await at('label: Leave'), { kind: 'journey', name: 'shopping' });
    assert.deepEqual(await at('plumbline: 1'), { kind: 'scorecard', file: FILE });
    assert.deepEqual(await at('metrics:\n'), { kind: 'scorecard', file: FILE });
    const text = TEXT.replace('  b_share:', '  new_one:\n    type: count\n    label: New\n  b_share:');
    await server.open(workspace.uri(FILE), text);
    assert.deepEqual(await at('label: New', text), { kind: 'metric', name: 'new_one' });
    const settings = {
      textDocument: { uri: workspace.uri('plumbline.yaml') },
      position: { line: 1, character: 2 },
    };
    assert.deepEqual(await server.ask(subjectAtRequest, settings), { kind: 'scorecard' });
    const elsewhere = { textDocument: { uri: 'untitled:x' }, position: { line: 0, character: 0 } };
    assert.equal(await server.ask(subjectAtRequest, elsewhere), null);
  });

  it('are sent for all subjects, the last message being the answer', async () => {
    const subjects: readonly Subject[] = [
      { kind: 'metric', name: 'revenue' },
      { kind: 'segment', name: 'kind' },
      { kind: 'target', name: 'revenue_in_march' },
      { kind: 'source', name: 'orders' },
      { kind: 'journey', name: 'shopping' },
      { kind: 'scorecard' },
      { kind: 'scorecard', file: FILE },
    ];
    for (const subject of subjects) {
      const shown: Preview[] = [];
      const token = JSON.stringify(subject);
      const listening = server.client.onProgress(
        new ProgressType<Preview>(),
        token,
        (each) => void shown.push(each),
      );
      const answer = await previewOf(subject, { partialResultToken: token });
      listening.dispose();
      assert.ok('kind' in answer && answer.kind === subject.kind, token);
      assert.ok(shown.length > 0 && shown.every(({ kind }) => kind === subject.kind));
      const unavailable = 'about' in answer ? answer.about.unavailable : answer.unavailable;
      assert.equal(unavailable, null, token);
      if (subject.kind === 'scorecard') continue;
      assert.ok('about' in answer && answer.about.at.uri === workspace.uri(FILE));
    }
    const card = await previewOf({ kind: 'scorecard', file: FILE });
    assert.ok('metrics' in card && card.kind === 'scorecard');
    assert.deepEqual(
      card.metrics.map(({ name, headline }) => [name, headline?.value]),
      [
        ['revenue', 120],
        ['orders', 2],
        ['b_share', 0.5],
      ],
    );
    const none = await previewOf({ kind: 'segment', name: 'nothing' });
    assert.deepEqual(none, { unavailable: 'There is no segment "nothing".' });
  });

  it('follow unsaved text', async () => {
    await server.open(workspace.uri(FILE), TEXT.replace('value: amount', 'value: amount * 2'));
    const answer = await previewOf({ kind: 'metric', name: 'revenue' }, { by: null, grain: 'all' });
    assert.ok('result' in answer && answer.kind === 'metric');
    assert.equal(answer.result?.headline?.value, 360);
    await server.change(workspace.uri(FILE), 2, TEXT.replace('value: amount', 'value: nothing'));
    const broken = await previewOf({ kind: 'metric', name: 'revenue' });
    assert.ok('about' in broken && broken.kind === 'metric');
    assert.match(broken.about.unavailable ?? '', /nothing/);
    assert.ok(broken.about.words.length > 0 && broken.lineage !== undefined);
  });

  it('have values as soon as data are found that were named wrongly before', async () => {
    const data = /data: orders\.csv/;
    assert.match(TEXT, data);
    await server.open(workspace.uri(FILE), TEXT.replace(data, 'data: order.csv'));
    for (const subject of [
      { kind: 'metric', name: 'revenue' },
      { kind: 'source', name: 'orders' },
    ] as const) {
      const wrong = await previewOf(subject);
      assert.ok('about' in wrong);
      assert.match(wrong.about.unavailable ?? '', /order\.csv/);
      await server.change(workspace.uri(FILE), 2, TEXT);
      const right = await previewOf(subject);
      assert.ok('about' in right);
      assert.equal(right.about.unavailable, null, subject.kind);
      await server.change(workspace.uri(FILE), 3, TEXT.replace(data, 'data: order.csv'));
    }
  });

  it('say that a file is missing', async () => {
    const source = await previewOf({ kind: 'source', name: 'gone' });
    assert.ok('about' in source);
    assert.match(source.about.unavailable ?? '', /gone\.csv/);
    const rows = await server.answerOf(rowsRequest, { ...here(), source: 'gone' });
    assert.match(JSON.stringify(rows), /unavailable/);
    const card = await previewOf({ kind: 'scorecard', file: 'gone.metrics.yaml' });
    assert.ok('metrics' in card && card.kind === 'scorecard');
    assert.match(card.metrics[0]?.error ?? '', /gone\.csv/);
  });

  it('page through the rows of a source', async () => {
    const page = await server.answerOf(rowsRequest, { ...here(), source: 'orders', offset: 3, limit: 5 });
    assert.ok('rows' in page);
    assert.deepEqual(
      page.rows.map(({ row, cells }) => [row, cells[0], cells[2]]),
      [
        [4, '4', '50'],
        [5, '5', '70'],
      ],
    );
    assert.deepEqual([page.offset, page.total], [3, 5]);
    const nothing = await server.ask(rowsRequest, { ...here(), source: 'nothing' });
    assert.deepEqual(nothing, { unavailable: 'There is no source "nothing".' });
  });

  it('have no answer once they are cancelled', async () => {
    for (const subject of [{ kind: 'scorecard' }, { kind: 'source', name: 'orders' }] as const) {
      const source = new CancellationTokenSource();
      const token = `stop ${subject.kind}`;
      server.client.onProgress(new ProgressType<Preview>(), token, () => source.cancel());
      const asked = { ...here(), subject, partialResultToken: token };
      assert.equal(await server.client.sendRequest(previewRequest.method, asked, source.token), null);
    }
  });

  it('are told when they may be others, a few times a second', async () => {
    const told: { readonly what: ChangedParams; readonly at: number }[] = [];
    const events = new EventEmitter();
    server.client.onNotification(changedNotification.method, (what: ChangedParams) => {
      told.push({ what, at: performance.now() });
      events.emit('told');
    });
    await server.open(workspace.uri(FILE), TEXT);
    for (let version = 2; version < 40; version++) {
      await server.change(workspace.uri(FILE), version, TEXT.replace('amount', `amount + ${version}`));
      await previewOf({ kind: 'metric', name: 'revenue' });
    }
    while (!['problems', 'numbers'].every((kind) => told.some(({ what }) => what.what === kind)))
      await once(events, 'told');
    assert.ok(told.every(({ what }) => `${what.project}/${FILE}` === workspace.uri(FILE)));
    // Timers fire late and never early; the clock that they go by may be a millisecond off.
    const apart = told.slice(1).map(({ at }, index) => at - (told[index]?.at ?? 0));
    assert.ok(
      apart.every((each) => each > 200),
      `${apart}`,
    );
  });

  it('come with trends at the ends of lines, once numbers are known', async () => {
    const events = new EventEmitter();
    server.client.onNotification(changedNotification.method, () => void events.emit('told'));
    assert.deepEqual(await server.ask(trendsRequest, here()), []);
    await server.open(workspace.uri(FILE), TEXT);
    let trends = await server.answerOf(trendsRequest, here());
    while (
      trends.length < 3 ||
      trends.some(({ status, metric }) => metric === 'revenue' && status === null)
    ) {
      await once(events, 'told');
      trends = await server.answerOf(trendsRequest, here());
    }
    const revenue = trends.find(({ metric }) => metric === 'revenue');
    assert.deepEqual(revenue, {
      metric: 'revenue',
      line: placeOf(TEXT, '  revenue:\n').line,
      points: [40, 20, 120],
      status: 'met',
      words: '3 periods from €40.00 to €120.00, met',
      stale: false,
    });
    await server.change(workspace.uri(FILE), 2, TEXT.replace('value: amount', 'value: amount * 3'));
    const [first] = await server.answerOf(trendsRequest, here());
    assert.ok(first?.stale === true || first?.points.at(-1) === 360);
  });
});

describe('the state of the server', () => {
  const engine = testEngine();
  let workspace: Workspace;
  beforeEach(async () => {
    workspace = await createWorkspace(FILES);
  });
  afterEach(() => workspace.end());

  const folders = () => ({ workspaceFolders: [{ uri: workspace.uri('.'), name: 'shop' }] });

  it('counts the problems of each project', async () => {
    const server = await served(shared(engine), folders());
    try {
      const state = await server.answerOf(projectsRequest, null);
      assert.deepEqual([state.engine, state.reason, state.versions], ['ready', null, { Plumbline: '1.2.3' }]);
      const [project] = state.projects;
      assert.equal(state.projects.length, 1);
      assert.equal(project?.name, 'shop');
      assert.equal(project?.uri, workspace.uri('plumbline.yaml'));
      const report = await server.client.sendRequest<{ items: { items: { severity: number }[] }[] }>(
        'workspace/diagnostic',
        { previousResultIds: [] },
      );
      const told = report.items.flatMap(({ items }) => items);
      const again = (await server.answerOf(projectsRequest, null)).projects[0];
      assert.equal(again?.errors, told.filter(({ severity }) => severity === 1).length);
      assert.equal(again?.warnings, told.filter(({ severity }) => severity === 2).length);
      assert.ok((again?.errors ?? 0) > 0, 'a file is missing');
    } finally {
      await server.end();
    }
  });

  it('ends its engines when it is shut down', async () => {
    const ended: string[] = [];
    const create = shared(engine);
    const server = await served(() => {
      const used = create();
      return {
        ...used,
        dispose: async () => {
          await used.dispose();
          ended.push('engine');
        },
      };
    });
    await server.answerOf(rowsRequest, { textDocument: { uri: workspace.uri(FILE) }, source: 'orders' });
    assert.deepEqual(ended, []);
    await server.end();
    assert.deepEqual(ended, ['engine']);
  });

  it('says where nothing is evaluated', async () => {
    const server = await served(shared(engine), { ...folders(), initializationOptions: { evaluate: false } });
    try {
      assert.equal((await server.answerOf(projectsRequest, null)).engine, 'untrusted');
      const params = { textDocument: { uri: workspace.uri(FILE) }, subject: { kind: 'scorecard' as const } };
      const card = await server.answerOf(previewRequest, params);
      assert.ok('metrics' in card && card.kind === 'scorecard');
      assert.equal(card.unavailable, 'Metrics are not evaluated in this workspace.');
      assert.equal(card.metrics.length, 4);
    } finally {
      await server.end();
    }
  });

  it('says that the engine is off, and why, when it cannot be started, and goes on', async () => {
    let started = 0;
    const server = await served(() => {
      started += 1;
      return createDuckDbEngine({ childPath: '/nowhere/engine.js' });
    }, folders());
    try {
      await server.open(workspace.uri(FILE), TEXT);
      const params = { textDocument: { uri: workspace.uri(FILE) }, subject: { kind: 'scorecard' as const } };
      const card = await server.answerOf(previewRequest, params);
      assert.ok('metrics' in card && card.kind === 'scorecard');
      assert.match(card.unavailable ?? '', /engine is not built/);
      assert.equal(card.metrics.length, 4);
      const state = await server.answerOf(projectsRequest, null);
      assert.equal(state.engine, 'off');
      assert.match(state.reason ?? '', /engine is not built/);
      // Not one for each of the numbers that somebody looks at.
      assert.equal(started, 1);
    } finally {
      await server.end();
    }
  });
});
