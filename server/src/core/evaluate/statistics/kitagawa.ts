/** A group at two times: what it weighs, and its rate. A group that is not there weighs 0 and has no rate. */
export interface Standing {
  readonly weight: number;
  readonly rate: number | null;
}

/** What a group did to the change of the whole. */
export interface Effect {
  /** By having another rate. */
  readonly rate: number;
  /** By weighing more or less than before, held against the mean of the two wholes. */
  readonly mix: number;
}

/**
 * The change of a weighted mean, split into what changed rates and what changed weights did: Σ (r₂ − r₁)(w₁ + w₂)/2 and Σ (w₂ − w₁)(r₁ +
 * r₂)/2, with weights as shares of the whole. Kitagawa (1955), JASA 50:1168–1194; Das Gupta (1978). Each group's mix is centred on the mean of
 * the two wholes, which leaves the sum as it is: a group that grows and is better than the whole lifts it. The rate of a group that is new
 * or gone is taken to be the one that it has, so that all it does is mix.
 *
 * @returns in the order of the groups; all effects together are the change, where the groups make up the whole
 */
export function kitagawa(
  groups: readonly { readonly before: Standing; readonly after: Standing }[],
): readonly Effect[] {
  const [before, after] = [
    sumOf(groups.map((group) => group.before)),
    sumOf(groups.map((group) => group.after)),
  ];
  const middle = (before.rate + after.rate) / 2;
  return groups.map((group) => {
    const w1 = before.weight === 0 ? 0 : group.before.weight / before.weight;
    const w2 = after.weight === 0 ? 0 : group.after.weight / after.weight;
    const r1 = group.before.rate ?? group.after.rate ?? middle;
    const r2 = group.after.rate ?? r1;
    return { rate: ((r2 - r1) * (w1 + w2)) / 2, mix: (w2 - w1) * ((r1 + r2) / 2 - middle) };
  });
}

/** What groups weigh together, and their mean. */
function sumOf(groups: readonly Standing[]): { readonly weight: number; readonly rate: number } {
  const weight = groups.reduce((sum, group) => sum + group.weight, 0);
  const total = groups.reduce((sum, group) => sum + group.weight * (group.rate ?? 0), 0);
  return { weight, rate: weight === 0 ? 0 : total / weight };
}
