import type { AnyDefinition, DefinitionKind } from '../model/project.ts';
import { classOf } from './class-of.ts';
import { compareSayings } from './compare-sayings.ts';
import { sayingsIn } from './definition-sayings.ts';
import { definitionsOf } from './definitions-of.ts';
import { NO_RENAMES, type Renames } from './renames.ts';
import type { DiffSide } from './side.ts';

/** A definition that has another name after a change. */
export interface Rename {
  readonly before: AnyDefinition;
  readonly after: AnyDefinition;
}

/** What rests on nothing of its own kind comes first, so that the names in what rests on it are known. */
const ORDER: readonly DefinitionKind[] = ['source', 'segment', 'metric', 'target', 'journey'];

/** Metrics that rest on renamed metrics are found round by round; chains of more names than this are told as removed and added. */
const MAX_ROUNDS = 8;

/**
 * Finds definitions that are gone under one name and there under another, and say the same but for what changes neither values nor
 * goals. Where several fit, one with the same label is taken, else the first in the order of the files.
 */
export function findRenames(
  before: DiffSide,
  after: DiffSide,
): {
  readonly renames: Renames;
  readonly found: readonly Rename[];
} {
  const found: Rename[] = [];
  let renames = NO_RENAMES;
  for (const kind of ORDER) {
    for (let round = 0; round < MAX_ROUNDS; round++) {
      const more = renamesOf(kind, before, after, renames, found);
      if (more.length === 0) break;
      found.push(...more);
      renames = renamesIn(found);
    }
  }
  return { renames, found };
}

function renamesIn(found: readonly Rename[]): Renames {
  const names = new Map(
    found.map(({ before, after }) => [`${before.definition} ${before.name}`, after.name]),
  );
  return { of: (kind, name) => names.get(`${kind} ${name}`) };
}

function renamesOf(
  kind: DefinitionKind,
  before: DiffSide,
  after: DiffSide,
  renames: Renames,
  found: readonly Rename[],
): readonly Rename[] {
  const [old, now] = [definitionsOf(before, kind), definitionsOf(after, kind)];
  const isFound = (definition: AnyDefinition): boolean =>
    found.some((rename) => rename.before === definition || rename.after === definition);
  const gone = [...old.values()].filter((definition) => !now.has(definition.name) && !isFound(definition));
  const fresh = [...now.values()].filter((definition) => !old.has(definition.name) && !isFound(definition));
  if (gone.length === 0 || fresh.length === 0) return [];
  const [saidBefore, saidAfter] = [sayingsIn(before, renames), sayingsIn(after, NO_RENAMES)];
  const isLike = (one: AnyDefinition, other: AnyDefinition): boolean =>
    one.node !== undefined &&
    other.node !== undefined &&
    compareSayings(saidBefore(one), saidAfter(other)).every(
      ({ path, before: was, after: is }) =>
        classOf(kind, path, [was?.meaning ?? '', is?.meaning ?? '']) === 'cosmetic' && kind !== 'journey',
    );
  const taken = new Set<AnyDefinition>();
  return gone.flatMap((one) => {
    const alike = fresh.filter((other) => !taken.has(other) && isLike(one, other));
    const match = alike.find(({ label }) => label === one.label) ?? alike[0];
    if (match === undefined) return [];
    taken.add(match);
    return [{ before: one, after: match }];
  });
}
