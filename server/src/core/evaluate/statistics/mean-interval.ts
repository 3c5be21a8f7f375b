import tQuantile from '@stdlib/stats-base-dists-t-quantile';
import type { Interval } from './normal.ts';

/**
 * Student's interval of a mean at 95 %: mean ± t(n − 1) · s / √n, with the sample standard deviation `deviation` (n − 1).
 * Student (1908), Biometrika 6:1–25. `undefined` for n < 2, where nothing is known of the spread.
 */
export function meanInterval(mean: number, deviation: number, n: number): Interval | undefined {
  if (n < 2) return undefined;
  const half = (tQuantile(0.975, n - 1) * deviation) / Math.sqrt(n);
  return { low: mean - half, high: mean + half };
}
