import tQuantile from '@stdlib/stats-base-dists-t-quantile';
import type { Basis, UnitSums } from '../../plan/metric-plan.ts';
import type { Interval } from './normal.ts';

/**
 * The interval at 95 % of a quotient of sums whose rows come in units that were drawn together: R ± t(m − 1) · √V with
 * V = m / (m − 1) · Σ(y − R·x)² / (Σx)², the delta method over units. Cochran (1977), Sampling Techniques, 3rd edition, 6.4;
 * Deng, Knoblich & Lu (2018), KDD, section 3. `undefined` for fewer than two units, and where nothing was counted.
 */
export function unitInterval(sums: UnitSums): (Interval & { readonly basis: Basis }) | undefined {
  const { units, above, below } = sums;
  if (units < 2 || below === 0) return undefined;
  const ratio = above / below;
  const spread = sums.aboveSquared - 2 * ratio * sums.product + ratio * ratio * sums.belowSquared;
  // Of equal numbers rounding may leave a little less than nothing.
  const variance = ((units / (units - 1)) * Math.max(0, spread)) / (below * below);
  const error = Math.sqrt(variance);
  const half = tQuantile(0.975, units - 1) * error;
  return {
    low: ratio - half,
    high: ratio + half,
    basis: { kind: 'mean', value: ratio, error, degrees: units - 1 },
  };
}
