import assert from 'node:assert/strict';
import { rememberedBases } from '../../../client/src/features/compare/remembered-bases.ts';

/** The memory of a workspace. */
function memory(kept?: unknown) {
  const known = new Map<string, unknown>(kept === undefined ? [] : [['plumbline.changes.bases', kept]]);
  return {
    keys: () => [...known.keys()],
    get: <T>(key: string, otherwise?: T) => (known.get(key) as T | undefined) ?? otherwise,
    async update(key: string, value: unknown) {
      known.set(key, value);
    },
  };
}

describe('what projects were compared with', () => {
  it('is remembered for each, until a comparison is ended', () => {
    const kept = memory();
    const bases = rememberedBases(kept);
    bases.remember('file:///a', { ref: 'main', mergeBase: true });
    bases.remember('file:///b', { ref: 'v1', mergeBase: false });
    bases.remember('file:///a', { ref: 'HEAD', mergeBase: false });
    const again = rememberedBases(kept);
    assert.deepEqual(again.of('file:///a'), { ref: 'HEAD', mergeBase: false });
    assert.deepEqual(again.of('file:///b'), { ref: 'v1', mergeBase: false });
    again.remember('file:///a', undefined);
    assert.equal(bases.of('file:///a'), undefined);
    assert.deepEqual(bases.of('file:///b'), { ref: 'v1', mergeBase: false });
  });

  it('is nothing where another version of the extension has kept something else', () => {
    for (const kept of [null, 'main', ['main'], { 'file:///a': 'main' }, { 'file:///a': { ref: 1 } }]) {
      assert.equal(rememberedBases(memory(kept)).of('file:///a'), undefined);
    }
  });
});
