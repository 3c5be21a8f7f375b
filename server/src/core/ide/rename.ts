import type { TextEdit } from '../base/problem.ts';
import type { Place } from '../base/span.ts';
import type { IdeContext, IdeFile } from './ide-context.ts';
import { occurrencesAt } from './occurrences.ts';
import { headerEdits } from './rename/header-edits.ts';
import { replaceIn } from './rename/replace-in.ts';
import { thingsTogether } from './rename/things-together.ts';
import { whyFixed, whyRefused } from './rename/why-refused.ts';

/** Why something cannot be renamed, in words for users. */
export interface Refused {
  readonly refused: string;
}

/**
 * The name under the cursor, if it can be renamed, as it is without quotes; `undefined` where no name is.
 */
export function prepareRename(
  context: IdeContext,
  file: IdeFile,
  offset: number,
): (Place & { readonly name: string }) | Refused | undefined {
  const [first] = occurrencesAt(context, file, offset);
  if (first === undefined) return undefined;
  const refused = whyFixed(context, thingsTogether(context.checked, first.named));
  return refused === undefined ? { file: first.file, span: first.span, name: first.named.name } : { refused };
}

/**
 * The edits that give what stands under the cursor another name, in all files of the project: everything means after them what it
 * meant before. A column that stands in the data keeps its data: its declaration gets (or loses) a `header`. Where one word stands
 * for several things, all of them are renamed. Comments and prose are left as they are.
 */
export function rename(
  context: IdeContext,
  file: IdeFile,
  offset: number,
  to: string,
): { readonly edits: readonly TextEdit[] } | Refused | undefined {
  const [first] = occurrencesAt(context, file, offset);
  if (first === undefined) return undefined;
  if (to === first.named.name) return { edits: [] };
  const things = thingsTogether(context.checked, first.named);
  const refused = whyFixed(context, things) ?? whyRefused(context, things, to);
  if (refused !== undefined) return { refused };
  const headers = headerEdits(context, things, to);
  return 'refused' in headers ? headers : { edits: [...replaceIn(things.places, to), ...headers.edits] };
}
