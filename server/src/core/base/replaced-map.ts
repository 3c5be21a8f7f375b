/** So many values are kept beside a map before they are put into a new one. */
const MOST = 32;

/**
 * A map in which some values are replaced by others, under keys that it has: its keys and their order stay. A large map is not
 * copied for it, so that a keystroke does not cost as much as the project is large.
 */
export function withReplaced<Key, Value>(
  map: ReadonlyMap<Key, Value>,
  values: ReadonlyMap<Key, Value>,
): ReadonlyMap<Key, Value> {
  if (values.size === 0) return map;
  const [base, own] = map instanceof ReplacedMap ? map.parts : [map, undefined];
  const all = own === undefined ? values : new Map([...own, ...values]);
  const replaced = new ReplacedMap(base, all);
  return all.size > MOST ? new Map(replaced) : replaced;
}

class ReplacedMap<Key, Value> implements ReadonlyMap<Key, Value> {
  readonly parts: readonly [base: ReadonlyMap<Key, Value>, own: ReadonlyMap<Key, Value>];

  constructor(base: ReadonlyMap<Key, Value>, own: ReadonlyMap<Key, Value>) {
    this.parts = [base, own];
  }

  get size(): number {
    return this.parts[0].size;
  }

  get(key: Key): Value | undefined {
    const [base, own] = this.parts;
    return own.has(key) ? own.get(key) : base.get(key);
  }

  has(key: Key): boolean {
    return this.parts[0].has(key);
  }

  keys(): MapIterator<Key> {
    return this.parts[0].keys();
  }

  *values(): MapIterator<Value> {
    for (const [, value] of this) yield value;
  }

  entries(): MapIterator<[Key, Value]> {
    return this[Symbol.iterator]();
  }

  *[Symbol.iterator](): MapIterator<[Key, Value]> {
    const [base, own] = this.parts;
    for (const [key, value] of base) yield [key, own.has(key) ? (own.get(key) as Value) : value];
  }

  forEach(use: (value: Value, key: Key, map: ReadonlyMap<Key, Value>) => void): void {
    for (const [key, value] of this) use(value, key, this);
  }
}
