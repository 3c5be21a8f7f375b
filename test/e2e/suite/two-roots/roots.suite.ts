import assert from 'node:assert/strict';
import { commands, DiagnosticSeverity, languages, type TextDocument, Uri, window, workspace } from 'vscode';
import { hintBeside, problemsOf, rangeOf, replace, revert } from '../kit.ts';
import { hasPage, screenshot, waitForText } from '../page.ts';

describe('two projects, one of which is broken', () => {
  it('each have their own problems', async () => {
    const [sound, broken] = [await open('orders'), await open('broken')];
    const problems = await problemsOf(broken.uri, ({ length }) => length > 0);
    assert.deepEqual(
      problems.map(({ range, severity }) => ({ range, severity })),
      [{ range: rangeOf(broken, 'ammount'), severity: DiagnosticSeverity.Error }],
    );
    assert.deepEqual(languages.getDiagnostics(sound.uri), []);
  });

  it('have values where there is nothing wrong', async () => {
    const sound = await open('orders');
    await window.showTextDocument(sound);
    // March: 20 and 30.
    assert.match(await hintBeside(sound, '  revenue:', /^50\.00/), /^50\.00/);
    await screenshot('two-roots', '.view-line:has-text("50.00")');
  });

  it('cannot be compared where they are in no repository, which is said of the one that is edited', async function () {
    if (!hasPage) this.skip();
    await window.showTextDocument(await open('broken'));
    await commands.executeCommand('plumbline.compareWith');
    await commands.executeCommand('notifications.showList');
    await waitForText(
      '.notification-list-item',
      /broken cannot be compared with another version: .*repository/,
    );
    await commands.executeCommand('notifications.clearAll');
  });

  it('are mended apart from each other', async () => {
    const broken = await open('broken');
    await window.showTextDocument(broken);
    await replace(broken, rangeOf(broken, 'ammount'), 'amount');
    await problemsOf(broken.uri, ({ length }) => length === 0);
    await hintBeside(broken, '  revenue:', /^50\.00/);
    await revert(broken);
  });
});

/** The metrics file of a root. */
async function open(root: string): Promise<TextDocument> {
  const folder = workspace.workspaceFolders?.find(({ name }) => name === root);
  assert.ok(folder, root);
  return workspace.openTextDocument(Uri.joinPath(folder.uri, 'orders.metrics.yaml'));
}
