import { commands, type TextDocument, window, workspace } from 'vscode';
import { childProcesses } from '../child-processes.ts';
import { hintBeside, inWorkspace, reveal } from '../kit.ts';
import { click, hasPage, screenshot, waitForText } from '../page.ts';

const ITEM = '.statusbar-item[id$="plumbline.status"]';
const CURRENT = /^[^…]/;

describe('a server that dies again and again', () => {
  let document: TextDocument;

  before(async function () {
    if (!hasPage) this.skip();
    document = await workspace.openTextDocument(inWorkspace('support.metrics.yaml'));
    await window.showTextDocument(document);
    await hintBeside(document, '  reopened_share:', CURRENT);
  });

  it('is left alone in the end, which is said with what can be done', async () => {
    const stopped = waitForText(ITEM, /stopped$/);
    let isStopped = false;
    void stopped.then(() => {
      isStopped = true;
    });
    while (!isStopped) {
      for (const pid of childProcesses('dist/server.js')) process.kill(pid, 'SIGKILL');
      await new Promise((done) => setImmediate(done));
    }
    await commands.executeCommand('notifications.showList');
    await waitForText('.notification-list-item', /has stopped/);
    await screenshot('server-stopped', ITEM);
    await commands.executeCommand('plumbline.changes.focus');
    await waitForText('.welcome-view-content', /server has stopped.*Restart Server/s);
  });

  it('runs again when that is asked for', async () => {
    await click({ role: 'button', name: 'Restart' });
    await window.showTextDocument(document);
    await hintBeside(document, '  reopened_share:', CURRENT);
    reveal('  reopened_share:');
    await screenshot('server-restarted', '.view-line:has-text("reopened_share")');
  });
});
