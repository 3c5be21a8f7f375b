import assert from 'node:assert/strict';
import { type CodeLens, commands, type TextDocument, window, workspace } from 'vscode';
import { hintBeside, inThemes, inWorkspace, reveal } from '../kit.ts';
import { axe, click, hasPage, press, screenshot, scrollTo, textOf, waitForText } from '../page.ts';

const WHOLE = 'main[aria-busy="false"]';

/** What each metric shows beside its trend, with words in it that tell that its numbers are there. */
const PICTURES = [
  ['still_here_after_3_months', 'cohorts', /^Cohorts.*2023-07.*97 %.*not yet/s],
  ['rota_to_payroll', 'steps', /^Funnel.*opened the rota board.*exported to payroll/s],
  ['accounts_won', 'movement', /^Growth accounting.*468.*491/s],
  ['expansion', 'movement', /^Growth accounting.*Contracted/s],
  ['customers_after_a_year', 'survival', /^Survival curve.*Still there/s],
  ['auto_rota_adoption', 'why', /^Why it moved.*Total/s],
  ['csat_support', 'trend', /^Trend.*down by more than chance/s],
] as const;

describe('what customers do over time', () => {
  let document: TextDocument;

  before(async function () {
    if (!hasPage) this.skip();
    await commands.executeCommand('workbench.action.closeAllEditors');
    await commands.executeCommand('workbench.action.closeSidebar');
    document = await workspace.openTextDocument(inWorkspace('retention.metrics.yaml'));
  });

  after(() => commands.executeCommand('workbench.action.closeAllEditors'));

  for (const [name, section, words] of PICTURES) {
    it(`is shown of ${name}`, async () => {
      await show(name);
      await waitForText(`${WHOLE} #${section}`, words, 'webview');
      assert.deepEqual(await axe('webview'), []);
    });
  }

  it('says that a value rests on customers, and on rows where it does', async () => {
    await show('customer_retention');
    await waitForText(`${WHOLE} .headline`, /Rests on\d+ accounts/, 'webview');
    await show('easy_support');
    await waitForText(`${WHOLE} .headline`, /Rests on\d+ rows/, 'webview');
  });

  it('can be read by keyboard: a triangle scrolls, and a chart becomes a table', async () => {
    await show('still_here_after_3_months');
    await waitForText(`${WHOLE} #cohorts`, /2023-07/, 'webview');
    await click('#cohorts h2', 'webview');
    await press('Tab');
    assert.match(await textOf('#cohorts .scroll:focus', 'webview'), /Joined in/);
    await show('accounts_won');
    await waitForText(`${WHOLE} #movement`, /491/, 'webview');
    await click('#movement h2', 'webview');
    await press('Tab', 'Enter');
    await waitForText('#movement th[scope=row]', /^2025-06/, 'webview');
    await press('Enter');
  });

  it('is asked about by a lens, which leads to the answer', async () => {
    const revenue = await workspace.openTextDocument(inWorkspace('revenue.metrics.yaml'));
    await window.showTextDocument(revenue);
    await hintBeside(revenue, '  paid_on_time:', /^[^…]/);
    const lens = await lensOf(revenue, 'why did it go down');
    assert.equal(lens.command?.command, 'plumbline.explain');
    reveal('paid_on_time:');
    await screenshot('lens-why', '.codelens-decoration:has-text("why did it go down")');
    await commands.executeCommand(lens.command.command, ...(lens.command.arguments ?? []));
    await waitForText('#why:has(:focus) h3', /^Why it moved$/, 'webview');
    await screenshot('lens-why-answer', '#why', 'webview');
    await commands.executeCommand('workbench.action.closeAllEditors');
  });

  it('looks as it should in every theme', async function () {
    this.timeout(240_000);
    await inThemes(async (theme) => {
      for (const [name, section, words] of PICTURES) {
        await show(name);
        await waitForText(`${WHOLE} #${section}`, words, 'webview');
        await scrollTo(`#${section}`, 'webview');
        await screenshot(`lifecycle-${name}-${theme}`, `#${section}`, 'webview');
        assert.deepEqual(await axe('webview'), [], `${name} in ${theme}`);
      }
    });
  });

  async function show(name: string): Promise<void> {
    const subject = { kind: 'metric', name };
    await commands.executeCommand('plumbline.openPreview', { uri: document.uri.toString(), subject });
  }

  /** A lens with a title. Those that rest on a number are there when it is. */
  async function lensOf(of: TextDocument, title: string): Promise<CodeLens> {
    const lenses = await commands.executeCommand<CodeLens[]>('vscode.executeCodeLensProvider', of.uri);
    const titles = lenses.map(({ command }) => command?.title);
    const found = lenses[titles.indexOf(title)];
    assert.ok(found !== undefined, `There is no lens "${title}" among ${titles.join(', ')}.`);
    return found;
  }
});
