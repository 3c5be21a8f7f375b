import {
  type CancellationToken,
  commands,
  l10n,
  type TestController,
  type TestItem,
  TestMessage,
  type TestRun,
  type TestRunRequest,
  window,
  workspace,
} from 'vscode';
import { type ExampleOutcome, runExamplesRequest } from '../../../../server/src/protocol/index.ts';
import { locationFrom } from '../../from-protocol.ts';
import type { LanguageServer } from '../../language-server.ts';
import type { Outcomes } from './outcomes.ts';
import type { TestTree } from './test-tree.ts';

/** What a run works with. */
export interface Testing {
  readonly controller: TestController;
  readonly server: LanguageServer;
  readonly tree: TestTree;
  readonly outcomes: Outcomes;
}

/** Runs the examples that a request asks for, project by project, and shows each outcome as soon as it is known. */
export async function runTests(
  testing: Testing,
  request: TestRunRequest,
  token: CancellationToken,
): Promise<void> {
  testing.outcomes.run();
  const run = testing.controller.createTestRun(request);
  const items = chosen(testing, request);
  const byProject = new Map<string, TestItem[]>();
  for (const item of items) {
    const { project } = testing.tree.exampleOf(item) ?? {};
    if (project === undefined) continue;
    run.enqueued(item);
    byProject.set(project, [...(byProject.get(project) ?? []), item]);
  }
  try {
    for (const [project, own] of byProject) {
      // A run can be stopped by its own button, or with the request.
      if (token.isCancellationRequested || run.token.isCancellationRequested) break;
      await runProject(testing, run, project, own, items.length === testing.tree.all().length);
    }
  } finally {
    run.end();
  }
}

function chosen({ tree }: Testing, { include, exclude = [] }: TestRunRequest): readonly TestItem[] {
  const excluded = new Set(exclude.flatMap((item) => tree.examplesUnder(item)));
  const included = include?.flatMap((item) => tree.examplesUnder(item)) ?? tree.all();
  return [...new Set(included)].filter((item) => !excluded.has(item));
}

async function runProject(
  { server, tree }: Testing,
  run: TestRun,
  project: string,
  items: readonly TestItem[],
  isAll: boolean,
): Promise<void> {
  const left = new Map<string, TestItem>();
  for (const item of items) {
    const example = tree.exampleOf(item);
    if (example === undefined) continue;
    left.set(`${example.metric} ${example.index}`, item);
    run.started(item);
  }
  const tell = (outcomes: readonly ExampleOutcome[]): void => {
    for (const outcome of outcomes) {
      const key = `${outcome.metric} ${outcome.index}`;
      const item = left.get(key);
      if (item === undefined) continue;
      left.delete(key);
      show(run, item, outcome);
    }
  };
  const examples = items.flatMap((item) => tree.exampleOf(item) ?? []);
  const params = {
    textDocument: { uri: project },
    ...(isAll ? {} : { examples: examples.map(({ metric, index }) => ({ metric, index })) }),
  };
  try {
    const answer = await server.request(runExamplesRequest, params, {
      token: run.token,
      part: (part) => {
        if (part !== null && !('unavailable' in part)) tell(part);
      },
    });
    if (answer !== null && !('unavailable' in answer)) tell(answer);
    else if (answer !== null) refuse(run, [...left.values()], answer.unavailable);
  } catch (error) {
    refuse(
      run,
      [...left.values()],
      l10n.t('The language server of Plumbline did not answer: {0}', String(error)),
    );
    left.clear();
  }
  // Cancelled, or gone from the text meanwhile.
  for (const item of left.values()) run.skipped(item);
}

function show(run: TestRun, item: TestItem, outcome: ExampleOutcome): void {
  const { milliseconds } = outcome;
  switch (outcome.outcome) {
    case 'passed':
      run.passed(item, milliseconds);
      break;
    case 'skipped':
      run.skipped(item);
      break;
    case 'failed':
      run.failed(item, messageOf(run, item, outcome), milliseconds);
      break;
    case 'errored':
      run.errored(item, messageOf(run, item, outcome), milliseconds);
      break;
  }
}

/** What went wrong, at the value that is expected; also in the output of the run. */
function messageOf(run: TestRun, item: TestItem, outcome: ExampleOutcome): TestMessage {
  const { expected, actual, message, at } = outcome;
  const words = message ?? l10n.t('It could not be computed.');
  const told =
    expected !== null && actual !== null ? TestMessage.diff(words, expected, actual) : new TestMessage(words);
  told.location = locationFrom(at);
  run.appendOutput(`${item.parent?.label ?? ''}, ${item.label}: ${words}\r\n`, told.location, item);
  return told;
}

/** Says why nothing can be run: in the output of the run, and with what to do about it. */
function refuse(run: TestRun, items: readonly TestItem[], why: string): void {
  const words = workspace.isTrusted
    ? why
    : l10n.t(
        'Examples are not run, as this workspace is not trusted. Nothing is evaluated until you trust it.',
      );
  run.appendOutput(`${words}\r\n`);
  if (!workspace.isTrusted) void offerTrust(words);
  // Without trust it is no fault of theirs.
  for (const item of items) if (workspace.isTrusted) run.errored(item, new TestMessage(words));
}

async function offerTrust(words: string): Promise<void> {
  const manage = l10n.t('Manage Workspace Trust');
  const answer = await window.showWarningMessage(words, manage);
  if (answer === manage) await commands.executeCommand('workbench.trust.manage');
}
