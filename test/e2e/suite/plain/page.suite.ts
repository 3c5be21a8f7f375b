import assert from 'node:assert/strict';
import { ViewColumn, type WebviewPanel, window } from 'vscode';
import { axe, click, hasPage, press, textOf, waitForText } from '../page.ts';

/** A document as strict as ours, with one thing that a screen reader cannot name. */
const DOCUMENT = `<!DOCTYPE html>
<html lang="en">
<head>
  <meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'nonce-once'">
  <title>Page</title>
</head>
<body>
  <main>
    <h1>Page</h1>
    <button id="first">First</button>
    <button id="second">Second</button>
    <p id="said">nothing</p>
    <button id="nameless"></button>
  </main>
  <script nonce="once">
    for (const button of document.querySelectorAll('button'))
      button.addEventListener('click', () => { document.querySelector('#said').textContent = button.id + ' was clicked'; });
  </script>
</body>
</html>`;

/** What suites rest on: a suite that could not see a webview would find nothing wrong with it. */
describe('the reach into a webview', () => {
  let panel: WebviewPanel;

  before(function () {
    if (!hasPage) this.skip();
    panel = window.createWebviewPanel('page', 'Page', ViewColumn.One, { enableScripts: true });
    panel.webview.html = DOCUMENT;
  });

  after(() => panel?.dispose());

  it('reads, clicks and presses keys there', async () => {
    assert.equal(await textOf('#said', 'webview'), 'nothing');
    await click({ role: 'button', name: 'First' }, 'webview');
    assert.equal(await waitForText('#said', /^first/, 'webview'), 'first was clicked');
    await press('Tab', 'Enter');
    assert.equal(await textOf(':focus', 'webview'), 'Second');
    await waitForText('#said', /^second/, 'webview');
  });

  it('finds what a screen reader cannot name, under a strict content security policy', async () => {
    const violations = await axe('webview');
    assert.deepEqual(
      violations.map(({ rule, impact }) => ({ rule, impact })),
      [{ rule: 'button-name', impact: 'critical' }],
    );
    assert.match(violations[0]?.elements[0] ?? '', /nameless/);
  });
});
