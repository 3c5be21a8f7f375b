import type { NumberWord } from '../model/project.ts';

/** Compares to the decimals written: `33.33` is met by 33.3333, `42%` by 0.4231. `null` expects no data. */
export function agrees(computed: number | null, expect: NumberWord | null): boolean {
  if (expect === null || computed === null) return expect === null && computed === null;
  const tolerance = 0.5 * 10 ** -decimalsOf(expect);
  return Math.abs(computed - expect.value) <= tolerance * (1 + 1e-9) + 1e-12 * Math.abs(expect.value);
}

/** Another number as a word is written: with as many decimals, as a percentage where that is one. */
export function writtenLike(value: number, { percent, decimals }: NumberWord): string {
  return percent ? `${(value * 100).toFixed(decimals)}%` : value.toFixed(decimals);
}

/** The decimals of the stored number, which of a percentage is a fraction. */
function decimalsOf({ percent, decimals }: NumberWord): number {
  return percent ? decimals + 2 : decimals;
}
