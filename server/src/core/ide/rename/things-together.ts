import type { Checked } from '../../check/checked.ts';
import { keyOf, type Named, type Occurrence, occurrenceIndex } from '../occurrences.ts';

/** What has to be renamed together, and every place where it is named, each once. */
export interface Things {
  readonly named: readonly Named[];
  readonly places: readonly Occurrence[];
}

/**
 * What is under one name together with another: a word that is read on several sources names a column of each, and anchored text
 * that several definitions use declares something in each. Renaming one of them without the others would break the word.
 */
export function thingsTogether(checked: Checked, start: Named): Things {
  const index = occurrenceIndex(checked);
  const named = new Map<string, Named>([[keyOf(start), start]]);
  const places = new Map<string, Occurrence>();
  // The map grows while it is gone through.
  for (const thing of named.values()) {
    for (const occurrence of index.of(thing)) {
      places.set(`${occurrence.file}\u0000${occurrence.span.start}`, occurrence);
      for (const { named: other } of index.at(occurrence)) named.set(keyOf(other), other);
    }
  }
  return { named: [...named.values()], places: [...places.values()] };
}
