import type { RefEstimate } from './finish.ts';
import type { RefTenureReport } from './metric.ts';
import { NO_INTERVAL, type RefInterval, total } from './statistics.ts';

/** How long something lasted, or had lasted when it was last seen. */
export interface Outcome {
  readonly time: number;
  readonly ended: boolean;
}

interface Mass extends Outcome {
  mass: number;
}

/**
 * Kaplan & Meier's estimate by redistribution to the right (Efron 1967): each outcome has one n-th of the mass, and what is last seen while
 * it lasts hands its own on to all that last longer. The share left after t is the mass of what ends behind it.
 */
export function tenureOf(
  report: RefTenureReport,
  outcomes: readonly Outcome[],
  intervals: boolean,
): RefEstimate {
  const n = outcomes.length;
  const none: RefEstimate = { value: null, n, ...NO_INTERVAL };
  if (n === 0) return none;
  const masses = redistributed(outcomes);
  const left = (age: number): number =>
    1 - total(masses.filter(({ time, ended }) => ended && time <= age).map(({ mass }) => mass));
  const longest = Math.max(...outcomes.map(({ time }) => time));
  const isEmpty = left(longest) < 1e-12;
  switch (report.kind) {
    case 'median': {
      const times = masses.filter(({ ended }) => ended).map(({ time }) => time);
      const half = times.find((time) => left(time) <= 0.5 + 1e-11);
      return { ...none, value: half ?? null };
    }
    case 'survival': {
      if (longest < report.at && !isEmpty) return none;
      const value = Math.abs(left(report.at)) < 1e-12 ? 0 : left(report.at);
      return { value, n, ...(intervals ? survivalBounds(value, outcomes, report.at) : NO_INTERVAL) };
    }
    case 'mean': {
      if (longest < report.horizon && !isEmpty) return none;
      return meanTenure(masses, outcomes, report.horizon, intervals);
    }
  }
}

/** In order; of those of one time, what ended comes first. */
function redistributed(outcomes: readonly Outcome[]): readonly Mass[] {
  const sorted = [...outcomes].sort((a, b) => a.time - b.time || Number(b.ended) - Number(a.ended));
  const masses = sorted.map((outcome): Mass => ({ ...outcome, mass: 1 / outcomes.length }));
  for (const [index, own] of masses.entries()) {
    const later = masses.slice(index + 1);
    if (own.ended || later.length === 0) continue;
    for (const other of later) other.mass += own.mass / later.length;
    own.mass = 0;
  }
  return masses;
}

/** Greenwood 1926 over the distinct times up to an age. */
function greenwood(outcomes: readonly Outcome[], weight: (time: number) => number): number {
  const times = [...new Set(outcomes.filter(({ ended }) => ended).map(({ time }) => time))];
  return total(
    times.map((at) => {
      const risk = outcomes.filter(({ time }) => time >= at).length;
      const ends = outcomes.filter(({ time, ended }) => ended && time === at).length;
      return risk === ends ? 0 : (weight(at) * ends) / (risk * (risk - ends));
    }),
  );
}

const Z = 1.959963984540054;

function survivalBounds(share: number, outcomes: readonly Outcome[], age: number): RefInterval {
  const spread = greenwood(outcomes, (time) => (time <= age ? 1 : 0));
  if (share <= 0 || spread === 0) return NO_INTERVAL;
  // log(−log S) ± z · √spread / |log S|, and back.
  const centre = Math.log(-Math.log(share));
  const half = (Z * Math.sqrt(spread)) / -Math.log(share);
  return { low: Math.exp(-Math.exp(centre + half)), high: Math.exp(-Math.exp(centre - half)) };
}

/** The mean of what is cut at the horizon; mass that ends nowhere reaches it. */
function meanTenure(
  masses: readonly Mass[],
  outcomes: readonly Outcome[],
  horizon: number,
  intervals: boolean,
): RefEstimate {
  const cut = (time: number): number => Math.min(Math.max(time, 0), horizon);
  const above = (age: number): number =>
    total(
      masses.map(({ time, ended, mass }) => mass * Math.max(0, (ended ? cut(time) : horizon) - cut(age))),
    );
  const value = above(0);
  const half = Z * Math.sqrt(greenwood(outcomes, (time) => above(time) ** 2));
  const bounds =
    intervals && half > 0
      ? { low: Math.max(0, value - half), high: Math.min(horizon, value + half) }
      : NO_INTERVAL;
  return { value, n: outcomes.length, ...bounds };
}
