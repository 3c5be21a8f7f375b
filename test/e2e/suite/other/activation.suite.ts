import assert from 'node:assert/strict';
import { commands, extensions, window, workspace } from 'vscode';
import { childProcesses } from '../child-processes.ts';
import { inWorkspace } from '../kit.ts';
import { screenshot } from '../page.ts';

describe('a folder without any of our files', () => {
  const extension = extensions.getExtension('plumbline.plumbline');

  it('does not start the extension', async () => {
    assert.ok(extension);
    // Suites run when the editor has looked for the files that start an extension.
    assert.equal(extension.isActive, false);
    const document = await workspace.openTextDocument(inWorkspace('notes.yaml'));
    await window.showTextDocument(document);
    // Answered by the extension host after the events of opening.
    await commands.executeCommand('vscode.executeDocumentSymbolProvider', document.uri);
    assert.equal(extension.isActive, false);
    await screenshot('other', '.view-line');
  });

  it('has no language server', function () {
    if (process.platform === 'win32') this.skip();
    assert.deepEqual(childProcesses('dist/server.js'), []);
  });
});
