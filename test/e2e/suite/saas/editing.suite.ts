import assert from 'node:assert/strict';
import {
  type CodeAction,
  type CodeLens,
  commands,
  type Location,
  Selection,
  type TextDocument,
  type WorkspaceEdit,
  window,
  workspace,
} from 'vscode';
import { inWorkspace, problemsOf, rangeOf, replace, reveal, revert } from '../kit.ts';
import { screenshot } from '../page.ts';

describe('editing the sample project', () => {
  let document: TextDocument;

  before(async () => {
    document = await workspace.openTextDocument(inWorkspace('support.metrics.yaml'));
    await window.showTextDocument(document);
  });

  afterEach(() => revert(document));

  it('completes a column in an expression', async () => {
    await replace(document, rangeOf(document, "where: priority = 'urgent'"), 'where: prio');
    await select('where: prio');
    reveal('where: prio');
    await suggest('completion-column', 'priority');
    assert.equal(document.lineAt(rangeOf(document, '    where: prio').start).text, '    where: priority');
  });

  it('completes a value of the data', async () => {
    await replace(document, rangeOf(document, "where: priority = 'urgent'"), "where: priority = 'u'");
    await select("where: priority = 'u");
    reveal("where: priority = 'u");
    await suggest('completion-value', 'urgent');
    assert.equal(
      document.lineAt(rangeOf(document, '    where: prio').start).text,
      "    where: priority = 'urgent'",
    );
  });

  it('renames over files', async () => {
    const at = rangeOf(document, '  first_reply_hours:').start.translate(0, 5);
    const edit = await commands.executeCommand<WorkspaceEdit>(
      'vscode.executeDocumentRenameProvider',
      document.uri,
      at,
      'hours_until_reply',
    );
    const files = edit.entries().map(([{ path }]) => path.slice(path.lastIndexOf('/') + 1));
    assert.deepEqual(files.sort(), ['journeys.metrics.yaml', 'support.metrics.yaml', 'targets.metrics.yaml']);
    assert.ok(await workspace.applyEdit(edit));
    const targets = await workspace.openTextDocument(inWorkspace('targets.metrics.yaml'));
    assert.ok(targets.getText().includes('metric: hours_until_reply'));
    for (const [uri] of edit.entries()) await revert(await workspace.openTextDocument(uri));
    await window.showTextDocument(document);
  });

  it('mends a mistake by its quick fix', async () => {
    const right = document.getText();
    await replace(document, rangeOf(document, "where: priority = 'urgent'"), "where: priorty = 'urgent'");
    const [problem] = await problemsOf(document.uri, ({ length }) => length > 0);
    assert.ok(problem);
    await select('where: prior');
    await commands.executeCommand('editor.action.quickFix');
    await screenshot('quick-fix', '.action-widget');
    await commands.executeCommand('hideCodeActionWidget');
    const actions = await commands.executeCommand<CodeAction[]>(
      'vscode.executeCodeActionProvider',
      document.uri,
      problem.range,
      'quickfix',
    );
    const [first] = actions;
    assert.match(first?.title ?? '', /priority/);
    assert.ok(first?.edit && (await workspace.applyEdit(first.edit)));
    assert.equal(document.getText(), right);
    await problemsOf(document.uri, ({ length }) => length === 0);
  });

  it('has lenses, each of which does something', async () => {
    const lenses = await commands.executeCommand<CodeLens[]>(
      'vscode.executeCodeLensProvider',
      document.uri,
      1000,
    );
    const { line } = rangeOf(document, '  first_reply_hours:').start;
    const own = lenses.filter(({ range }) => range.start.line === line).map(({ command }) => command);
    assert.deepEqual(own.map((command) => command?.title).sort(), [
      'SQL',
      'preview',
      'run examples (3)',
      'used by 2',
    ]);
    const known = await commands.getCommands(true);
    for (const command of own) assert.ok(known.includes(command?.command ?? ''), command?.command);
    reveal('  first_reply_hours:');
    const uses = own.find((command) => command?.title === 'used by 2');
    const [uri, position, locations] = uses?.arguments ?? [];
    await commands.executeCommand<Location[]>(uses?.command ?? '', uri, position, locations);
    await screenshot('lens-uses', '.peekview-widget');
    await commands.executeCommand('closeReferenceSearch');
  });

  /** Puts the cursor behind a text. */
  async function select(text: string): Promise<void> {
    const { end } = rangeOf(document, text);
    await window.showTextDocument(document, { selection: new Selection(end, end) });
  }

  /** Opens the list of suggestions and accepts its first. */
  async function suggest(picture: string, label: string): Promise<void> {
    const version = document.version;
    await commands.executeCommand('editor.action.triggerSuggest');
    await screenshot(picture, `.suggest-widget.visible .monaco-list-row.focused:has-text("${label}")`);
    // Without a page nobody sees when the list is there: it is there when it can be accepted.
    while (document.version === version) await commands.executeCommand('acceptSelectedSuggestion');
  }
});
