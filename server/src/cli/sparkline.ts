import type { Glyphs } from './look.ts';

/**
 * A line of blocks, one for each value, from the lowest to the highest of them; a gap where there is no value. Values that are all the
 * same are drawn half high, so that they look like neither a low nor a high.
 *
 * @param scale values that have the lowest and the highest in them, where the line is to be held against others
 */
export function sparkline(
  values: readonly (number | null)[],
  { levels, gap }: Glyphs,
  scale: readonly (number | null)[] = values,
): string {
  const known = scale.filter((value) => value !== null);
  const low = Math.min(...known);
  const range = Math.max(...known) - low;
  const middle = Math.floor((levels.length - 1) / 2);
  return values
    .map((value) => {
      if (value === null) return gap;
      const level = range === 0 ? middle : Math.round(((value - low) / range) * (levels.length - 1));
      return levels[level] ?? gap;
    })
    .join('');
}
