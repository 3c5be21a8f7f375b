/** The middle of some measurements, and what nineteen of twenty stay below. */
export interface Summary {
  readonly count: number;
  readonly median: number;
  readonly p95: number;
  /** Processor time behind the median, in the same unit; absent where it was not measured. */
  readonly cpu?: number;
}

/** @param cpu processor times of the same measurements, as far as they are known */
export function summary(values: readonly number[], cpu: readonly number[] = []): Summary {
  const sorted = ascending(values);
  return {
    count: sorted.length,
    median: quantile(sorted, 0.5),
    p95: quantile(sorted, 0.95),
    ...(cpu.length === 0 ? {} : { cpu: quantile(ascending(cpu), 0.5) }),
  };
}

/** The median of the ratios of measurements that were made in turn: what slows a machine down for a while slows both. */
export function medianRatio(parts: readonly number[], wholes: readonly number[]): number {
  const ratios = parts.map((part, index) => part / (wholes[index] ?? Number.NaN));
  return quantile(ascending(ratios), 0.5);
}

function ascending(values: readonly number[]): readonly number[] {
  return values.toSorted((a, b) => a - b);
}

function quantile(sorted: readonly number[], share: number): number {
  const at = (sorted.length - 1) * share;
  const [low, high] = [sorted[Math.floor(at)] ?? Number.NaN, sorted[Math.ceil(at)] ?? Number.NaN];
  return low + (high - low) * (at - Math.floor(at));
}
