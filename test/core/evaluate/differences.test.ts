import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { type Difference, difference } from '../../../server/src/core/evaluate/statistics/difference.ts';
import { holm } from '../../../server/src/core/evaluate/statistics/holm.ts';
import { trendTest } from '../../../server/src/core/evaluate/statistics/trend-test.ts';
import type { Basis } from '../../../server/src/core/plan/metric-plan.ts';
import { present } from '../../kit/present.ts';
import { deviation, mean } from '../../kit/reference/statistics.ts';

interface Vectors {
  readonly newcombe_difference_95: {
    readonly cases: readonly {
      readonly x1: number;
      readonly n1: number;
      readonly x2: number;
      readonly n2: number;
      readonly lower: number;
      readonly upper: number;
    }[];
  };
  readonly nps_change: {
    readonly cases: readonly {
      readonly a: readonly [number, number, number];
      readonly b: readonly [number, number, number];
      readonly adjusted_wald: {
        readonly p_two_sided: number;
        readonly ci95_points: readonly [number, number];
      };
    }[];
  };
  readonly welch_difference: {
    readonly cases: readonly {
      readonly a: readonly number[];
      readonly b: readonly number[];
      readonly p: number;
      readonly ci95: readonly [number, number];
    }[];
  };
  readonly trend: {
    readonly cases: readonly {
      readonly y?: readonly number[];
      readonly theil_sen: number;
      readonly mann_kendall: { readonly p: number; readonly tau: number };
    }[];
  };
}

const vectorsPath = join('..', 'shared', 'design', 'vectors.json');
const vectors: Vectors | undefined = existsSync(vectorsPath)
  ? JSON.parse(readFileSync(vectorsPath, 'utf8'))
  : undefined;
if (vectors === undefined) console.log(`      (${vectorsPath} is not here: its values are not compared)`);

const share = (hits: number, n: number): Basis => ({ kind: 'share', hits, n });

/** Answers as promoters, passives and detractors. */
function nps([promoters, passives, detractors]: readonly [number, number, number]): Basis {
  return { kind: 'nps', promoters, detractors, n: promoters + passives + detractors };
}

function sample(values: readonly number[]): Basis {
  const error = (deviation(values) ?? 0) / Math.sqrt(values.length);
  return { kind: 'mean', value: mean(values) ?? 0, error, degrees: values.length - 1 };
}

function differs(later: Basis, earlier: Basis): Difference {
  return present(difference(later, earlier));
}

function near(actual: number, expected: number, within: number, what = ''): void {
  assert.ok(Math.abs(actual - expected) <= within, `${what} ${actual} is not ${expected}`);
}

describe('the difference of two shares', () => {
  // Newcombe (1998), Statistics in Medicine 17:873-890, Table II, method 10.
  const published = [
    [56, 70, 48, 80, 0.0524, 0.3339],
    [9, 10, 3, 10, 0.1705, 0.809],
    [6, 7, 2, 7, 0.0582, 0.8062],
    [5, 56, 0, 29, -0.0381, 0.1926],
    [0, 10, 0, 20, -0.1611, 0.2775],
    [10, 10, 0, 20, 0.6791, 1],
  ] as const;
  for (const [x1, n1, x2, n2, low, high] of published) {
    it(`has the published interval for ${x1}/${n1} and ${x2}/${n2}`, () => {
      const { interval, p } = differs(share(x1, n1), share(x2, n2));
      near(interval.low, low, 5e-5);
      near(interval.high, high, 5e-5);
      // The test says what the interval says.
      assert.equal(p <= 0.05, low > 0);
    });
  }

  it('agrees with values computed elsewhere', function () {
    if (vectors === undefined) return this.skip();
    for (const { x1, n1, x2, n2, lower, upper } of vectors.newcombe_difference_95.cases) {
      const { interval } = differs(share(x1, n1), share(x2, n2));
      near(interval.low, lower, 1e-9);
      near(interval.high, upper, 1e-9);
    }
  });

  it('is the other way round with the samples changed, and the test agrees with the interval', () => {
    const drawn = fc
      .integer({ min: 1, max: 500 })
      .chain((n) => fc.tuple(fc.integer({ min: 0, max: n }), fc.constant(n)));
    fc.assert(
      fc.property(drawn, drawn, ([x1, n1], [x2, n2]) => {
        const [one, two] = [differs(share(x1, n1), share(x2, n2)), differs(share(x2, n2), share(x1, n1))];
        near(one.interval.low, -two.interval.high, 1e-9);
        near(one.p, two.p, 1e-9);
        const excludes = one.interval.low > 0 || one.interval.high < 0;
        if (Math.abs(one.p - 0.05) > 1e-6) assert.equal(one.p < 0.05, excludes);
      }),
    );
  });
});

