import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { extensions, Uri, window, workspace } from 'vscode';
import { hintBeside, inWorkspace } from '../kit.ts';
import { screenshot } from '../page.ts';

describe('the extension from its package', () => {
  const extension = extensions.getExtension('plumbline.plumbline');

  it('is installed, without sources', () => {
    assert.ok(extension);
    const { name, publisher, version } = extension.packageJSON;
    assert.ok(extension.extensionUri.path.includes(`/extensions/${publisher}.${name}-${version}`));
    for (const absent of ['client/src', 'server', 'test', 'dist/client.js.map'])
      assert.equal(existsSync(Uri.joinPath(extension.extensionUri, absent).fsPath), false, absent);
  });

  it('shows a value that its engine has computed', async () => {
    const document = await workspace.openTextDocument(inWorkspace('orders.metrics.yaml'));
    await window.showTextDocument(document);
    // March: 20 and 30.
    await hintBeside(document, '  revenue:', /^50\.00/);
    await screenshot('installed', '.view-line:has-text("50.00")');
  });
});
