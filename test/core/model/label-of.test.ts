import assert from 'node:assert/strict';
import { labelOf } from '../../../server/src/core/model/label-of.ts';

describe('the label of a definition', () => {
  const cases: readonly (readonly [string, string | undefined, string])[] = [
    ['tickets_opened', undefined, 'Tickets opened'],
    ['nps', undefined, 'Nps'],
    ['tickets_opened', 'New tickets', 'New tickets'],
    ['_', undefined, '_'],
  ];
  for (const [name, label, expected] of cases) {
    it(`of ${name}${label === undefined ? '' : ` with the label ${label}`} is ${expected}`, () =>
      assert.equal(labelOf({ name, label }), expected));
  }
});
