import type { ScalarNode, YamlNode, YamlTree } from '../syntax/yaml/tree.ts';
import type { Kinds, ReadHook } from './kind.ts';
import type { AnyDefinition, MetricsFile } from './project.ts';
import type { DefinitionEntry } from './read-definition.ts';
import { readJourney } from './read-journey.ts';
import { readDefaults, readMetric } from './read-metric.ts';
import { readSegment } from './read-segment.ts';
import { readSource } from './read-source.ts';
import { readTarget } from './read-target.ts';
import { mapOf, valueAt, wordAt } from './words.ts';

type Section = 'sources' | 'segments' | 'metrics' | 'targets' | 'journeys';

/**
 * Reads a metrics file from its tree. Never throws: what is malformed is left out (the JSON Schema reports it at
 * its node), and every definition that has a name is kept, also where its body or its neighbour is half typed.
 *
 * @param path absolute path of the file, which becomes the `file` of its definitions
 */
export function readFile(
  path: string,
  text: string,
  tree: YamlTree,
  kinds: Kinds<ReadHook<unknown>>,
): MetricsFile {
  const { root } = tree;
  const defaults = readDefaults(valueAt(root, 'defaults'));
  const readers: Record<Section, (entry: DefinitionEntry) => AnyDefinition> = {
    sources: readSource,
    segments: readSegment,
    metrics: (entry) => readMetric(kinds, entry, defaults),
    targets: readTarget,
    journeys: readJourney,
  };
  const readSection = (section: ScalarNode, node: YamlNode): AnyDefinition[] => {
    if (!isSection(section.text)) return [];
    const read = readers[section.text];
    const named = (mapOf(node)?.entries ?? []).filter(({ key }) => key.text !== '');
    return named.map(({ key, value }) => read({ file: path, key, body: value }));
  };
  return {
    path,
    text,
    root,
    comments: tree.comments,
    version: wordAt(root, 'plumbline'),
    definitions: (mapOf(root)?.entries ?? []).flatMap(({ key, value }) => readSection(key, value)),
  };
}

const SECTIONS: readonly string[] = [
  'sources',
  'segments',
  'metrics',
  'targets',
  'journeys',
] satisfies Section[];

function isSection(key: string): key is Section {
  return SECTIONS.includes(key);
}
