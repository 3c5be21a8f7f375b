import type { ScalarNode, YamlNode } from '../syntax/yaml/tree.ts';
import type { Definition, DefinitionKind } from './project.ts';
import { countAt, listedAt, mapOf, textAt, wordsAt } from './words.ts';

/** One entry of `sources:`, `metrics:` and the like: the key that names it and its body, with the file that holds it. */
export interface DefinitionEntry {
  readonly file: string;
  readonly key: ScalarNode;
  readonly body: YamlNode;
}

/** The fields that every definition may have. A body that is no map gives a definition with a name and no fields. */
export function readDefinition<Kind extends DefinitionKind>(
  definition: Kind,
  entry: DefinitionEntry,
): Definition & { readonly definition: Kind } {
  const node = mapOf(entry.body);
  return {
    definition,
    name: entry.key.text,
    file: entry.file,
    nameNode: entry.key,
    node,
    label: textAt(node, 'label'),
    description: textAt(node, 'description'),
    owner: textAt(node, 'owner'),
    why: textAt(node, 'why'),
    tags: wordsAt(node, 'tags').map((tag) => tag.text),
    version: countAt(node, 'version', 1) ?? 1,
    changes: listedAt(node, 'changes', readChange)?.items ?? [],
  };
}

function readChange(node: YamlNode): Definition['changes'][number] | undefined {
  const version = countAt(node, 'version', 1);
  if (version === undefined) return undefined;
  return { version, date: textAt(node, 'date') ?? '', note: textAt(node, 'note') ?? '' };
}
