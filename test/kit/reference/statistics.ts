/**
 * Statistics of the reference computation, from their definitions: quantiles of type 7 (Hyndman & Fan 1996), Student's t by
 * numeric integration of its density, Wilson (1927), adjusted Wald of a Net Promoter Score (Rocks 2016).
 */

/** Bounds of a 95 % interval; nulls where there is none. */
export interface RefInterval {
  readonly low: number | null;
  readonly high: number | null;
}

export const NO_INTERVAL: RefInterval = { low: null, high: null };

/** The value below which 97.5 % of the standard normal distribution lie (any table of it). */
const Z = 1.959963984540054;

export function total(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}

export function mean(values: readonly number[]): number | null {
  return values.length === 0 ? null : total(values) / values.length;
}

/** Sample standard deviation (n − 1); null for fewer than two values. */
export function deviation(values: readonly number[]): number | null {
  const centre = mean(values);
  if (centre === null || values.length < 2) return null;
  return Math.sqrt(total(values.map((value) => (value - centre) ** 2)) / (values.length - 1));
}

/** Type 7: the rank (n − 1)·p, counted from 0, and a straight line between the two values around it. */
export function quantile(values: readonly number[], p: number): number | null {
  const sorted = [...values].sort((a, b) => a - b);
  const rank = (sorted.length - 1) * p;
  const [below, above] = [sorted[Math.floor(rank)], sorted[Math.ceil(rank)]];
  if (below === undefined || above === undefined) return null;
  return below + (above - below) * (rank - Math.floor(rank));
}

/** Wilson 1927, as the roots of (p − x/n)² = z²·p(1 − p)/n, which is another way to it than centre and half width. */
export function wilsonBounds(hits: number, n: number): RefInterval {
  if (n === 0) return NO_INTERVAL;
  const share = hits / n;
  const z2 = Z * Z;
  const [a, b, c] = [1 + z2 / n, -(2 * share + z2 / n), share * share];
  const root = Math.sqrt(b * b - 4 * a * c);
  return { low: hits === 0 ? 0 : (-b - root) / (2 * a), high: hits === n ? 1 : (-b + root) / (2 * a) };
}

/** Rocks 2016: three quarters of an answer more at each end and three in all, cut at ±100. */
export function npsBounds(promoters: number, detractors: number, n: number): RefInterval {
  if (n === 0) return NO_INTERVAL;
  const size = n + 3;
  const scores = [
    { at: 100, share: (promoters + 0.75) / size },
    { at: -100, share: (detractors + 0.75) / size },
    { at: 0, share: (n - promoters - detractors + 1.5) / size },
  ];
  const centre = total(scores.map(({ at, share }) => at * share));
  const variance = total(scores.map(({ at, share }) => share * (at - centre) ** 2));
  const half = Z * Math.sqrt(variance / size);
  return { low: Math.max(-100, centre - half), high: Math.min(100, centre + half) };
}

/** Student 1908: mean ± t(n − 1)·s/√n. */
export function meanBounds(values: readonly number[]): RefInterval {
  const [centre, spread] = [mean(values), deviation(values)];
  if (centre === null || spread === null) return NO_INTERVAL;
  const half = (tPoint(values.length - 1) * spread) / Math.sqrt(values.length);
  return { low: centre - half, high: centre + half };
}

/**
 * The delta method over units (Deng, Knoblich & Lu 2018): a mean over rows is the ratio of two means over units, of their
 * totals and of their sizes. With d = total − mean·size its variance is that of d over units, by the square of the mean
 * size and the number of units; Student's t with one degree fewer than units.
 */
export function unitBounds(
  scored: readonly { readonly unit: unknown; readonly score: number }[],
  least: number,
  most: number,
): RefInterval {
  const units = new Map<unknown, number[]>();
  for (const { unit, score } of scored) units.set(unit, [...(units.get(unit) ?? []), score]);
  const centre = mean(scored.map(({ score }) => score));
  const spread = deviation([...units.values()].map((own) => total(own) - (centre ?? 0) * own.length));
  if (centre === null || spread === null) return NO_INTERVAL;
  const size = scored.length / units.size;
  const half = (tPoint(units.size - 1) * spread) / (size * Math.sqrt(units.size));
  return { low: Math.max(least, centre - half), high: Math.min(most, centre + half) };
}

const points = new Map<number, number>();

/** The value below which 97.5 % of Student's t with so many degrees of freedom lie. */
export function tPoint(freedom: number): number {
  const known = points.get(freedom);
  if (known !== undefined) return known;
  let [low, high] = [1, 20];
  for (let i = 0; i < 60; i++) {
    const middle = (low + high) / 2;
    if (centralHalf(middle, freedom) < 0.475) low = middle;
    else high = middle;
  }
  points.set(freedom, low);
  return low;
}

/**
 * The probability between 0 and t. With t = √ν·tan φ the density becomes cos(φ)^(ν − 1) over its integral from 0 to π/2, so
 * that the tail needs no cut: both integrals by Simpson's rule.
 */
function centralHalf(t: number, freedom: number): number {
  const density = (angle: number): number => Math.cos(angle) ** (freedom - 1);
  return (0.5 * simpson(density, Math.atan(t / Math.sqrt(freedom)))) / simpson(density, Math.PI / 2);
}

function simpson(f: (x: number) => number, to: number): number {
  const steps = 2000;
  const width = to / steps;
  let sum = f(0) + f(to);
  for (let i = 1; i < steps; i++) sum += f(i * width) * (i % 2 === 1 ? 4 : 2);
  return (sum * width) / 3;
}
