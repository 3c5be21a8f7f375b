import assert from 'node:assert/strict';
import { type TextDocument, window, workspace } from 'vscode';
import { inThemes, inWorkspace, problemsOf, rangeOf, replace, revert } from '../kit.ts';
import { hasPage, screenshot, waitForText } from '../page.ts';

/** The item in the status bar. */
const ITEM = '.statusbar-item[id$="plumbline.status"]';

describe('the status item', () => {
  let document: TextDocument;

  before(async function () {
    if (!hasPage) this.skip();
    document = await workspace.openTextDocument(inWorkspace('support.metrics.yaml'));
    await window.showTextDocument(document);
  });

  afterEach(() => revert(document));

  it('says how many problems there are, as the list of problems does', async () => {
    const before = numberIn(await waitForText(ITEM, /Plumbline(?:: \d+ problems?)?$/));
    await replace(document, rangeOf(document, "where: priority = 'urgent'"), "where: priorty = 'urgent'");
    await problemsOf(document.uri, (problems) =>
      problems.some(({ code }) => JSON.stringify(code).includes('unknown-column')),
    );
    assert.equal(numberIn(await waitForText(ITEM, new RegExp(`: ${before + 1} problems?$`))), before + 1);
    await inThemes((theme) => screenshot(`status-problems-${theme}`, ITEM));
  });

  it('goes back when they are mended', async () => {
    const shown = await waitForText(ITEM, /Plumbline(?:: \d+ problems?)?$/);
    await screenshot('status-ready', ITEM);
    assert.ok(numberIn(shown) >= 0);
  });
});

function numberIn(text: string): number {
  return Number(/\d+/.exec(text)?.[0] ?? 0);
}
