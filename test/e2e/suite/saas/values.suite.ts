import assert from 'node:assert/strict';
import {
  commands,
  type Hover,
  MarkdownString,
  Selection,
  type TextDocument,
  window,
  workspace,
} from 'vscode';
import { hintBeside, inThemes, inWorkspace, rangeOf, replace, reveal, revert } from '../kit.ts';
import { hasPage, screenshot, typeUntilNew, waitForText } from '../page.ts';

/** A hint that is not marked as old. */
const CURRENT = /^[^…]/;

describe('values in the editor', () => {
  let document: TextDocument;

  before(async () => {
    document = await workspace.openTextDocument(inWorkspace('support.metrics.yaml'));
    await window.showTextDocument(document);
  });

  afterEach(() => revert(document));

  it('stand beside metrics, conditions and examples', async () => {
    assert.match(await hintBeside(document, '  reopened_share:', CURRENT), /^\d+\.\d %/);
    await hintBeside(document, "where: priority = 'urgent'", /^[\d,]+ of [\d,]+ rows$/);
    await inThemes(async (theme) => {
      reveal('urgent_on_time:');
      await screenshot(`hints-${theme}`, '.view-line:has-text("rows")');
    });
  });

  for (const [file, name, wanted] of [
    ['sources', 'subscriptions:\n    description', /rows/],
    ['segments', 'company_size:\n', /^600 rows/],
    ['targets', 'nps_2024:\n', /^✓ met/],
  ] as const) {
    it(`stand beside ${file}`, async () => {
      const other = await workspace.openTextDocument(inWorkspace(`${file}.metrics.yaml`));
      await window.showTextDocument(other);
      await hintBeside(other, `  ${name}`, wanted);
      await screenshot(`hints-${file}`, `.view-line:has-text("${name.split(':')[0]}")`);
    });
  }

  it('change after an edit', async () => {
    const before = await hintBeside(document, '  reopened_share:', CURRENT);
    await replace(document, rangeOf(document, 'matching: reopened\n'), 'matching: not reopened\n');
    const after = await hintBeside(document, '  reopened_share:', CURRENT);
    const [share = 0, rest = 0] = [before, after].map((hint) => Number.parseFloat(hint));
    // Every ticket is reopened or not.
    assert.equal((share + rest).toFixed(1), '100.0');
    reveal('reopened_share:');
    await screenshot('hints-edited', `.view-line:has-text("${after.split('  ')[0]}")`);
  });

  it('follow the keys on screen, and are marked while they are old', async function () {
    if (!hasPage) this.skip();
    await replace(document, rangeOf(document, "priority = 'urgent'"), 'hours_to_first_reply > 1');
    await hintBeside(document, 'where: hours_to_first_reply > 1', CURRENT);
    const editor = await window.showTextDocument(document);
    const { end } = rangeOf(document, 'hours_to_first_reply > 1\n');
    const at = end.translate(-1).with({ character: document.lineAt(end.line - 1).text.length });
    editor.selection = new Selection(at, at);
    reveal('urgent_on_time:');
    for (const key of ['0', '1', '2', '3', '4']) {
      await screenshot('typing', '.view-line:has-text("urgent_on_time: 19.8 %")');
      const { shown } = await typeUntilNew(key, 'urgent_on_time:');
      const [before, ...after] = shown.map(({ text }) => text.replace('urgent_on_time: ', ''));
      await screenshot('typed', 'body');
      // The old value stands there as the old one, if it is there at all, and then the new one.
      assert.deepEqual(after.slice(0, -1), after.length > 1 ? [`… ${before}`] : []);
      assert.match(after.at(-1) ?? '', /^0\.0 %/);
      await commands.executeCommand('undo');
    }
  });

  it('are in the hover, with a picture', async () => {
    const { start } = rangeOf(document, '  first_reply_hours:\n');
    const at = start.translate(0, 5);
    const hovers = await commands.executeCommand<Hover[]>('vscode.executeHoverProvider', document.uri, at);
    const text = hovers
      .flatMap(({ contents }) => contents.map((each) => (each instanceof MarkdownString ? each.value : '')))
      .join('\n');
    assert.match(text, /\*\*\d+\.\d hours\*\* in \d{4}-\d{2}/);
    assert.match(text, /data:image\/svg\+xml/);
    await inThemes(async (theme) => {
      await window.showTextDocument(document, { selection: new Selection(at, at) });
      reveal('first_reply_hours:\n');
      await commands.executeCommand('editor.action.showHover');
      await waitForText('.monaco-hover', /Time to first reply/);
      await screenshot(`hover-${theme}`, '.monaco-hover img');
    });
  });
});
