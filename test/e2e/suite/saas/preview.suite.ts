import assert from 'node:assert/strict';
import { commands, env, Selection, type TextDocument, ViewColumn, window, workspace } from 'vscode';
import { inThemes, inWorkspace, rangeOf, replace, revert, untilSelected } from '../kit.ts';
import { axe, click, hasPage, press, screenshot, textOf, waitForText } from '../page.ts';

const SUBJECTS = [
  ['metric', { kind: 'metric', name: 'nps' }, /^Net promoter score$/],
  ['segment', { kind: 'segment', name: 'company_size' }, /^Company size$/],
  ['target', { kind: 'target', name: 'mrr_2025' }, /^MRR of 1.5 million$/],
  ['source', { kind: 'source', name: 'accounts' }, /^Accounts$/],
  ['scorecard', { kind: 'scorecard' }, /^rotamill$/],
  ['journey', { kind: 'journey', name: 'customer' }, /^From sign-up to renewal$/],
] as const;

/** A heading of a preview that is whole, and not marked as old. */
const HEADING = 'main[aria-busy="false"] h1';

describe('the preview beside the editor', () => {
  let document: TextDocument;

  before(async function () {
    if (!hasPage) this.skip();
    await commands.executeCommand('workbench.action.closeAllEditors');
    await commands.executeCommand('workbench.action.closeSidebar');
    document = await workspace.openTextDocument(inWorkspace('support.metrics.yaml'));
    await putCursor('  first_reply_hours:');
    await commands.executeCommand('plumbline.openPreview');
  });

  after(async () => {
    await commands.executeCommand('workbench.action.closeAllEditors');
  });

  it('shows what the cursor is on, and follows it', async () => {
    await heading(/^Time to first reply$/);
    await putCursor('  open_tickets:');
    await heading(/^Open tickets$/);
    await putCursor('  first_reply_hours:');
    await heading(/^Time to first reply$/);
    await waitForText('main[aria-busy="false"] #trend svg', /2025/, 'webview');
    await screenshot('preview-follows', 'iframe.webview');
  });

  it('shows another value after an edit, and the first one again when it is taken back', async () => {
    await putCursor('  urgent_on_time:');
    await heading(/^Urgent tickets/);
    const before = await textOf('.headline .value', 'webview');
    await replace(document, rangeOf(document, "where: priority = 'urgent'"), "where: priority = 'low'");
    await putCursor("where: priority = 'low'");
    const other = new RegExp(`^(?!${escaped(before)}$)`);
    await waitForText('main[aria-busy="false"] .headline .value', other, 'webview');
    await revert(document);
    await waitForText(
      'main[aria-busy="false"] .headline .value',
      new RegExp(`^${escaped(before)}$`),
      'webview',
    );
  });

  it('leads from a condition to its place in the editor', async () => {
    await putCursor('  urgent_on_time:');
    await heading(/^Urgent tickets/);
    await click({ role: 'link', name: "priority = 'urgent'" }, 'webview');
    await untilSelected("priority = 'urgent'");
  });

  it('is operated by keyboard alone', async () => {
    await show({ kind: 'metric', name: 'first_reply_hours' });
    await heading(/^Time to first reply$/);
    await click('h1', 'webview');
    await tabTo(/^Show as table$/);
    await press('Enter');
    await waitForText('#trend th[scope=row]', /^2025-06/, 'webview');
    await tabTo(/nothing/);
    // To the choice below, as arrows do in a list that is closed.
    await press('ArrowDown');
    await waitForText('main[aria-busy="false"] #breakdown caption', /by Company size/, 'webview');
    assert.match(await textOf(':focus', 'webview'), /nothing/, 'the focus stays when the data are new');
  });

  it('is as it was left when its page is made again', async () => {
    await waitForText('#trend th[scope=row]', /^2025-06/, 'webview');
    await commands.executeCommand('workbench.action.webview.reloadWebviewAction');
    await heading(/^Time to first reply$/);
    await waitForText('#trend th[scope=row]', /^2025-06/, 'webview');
    await waitForText('main[aria-busy="false"] #breakdown caption', /by Company size/, 'webview');
  });

  it('copies its numbers', async () => {
    await show({ kind: 'segment', name: 'company_size' });
    await heading(/^Company size$/);
    await click({ role: 'button', name: 'Copy' }, 'webview');
    await click({ role: 'button', name: 'Copy as CSV' }, 'webview');
    await waitForText('.told', /CSV/, 'webview');
    assert.match(await env.clipboard.readText(), /^Rows by group\r\nGroup,Rows,Share\r\nsmall,379,/);
  });

  it('takes a picture of a chart', async () => {
    await click({ role: 'button', name: 'Copy as image: Rows of accounts by month' }, 'webview');
    await waitForText('.told', /image/, 'webview');
  });

  it('keeps what it shows while it is locked, and another follows', async () => {
    await show({ kind: 'metric', name: 'nps' });
    await heading(/^Net promoter score$/);
    await click({ role: 'button', name: 'Lock' }, 'webview');
    await waitForText('button[aria-pressed=true]', /Lock/, 'webview');
    await putCursor('  open_tickets:');
    await commands.executeCommand('plumbline.openPreview');
    await heading(/^Open tickets$/);
    const titles = window.tabGroups.all.flatMap(({ tabs }) => tabs.map(({ label }) => label));
    assert.deepEqual(
      titles.filter((title) => title.startsWith('Preview')),
      ['Preview: Net promoter score', 'Preview: Open tickets'],
    );
  });

  it('has no serious finding of axe-core, whatever it shows', async () => {
    for (const [kind, subject, title] of SUBJECTS) {
      await show(subject);
      await heading(title);
      assert.deepEqual(await axe('webview'), [], kind);
    }
  });

  it('looks as it should in every theme', async function () {
    this.timeout(240_000);
    await inThemes(async (theme) => {
      for (const [kind, subject, title] of SUBJECTS) {
        await show(subject);
        await heading(title);
        await screenshot(`preview-${kind}-${theme}`, HEADING, 'webview');
        assert.deepEqual(await axe('webview'), [], `${kind} in ${theme}`);
      }
    });
  });

  async function putCursor(text: string): Promise<void> {
    const { end } = rangeOf(document, text);
    const selection = new Selection(end, end);
    await window.showTextDocument(document, { selection, viewColumn: ViewColumn.One });
  }

  async function show(subject: object): Promise<void> {
    await commands.executeCommand('plumbline.openPreview', { uri: document.uri.toString(), subject });
  }

  /** What is selected in the editor that has the focus. */
  function heading(pattern: RegExp): Promise<string> {
    return waitForText(HEADING, pattern, 'webview');
  }

  /** Presses Tab until the focus is on an element with a text. */
  async function tabTo(text: RegExp): Promise<void> {
    for (let presses = 0; presses < 60; presses++) {
      await press('Tab');
      if (text.test((await textOf(':focus', 'webview')).trim())) return;
    }
    assert.fail(`Tab does not lead to ${text}`);
  }
});

function escaped(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
