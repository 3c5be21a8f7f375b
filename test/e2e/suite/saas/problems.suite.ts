import assert from 'node:assert/strict';
import {
  commands,
  type Diagnostic,
  DiagnosticSeverity,
  languages,
  type TextDocument,
  window,
  workspace,
} from 'vscode';
import { inWorkspace, problemsOf, rangeOf, replace, revert } from '../kit.ts';
import { screenshot } from '../page.ts';

const RIGHT = 'value: hours_to_first_reply\n    p: 0.9';
const WRONG = 'value: hours_to_frist_reply\n    p: 0.9';

describe('the sample project', () => {
  let document: TextDocument;

  before(async () => {
    document = await workspace.openTextDocument(inWorkspace('support.metrics.yaml'));
    await window.showTextDocument(document);
  });

  it('shows a planted mistake once, and no other problem', async () => {
    await replace(document, rangeOf(document, RIGHT), WRONG);
    await problemsOf(document.uri, ({ length }) => length > 0);
    const mistake = rangeOf(document, 'hours_to_frist_reply');
    assert.deepEqual(everyProblem(), [`support.metrics.yaml ${mistake.start.line} unknown-column`]);
    const [problem] = languages.getDiagnostics(document.uri);
    assert.deepEqual(problem?.range, mistake);
    await commands.executeCommand('workbench.actions.view.problems');
    await window.showTextDocument(document, { selection: mistake });
    await screenshot('problems', '.monaco-editor .squiggly-error');
  });

  it('is without problems when the mistake is undone', async () => {
    await window.showTextDocument(document);
    await commands.executeCommand('undo');
    await problemsOf(document.uri, ({ length }) => length === 0);
    assert.deepEqual(everyProblem(), []);
    assert.equal(document.getText().includes(RIGHT), true);
  });

  it('shows mistakes in its project file', async () => {
    const project = await workspace.openTextDocument(inWorkspace('plumbline.yaml'));
    await replace(project, rangeOf(project, 'currency: EUR'), 'curency: EUR');
    const [problem] = await problemsOf(project.uri, ({ length }) => length > 0);
    assert.deepEqual(problem?.range, rangeOf(project, 'curency'));
    await replace(project, rangeOf(project, 'curency: EUR'), 'currency: EUR');
    await problemsOf(project.uri, ({ length }) => length === 0);
    await revert(project);
  });
});

/** The errors of all files, each as its file's name, line and rule. The sample's data give warnings, on purpose. */
function everyProblem(): string[] {
  return languages
    .getDiagnostics()
    .flatMap(([uri, problems]) =>
      problems
        .filter(({ severity }) => severity === DiagnosticSeverity.Error)
        .map((problem) => describeProblem(uri.path, problem)),
    );
}

function describeProblem(path: string, { range, code }: Diagnostic): string {
  // With a page about the rule, the code is a link.
  const rule = typeof code === 'object' ? code.value : code;
  return `${path.slice(path.lastIndexOf('/') + 1)} ${range.start.line} ${rule}`;
}
