import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { meanInterval } from '../../../server/src/core/evaluate/statistics/mean-interval.ts';
import type { Interval } from '../../../server/src/core/evaluate/statistics/normal.ts';
import { npsInterval } from '../../../server/src/core/evaluate/statistics/nps-interval.ts';
import { wilson } from '../../../server/src/core/evaluate/statistics/wilson.ts';
import { present } from '../../kit/present.ts';
import { deviation, mean, meanBounds, npsBounds, wilsonBounds } from '../../kit/reference/statistics.ts';

type Bounds = readonly [number | null, number | null];

interface Vectors {
  readonly wilson_95: {
    readonly cases: readonly {
      readonly x: number;
      readonly n: number;
      readonly lower: number | null;
      readonly upper: number | null;
      readonly published_4dp?: Bounds;
    }[];
  };
  readonly nps: {
    readonly cases: readonly {
      readonly promoters: number;
      readonly detractors: number;
      readonly n: number;
      /** Absent without answers. */
      readonly adjusted_wald?: { readonly ci_points: Bounds };
    }[];
  };
  readonly mean_ci_95: {
    readonly cases: readonly {
      readonly x: readonly number[];
      readonly mean: number;
      readonly sd: number | null;
      readonly t_crit?: number;
      readonly t_ci: Bounds | null;
    }[];
  };
}

const vectorsPath = join('..', 'shared', 'design', 'vectors.json');

/** Values computed elsewhere, to ten digits; they do not travel with the project. */
function readVectors(): Vectors | undefined {
  return existsSync(vectorsPath) ? JSON.parse(readFileSync(vectorsPath, 'utf8')) : undefined;
}

function near(
  actual: number | null | undefined,
  expected: number | null,
  digits: number,
  what: string,
): void {
  if (expected === null) {
    assert.equal(actual ?? null, null, what);
    return;
  }
  const difference = Math.abs(present(actual ?? undefined, what) - expected);
  assert.ok(
    difference <= 0.5000001 * 10 ** -digits,
    `${what}: ${actual} is not ${expected} to ${digits} digits`,
  );
}

function nearBounds(interval: Interval | undefined, [low, high]: Bounds, digits: number, what: string): void {
  near(interval?.low, low, digits, `${what}, low`);
  near(interval?.high, high, digits, `${what}, high`);
}

describe('the Wilson interval', () => {
  it('gives what Newcombe (1998), Statistics in Medicine 17:857-872, prints in table I, method 3', () => {
    nearBounds(wilson(81, 263), [0.2553, 0.3662], 4, '81 of 263');
    nearBounds(wilson(15, 148), [0.0624, 0.1605], 4, '15 of 148');
    nearBounds(wilson(0, 20), [0, 0.1611], 4, '0 of 20');
    nearBounds(wilson(1, 29), [0.0061, 0.1718], 4, '1 of 29');
  });

  it('is closed at the end that nothing lies beyond, and absent without rows', () => {
    assert.equal(wilson(0, 7)?.low, 0);
    assert.equal(wilson(7, 7)?.high, 1);
    assert.equal(wilson(0, 0), undefined);
  });

  it('agrees with the vectors', function () {
    const vectors = readVectors();
    if (vectors === undefined) return this.skip();
    for (const { x, n, lower, upper } of vectors.wilson_95.cases) {
      nearBounds(wilson(x, n), [lower, upper], 10, `${x} of ${n}`);
    }
  });

  it('agrees with the roots of its equation', () => {
    fc.assert(
      fc.property(fc.nat(5000), fc.integer({ min: 1, max: 5000 }), (a, b) => {
        const [hits, n] = [Math.min(a, b), b];
        const bounds = wilsonBounds(hits, n);
        nearBounds(wilson(hits, n), [bounds.low, bounds.high], 11, `${hits} of ${n}`);
      }),
      { seed: 1 },
    );
  });
});

