import normalCdf from '@stdlib/stats-base-dists-normal-cdf';
import tCdf from '@stdlib/stats-base-dists-t-cdf';
import tQuantile from '@stdlib/stats-base-dists-t-quantile';
import type { Basis } from '../../plan/metric-plan.ts';
import { type Interval, Z95 } from './normal.ts';
import { wilsonAt } from './wilson.ts';

/** How a value differs from an earlier one, as far as samples can tell. */
export interface Difference {
  /** The 95 % interval of the later value minus the earlier. */
  readonly interval: Interval;
  /** Two-sided: how often a difference as large comes about where there is none. */
  readonly p: number;
}

/**
 * The difference of two values of one metric, on independent samples: by Newcombe for shares, by the adjusted Wald z for Net Promoter Scores,
 * by Welch for means. `undefined` where one of them rests on too little, or they are of different kinds. Two values that are known exactly
 * differ or do not.
 */
export function difference(later: Basis, earlier: Basis): Difference | undefined {
  if (later.kind === 'share' && earlier.kind === 'share') return newcombe(later, earlier);
  if (later.kind === 'nps' && earlier.kind === 'nps') return npsDifference(later, earlier);
  if (later.kind === 'mean' && earlier.kind === 'mean') return welch(later, earlier);
  return undefined;
}

type Of<Kind extends Basis['kind']> = Extract<Basis, { readonly kind: Kind }>;

/**
 * Newcombe's hybrid score interval, method 10 of Newcombe (1998), Statistics in Medicine 17:873–890. It comes with no p-value; the level
 * at which the interval ends at 0 is one.
 */
function newcombe(later: Of<'share'>, earlier: Of<'share'>): Difference | undefined {
  if (later.n <= 0 || earlier.n <= 0) return undefined;
  return { interval: newcombeAt(later, earlier, Z95), p: newcombeP(later, earlier) };
}

function newcombeAt(later: Of<'share'>, earlier: Of<'share'>, z: number): Interval {
  const [p1, p2] = [later.hits / later.n, earlier.hits / earlier.n];
  const [one, two] = [wilsonAt(later.hits, later.n, z), wilsonAt(earlier.hits, earlier.n, z)];
  const d = p1 - p2;
  return {
    low: d - Math.hypot(p1 - one.low, two.high - p2),
    high: d + Math.hypot(one.high - p1, p2 - two.low),
  };
}

/** Beyond so many standard errors a p-value is 0 as a number. */
const FARTHEST_Z = 40;

function newcombeP(later: Of<'share'>, earlier: Of<'share'>): number {
  const d = later.hits / later.n - earlier.hits / earlier.n;
  if (d === 0) return 1;
  const reachesZero = (z: number): boolean => {
    const { low, high } = newcombeAt(later, earlier, z);
    return d > 0 ? low <= 0 : high >= 0;
  };
  // The interval grows with z, so that halving finds where it ends at 0.
  let [inside, outside] = [0, FARTHEST_Z];
  if (!reachesZero(outside)) return 0;
  for (let step = 0; step < 60; step++) {
    const middle = (inside + outside) / 2;
    if (reachesZero(middle)) outside = middle;
    else inside = middle;
  }
  return twoSided(outside);
}

/** Lewis & Sauro (2021): the z of two adjusted Wald estimates, each as Rocks (2016) adjusts them. In points. */
function npsDifference(later: Of<'nps'>, earlier: Of<'nps'>): Difference | undefined {
  if (later.n <= 0 || earlier.n <= 0) return undefined;
  const [one, two] = [adjusted(later), adjusted(earlier)];
  const d = one.value - two.value;
  const error = Math.hypot(one.error, two.error);
  return { interval: { low: d - Z95 * error, high: d + Z95 * error }, p: twoSided(d / error) };
}

function adjusted({ promoters, detractors, n }: Of<'nps'>): { value: number; error: number } {
  const total = n + 3;
  const [p, d] = [(promoters + 0.75) / total, (detractors + 0.75) / total];
  return { value: 100 * (p - d), error: 100 * Math.sqrt((p + d - (p - d) ** 2) / total) };
}

/** Welch (1947), Biometrika 34:28–35, with the degrees of freedom of Satterthwaite (1946). */
function welch(later: Of<'mean'>, earlier: Of<'mean'>): Difference | undefined {
  if (later.degrees < 1 || earlier.degrees < 1) return undefined;
  const d = later.value - earlier.value;
  const [v1, v2] = [later.error ** 2, earlier.error ** 2];
  const error = Math.sqrt(v1 + v2);
  // Without any spread nothing is left to chance.
  if (error === 0) return { interval: { low: d, high: d }, p: d === 0 ? 1 : 0 };
  const degrees = (v1 + v2) ** 2 / (v1 ** 2 / later.degrees + v2 ** 2 / earlier.degrees);
  const half = tQuantile(0.975, degrees) * error;
  return { interval: { low: d - half, high: d + half }, p: 2 * tCdf(-Math.abs(d / error), degrees) };
}

function twoSided(z: number): number {
  return 2 * normalCdf(-Math.abs(z), 0, 1);
}
