import { DiagnosticSeverity, languages, type TextDocument, window, workspace } from 'vscode';
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
    await replace(document, rangeOf(document, "where: priority = 'urgent'"), "where: priorty = 'urgent'");
    await problemsOf(document.uri, ({ length }) => length > 0);
    await agrees();
    await inThemes((theme) => screenshot(`status-problems-${theme}`, ITEM));
  });

  it('goes back when they are mended', async () => {
    await problemsOf(document.uri, ({ length }) => length === 0);
    await agrees();
    await screenshot('status-ready', ITEM);
  });
});

/** Resolves when the item and the list of problems tell the same number. Both follow the server, each in its own time. */
async function agrees(): Promise<void> {
  for (;;) {
    const shown = numberIn(await waitForText(ITEM, /Plumbline(?:: \d+ problems?)?$/));
    const listed = languages
      .getDiagnostics()
      .flatMap(([, problems]) => problems)
      .filter(({ source, severity }) => source === 'plumbline' && severity <= DiagnosticSeverity.Warning);
    if (shown === listed.length) return;
  }
}

function numberIn(text: string): number {
  return Number(/\d+/.exec(text)?.[0] ?? 0);
}
