import type { Place } from '../base/span.ts';
import type { IdeContext, IdeFile } from './ide-context.ts';
import { keyOf, type Named, occurrenceIndex, occurrencesAt, occurrencesIn } from './occurrences.ts';

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
  return found.map(({ file: at, span, declares }) => ({ file: at, span, declares }));
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
  return files.flatMap((each) => inFile(context, each, under));
}

function inFile({ checked }: IdeContext, { file }: IdeFile, under: ReadonlySet<string>): Highlight[] {
  const isUnder = ({ named }: { readonly named: Named }): boolean => under.has(keyOf(named));
  const found = file.definitions.flatMap((definition) => occurrencesIn(checked, definition).filter(isUnder));
  const places = new Map<number, Highlight>();
  for (const { span, declares } of found) {
    const access = declares || places.get(span.start)?.access === 'write' ? 'write' : 'read';
    places.set(span.start, { file: file.path, span, access });
  }
  return [...places.values()].sort((a, b) => a.span.start - b.span.start);
}
