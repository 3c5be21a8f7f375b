/**
 * p-values adjusted for having been many: Holm (1979), Scandinavian Journal of Statistics 6:65–70. One that is at most 0.05 is significant
 * at 5 % over the whole family.
 *
 * @returns in the order given, each from 0 to 1
 */
export function holm(values: readonly number[]): readonly number[] {
  const order = values.map((_, index) => index).sort((a, b) => (values[a] ?? 1) - (values[b] ?? 1));
  const adjusted = new Array<number>(values.length).fill(1);
  let least = 0;
  for (const [rank, index] of order.entries()) {
    least = Math.max(least, Math.min(1, (values[index] ?? 1) * (values.length - rank)));
    adjusted[index] = least;
  }
  return adjusted;
}
