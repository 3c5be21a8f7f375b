import { type Interval, Z95 } from './normal.ts';

/**
 * The adjusted Wald interval of a Net Promoter Score, in points, at 95 %: three quarters of an answer are added to promoters and
 * to detractors and three answers to n, and the interval is cut at ±100. Rocks (2016), The American Statistician
 * 70:365–372. `undefined` for n = 0.
 */
export function npsInterval(promoters: number, detractors: number, n: number): Interval | undefined {
  if (n <= 0) return undefined;
  const total = n + 3;
  const p = (promoters + 0.75) / total;
  const d = (detractors + 0.75) / total;
  const half = 100 * Z95 * Math.sqrt((p + d - (p - d) ** 2) / total);
  const centre = 100 * (p - d);
  return { low: Math.max(-100, centre - half), high: Math.min(100, centre + half) };
}
