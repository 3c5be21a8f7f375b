import type { MapEntry, MapNode } from '../../syntax/yaml/tree.ts';
import { ownEntries, removeEntries } from '../yaml-edit.ts';
import { type ActionProvider, actionOf } from './action.ts';
import { definitionAt } from './at-cursor.ts';
import { problemsAt } from './rule-fixes.ts';

const UNUSED: ReadonlySet<string> = new Set(['unused-source', 'unused-segment']);

/** Removes a definition that nothing uses, with its section where it is the last in it. Whoever wrote it may have plans for it: never sure. */
export const removeUnused: ActionProvider = (request) => {
  const definition = definitionAt(request);
  const { file, tree } = request.file;
  if (definition === undefined || tree.root?.kind !== 'map') return [];
  const root = tree.root;
  return problemsAt(request.context, file.path, request.span).flatMap((problem) => {
    if (!UNUSED.has(problem.code)) return [];
    const found = placeOf(root, definition.nameNode.span.start);
    if (found === undefined) return [];
    const title = `Remove the ${definition.definition} "${definition.name}"`;
    return actionOf(
      { title, kind: 'quickfix', fixes: problem },
      removeEntries(file, found.map, [found.entry]),
    );
  });
};

/** The entry to take out for the definition whose name begins at an offset. */
function placeOf(
  root: MapNode,
  start: number,
): { readonly map: MapNode; readonly entry: MapEntry } | undefined {
  for (const section of ownEntries(root)) {
    if (section.value.kind !== 'map') continue;
    const entries = ownEntries(section.value);
    const entry = entries.find(({ key }) => key.span.start === start);
    if (entry === undefined) continue;
    return entries.length === 1 ? { map: root, entry: section } : { map: section.value, entry };
  }
  return undefined;
}
