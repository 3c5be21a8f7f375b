import assert from 'node:assert/strict';
import { commands, Range, Selection, type TextDocument, window, workspace } from 'vscode';
import { inThemes, inWorkspace, replace } from '../kit.ts';
import { hasPage, screenshot, textOf, waitForText } from '../page.ts';

/** A row of the Testing view. */
const ROW = '.test-explorer .monaco-list-row';

/** What came of a test is shown on the page alone. */
const onPage = hasPage ? describe : describe.skip;

onPage('the Testing view', () => {
  let document: TextDocument;
  let written = '';

  before(async () => {
    document = await workspace.openTextDocument(inWorkspace('satisfaction.metrics.yaml'));
    written = document.getText();
    await window.showTextDocument(document);
    await commands.executeCommand('workbench.view.testing.focus');
  });

  after(async () => {
    await commands.executeCommand('testing.clearTestResults');
    await commands.executeCommand('workbench.view.explorer');
  });

  // The editor saves what is tested before it tests.
  afterEach(async () => {
    await replace(document, new Range(0, 0, document.lineCount, 0), written);
    await document.save();
  });

  it('lists the examples of every file, and all of them pass', async () => {
    await waitForText(ROW, /satisfaction\.metrics\.yaml/);
    await commands.executeCommand('testing.runAll');
    await waitForText('.test-explorer .result-summary, .result-summary', /(\d+)\/\1/);
    await inThemes((theme) => screenshot(`testing-${theme}`, ROW));
  });

  it('shows what was expected and what was computed where one fails, on the text as it is', async () => {
    const editor = await window.showTextDocument(document);
    const at = document.getText().indexOf('expect: ');
    const line = document.lineAt(document.positionAt(at).line);
    await replace(document, line.range, line.text.replace(/expect: .*$/, 'expect: -12345'));
    editor.selection = new Selection(line.range.start, line.range.start);
    await commands.executeCommand('testing.runAtCursor');
    await waitForText('.test-explorer .monaco-list-row[aria-label*="Failed"]', /./);
    // At the end of the line the editor shows what was computed, and what was expected; out of view it keeps it hidden.
    assert.match(await textOf('.test-error-content-widget'), /33\.3\d* != -12345/);
    await inThemes((theme) => screenshot(`testing-failed-${theme}`, '.test-error-content-widget'));
  });

  it('runs the examples of a metric from its lens', async () => {
    await commands.executeCommand('testing.clearTestResults');
    const uri = document.uri.toString();
    await commands.executeCommand('plumbline.runExamples', 'nps', uri);
    // Only those of the metric have run, and all of them pass.
    await waitForText('.test-explorer .result-summary, .result-summary', /^\D*3\/3/);
    await screenshot('testing-lens', ROW);
  });
});
