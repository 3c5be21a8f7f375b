import type { Place } from '../base/span.ts';
import type { AnyDefinition } from '../model/project.ts';
import type { IdeContext } from './ide-context.ts';

/** A definition that a query finds. */
export interface FoundDefinition extends Place {
  readonly definition: AnyDefinition;
}

/** More than these nobody looks through. */
const MOST = 256;

/**
 * The definitions of a project whose name or label fits a query, best first: the same text before a beginning, a beginning of a word before
 * any other place, and last those that hold the letters of the query in order. An empty query finds all. Looks at the
 * whole project.
 */
export function workspaceSymbols({ checked }: IdeContext, query: string): readonly FoundDefinition[] {
  const wanted = query.trim().toLowerCase();
  const scored = checked.project.files.flatMap((file) =>
    file.definitions.flatMap((definition) => {
      const score = Math.max(scoreOf(wanted, definition.name), scoreOf(wanted, definition.label ?? '') - 0.5);
      return score > 0 ? [{ score, definition }] : [];
    }),
  );
  return scored
    .sort((a, b) => b.score - a.score || a.definition.name.length - b.definition.name.length)
    .slice(0, MOST)
    .map(({ definition }) => ({ definition, file: definition.file, span: definition.nameNode.span }));
}

/** How well a text fits: 0 for not at all. */
function scoreOf(wanted: string, text: string): number {
  const lower = text.toLowerCase();
  if (wanted === '') return 1;
  if (lower === wanted) return 5;
  if (lower.startsWith(wanted)) return 4;
  const at = lower.indexOf(wanted);
  if (at > 0) return /[a-z0-9]/.test(lower.charAt(at - 1)) ? 2 : 3;
  return holdsInOrder(lower, wanted.replaceAll(/[\s_]/g, '')) ? 1 : 0;
}

/** Whether the letters of a word stand in a text in their order, with others between them. */
function holdsInOrder(text: string, letters: string): boolean {
  let from = 0;
  for (const letter of letters) {
    const at = text.indexOf(letter, from);
    if (at < 0) return false;
    from = at + 1;
  }
  return letters !== '';
}
