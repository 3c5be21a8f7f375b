import assert from 'node:assert/strict';
import { replacedItems } from '../../../server/src/core/base/replaced-items.ts';

describe('replaced items', () => {
  const [a, b, c] = ['a', 'b', 'c'].map((name) => ({ name }));
  const replacedIn = (before: readonly ({ name: string } | undefined)[], after: typeof before) =>
    replacedItems(before.filter(isThere), after.filter(isThere), ({ name }) => name);

  it('are the places of those that are other ones under the same key', () => {
    assert.deepEqual(replacedIn([a, b, c], [a, { name: 'b' }, c]), [1]);
    assert.deepEqual(replacedIn([a, b], [a, b]), []);
  });

  it('are not told where an item has come, gone or moved', () => {
    assert.equal(replacedIn([a, b], [a, b, c]), undefined);
    assert.equal(replacedIn([a, b], [a]), undefined);
    assert.equal(replacedIn([a, b], [b, a]), undefined);
  });
});

function isThere<Item>(item: Item | undefined): item is Item {
  return item !== undefined;
}
