import { areAlike } from './condition-words.ts';
import { CONDITIONS, NAMED_PARTS } from './keys.ts';
import type { Saying } from './sayings.ts';

/** One thing that two versions of a definition say otherwise. */
export interface Difference {
  readonly path: readonly string[];
  readonly before: Saying | undefined;
  readonly after: Saying | undefined;
  /** What else belongs to it: all that a part says which is new, or gone, as a whole. */
  readonly within?: readonly Saying[];
}

type Said = ReadonlyMap<string, Saying>;

/** What two versions of a definition say otherwise, in the order of the text after the change; what is gone stands behind. */
export function compareSayings(before: Said, after: Said): readonly Difference[] {
  const differences: Difference[] = [];
  for (const [key, saying] of after) {
    const old = before.get(key);
    if (old === undefined ? saying.inherited === true : isSame(old, saying)) continue;
    differences.push({ path: saying.path, before: old, after: saying });
  }
  for (const [key, saying] of before) {
    if (!after.has(key) && saying.inherited !== true)
      differences.push({ path: saying.path, before: saying, after: undefined });
  }
  const inOrder = differences.toSorted((one, other) => placeOf(one) - placeOf(other));
  return paired(asParts(inOrder, before, after));
}

function placeOf({ after }: Difference): number {
  return after?.span.start ?? Number.MAX_SAFE_INTEGER;
}

/** What both have from elsewhere is told where it stands, as is what comes to them from there or comes no more. */
function isSame(before: Saying, after: Saying): boolean {
  return before.meaning === after.meaning || (before.inherited === true && after.inherited === true);
}

/** Puts together what belongs to one column, link or the like that is new or gone as a whole. */
function asParts(differences: readonly Difference[], before: Said, after: Said): readonly Difference[] {
  const [hadBefore, hasAfter] = [partsIn(before), partsIn(after)];
  const parts = new Map<string, Saying[]>();
  return differences.flatMap((difference): readonly Difference[] => {
    const part = partOf(difference.path);
    if (part === undefined || (hadBefore.has(part) && hasAfter.has(part))) return [difference];
    const own = difference.after ?? difference.before;
    const known = parts.get(part);
    if (known !== undefined) {
      if (own !== undefined) known.push(own);
      return [];
    }
    const within = own === undefined ? [] : [own];
    parts.set(part, within);
    return [{ ...difference, path: difference.path.slice(0, 2), within }];
  });
}

function partsIn(said: Said): ReadonlySet<string> {
  return new Set([...said.values()].flatMap(({ path }) => partOf(path) ?? []));
}

function partOf(path: readonly string[]): string | undefined {
  const isPart = NAMED_PARTS.has(path[0] ?? '') || path[0] === 'steps';
  return isPart && path.length > 2 ? path.slice(0, 2).join('\u0000') : undefined;
}

/** A condition that is gone, and one that is new and differs from it in its literals only, are one that changed. */
function paired(differences: readonly Difference[]): readonly Difference[] {
  const gone = differences.filter(({ path, after }) => after === undefined && isCondition(path));
  const taken = new Set<Difference>();
  const result = differences.map((difference) => {
    const { path, before, after } = difference;
    if (before !== undefined || after === undefined || !isCondition(path)) return difference;
    const old = gone.find((one) => !taken.has(one) && isInPlaceOf(one, difference));
    if (old === undefined) return difference;
    taken.add(old);
    return { path, before: old.before, after };
  });
  return result.filter((difference) => !taken.has(difference));
}

/** Whether a path leads to a condition; columns and links may be called as people like. */
export function isCondition(path: readonly string[]): boolean {
  return CONDITIONS.has(path.at(-2) ?? '') && path[0] !== 'columns' && path[0] !== 'links';
}

function isInPlaceOf(old: Difference, now: Difference): boolean {
  const sameKey = old.path.slice(0, -1).join('\u0000') === now.path.slice(0, -1).join('\u0000');
  return sameKey && areAlike(old.before?.text ?? '', now.after?.text ?? '');
}
