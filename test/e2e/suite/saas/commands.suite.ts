import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  ConfigurationTarget,
  commands,
  extensions,
  languages,
  type Task,
  type TaskProcessEndEvent,
  type TextDocument,
  tasks,
  Uri,
  window,
  workspace,
} from 'vscode';
import { childProcesses } from '../child-processes.ts';
import { hintBeside, inThemes, inWorkspace, problemsOf, rangeOf, replace, revert } from '../kit.ts';
import { screenshot } from '../page.ts';

const CURRENT = /^[^…]/;

describe('the commands of the extension', () => {
  let document: TextDocument;

  before(async () => {
    document = await workspace.openTextDocument(inWorkspace('support.metrics.yaml'));
    await window.showTextDocument(document);
    await hintBeside(document, '  reopened_share:', CURRENT);
  });

  afterEach(() => revert(document));

  it('are all there', async () => {
    const known = new Set(await commands.getCommands(true));
    const manifest: { readonly contributes: { readonly commands: readonly { readonly command: string }[] } } =
      extensions.getExtension('plumbline.plumbline')?.packageJSON;
    assert.deepEqual(
      manifest.contributes.commands.filter(({ command }) => !known.has(command)),
      [],
    );
  });

  it('restart the server', async function () {
    if (process.platform === 'win32') this.skip();
    const before = childProcesses('dist/server.js');
    assert.notEqual(before.length, 0);
    await commands.executeCommand('plumbline.restartServer');
    const after = childProcesses('dist/server.js');
    assert.notEqual(after.length, 0);
    assert.deepEqual(
      after.filter((pid) => before.includes(pid)),
      [],
    );
    await window.showTextDocument(document);
    await hintBeside(document, '  reopened_share:', CURRENT);
  });

  it('collect diagnostics without anything of data, definitions and places', async () => {
    await replace(
      document,
      rangeOf(document, "where: priority = 'urgent'"),
      "where: priorty = 'planted secret'",
    );
    await problemsOf(document.uri, ({ length }) => length > 0);
    const settings = workspace.getConfiguration('plumbline.inlayHints');
    await settings.update('targets', false, ConfigurationTarget.Workspace);
    await commands.executeCommand('plumbline.collectDiagnostics');
    await settings.update('targets', undefined, ConfigurationTarget.Workspace);
    const report = window.activeTextEditor?.document;
    assert.ok(report?.isUntitled && report.languageId === 'markdown');
    const text = report.getText();
    await screenshot('diagnostics-report', '.view-line:has-text("Plumbline: diagnostics")');
    await commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
    for (const wanted of [
      '### saas',
      '| metrics | ',
      '| unknown-column | 1 |',
      '`plumbline.inlayHints.targets` | false',
      '| VS Code |',
    ])
      assert.ok(text.includes(wanted), `${wanted} in:\n${text}`);
    const folder = inWorkspace().fsPath;
    const names = ['support', 'satisfaction', 'sources', 'revenue']
      .map((name) => readFileSync(join(folder, `${name}.metrics.yaml`), 'utf8'))
      .flatMap((file) => [...file.matchAll(/^ {2}(\w+_\w+):/gm)].map(([, name = '']) => name));
    assert.ok(names.length > 20);
    for (const secret of [
      'planted secret',
      'priorty',
      'priority',
      'account_id',
      'rotamill',
      folder,
      ...names,
    ])
      assert.ok(!text.includes(secret), `${secret} in:\n${text}`);
  });

  it('run the command line as tasks', async () => {
    const offered = await tasks.fetchTasks({ type: 'plumbline' });
    assert.deepEqual(offered.map(({ definition }) => definition.command).sort(), ['check', 'eval', 'test']);
    const check = offered.find(({ definition }) => definition.command === 'check');
    assert.ok(check);
    assert.equal(await exitCodeOf(check), 0);
    await screenshot('task-check', '.xterm');
    await commands.executeCommand('workbench.action.closePanel');
  });

  it('copy the sample, and never over another', async () => {
    const parent = Uri.file(mkdtempSync(join(tmpdir(), 'plumbline-sample-')));
    for (const name of ['plumbline-sample', 'plumbline-sample-2']) {
      await commands.executeCommand('plumbline.openSample', parent);
      const sample = await workspace.fs.readDirectory(Uri.joinPath(parent, name));
      assert.deepEqual(sample.map(([file]) => file).sort(), [
        'customers.metrics.yaml',
        'data',
        'plumbline.yaml',
      ]);
    }
    rmSync(parent.fsPath, { recursive: true });
  });

  it('show the walkthrough', async () => {
    await commands.executeCommand('plumbline.openWalkthrough');
    await inThemes((theme) => screenshot(`walkthrough-${theme}`, '.getting-started-step'));
    await commands.executeCommand('workbench.action.closeAllEditors');
  });

  it('have languages of their own for files of ours', async () => {
    const project = await workspace.openTextDocument(inWorkspace('plumbline.yaml'));
    assert.equal(project.languageId, 'plumbline-project');
    assert.ok((await languages.getLanguages()).includes('plumbline-metrics'));
  });
});

/** Runs a task to its end. */
async function exitCodeOf(task: Task): Promise<number | undefined> {
  const ended = new Promise<TaskProcessEndEvent>((done) => {
    const listening = tasks.onDidEndTaskProcess((event) => {
      if (event.execution.task.name !== task.name) return;
      listening.dispose();
      done(event);
    });
  });
  await tasks.executeTask(task);
  return (await ended).exitCode;
}
