import type { ScalarNode, YamlNode } from '../syntax/yaml/tree.ts';
import type { Journey, Stage } from './project.ts';
import { type DefinitionEntry, readDefinition } from './read-definition.ts';
import { namedEntries, textAt, valueAt, wordAt, wordsAt } from './words.ts';

/** Reads an entry of `journeys:`; its stages keep their order. */
export function readJourney(entry: DefinitionEntry): Journey {
  return {
    ...readDefinition('journey', entry),
    segment: wordAt(entry.body, 'segment'),
    stages: namedEntries(valueAt(entry.body, 'stages'), readStage),
  };
}

function readStage(nameNode: ScalarNode, body: YamlNode): Stage {
  return {
    name: nameNode.text,
    nameNode,
    label: textAt(body, 'label'),
    pains: wordsAt(body, 'pains').map((pain) => pain.text.trimEnd()),
    metrics: wordsAt(body, 'metrics'),
  };
}
