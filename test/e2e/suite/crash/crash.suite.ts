import assert from 'node:assert/strict';
import { type TextDocument, window, workspace } from 'vscode';
import { childProcesses } from '../child-processes.ts';
import { hintBeside, inWorkspace, rangeOf, replace, reveal, revert } from '../kit.ts';
import { screenshot } from '../page.ts';

/** A hint that is not marked as old. */
const CURRENT = /^[^…]/;

describe('the processes behind the editor', () => {
  let document: TextDocument;

  before(async function () {
    if (process.platform === 'win32') this.skip();
    document = await workspace.openTextDocument(inWorkspace('support.metrics.yaml'));
    await window.showTextDocument(document);
    await hintBeside(document, '  reopened_share:', CURRENT);
  });

  afterEach(() => revert(document));

  for (const name of ['server', 'engine'] as const) {
    it(`come back when the ${name} is killed`, async () => {
      const before = await hintBeside(document, '  reopened_share:', CURRENT);
      const killed = kill(`dist/${name}.js`);
      await replace(document, rangeOf(document, 'matching: reopened\n'), 'matching: not reopened\n');
      const after = await hintBeside(document, '  reopened_share:', CURRENT);
      const [share = 0, rest = 0] = [before, after].map((hint) => Number.parseFloat(hint));
      // Every ticket is reopened or not.
      assert.equal((share + rest).toFixed(1), '100.0');
      assert.deepEqual(
        childProcesses(`dist/${name}.js`).filter((pid) => killed.includes(pid)),
        [],
      );
      reveal('  reopened_share:');
      await screenshot(`killed-${name}`, '.view-line:has-text("reopened_share")');
    });
  }
});

/** Kills the processes that run a file, of which there are some. */
function kill(file: string): readonly number[] {
  const found = childProcesses(file);
  assert.notEqual(found.length, 0, `something runs ${file}`);
  for (const pid of found) process.kill(pid, 'SIGKILL');
  return found;
}
