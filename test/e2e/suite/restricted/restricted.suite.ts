import assert from 'node:assert/strict';
import { type TextDocument, window, workspace } from 'vscode';
import { childProcesses } from '../child-processes.ts';
import { hintsOf, inWorkspace, problemsOf, rangeOf, replace, revert } from '../kit.ts';
import { screenshot } from '../page.ts';

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

  it('has no engine', function () {
    if (process.platform === 'win32') this.skip();
    assert.deepEqual(childProcesses('dist/engine.js'), []);
  });
});
