import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import {
  ConfigurationTarget,
  commands,
  extensions,
  languages,
  Selection,
  TabInputTextDiff,
  type TextDocument,
  window,
  workspace,
} from 'vscode';
import {
  hintBeside,
  hintsOf,
  inThemes,
  inWorkspace,
  rangeOf,
  replace,
  reveal,
  revert,
  until,
} from '../kit.ts';
import {
  axe,
  click,
  hasPage,
  press,
  screenshot,
  waitForDrawn,
  waitForNone,
  waitForNoneDrawn,
  waitForText,
  write,
} from '../page.ts';

/** The view of what changed, and its parts. */
const PANE = '.pane:has(> .pane-header[aria-label*="Changes"])';
const EXPLORER = '.pane > .pane-header[aria-label^="Explorer"]';
const ROW = `${PANE} .monaco-list-row`;
const MESSAGE = `${PANE} .message`;
const SINCE = `${PANE} .pane-header .description`;
const CHOICE = '.quick-input-list .monaco-list-row';
const OLD_VALUE = '.view-line span[class*="ced-"]';
/** A heading of a preview that is whole, and not marked as old. */
const HEADING = 'main[aria-busy="false"] h1';
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

  after(async () => {
    await revert(targets);
    await revert(document);
    await click(EXPLORER);
    await commands.executeCommand('plumbline.changes.stop');
    await commands.executeCommand('workbench.action.closeAllEditors');
  });

  it('says what it is for where nothing is compared', async () => {
    await commands.executeCommand('plumbline.explorer.focus');
    // Folded, it leaves all the room to the changes: rows that are out of sight are not on the page.
    await click(EXPLORER);
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
    assert.equal(await waitForDrawn(OLD_VALUE, /^was /), `was ${headline} (HEAD)`);
  });

  it('says beside the text what a metric was, in the colours of each theme, and in words where it is pointed at', async () => {
    await inThemes(async (theme) => {
      reveal('  active_accounts:\n');
      await waitForDrawn(OLD_VALUE, /^was /);
      await screenshot(`compare-${theme}`, ROW);
    });
    const { start } = rangeOf(document, '  active_accounts:\n');
    const editor = await window.showTextDocument(document);
    editor.selection = new Selection(start.translate(0, 4), start.translate(0, 4));
    await commands.executeCommand('editor.action.showHover');
    await waitForText('.monaco-hover', /Active accounts, \S+: \S+ before, \S+ now, since the last commit/);
    await screenshot('compare-hover', '.monaco-hover');
  });

  it('hides old values where they are not wanted', async () => {
    const settings = workspace.getConfiguration('plumbline.changes');
    await settings.update('decorations', false, ConfigurationTarget.Workspace);
    await waitForNoneDrawn(OLD_VALUE, /^was /);
    await settings.update('decorations', undefined, ConfigurationTarget.Workspace);
    await waitForDrawn(OLD_VALUE, /^was /);
  });

  it('shows a metric in the preview, from the lens above it and from its row', async () => {
    reveal('  active_accounts:\n');
    await click('.codelens-decoration a:has-text("what changes if I commit this")');
    await waitForText(HEADING, /^Active accounts$/, 'webview');
    await waitForText('main', /where: plan <> 'starter'/, 'webview');
    await screenshot('compare-metric', HEADING, 'webview');
    await click(`${ROW}:has-text("Revenue per account")`);
    await waitForText(HEADING, /^Revenue per account$/, 'webview');
    assert.deepEqual(await axe('webview'), []);
    await commands.executeCommand('plumbline.changes.openAll');
    await waitForText(HEADING, /^Changes from the last commit to the working tree$/, 'webview');
    await screenshot('compare-all', HEADING, 'webview');
    await commands.executeCommand('workbench.action.closeEditorsInOtherGroups');
  });

  it('is operated by keyboard alone', async () => {
    await commands.executeCommand('plumbline.changes.focus');
    await press('Home', 'ArrowRight');
    await waitForText(`${ROW}[aria-level="2"]`, /./);
    await press('ArrowDown', 'Enter');
    await waitForText(HEADING, /^Revenue per account$/, 'webview');
    // The mouse lies on a row, whose description would cover others.
    await click(MESSAGE);
    await commands.executeCommand('workbench.action.closeEditorsInOtherGroups');
  });

  it('tells of targets that have another status', async () => {
    await replace(targets, rangeOf(targets, '    at_least: 30\n'), '    at_least: 90\n');
    await waitForText(ROW, /^Targets/);
    await waitForText(ROW, /nps_2024.*: met .*before, missed .*after/);
    await screenshot('compare-targets', ROW);
    await revert(targets);
    await waitForNone(`${ROW}:has-text("nps_2024")`);
    await window.showTextDocument(document);
  });

  it('shows the definitions side by side, in the colours of our files', async () => {
    await click(`${ROW}:has-text("Active accounts")`);
    await waitForText(HEADING, /^Active accounts$/, 'webview');
    await commands.executeCommand('workbench.action.closeEditorsInOtherGroups');
    await click(`${ROW}:has-text("Active accounts") .action-label[aria-label="Compare Definitions"]`);
    await until(window.tabGroups.onDidChangeTabs, () => diff() !== undefined);
    const { original, modified } = diff() ?? assert.fail();
    assert.equal(modified.toString(), document.uri.toString());
    const before = await workspace.openTextDocument(original);
    assert.equal(before.languageId, 'plumbline-metrics');
    assert.ok(!before.getText().includes("where: plan <> 'starter'"));
    assert.ok(before.getText().includes('  active_accounts:\n'));
    // It is looked at only: nothing of the project as it is now is said of it.
    assert.deepEqual([...(await hintsOf(before)).values()], []);
    assert.deepEqual(languages.getDiagnostics(original), []);
    await screenshot('compare-definitions', '.monaco-diff-editor .editor.original .view-line');
    await commands.executeCommand('workbench.action.closeActiveEditor');
  });

  it('has nothing more to say of what is committed', async () => {
    await window.showTextDocument(document);
    await document.save();
    execFileSync(
      'git',
      [
        '-c',
        'user.name=Ada',
        '-c',
        'user.email=ada@example.com',
        'commit',
        '--quiet',
        '-am',
        'Leave out starters',
      ],
      { cwd: inWorkspace().fsPath },
    );
    await waitForText(MESSAGE, /^Nothing changed by meaning/);
    await waitForNone(ROW);
    await waitForNoneDrawn(OLD_VALUE, /^was /);
  });

  it('is ended', async () => {
    await commands.executeCommand('plumbline.changes.stop');
    await waitForText(`${PANE} .welcome-view-content`, /Compare with Branch…/);
    await window.showTextDocument(document);
    await waitForNone(ROW);
    await waitForNoneDrawn(OLD_VALUE, /^was /);
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
