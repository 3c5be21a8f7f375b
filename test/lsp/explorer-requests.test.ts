import assert from 'node:assert/strict';
import { pathToFileURL } from 'node:url';
import { CancellationTokenSource } from 'vscode-languageserver';
import { ProgressType } from 'vscode-languageserver/node';
import {
  type CustomRequest,
  changedNotification,
  describeRequest,
  type ExampleOutcome,
  examplesRequest,
  newProjectRequest,
  projectTreeRequest,
  runExamplesRequest,
  wantNumbersNotification,
} from '../../server/src/protocol/index.ts';
import { SHOP } from '../cli/shop.ts';
import { present as defined } from '../kit/present.ts';
import { type ServerProcess, startServerProcess } from './server-process.ts';
import { createWorkspace, type Workspace } from './workspace.ts';

/** One example passes, one fails, one cannot be computed. */
const EXAMPLES = `plumbline: 1
metrics:
  growth:
    type: sum
    label: Growth
    source: orders
    value: amount
    examples:
      - given: { orders: [{ amount: 1 }, { amount: 2 }] }
        expect: 3
      - given: { orders: [{ amount: 1 }] }
        expect: 5
      - { period: 2030-01, expect: 1 }
  plain: { type: count, source: orders }
`;
const FILES = { ...SHOP, 'sub/growth.metrics.yaml': EXAMPLES };
const FILE = 'sub/growth.metrics.yaml';

/** An answer that there is. */
function present<T>(answer: T): NonNullable<T> {
  return defined(answer ?? undefined);
}

