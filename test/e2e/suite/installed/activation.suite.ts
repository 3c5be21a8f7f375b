import assert from 'node:assert/strict';
import { commands, window, workspace } from 'vscode';
import { until } from '../kit.ts';

describe('the start of the extension', () => {
  it('is measured by the editor', async function () {
    // "Developer: Startup Performance". What blocks the other extensions is to load the code, and the call itself until it awaits.
    await commands.executeCommand('perfview.show');
    const text = (): string => window.activeTextEditor?.document.getText() ?? '';
    await until(workspace.onDidChangeTextDocument, () => text().includes('Call Activate'));
    const lines = text().split('\n');
    const cells = lines.map((line) => line.split('|').map((cell) => cell.trim()));
    const names = cells.find((row) => row.includes('Load Code'));
    const figures = cells.find(([, extension]) => extension === 'plumbline.plumbline');
    assert.ok(names && figures, lines.join('\n'));
    const [load, call] = ['Load Code', 'Call Activate'].map((name) => Number(figures[names.indexOf(name)]));
    assert.ok(load !== undefined && call !== undefined && load + call >= 0);
    if (this.test !== undefined) this.test.title += ` (code ${load} ms, call ${call} ms)`;
    await commands.executeCommand('workbench.action.closeActiveEditor');
  });
});
