import type { TextEdit } from '../../base/problem.ts';
import { touches } from '../../base/span.ts';
import type { MapEntry, MapNode } from '../../syntax/yaml/tree.ts';
import type { IdeFile } from '../ide-context.ts';
import { layoutIn, replaceValue } from '../yaml-edit.ts';
import { blockMap, flowMap, isYamlMap, readValue, renderFlow } from '../yaml-value.ts';
import { type ActionProvider, actionOf } from './action.ts';
import { definitionAt, ownBody, sectionOf } from './at-cursor.ts';

/** A line may be so long before a definition is better written over several. */
const MAX_WIDTH = 110;

/**
 * Writes the definition whose name the cursor is on over several lines, or on one where it fits. Not where comments, anchors or
 * aliases stand in it: they would lose their place.
 */
export const rewriteStyle: ActionProvider = (request) => {
  const definition = definitionAt(request);
  const body = definition && ownBody(definition);
  if (
    definition === undefined ||
    body === undefined ||
    !touches(definition.nameNode.span, request.span.start)
  )
    return [];
  const found = sectionOf(request.file.tree.root, definition);
  if (found === undefined || found.map.flow) return [];
  const title = body.flow ? 'Write over several lines' : 'Write on one line';
  return actionOf({ title, kind: 'refactor.rewrite' }, [
    rewritten(request.file, found.map, found.entry, body),
  ]);
};

function rewritten({ file }: IdeFile, map: MapNode, entry: MapEntry, body: MapNode): TextEdit | undefined {
  const hasComments = file.comments.some(
    ({ span }) => entry.span.start < span.start && span.start < entry.span.end,
  );
  const value = readValue(body, file.text);
  const layout = layoutIn(file, map);
  if (hasComments || !isYamlMap(value) || layout === undefined) return undefined;
  if (body.flow)
    return value.entries.length === 0 ? undefined : replaceValue(file, map, entry, blockMap(value.entries));
  const width = layout.indent.length + entry.key.text.length + 2 + renderFlow(value).length;
  return width > MAX_WIDTH ? undefined : replaceValue(file, map, entry, flowMap(value.entries));
}
