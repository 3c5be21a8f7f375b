import assert from 'node:assert/strict';
import { ConfigurationTarget, type TextDocument, window, workspace } from 'vscode';
import { hintBeside, inThemes, inWorkspace, rangeOf, replace, reveal, revert } from '../kit.ts';
import { boxOf, hasPage, screenshot, waitForNone } from '../page.ts';

/** A trend at the end of the line of a metric. */
const TREND = '.view-line:has-text("reopened_share:") span[class*="ced-"]';
const CURRENT = /^[^…]/;

describe('the trend beside a metric', () => {
  let document: TextDocument;

  before(async function () {
    if (!hasPage) this.skip();
    document = await workspace.openTextDocument(inWorkspace('support.metrics.yaml'));
    await window.showTextDocument(document);
    await hintBeside(document, '  reopened_share:', CURRENT);
    reveal('  reopened_share:');
  });

  afterEach(() => revert(document));

  it('is drawn in the colours of each kind of theme', async () => {
    await inThemes(async (theme) => {
      reveal('  reopened_share:');
      await screenshot(`trends-${theme}`, TREND);
    });
  });

  it('stays when the text has changed, and is drawn anew', async () => {
    await replace(document, rangeOf(document, 'matching: reopened\n'), 'matching: not reopened\n');
    await hintBeside(document, '  reopened_share:', CURRENT);
    await screenshot('trends-edited', TREND);
  });

  it('goes where it is not wanted', async () => {
    const settings = workspace.getConfiguration('plumbline.trends');
    await settings.update('enabled', false, ConfigurationTarget.Workspace);
    await waitForNone(TREND);
    await settings.update('enabled', undefined, ConfigurationTarget.Workspace);
    await screenshot('trends-back', TREND);
  });

  it('is no taller than a line of text, and at most 60 pixels wide', async () => {
    const [trend, line] = [await boxOf(TREND), await boxOf('.view-line:has-text("reopened_share:")')];
    assert.ok(trend.height <= line.height, `${trend.height} in a line of ${line.height}`);
    assert.ok(trend.width <= 60, String(trend.width));
  });
});
