import { type Interval, Z95 } from './normal.ts';

/**
 * The Wilson score interval of a share of `hits` among `n`, at 95 %: Wilson (1927), JASA 22:209–212, as recommended by
 * Brown, Cai & DasGupta (2001). The bound is exactly 0 without hits and exactly 1 with nothing but hits. `undefined` for n = 0.
 */
export function wilson(hits: number, n: number): Interval | undefined {
  return n <= 0 ? undefined : wilsonAt(hits, n, Z95);
}

/** The same at the level whose two-sided normal point is `z`. Needs n > 0. */
export function wilsonAt(hits: number, n: number, z: number): Interval {
  const p = hits / n;
  const z2 = z * z;
  const centre = (p + z2 / (2 * n)) / (1 + z2 / n);
  const half = (z * Math.sqrt((p * (1 - p)) / n + z2 / (4 * n * n))) / (1 + z2 / n);
  return { low: hits === 0 ? 0 : centre - half, high: hits === n ? 1 : centre + half };
}
