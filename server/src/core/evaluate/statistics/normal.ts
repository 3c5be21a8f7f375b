/** The 97.5 % point of the standard normal distribution: two-sided 95 % intervals are so many standard errors to each side. */
export const Z95 = 1.959963984540054;

/** A two-sided 95 % interval. */
export interface Interval {
  readonly low: number;
  readonly high: number;
}
