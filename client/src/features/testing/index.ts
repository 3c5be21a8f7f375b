import {
  type CancellationToken,
  CancellationTokenSource,
  commands,
  Disposable,
  l10n,
  TestRunProfileKind,
  TestRunRequest,
  tests,
  window,
  workspace,
} from 'vscode';
import { isOurs } from '../../our-documents.ts';
import type { ClientFeature } from '../feature.ts';
import { RUN_IN_TESTING } from '../show-references.ts';
import { keepTests } from './keep-tests.ts';
import { outcomes } from './outcomes.ts';
import { runTests, type Testing } from './run-tests.ts';
import { TestTree } from './test-tree.ts';

/** The examples of metrics as tests: in the Testing view, beside the text, and run on save where that is switched on. */
export const testing: ClientFeature = ({ server, log }) => {
  const controller = tests.createTestController('plumbline', l10n.t('Plumbline'));
  const tree = new TestTree(controller);
  const kept = keepTests(server, tree, log);
  const parts: Testing = { controller, server, tree, outcomes: outcomes(controller) };
  controller.createRunProfile(
    l10n.t('Run'),
    TestRunProfileKind.Run,
    (request, token) =>
      request.continuous ? runOnSave(parts, request, token) : runTests(parts, request, token),
    true,
    undefined,
    true,
  );
  controller.refreshHandler = () => kept.reload();
  return Disposable.from(
    controller,
    kept,
    parts.outcomes,
    commands.registerCommand(RUN_IN_TESTING, async (metric: unknown, uri: unknown) => {
      await kept.load();
      const isNamed = typeof metric === 'string' && typeof uri === 'string';
      await runOne(parts, isNamed ? tree.find(uri, metric) : undefined);
    }),
  );
};

/** Runs tests whenever a file of ours is saved, until it is switched off. What an example needs may stand in any of them. */
function runOnSave(testing: Testing, request: TestRunRequest, token: CancellationToken): void {
  const saving = workspace.onDidSaveTextDocument(async (document) => {
    if (isOurs(document)) await runTests(testing, request, token);
  });
  token.onCancellationRequested(() => saving.dispose());
}

/** Runs the tests under one item, and shows where they stand. */
async function runOne(testing: Testing, item: ReturnType<TestTree['find']>): Promise<void> {
  if (item === undefined) {
    await window.showInformationMessage(l10n.t('This metric has no examples that could be run.'));
    return;
  }
  await commands.executeCommand('vscode.revealTestInExplorer', item);
  const cancel = new CancellationTokenSource();
  try {
    await runTests(testing, new TestRunRequest([item]), cancel.token);
  } finally {
    cancel.dispose();
  }
}
