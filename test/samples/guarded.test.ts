import assert from 'node:assert/strict';
import { resolve } from 'node:path';
import { kinds } from '../../server/src/core/kinds/index.ts';
import { findUnguarded, type MutationResult } from '../../server/src/core/mutate/find-unguarded.ts';
import { openData } from '../../server/src/core/open-data.ts';
import { loadProject } from '../../server/src/core/workspace.ts';
import { createNodeFileSystem } from '../../server/src/hosts/node-file-system.ts';
import { testEngine } from '../kit/engine.ts';

describe('the examples of the samples', () => {
  const engine = testEngine();

  /** What no example of a sample guards, with some of its files in another text. */
  async function find(folder: string, texts: ReadonlyMap<string, string>): Promise<MutationResult> {
    const loaded = await loadProject(createNodeFileSystem(), folder, { kinds, overlay: texts });
    const { evaluator } = await openData(loaded, kinds, engine, loaded.project.metrics.values());
    return findUnguarded(evaluator, kinds, undefined);
  }

  for (const folder of ['samples/saas', 'samples/retail', 'samples/education', 'client/walkthrough/sample']) {
    it(`guard every clause of ${folder}`, async () => {
      const { unguarded, failing, changes } = await find(resolve(folder), new Map());
      assert.deepEqual(
        unguarded.map(({ definition, change }) => `${definition.name}: ${change.words}`),
        [],
      );
      assert.deepEqual([failing.length, changes.length > 0], [0, true]);
    });
  }

  it('guard some of them by one row alone', async () => {
    const fs = createNodeFileSystem();
    const path = resolve('samples/saas/revenue.metrics.yaml').replaceAll('\\', '/');
    const text = await fs.readText(path);
    const row = '            - { account_id: A4, ended_on: 2025-01-20, ended_because: price_change }\n';
    assert.ok(text.includes(row));
    const { unguarded } = await find(resolve('samples/saas'), new Map([[path, text.replace(row, '')]]));
    assert.deepEqual(
      unguarded.map(({ definition, change }) => `${definition.name}: ${change.words}`),
      [
        "cancelled_accounts: `'price_change'` is left out of `ended_because not in ('plan_change', 'price_change')`",
      ],
    );
  });
});
