import assert from 'node:assert/strict';
import { commands, extensions, window, workspace } from 'vscode';
import { hintBeside, inThemes, inWorkspace, problemsOf, until } from '../kit.ts';
import { hasPage, screenshot, waitForText } from '../page.ts';

describe('a folder without metrics', () => {
  before(() => commands.executeCommand('plumbline.explorer.focus'));

  it('is welcomed with what can be done', async function () {
    if (!hasPage) this.skip();
    await waitForText('.welcome-view-content', /There are no metrics in this folder yet/);
    await inThemes((theme) => screenshot(`welcome-${theme}`, '.welcome-view-content'));
  });

  it('gets a project from a data file, which has values and no problems', async () => {
    const data = inWorkspace('data', 'visits.csv');
    await commands.executeCommand('plumbline.newProjectFromData', data, [data]);
    await until(
      window.onDidChangeActiveTextEditor,
      () => window.activeTextEditor?.document.fileName.endsWith('start.metrics.yaml') === true,
    );
    const { document } = window.activeTextEditor ?? assert.fail('an editor is shown');
    // February has three of the five visits.
    assert.match(await hintBeside(document, '  visits:\n    type', /^[^…]/), /^3\b/);
    assert.deepEqual(await problemsOf(document.uri, () => true), []);
    assert.equal(extensions.getExtension('plumbline.plumbline')?.isActive, true);
    if (hasPage) await waitForText('.pane-body .monaco-list-row', /^Visits3 · 2025-02/);
    await screenshot('new-project', '.monaco-editor .view-line');
  });

  it('gets a second file where the first is there, which stays as it is', async () => {
    const first = inWorkspace('start.metrics.yaml');
    const before = new TextDecoder().decode(await workspace.fs.readFile(first));
    const [folder] = workspace.workspaceFolders ?? [];
    await commands.executeCommand('plumbline.newProject', folder?.uri, 'blank');
    await until(
      window.onDidChangeActiveTextEditor,
      () => window.activeTextEditor?.document.fileName.endsWith('start_2.metrics.yaml') === true,
    );
    const { document } = window.activeTextEditor ?? assert.fail('an editor is shown');
    assert.match(await hintBeside(document, '  nps:\n', /^[^…]/), /^75\.0/);
    assert.equal(new TextDecoder().decode(await workspace.fs.readFile(first)), before);
  });

  it('offers templates, each of which has values and no problems', async () => {
    const folder = inWorkspace('courses');
    const made = commands.executeCommand('plumbline.newProject', folder, hasPage ? undefined : 'education');
    if (hasPage) {
      await waitForText('.quick-input-list .monaco-list-row', /Courses/);
      await screenshot('new-project-templates', '.quick-input-list .monaco-list-row');
      await commands.executeCommand('workbench.action.quickOpenSelectNext');
      await commands.executeCommand('workbench.action.quickOpenSelectNext');
      await commands.executeCommand('workbench.action.quickOpenSelectNext');
      await commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
    }
    await made;
    await until(
      window.onDidChangeActiveTextEditor,
      () => window.activeTextEditor?.document.fileName.endsWith('students.metrics.yaml') === true,
    );
    const { document } = window.activeTextEditor ?? assert.fail('an editor is shown');
    assert.match(await hintBeside(document, '  enrolled_students:\n', /^[^…]/), /^\d/);
    assert.deepEqual(await problemsOf(document.uri, () => true), []);
  });
});
