import {
  type CancellationToken,
  commands,
  Disposable,
  l10n,
  type TestItem,
  TestRunProfileKind,
  TestRunRequest,
  tests,
  window,
  workspace,
} from 'vscode';
import { examplesRequest, projectsRequest } from '../../../../server/src/protocol/index.ts';
import { isOurs } from '../../our-documents.ts';
import { soon } from '../../soon.ts';
import type { ClientFeature } from '../feature.ts';
import { RUN_IN_TESTING } from '../show-references.ts';
import { runTests } from './run-tests.ts';
import { TestTree } from './test-tree.ts';

/** Changes come in bursts while somebody types. */
const DELAY_MS = 300;
/** As for the explorer: a project of thousands of examples leaves the server free between. */
const PATIENCE = 5;

/** The examples of metrics as tests: in the Testing view, beside the text, and run on save where that is switched on. */
export const testing: ClientFeature = ({ server, log }) => {
  const controller = tests.createTestController('plumbline', l10n.t('Plumbline'));
  const tree = new TestTree(controller, server);
  const dirty = new Set<string>();
  const load = async (): Promise<void> => {
    if (!server.running) return;
    try {
      const { projects } = await server.request(projectsRequest, null);
      tree.keep(projects);
      for (const project of projects) {
        if (tree.has(project.uri) && !dirty.has(project.folder)) continue;
        dirty.delete(project.folder);
        const examples = await server.request(examplesRequest, { textDocument: { uri: project.uri } });
        tree.show(project, examples ?? []);
      }
    } catch (error) {
      // It died meanwhile; it is asked again when it is back.
      log.debug(`The tests are not up to date: ${String(error)}`);
    }
  };
  const update = soon(DELAY_MS, load, PATIENCE);
  const run = (request: TestRunRequest, token: CancellationToken): Promise<void> =>
    runTests({ controller, server, tree }, request, token);
  const continuous = (request: TestRunRequest, token: CancellationToken): void => {
    const saving = workspace.onDidSaveTextDocument(async (document) => {
      // What the example needs may stand in any file of the project.
      if (isOurs(document)) await run(request, token);
    });
    token.onCancellationRequested(() => saving.dispose());
  };
  controller.createRunProfile(
    l10n.t('Run'),
    TestRunProfileKind.Run,
    (request, token) => (request.continuous ? continuous(request, token) : run(request, token)),
    true,
    undefined,
    true,
  );
  controller.refreshHandler = async () => {
    tree.keep([]);
    await load();
  };
  update.now();
  return Disposable.from(
    controller,
    update,
    server.onChanged(({ project, what }) => {
      if (what !== 'problems') return;
      dirty.add(project);
      update.soon();
    }),
    server.onState(() => {
      if (!server.running) return;
      tree.keep([]);
      update.now();
    }),
    commands.registerCommand(RUN_IN_TESTING, async (metric: unknown, uri: unknown) => {
      await load();
      const item = typeof metric === 'string' && typeof uri === 'string' ? tree.find(uri, metric) : undefined;
      await (item === undefined ? noSuchTest() : runOne(item));
    }),
  );

  async function runOne(item: TestItem): Promise<void> {
    await commands.executeCommand('vscode.revealTestInExplorer', item);
    const never: CancellationToken = { isCancellationRequested: false, onCancellationRequested: NEVER };
    await run(new TestRunRequest([item]), never);
  }

  async function noSuchTest(): Promise<void> {
    await window.showInformationMessage(l10n.t('This metric has no examples that could be run.'));
  }
};

const NEVER = (): Disposable => new Disposable(() => {});
