import assert from 'node:assert/strict';
import { commands, DiagnosticSeverity, extensions, window, workspace } from 'vscode';
import { inWorkspace, problemsOf, rangeOf, replace } from '../kit.ts';

/** This workspace has no `plumbline.yaml`, so that only an opened file can start the extension. */
describe('a folder without a project file', () => {
  const extension = extensions.getExtension('plumbline.plumbline');

  it('holds the extension as it is installed', () => {
    assert.ok(extension);
    assert.match(extension.packageJSON.main, /dist\/client\.js$/);
  });

  it('does not start the extension for YAML that is not ours', async () => {
    const document = await workspace.openTextDocument(inWorkspace('notes.yaml'));
    await window.showTextDocument(document);
    // Answered by the extension host after the events of opening.
    await commands.executeCommand('vscode.executeDocumentSymbolProvider', document.uri);
    assert.equal(document.languageId, 'yaml');
    assert.equal(extension?.isActive, false);
  });

  it('shows a mistake in a metrics file at its characters, and takes it back when it is mended', async () => {
    const document = await workspace.openTextDocument(inWorkspace('orders.metrics.yaml'));
    assert.equal(document.languageId, 'plumbline-metrics');
    await window.showTextDocument(document);
    const problems = await problemsOf(document.uri, ({ length }) => length > 0);
    const mistake = rangeOf(document, 'ammount');
    assert.deepEqual(
      problems.map(({ range, severity, source, code }) => ({
        range,
        severity,
        source,
        code: typeof code === 'object' ? code.value : code,
      })),
      [{ range: mistake, severity: DiagnosticSeverity.Error, source: 'plumbline', code: 'unknown-column' }],
    );
    assert.equal(extension?.isActive, true);
    await replace(document, mistake, 'amount');
    assert.deepEqual(await problemsOf(document.uri, ({ length }) => length === 0), []);
  });

  it('knows both endings of a metrics file, and indents as YAML does', async () => {
    const document = await workspace.openTextDocument(inWorkspace('more.metrics.yml'));
    assert.equal(document.languageId, 'plumbline-metrics');
    const editor = await window.showTextDocument(document);
    const { insertSpaces, tabSize } = editor.options;
    assert.deepEqual({ insertSpaces, tabSize }, { insertSpaces: true, tabSize: 2 });
  });
});
