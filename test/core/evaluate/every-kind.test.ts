import assert from 'node:assert/strict';
import fc from 'fast-check';
import { kinds } from '../../../server/src/core/kinds/index.ts';
import { lifecycleProjects } from '../../kit/reference/arbitrary-lifecycle.ts';
import { MEASURES } from '../../kit/reference/arbitrary-measure.ts';

const COMBINED = ['ratio', 'formula'];

describe('every metric type', () => {
  it('that is evaluated is computed a second way by the reference', () => {
    const following = fc
      .sample(lifecycleProjects, { seed: 1, numRuns: 10 })
      .flatMap(({ metrics }) => metrics);
    const drawn = new Set<string>([...MEASURES, ...following].map(({ type }) => type));
    // Ratios and formulas are drawn apart, over others.
    const missing = [...kinds.values()]
      .filter(({ plan, type }) => plan !== undefined && !COMBINED.includes(type) && !drawn.has(type))
      .map(({ type }) => type);
    assert.deepEqual(missing, [], 'add these to MEASURES and to test/kit/reference');
  });

  it('has a plan exactly where it says that it is evaluated', () => {
    const wrong = [...kinds.values()].filter(({ evaluated, plan }) => evaluated !== (plan !== undefined));
    assert.deepEqual(
      wrong.map(({ type }) => type),
      [],
    );
  });
});
