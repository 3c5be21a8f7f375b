import type { Place } from '../base/span.ts';
import type { IdeContext, IdeFile } from './ide-context.ts';
import { placeKeyOf } from './names/occurrence.ts';
import { defaultSources, keyOf, occurrenceIndex, occurrencesAt, occurrencesIn } from './occurrences.ts';

/** A place where something is named. */
export interface Reference extends Place {
  readonly declares: boolean;
}

/**
 * Every place of the project where what stands under the cursor is named, its declarations first; empty where no name is. Looks at
 * the whole project. Where one word stands for several things, the places of all of them.
 */
export function references(context: IdeContext, file: IdeFile, offset: number): readonly Reference[] {
  const index = occurrenceIndex(context.checked);
  const found = occurrencesAt(context, file, offset).flatMap(({ named }) => index.of(named));
  const once = new Map(found.map((occurrence) => [placeKeyOf(occurrence), occurrence]));
  return [...once.values()].map(({ file: at, span, declares }) => ({ file: at, span, declares }));
}

/** A place to highlight: written to where the name is declared, read where it is used. */
export interface Highlight extends Place {
  readonly access: 'read' | 'write';
}

/**
 * The places of one document where what stands under the cursor is named, for its `files` in order. Definitions that stand in
 * none of them are not looked at.
 */
export function highlights(
  context: IdeContext,
  files: readonly IdeFile[],
  file: IdeFile,
  offset: number,
): readonly Highlight[] {
  const under = new Set(occurrencesAt(context, file, offset).map(({ named }) => keyOf(named)));
  if (under.size === 0) return [];
  const found = [
    ...defaultSources(files.map((each) => each.file)),
    ...files.flatMap((each) => each.file.definitions.flatMap((one) => occurrencesIn(context.checked, one))),
  ].filter(({ named, inherited }) => !inherited && under.has(keyOf(named)));
  const places = new Map<string, Highlight>();
  for (const occurrence of found) {
    const id = placeKeyOf(occurrence);
    const isWrite = occurrence.declares || places.get(id)?.access === 'write';
    places.set(id, { file: occurrence.file, span: occurrence.span, access: isWrite ? 'write' : 'read' });
  }
  return [...places.values()];
}
