/** Section 5.4 of the format: a value that rests on fewer is a small sample. */
export const SMALL_SAMPLE = 30;

/** Whether a value rests on few. A count is its own sample size: marking a small one would say nothing more. */
export function isSmallSample(
  { value, n }: { readonly value: number | null; readonly n: number },
  unit: string,
): boolean {
  return value !== null && n < SMALL_SAMPLE && unit !== 'count';
}
