import type { Place } from '../base/span.ts';
import type { Block } from '../ide/prose/prose.ts';
import { labelOf } from '../model/label-of.ts';
import type { Definition } from '../model/project.ts';
import type { About } from './preview.ts';

/**
 * What every definition says of itself.
 *
 * @param words the definition in words
 * @param unavailable why it has no values, where that is known without data
 */
export function aboutOf<At>(
  definition: Definition,
  words: readonly Block[],
  at: (place: Place) => At,
  unavailable: string | null = null,
): About<At> {
  const { name, description, why, owner, tags, version, changes } = definition;
  return {
    name,
    label: labelOf(definition),
    words,
    description: description ?? null,
    why: why ?? null,
    owner: owner ?? null,
    tags,
    version,
    changes,
    ...placed(definition, at),
    unavailable,
  };
}

/** The name of a definition, as it is called and where it stands. */
export function named<At>(
  definition: Definition,
  at: (place: Place) => At,
): { readonly name: string; readonly label: string; readonly at: At } {
  return { name: definition.name, label: labelOf(definition), ...placed(definition, at) };
}

function placed<At>({ file, nameNode }: Definition, at: (place: Place) => At): { readonly at: At } {
  return { at: at({ file, span: nameNode.span }) };
}
