import type { Requirement } from '../kit/report.ts';

/** A measurement at a size. */
export interface Sized {
  readonly size: number;
  readonly time: number;
}

/** What growth may cost beyond what the size itself does. */
const MOST = 1.2;

/**
 * How time grows with size from the first measurement to the last: the ratio to linear growth, with the exponent that it would be a power of.
 * Nothing for fewer than two sizes.
 */
export function growthOf(name: string, sizes: readonly Sized[]): readonly Requirement[] {
  const [first, last] = [sizes[0], sizes.at(-1)];
  if (first === undefined || last === undefined || first === last) return [];
  const [more, longer] = [last.size / first.size, last.time / first.time];
  const exponent = Math.log(longer) / Math.log(more);
  return [
    {
      name: `${name}: growth over ${more}x to linear (exponent ${exponent.toFixed(2)})`,
      ratio: longer / more,
      limit: MOST,
    },
  ];
}
