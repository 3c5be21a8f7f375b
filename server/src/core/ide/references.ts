import type { Place, Span } from '../base/span.ts';
import type { MetricsFile } from '../model/project.ts';
import { type IdeContext, type IdeFile, ideFileOf } from './ide-context.ts';
import { placeKeyOf } from './names/occurrence.ts';
import {
  defaultSources,
  extentOf,
  keyOf,
  type Occurrence,
  occurrencesAt,
  occurrencesIn,
} from './occurrences.ts';

/** A place where something is named. */
export interface Reference extends Place {
  readonly declares: boolean;
}

/**
 * Every place of the project where what stands under the cursor is named, its declarations first; empty where no name is. Looks at
 * all files of the project, or at those that `filesNaming` gives. Where one word stands for several things, the places of all of
 * them.
 */
export function references(context: IdeContext, file: IdeFile, offset: number): readonly Reference[] {
  const found = placesOf(context, context.checked.project.files, occurrencesAt(context, file, offset));
  return [...found.filter(({ declares }) => declares), ...found.filter(({ declares }) => !declares)];
}

/**
 * Those of some files that may name what stands under the cursor, so that only what these mean need be found out. Goes by their
 * texts.
 */
export function filesNaming(
  context: IdeContext,
  files: readonly MetricsFile[],
  file: IdeFile,
  offset: number,
): readonly IdeFile[] {
  const [first] = occurrencesAt(context, file, offset);
  if (first === undefined) return [];
  const mayBeIn = textFilter(first.named.name);
  return files.filter(({ text }) => mayBeIn(text, { start: 0, end: text.length })).map(ideFileOf);
}

/** A place to highlight: written to where the name is declared, read where it is used. */
export interface Highlight extends Place {
  readonly access: 'read' | 'write';
}

/** The places of one document, which consists of `files`, where what stands under the cursor is named. */
export function highlights(
  context: IdeContext,
  files: readonly IdeFile[],
  file: IdeFile,
  offset: number,
): readonly Highlight[] {
  const inFiles = files.map((each) => each.file);
  return placesOf(context, inFiles, occurrencesAt(context, file, offset)).map(
    ({ declares, ...place }): Highlight => ({ ...place, access: declares ? 'write' : 'read' }),
  );
}

/** The places in some files where the things are named that stand under a cursor. */
function placesOf(
  { checked }: IdeContext,
  files: readonly MetricsFile[],
  under: readonly Occurrence[],
): readonly Reference[] {
  const [first] = under;
  if (first === undefined) return [];
  const wanted = new Set(under.map(({ named }) => keyOf(named)));
  const mayBeIn = textFilter(first.named.name);
  const found = files.flatMap(({ text, definitions }) =>
    definitions
      .filter((definition) => mayBeIn(text, extentOf(definition)))
      .flatMap((definition) => occurrencesIn(checked, definition)),
  );
  const places = new Map<string, Reference>();
  for (const occurrence of [...defaultSources(files), ...found]) {
    if (occurrence.inherited || !wanted.has(keyOf(occurrence.named))) continue;
    const id = placeKeyOf(occurrence);
    const declares = occurrence.declares || places.get(id)?.declares === true;
    places.set(id, { file: occurrence.file, span: occurrence.span, declares });
  }
  return [...places.values()];
}

/**
 * Tells where a name cannot be, so that most definitions of a large project need not be read: where the text holds neither the name nor
 * an alias or an escape that may stand for it.
 */
function textFilter(name: string): (text: string, within: Span) => boolean {
  if (!/^\w+$/.test(name)) return () => true;
  return (text, { start, end }) => {
    const own = text.slice(start, end);
    return own.includes(name) || /[*\\]/.test(own);
  };
}
