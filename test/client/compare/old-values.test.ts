import assert from 'node:assert/strict';
import { LAST_COMMIT, mergeBaseOf, shortRef } from '../../../client/src/features/compare/bases.ts';
import { oldValues } from '../../../client/src/features/compare/old-values.ts';
import { at, comparison, metric } from './kit.ts';

const still = { period: '2025-06', before: '€220.00', after: '€220.00', change: '€0.00', isMoved: false };

describe('old values beside the text', () => {
  it('stand where the name of a metric is now, with its value before', () => {
    const [old, ...others] = oldValues(comparison({ metrics: [metric('mrr')] }));
    assert.deepEqual(others, []);
    assert.deepEqual(old?.at, at(5));
    assert.equal(old?.headline?.before, '€260.00');
  });

  it('are not of metrics that went, or of which no value moved', () => {
    const gone = metric('gone', { at: { before: at(1), after: null }, headline: null });
    const cosmetic = metric('same', { headline: still, moved: 0 });
    const fresh = metric('fresh', {
      at: { before: null, after: at(1) },
      was: null,
      headline: null,
      moved: 0,
    });
    assert.deepEqual(oldValues(comparison({ metrics: [gone, cosmetic, fresh] })), []);
  });

  it('tell how many values moved where the latest is as before', () => {
    const [old] = oldValues(comparison({ metrics: [metric('mrr', { headline: still, moved: 3 })] }));
    assert.deepEqual([old?.headline, old?.moved, old?.compared], [null, 3, 12]);
  });
});

describe('what a project is compared with', () => {
  it('is where the branch left the main one, and on that one the last commit', () => {
    assert.deepEqual(mergeBaseOf({ branch: 'feature', main: 'main' }), { ref: 'main', mergeBase: true });
    assert.deepEqual(mergeBaseOf({ branch: null, main: 'origin/main' }), {
      ref: 'origin/main',
      mergeBase: true,
    });
    assert.deepEqual(mergeBaseOf({ branch: 'main', main: 'main' }), LAST_COMMIT);
    assert.deepEqual(mergeBaseOf({ branch: 'feature', main: null }), LAST_COMMIT);
  });

  it('is named by ten characters where it is a commit', () => {
    const commit = '0123456789abcdef0123456789abcdef01234567';
    assert.equal(shortRef(commit), '0123456789');
    assert.equal(shortRef('feature/cafe-deadbeefcafe'), 'feature/cafe-deadbeefcafe');
    assert.equal(shortRef('a\u202eb'), 'a b');
  });
});