describe('the difference of two Net Promoter Scores', () => {
  it('agrees with values computed elsewhere', function () {
    if (vectors === undefined) return this.skip();
    for (const { a, b, adjusted_wald } of vectors.nps_change.cases) {
      const { interval, p } = differs(nps(a), nps(b));
      near(p, adjusted_wald.p_two_sided, 1e-9);
      near(interval.low, adjusted_wald.ci95_points[0], 1e-8);
      near(interval.high, adjusted_wald.ci95_points[1], 1e-8);
    }
  });
});

describe('the difference of two means', () => {
  it("is that of R's t.test of the sleep data", () => {
    // Student (1908); R: t.test(extra ~ group, data = sleep), t = -1.8608, df = 17.776, p = 0.07939.
    const one = [0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0, 2];
    const two = [1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4];
    const { interval, p } = differs(sample(one), sample(two));
    near(p, 0.07939, 5e-6);
    near(interval.low, -3.3654832, 5e-8);
    near(interval.high, 0.2054832, 5e-8);
  });

  it('agrees with values computed elsewhere', function () {
    if (vectors === undefined) return this.skip();
    for (const { a, b, p, ci95 } of vectors.welch_difference.cases) {
      const found = differs(sample(a), sample(b));
      near(found.p, p, 1e-9);
      near(found.interval.low, ci95[0], 1e-9);
      near(found.interval.high, ci95[1], 1e-9);
    }
  });

  it('leaves nothing to chance where there is no spread', () => {
    assert.equal(differs(sample([2, 2]), sample([1, 1])).p, 0);
    assert.equal(differs(sample([2, 2]), sample([2, 2])).p, 1);
  });
});

describe('values of different kinds', () => {
  it('are not compared', () => assert.equal(difference(share(1, 2), sample([1, 2])), undefined));
});

describe("Holm's correction", () => {
  it('multiplies by how many are left, and never falls', () => {
    // Holm (1979): of 0.01, 0.04, 0.03 the least counts three times, the next twice.
    const adjusted = holm([0.01, 0.04, 0.03]);
    for (const [index, expected] of [0.03, 0.06, 0.06].entries())
      near(present(adjusted[index]), expected, 1e-12);
  });

  it('changes nothing of one, lies between each value and Bonferroni, and keeps the order', () => {
    assert.deepEqual(holm([0.02]), [0.02]);
    const p = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(fc.array(p, { minLength: 1, maxLength: 20 }), (values) => {
        const adjusted = holm(values);
        for (const [index, value] of values.entries()) {
          const own = present(adjusted[index]);
          assert.ok(own >= value && own <= Math.min(1, value * values.length) + 1e-12);
          for (const [other, less] of values.entries())
            if (less < value) assert.ok(present(adjusted[other]) <= own);
        }
      }),
    );
  });
});

describe('a trend', () => {
  it('agrees with values computed elsewhere', function () {
    if (vectors === undefined) return this.skip();
    const cases = vectors.trend.cases.flatMap(({ y, ...rest }) => (y === undefined ? [] : [{ y, ...rest }]));
    assert.ok(cases.length >= 3);
    for (const { y, theil_sen, mann_kendall } of cases) {
      const found = present(trendTest(y));
      near(found.slope, theil_sen, 1e-9);
      near(found.p, mann_kendall.p, 1e-9);
      near(found.tau, mann_kendall.tau, 1e-9);
    }
  });

  it('turns with the values, and does not mind where they begin', () => {
    const values = fc.array(fc.integer({ min: -50, max: 50 }), { minLength: 2, maxLength: 24 });
    fc.assert(
      fc.property(values, fc.integer({ min: -9, max: 9 }), (y, shift) => {
        const found = present(trendTest(y));
        const moved = present(trendTest(y.map((value) => value + shift)));
        const back = present(trendTest([...y].reverse()));
        near(moved.slope, found.slope, 1e-9);
        near(back.slope, -found.slope, 1e-9);
        near(back.tau, -found.tau, 1e-9);
        near(back.p, found.p, 1e-9);
      }),
    );
  });

  it('leaves out steps without a value, and not the time they take', () => {
    const found = present(trendTest([1, null, 3, null, 5]));
    assert.deepEqual([found.slope, found.tau], [1, 1]);
    assert.equal(trendTest([null, 4]), undefined);
  });
});
