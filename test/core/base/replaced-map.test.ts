import assert from 'node:assert/strict';
import fc from 'fast-check';
import { withReplaced } from '../../../server/src/core/base/replaced-map.ts';

describe('a map with values replaced', () => {
  const KEYS = Array.from({ length: 50 }, (_, index) => `key ${index}`);

  it('is the copy of the map with these values, however often', () => {
    const changes = fc.array(
      fc.dictionary(fc.constantFrom(...KEYS), fc.option(fc.integer(), { nil: undefined }), { maxKeys: 20 }),
    );
    fc.assert(
      fc.property(changes, (rounds) => {
        const copy = new Map<string, number | undefined>(KEYS.map((key, index) => [key, index]));
        let replaced: ReadonlyMap<string, number | undefined> = new Map(copy);
        for (const round of rounds) {
          replaced = withReplaced(replaced, new Map(Object.entries(round)));
          for (const [key, value] of Object.entries(round)) copy.set(key, value);
          const seen: unknown[] = [];
          replaced.forEach((value, key) => void seen.push([key, value]));
          assert.deepEqual(seen, [...copy]);
          assert.deepEqual([...replaced], [...copy]);
          assert.deepEqual([...replaced.keys()], [...copy.keys()]);
          assert.deepEqual([...replaced.values()], [...copy.values()]);
          for (const key of [...KEYS, 'none']) {
            assert.equal(replaced.get(key), copy.get(key));
            assert.equal(replaced.has(key), copy.has(key));
          }
          assert.equal(replaced.size, copy.size);
        }
      }),
    );
  });

  it('leaves the map that it is made of as it was', () => {
    const map = withReplaced(new Map([['a', 1]]), new Map([['a', 2]]));
    withReplaced(map, new Map([['a', 3]]));
    assert.equal(map.get('a'), 2);
  });
});
