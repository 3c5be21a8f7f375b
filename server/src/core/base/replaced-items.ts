/**
 * Where two lists hold other items, as long as those are only replaced: the key of each item is that of the item before it. A
 * plain loop, as this is done for every file of a project at every keystroke. `undefined` where an item has come, gone or moved.
 */
export function replacedItems<Item>(
  before: readonly Item[],
  after: readonly Item[],
  keyOf: (item: Item) => string,
): readonly number[] | undefined {
  if (before.length !== after.length) return undefined;
  const replaced: number[] = [];
  for (let index = 0; index < after.length; index++) {
    const [old, now] = [before[index], after[index]];
    if (old === now) continue;
    if (old === undefined || now === undefined || keyOf(old) !== keyOf(now)) return undefined;
    replaced.push(index);
  }
  return replaced;
}
