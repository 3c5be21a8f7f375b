import normalCdf from '@stdlib/stats-base-dists-normal-cdf';

/** Whether values rise or fall over time, and how fast. */
export interface TrendTest {
  /** Theil–Sen: the median slope between any two values, in the values' unit for each step. */
  readonly slope: number;
  /** Mann–Kendall, two-sided, with ties and a continuity correction. */
  readonly p: number;
  /** Kendall's tau: from −1, always falling, to 1, always rising. */
  readonly tau: number;
}

/**
 * The trend of values at equal steps, oldest first; a null is a step without a value. Theil (1950); Sen (1968), JASA 63:1379–1389; Mann
 * (1945), Econometrica 13:245–259; Kendall (1975), Rank Correlation Methods. `undefined` for fewer than two values.
 */
export function trendTest(values: readonly (number | null)[]): TrendTest | undefined {
  const known = values.flatMap((value, step) => (value === null ? [] : [{ value, step }]));
  const n = known.length;
  if (n < 2) return undefined;
  const slopes: number[] = [];
  let score = 0;
  for (const [index, late] of known.entries()) {
    for (const early of known.slice(0, index)) {
      slopes.push((late.value - early.value) / (late.step - early.step));
      score += Math.sign(late.value - early.value);
    }
  }
  const variance = (pairTerm(n) - tiesTerm(known.map(({ value }) => value))) / 18;
  const z = score === 0 || variance === 0 ? 0 : (score - Math.sign(score)) / Math.sqrt(variance);
  return { slope: medianOf(slopes), p: 2 * normalCdf(-Math.abs(z), 0, 1), tau: score / ((n * (n - 1)) / 2) };
}

function pairTerm(n: number): number {
  return n * (n - 1) * (2 * n + 5);
}

function tiesTerm(values: readonly number[]): number {
  const counts = new Map<number, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts.values()].reduce((sum, count) => sum + pairTerm(count), 0);
}

function medianOf(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const [high = 0, low = 0] = [sorted[middle], sorted[middle - 1]];
  return sorted.length % 2 === 1 ? high : (low + high) / 2;
}
