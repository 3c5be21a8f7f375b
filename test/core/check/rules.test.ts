import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { rules } from '../../../server/src/core/check/rules/index.ts';
import { analysed, differences, FIXTURES, fixtureOf, type Mark } from './fixture.ts';

/** Fixtures are pieces of a project: only those of these rules care what else would use their sources and segments. */
const OF_WHOLES = ['unused-source', 'unused-segment'];

function without(marks: readonly Mark[], rule: string): readonly Mark[] {
  return marks.filter(({ what }) => OF_WHOLES.every((id) => id === rule || !what.endsWith(`[${id}]`)));
}

describe('check: rules', () => {
  for (const { id } of rules) {
    it(`${id} lets the right example pass`, async () => {
      assert.ok(existsSync(join(FIXTURES, id, 'pass.metrics.yaml')), 'There is no pass.metrics.yaml.');
      const { found } = await analysed(fixtureOf(id, 'pass'));
      assert.deepEqual(differences([], without(found, id)), []);
    });

    it(`${id} reports the wrong example, and nothing else`, async () => {
      assert.ok(existsSync(join(FIXTURES, id, 'fail.metrics.yaml')), 'There is no fail.metrics.yaml.');
      const { expected, found } = await analysed(fixtureOf(id, 'fail'));
      assert.ok(
        expected.some(({ what }) => what.endsWith(`[${id}]`)),
        'The wrong example does not mark the rule.',
      );
      assert.deepEqual(differences(expected, without(found, id)), []);
    });
  }
});