describe('the interval of a Net Promoter Score', () => {
  it('adds three quarters at each end and three in all, as Rocks (2016) says', () => {
    // By hand: 3 promoters, 1 detractor of 6 become 3.75, 1.75 of 9: 22.222 points, variance (5.5/9 − (2/9)²)/9, × 1.96.
    nearBounds(npsInterval(3, 1, 6), [-26.74326, 71.1877], 5, '3, 1 of 6');
    // One promoter alone: 1.75 and 0.75 of 4 are 25 points ± 1.96 × 37.5.
    nearBounds(npsInterval(1, 0, 1), [-48.49865, 98.49865], 5, '1, 0 of 1');
  });

  it('ends at 100 and −100 points, and is absent without answers', () => {
    assert.equal(npsInterval(50, 0, 50)?.high, 100);
    assert.equal(npsInterval(0, 50, 50)?.low, -100);
    assert.equal(npsInterval(0, 0, 0), undefined);
  });

  it('agrees with the vectors', function () {
    const vectors = readVectors();
    if (vectors === undefined) return this.skip();
    for (const { promoters, detractors, n, adjusted_wald } of vectors.nps.cases) {
      nearBounds(
        npsInterval(promoters, detractors, n),
        adjusted_wald?.ci_points ?? [null, null],
        9,
        `${promoters}, ${detractors} of ${n}`,
      );
    }
  });

  it('agrees with the variance of the three scores', () => {
    fc.assert(
      fc.property(fc.nat(300), fc.nat(300), fc.nat(300), (promoters, passives, detractors) => {
        const n = promoters + passives + detractors;
        const { low, high } = npsBounds(promoters, detractors, n);
        nearBounds(
          npsInterval(promoters, detractors, n),
          [low, high],
          9,
          `${promoters}, ${detractors} of ${n}`,
        );
      }),
      { seed: 1 },
    );
  });
});

describe('the interval of a mean', () => {
  it("is so many standard errors wide as Student's table says", () => {
    // With s/√n = 1 the half width is t itself: the 0.975 column of any printed table.
    const table = [
      [1, 12.706],
      [2, 4.303],
      [4, 2.776],
      [9, 2.262],
      [29, 2.045],
      [120, 1.98],
    ] as const;
    for (const [freedom, t] of table) {
      const interval = meanInterval(0, Math.sqrt(freedom + 1), freedom + 1);
      nearBounds(interval, [-t, t], 3, `${freedom} degrees of freedom`);
    }
  });

  it("is that of Student's sleep data", () => {
    // Student (1908), Biometrika 6:1-25, additional hours of sleep: mean 0.75 and 2.33; t.test of R prints these intervals.
    const first = [0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0];
    const second = [1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4];
    nearBounds(intervalOf(first), [-0.5297804, 2.0297804], 7, 'first group');
    nearBounds(intervalOf(second), [0.8976775, 3.7623225], 7, 'second group');
  });

  it('is absent where nothing is known of the spread, and a point where nothing varies', () => {
    assert.equal(meanInterval(4, 0, 1), undefined);
    assert.equal(meanInterval(0, 0, 0), undefined);
    assert.deepEqual(meanInterval(5, 0, 3), { low: 5, high: 5 });
  });

  it('agrees with the vectors', function () {
    const vectors = readVectors();
    if (vectors === undefined) return this.skip();
    for (const { x, mean: centre, sd, t_ci } of vectors.mean_ci_95.cases) {
      nearBounds(meanInterval(centre, sd ?? 0, x.length), t_ci ?? [null, null], 9, x.join(', '));
    }
  });

  it("agrees with Student's density integrated", () => {
    const value = fc.integer({ min: -50, max: 50 });
    fc.assert(
      fc.property(fc.array(value, { minLength: 1, maxLength: 40 }), (values) => {
        const { low, high } = meanBounds(values);
        nearBounds(intervalOf(values), [low, high], 8, values.join(', '));
      }),
      { seed: 1 },
    );
  });
});

function intervalOf(values: readonly number[]): Interval | undefined {
  return meanInterval(mean(values) ?? 0, deviation(values) ?? 0, values.length);
}
