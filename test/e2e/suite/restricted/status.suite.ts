import { window, workspace } from 'vscode';
import { inThemes, inWorkspace } from '../kit.ts';
import { hasPage, screenshot, waitForText } from '../page.ts';

const ITEM = '.statusbar-item[id$="plumbline.status"]';

describe('the status item of a workspace that is not trusted', () => {
  it('says that nothing is evaluated', async function () {
    if (!hasPage) this.skip();
    await window.showTextDocument(await workspace.openTextDocument(inWorkspace('support.metrics.yaml')));
    await waitForText(ITEM, /not evaluated$/);
    await inThemes((theme) => screenshot(`status-restricted-${theme}`, ITEM));
  });
});
