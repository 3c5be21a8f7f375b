import assert from 'node:assert/strict';
import fc from 'fast-check';
import { kinds } from '../../../server/src/core/kinds/index.ts';
import { gatheredProjects } from '../../kit/reference/arbitrary-gathered.ts';
import { lifecycleProjects } from '../../kit/reference/arbitrary-lifecycle.ts';
import { MEASURES } from '../../kit/reference/arbitrary-measure.ts';

const COMBINED = ['ratio', 'formula'];

describe('every metric type', () => {
  it('is computed a second way by the reference', () => {
    const following = fc
      .sample(fc.oneof(lifecycleProjects, gatheredProjects), { seed: 1, numRuns: 20 })
      .flatMap(({ metrics }) => metrics);
    const drawn = new Set<string>([...MEASURES, ...following].map(({ type }) => type));
    // Ratios and formulas are drawn apart, over others.
    const missing = [...kinds.values()]
      .map(({ type }) => type)
      .filter((type) => !COMBINED.includes(type) && !drawn.has(type));
    assert.deepEqual(missing, [], 'add these to MEASURES and to test/kit/reference');
  });
});
