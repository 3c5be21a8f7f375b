import { type Interval, Z95 } from './normal.ts';

/**
 * The 95 % interval of a Kaplan–Meier share S: Greenwood's variance (1926) on the scale of log(−log S), which keeps it between 0 and 1
 * (Kalbfleisch & Prentice 1980; Borgan & Liestøl 1990 find it good from small samples on). `undefined` where nobody or everybody is left,
 * as the scale has no place for 0 and 1.
 *
 * @param greenwood the sum of d / (n · (n − d)) over the times up to which S is the product
 */
export function survivalInterval(share: number, greenwood: number): Interval | undefined {
  if (!(share > 0 && share < 1) || greenwood <= 0) return undefined;
  const power = Math.exp((Z95 * Math.sqrt(greenwood)) / Math.abs(Math.log(share)));
  return { low: share ** power, high: share ** (1 / power) };
}
