import assert from 'node:assert/strict';
import { commands, env, Selection, type TextDocument, window, workspace } from 'vscode';
import { inThemes, inWorkspace, rangeOf, replace, revert, untilSelected } from '../kit.ts';
import { click, hasPage, screenshot, waitForText } from '../page.ts';

/** A row of the explorer. */
const ROW = '.pane-body .monaco-list-row';

/** The rows say what they are to the page alone: where there is none, nothing is seen of them. */
const onPage = hasPage ? describe : describe.skip;

onPage('the explorer', () => {
  let document: TextDocument;

  before(async () => {
    document = await workspace.openTextDocument(inWorkspace('support.metrics.yaml'));
    await window.showTextDocument(document);
    await commands.executeCommand('plumbline.explorer.focus');
  });

  after(async () => {
    await commands.executeCommand('plumbline.explorer.groupBy', 'stage');
    await commands.executeCommand('workbench.view.explorer');
  });

  afterEach(() => revert(document));

  it('says beneath that versions are compared in a repository only', async () => {
    await waitForText('.welcome-view-content', /read from git, and there are none.*Try Again/s);
    await screenshot('compare-no-repository', '.welcome-view-content');
    // Folded, it leaves all the room to the explorer: rows that are out of sight are not on the page.
    await click('.pane > .pane-header[aria-label^="Metric Changes"]');
  });

  it('shows metrics by stage with their values, and how their targets stand', async () => {
    await waitForText(ROW, /^Metrics\d+ by journey stage$/);
    await waitForText(ROW, /\d.* · 2025-06 · (?:met|missed|on track|off track|at risk)/);
    await inThemes((theme) => screenshot(`explorer-${theme}`, ROW));
  });

  it('groups by owner and by file', async () => {
    await commands.executeCommand('plumbline.explorer.groupBy', 'owner');
    await waitForText(ROW, /^Metrics\d+ by owner$/);
    await waitForText(ROW, /^product\d+$/);
    await commands.executeCommand('plumbline.explorer.groupBy', 'file');
    await waitForText(ROW, /^product\.metrics\.yaml\d+$/);
    await screenshot('explorer-by-file', ROW);
  });

  it('filters, says so, and clears the filter', async () => {
    await commands.executeCommand('plumbline.explorer.filter', 'promoter');
    await waitForText('.pane-body .message', /Filtered by "promoter"/);
    await waitForText(ROW, /promoter/i);
    await screenshot('explorer-filtered', ROW);
    await commands.executeCommand('plumbline.explorer.filter', 'no such words');
    await waitForText('.pane-body .message', /Nothing has the words/);
    await commands.executeCommand('plumbline.explorer.clearFilter');
    await waitForText(ROW, /^Metrics\d+ by file$/);
  });

  it('opens the definition, and copies its name', async () => {
    await commands.executeCommand('plumbline.explorer.filter', 'nps_2024');
    await click(`${ROW}:has-text("Targets")`);
    await click(`${ROW} >> nth=-1`);
    await untilSelected('nps_2024');
    await commands.executeCommand('plumbline.explorer.copyName');
    assert.equal(await env.clipboard.readText(), 'nps_2024');
    await commands.executeCommand('plumbline.explorer.clearFilter');
  });

  it('selects the definition at the cursor', async () => {
    const editor = await window.showTextDocument(document);
    const { start } = rangeOf(document, '  first_reply_hours:\n');
    editor.selection = new Selection(start.translate(1, 6), start.translate(1, 6));
    await commands.executeCommand('plumbline.revealInExplorer');
    await waitForText(`${ROW}.selected`, /first reply/i);
  });

  it('follows an edit', async () => {
    await window.showTextDocument(document);
    await waitForText(ROW, /^Share of tickets reopened|reopened/i);
    const before = await waitForText(ROW, /reopened.*\d\.\d %/i);
    await replace(document, rangeOf(document, 'matching: reopened\n'), 'matching: not reopened\n');
    const [share = 0] = /([\d.]+) %/.exec(before)?.slice(1).map(Number) ?? [];
    // Every ticket is reopened or not.
    await waitForText(ROW, new RegExp(`reopened.*${(100 - share).toFixed(1).replace('.', '\\.')} %`, 'i'));
    await replace(document, rangeOf(document, 'matching: not reopened\n'), 'matching: not reopend\n');
    await waitForText(`${ROW}[aria-label*="has errors"]`, /reopened/i);
    await screenshot('explorer-broken', ROW);
  });
});