describe('what an explorer and a test view ask', () => {
  let workspace: Workspace;
  let server: ServerProcess;

  async function start(evaluate = true): Promise<void> {
    workspace = await createWorkspace(FILES);
    const uri = pathToFileURL(workspace.folder).href;
    server = await startServerProcess('stdio', {
      workspaceFolders: [{ uri, name: 'w' }],
      initializationOptions: { evaluate },
    });
  }

  afterEach(async () => {
    await server.stop();
    if (server.child.exitCode === null) server.child.kill();
    server.connection.dispose();
    await workspace.end();
  });

  const ask = <Params, Result>({ method }: CustomRequest<Params, Result>, params: Params): Promise<Result> =>
    server.connection.sendRequest<Result>(method, params);
  const textDocument = (): { readonly uri: string } => ({ uri: workspace.uri('plumbline.yaml') });

  async function run(
    examples?: readonly { readonly metric: string; readonly index?: number }[],
  ): Promise<readonly ExampleOutcome[]> {
    const params = { textDocument: textDocument(), ...(examples === undefined ? {} : { examples }) };
    const answer = present(await ask(runExamplesRequest, params));
    assert.ok(!('unavailable' in answer));
    return answer;
  }

  it('examples are listed where they stand, as the unsaved text has them', async () => {
    await start();
    const [growth, ...others] = present(await ask(examplesRequest, { textDocument: textDocument() }));
    assert.deepEqual(others, []);
    assert.deepEqual(
      growth?.examples.map(({ title }) => title),
      ['given 2 rows of orders: 3', 'given 1 row of orders: 5', '2030-01: 1'],
    );
    assert.deepEqual(growth?.at.range, { start: { line: 2, character: 2 }, end: { line: 2, character: 8 } });
    await server.open(workspace.uri(FILE), EXAMPLES.replace('  growth:', '  # moved\n  growth:'));
    const [moved] = present(await ask(examplesRequest, { textDocument: textDocument() }));
    assert.equal(moved?.at.range.start.line, 3);
    assert.equal(present(moved?.examples[0]).at.range.start.line, 9);
  });

  it('examples are run, each told as soon as it is known, in the words of `plumbline test`', async () => {
    await start();
    const parts: ExampleOutcome[] = [];
    server.connection.onProgress(new ProgressType<readonly ExampleOutcome[]>(), 'parts', (part) => {
      parts.push(...part);
    });
    const params = { textDocument: textDocument(), partialResultToken: 'parts' };
    const answer = present(await ask(runExamplesRequest, params));
    assert.ok(!('unavailable' in answer));
    assert.deepEqual(parts, answer);
    assert.deepEqual(
      answer.map(({ metric, index, outcome, expected, actual, message }) => ({
        metric,
        index,
        outcome,
        expected,
        actual,
        message,
      })),
      [
        { metric: 'growth', index: 0, outcome: 'passed', expected: '3', actual: '3', message: null },
        {
          metric: 'growth',
          index: 1,
          outcome: 'failed',
          expected: '5',
          actual: '1',
          message: 'Expected 5, computed 1, from row 1 of orders.',
        },
        {
          metric: 'growth',
          index: 2,
          outcome: 'errored',
          expected: '1',
          actual: null,
          message: 'The data have no 2030-01.',
        },
      ],
    );
    // At the value that is expected.
    const lines = EXAMPLES.split('\n');
    const line = lines.indexOf('        expect: 5');
    assert.deepEqual(answer[1]?.at, {
      uri: workspace.uri(FILE),
      range: { start: { line, character: 16 }, end: { line, character: 17 } },
    });
    assert.ok(answer.every(({ milliseconds }) => milliseconds >= 0));
  });

  it('just those are run that are asked for, on the text as it is now', async () => {
    await start();
    const indices = async (examples: Parameters<typeof run>[0]): Promise<readonly number[]> =>
      (await run(examples)).map(({ index }) => index);
    assert.deepEqual(await indices([{ metric: 'growth', index: 1 }]), [1]);
    assert.deepEqual(await indices([{ metric: 'growth', index: 1 }, { metric: 'growth' }]), [0, 1, 2]);
    assert.deepEqual(await indices([{ metric: 'plain' }, { metric: 'nothing', index: 0 }]), []);
    await server.open(workspace.uri(FILE), EXAMPLES.replace('expect: 5', 'expect: 1'));
    assert.deepEqual(
      (await run([{ metric: 'growth', index: 1 }])).map(({ outcome }) => outcome),
      ['passed'],
    );
  });

  it('nothing is run where nothing is evaluated, and the answer says so', async () => {
    await start(false);
    assert.deepEqual(await ask(runExamplesRequest, { textDocument: textDocument() }), {
      unavailable: 'Metrics are not evaluated in this workspace.',
    });
  });

  it('a run that is cancelled has no outcome', async () => {
    await start();
    const source = new CancellationTokenSource();
    const params = { textDocument: textDocument() };
    const asked = server.connection.sendRequest(runExamplesRequest.method, params, source.token);
    // The engine has to be started for an answer, which takes far longer than this message.
    source.cancel();
    assert.equal(await asked, null);
  });

  it('values of what is shown are computed, and no others', async () => {
    await start();
    const numbers = new Promise<void>((resolve) => {
      server.connection.onNotification(changedNotification.method, async () => {
        const tree = present(await ask(projectTreeRequest, { textDocument: textDocument() }));
        const target = tree.metrics.find(({ name }) => name === 'revenue')?.target;
        if (target !== null) resolve();
      });
    });
    const wanted = { textDocument: textDocument(), metrics: ['revenue'], targets: [] };
    await server.connection.sendNotification(wantNumbersNotification.method, wanted);
    await numbers;
    const tree = present(await ask(projectTreeRequest, { textDocument: textDocument() }));
    const known = tree.metrics.filter(({ headline }) => headline !== null);
    assert.deepEqual(
      known.map(({ name, headline, target }) => [name, headline?.text, headline?.period, target?.status]),
      [['revenue', '€120.00', '2025-03', 'met']],
    );
  });

  it('a definition is described in words, and one that is not there not at all', async () => {
    await start();
    const describe = (name: string): Promise<string | null> =>
      ask(describeRequest, { textDocument: textDocument(), definition: 'metric', name });
    assert.match(present(await describe('revenue')), /^\*\*Revenue\*\*/);
    assert.equal(await describe('nothing'), null);
  });

  it('what is wrong stands beside the definition', async () => {
    await start();
    await server.open(workspace.uri(FILE), EXAMPLES.replace('value: amount', 'value: amuont'));
    const tree = present(await ask(projectTreeRequest, { textDocument: { uri: workspace.uri(FILE) } }));
    const wrong = tree.metrics.filter(({ problem }) => problem !== null);
    assert.deepEqual(
      wrong.map(({ name, problem }) => [name, problem]),
      [['growth', 'error']],
    );
  });

  it('a new project is proposed as files that are not there yet', async () => {
    await start();
    const folder = pathToFileURL(workspace.folder).href;
    const data = [workspace.uri('orders.csv')];
    const made = present(await ask(newProjectRequest, { folder, data }));
    assert.ok(!('unavailable' in made));
    assert.deepEqual(
      made.files.map(({ uri }) => uri),
      [workspace.uri('start.metrics.yaml')],
    );
    assert.equal(made.open, workspace.uri('start.metrics.yaml'));
    assert.match(made.files[0]?.text ?? '', /data: orders\.csv/);
    const courses = `${folder}/courses`;
    const begun = present(await ask(newProjectRequest, { folder: courses, data: [], template: 'education' }));
    assert.ok(!('unavailable' in begun));
    assert.ok(begun.files.every(({ uri }) => uri.startsWith(`${courses}/`)));
    assert.match(
      begun.files.find(({ uri }) => uri.endsWith('plumbline.yaml'))?.text ?? '',
      /^name: courses$/m,
    );
    assert.ok(begun.open.endsWith('.metrics.yaml') && begun.files.some(({ uri }) => uri.endsWith('.csv')));
    const twice = await ask(newProjectRequest, { folder, data: [], template: 'saas' });
    assert.match(JSON.stringify(twice), /There is a project already/);
    const elsewhere = await ask(newProjectRequest, { folder: 'untitled:x', data: [] });
    assert.match(JSON.stringify(elsewhere), /on disk/);
    const missing = await ask(newProjectRequest, { folder, data: [workspace.uri('nothing.csv')] });
    assert.match(JSON.stringify(missing), /There is no file \\"nothing\.csv\\"/);
  });
});
