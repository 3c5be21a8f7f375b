import assert from 'node:assert/strict';
import { commands, extensions, TabInputTextDiff, type TextDocument, window, workspace } from 'vscode';
import { hintBeside, inWorkspace, rangeOf, replace, revert, until } from '../kit.ts';
import { click, hasPage, press, screenshot, waitForDrawn, waitForNone, waitForText, write } from '../page.ts';

/** The view of what changed, and its parts. */
const PANE = '.pane:has(> .pane-header[aria-label^="Metric Changes"])';
const ROW = `${PANE} .monaco-list-row`;
const MESSAGE = `${PANE} .message`;
const SINCE = `${PANE} .pane-header .description`;
const CHOICE = '.quick-input-list .monaco-list-row';
/** A value that is not marked as old. */
const CURRENT = /^[^…]/;

/** What can be seen of a view, a page alone tells. */
const onPage = hasPage ? describe : describe.skip;

onPage('a project compared with another version', () => {
  let document: TextDocument;
  let targets: TextDocument;

  before(async () => {
    targets = await workspace.openTextDocument(inWorkspace('targets.metrics.yaml'));
    document = await workspace.openTextDocument(inWorkspace('revenue.metrics.yaml'));
    await window.showTextDocument(document);
    await hintBeside(document, '  active_accounts:\n', CURRENT);
  });

  afterEach(() => revert(targets));

  after(async () => {
    await revert(document);
    await commands.executeCommand('plumbline.changes.stop');
    await commands.executeCommand('workbench.action.closeAllEditors');
  });

  it('says what it is for where nothing is compared', async () => {
    await commands.executeCommand('plumbline.changes.focus');
    await waitForText(`${PANE} .welcome-view-content`, /Compare with Branch….*Compare with Last Commit/s);
    await screenshot('compare-welcome', PANE);
  });

  it('is compared with where its branch began, from the source control view', async () => {
    assert.ok(extensions.getExtension('vscode.git')?.isActive, 'the editor’s own extension for git is on');
    await commands.executeCommand('workbench.view.scm');
    await click({ role: 'button', name: 'Compare with Where the Branch Began' });
    await waitForText(SINCE, /^since leaving main$/);
    // The branch changed a segment: numbers of metrics move whose text is as it was.
    await waitForText(ROW, /^tickets opened.* values moved, text unchanged/i);
    await waitForText(MESSAGE, /without a change of/);
    // What others did on main meanwhile is not what this branch did.
    await waitForNone(`${ROW}:has-text("the slow ones")`);
    await screenshot('compare-merge-base', ROW);
  });

  it('offers branches and tags, and is compared with the one that is chosen', async () => {
    const asked = commands.executeCommand('plumbline.compareWith');
    for (const choice of [
      /^Last commit/,
      /^Where this branch left main/,
      /^topics/,
      /^v1/,
      /^Another commit/,
    ])
      await waitForText(CHOICE, choice);
    await screenshot('compare-choices', CHOICE);
    await write('main');
    await click(`${CHOICE}[aria-label^="main"]`);
    await asked;
    await waitForText(SINCE, /^since main$/);
    await waitForText(ROW, /the slow ones.*→/);
  });

  it('says so where there is no such version, and what it knows of', async () => {
    const asked = commands.executeCommand('plumbline.compareWith');
    await click(`${CHOICE}[aria-label^="Another commit"]`);
    await waitForText('.quick-input-title', /Which Commit/);
    await write('no-such-branch');
    await press('Enter');
    await asked;
    await waitForText(MESSAGE, /no-such-branch/);
    await waitForNone(ROW);
    await screenshot('compare-unknown', MESSAGE);
  });

  it('tells what is not committed as it is typed, in the view and beside the text', async () => {
    await window.showTextDocument(document);
    const headline = (await hintBeside(document, '  active_accounts:\n', CURRENT)).split(' ')[0] ?? '';
    await commands.executeCommand('plumbline.compareWithHead', document.uri);
    await waitForText(SINCE, /^since the last commit$/);
    await waitForText(MESSAGE, /^Nothing changed by meaning/);
    await type('    when: active\n    better: higher\n    segments: [company_size, region]', [
      '    when: active',
      "    where: plan <> 'starter'",
      '    better: higher',
      '    segments: [company_size, region]',
    ]);
    const row = await waitForText(ROW, /^Active accounts/);
    assert.match(row, new RegExp(`^Active accounts${headline} → `));
    // Its numerator or denominator changed, and its own text did not.
    await waitForText(ROW, /^Revenue per account.*→.*moved, text unchanged/);
    assert.equal(await waitForDrawn('.view-line span[class*="ced-"]', /^was /), `was ${headline} (HEAD)`);
  });

  it('tells of targets that have another status', async () => {
    await replace(targets, rangeOf(targets, '    at_least: 30\n'), '    at_least: 90\n');
    await waitForText(ROW, /^Targets/);
    await waitForText(ROW, /nps_2024.*met.*before, missed after/);
    await screenshot('compare-targets', ROW);
    await revert(targets);
    await waitForNone(`${ROW}:has-text("nps_2024")`);
    await window.showTextDocument(document);
  });

  it('shows the definitions side by side, in the colours of our files', async () => {
    await click(`${ROW}:has-text("Active accounts")`);
    await click(`${ROW}:has-text("Active accounts") .action-label[aria-label="Compare Definitions"]`);
    await until(window.tabGroups.onDidChangeTabs, () => diff() !== undefined);
    const { original, modified } = diff() ?? assert.fail();
    assert.equal(modified.toString(), document.uri.toString());
    const before = await workspace.openTextDocument(original);
    assert.equal(before.languageId, 'plumbline-metrics');
    assert.ok(!before.getText().includes("where: plan <> 'starter'"));
    assert.ok(before.getText().includes('  active_accounts:\n'));
    await screenshot('compare-definitions', '.diff-editor .view-line');
    await commands.executeCommand('workbench.action.closeActiveEditor');
  });

  it('is ended', async () => {
    await commands.executeCommand('plumbline.changes.stop');
    await waitForText(`${PANE} .welcome-view-content`, /Compare with Branch…/);
    await window.showTextDocument(document);
    await waitForNone(ROW);
    assert.equal(await waitForDrawn('.view-line', /^(?!was )/), 'none');
  });

  /** Puts lines in the place of a text that occurs once. */
  function type(text: string, lines: readonly string[]): Promise<void> {
    return replace(document, rangeOf(document, text), lines.join('\n'));
  }

  function diff(): TabInputTextDiff | undefined {
    const input = window.tabGroups.activeTabGroup.activeTab?.input;
    return input instanceof TabInputTextDiff ? input : undefined;
  }
});
