import assert from 'node:assert/strict';
import { commands, type TextDocument, window, workspace } from 'vscode';
import { childProcesses } from '../child-processes.ts';
import { hintsOf, inWorkspace, problemsOf, rangeOf, replace, revert } from '../kit.ts';
import { axe, hasPage, screenshot, waitForText } from '../page.ts';

describe('a workspace that is not trusted', () => {
  let document: TextDocument;

  before(async () => {
    document = await workspace.openTextDocument(inWorkspace('support.metrics.yaml'));
    await window.showTextDocument(document);
  });

  afterEach(() => revert(document));

  it('stays so', () => {
    assert.equal(workspace.isTrusted, false);
  });

  it('shows problems', async () => {
    await replace(document, rangeOf(document, "where: priority = 'urgent'"), "where: priorty = 'urgent'");
    const problems = await problemsOf(document.uri, ({ length }) => length > 0);
    assert.deepEqual(
      problems.map(({ range }) => range),
      [rangeOf(document, 'priorty')],
    );
  });

  it('shows no values, and says why', async () => {
    assert.deepEqual([...(await hintsOf(document)).values()], []);
    await screenshot('restricted', '.monaco-editor .view-line');
  });

  it('previews what needs no data, and says what to do for the rest', async function () {
    if (!hasPage) this.skip();
    await window.showTextDocument(document, { selection: rangeOf(document, '  first_reply_hours:') });
    await commands.executeCommand('plumbline.openPreview');
    await waitForText('main[aria-busy="false"] h1', /^Time to first reply$/, 'webview');
    await waitForText('.notice', /not evaluated/, 'webview');
    await waitForText('main button', /^Manage Workspace Trust$/, 'webview');
    assert.deepEqual(await axe('webview'), []);
    await screenshot('preview-restricted', 'h1', 'webview');
  });

  it('compares no versions, and says what to do', async function () {
    if (!hasPage) this.skip();
    await commands.executeCommand('plumbline.changes.focus');
    await waitForText('.welcome-view-content', /not trusted.*Manage Workspace Trust/s);
    await screenshot('compare-restricted', '.welcome-view-content');
  });

  it('has no engine', function () {
    if (process.platform === 'win32') this.skip();
    assert.deepEqual(childProcesses('dist/engine.js'), []);
  });
});
