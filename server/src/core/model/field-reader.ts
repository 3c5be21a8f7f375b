import type { MapNode, ScalarNode, YamlNode } from '../syntax/yaml/tree.ts';
import type { FieldReader, Step } from './kind.ts';
import { numberAt, numberOf } from './number-word.ts';
import type { MetricReference } from './project.ts';
import {
  expressionAt,
  expressionOf,
  expressionsAt,
  listedAt,
  namedEntries,
  valueAt,
  wordAt,
} from './words.ts';

/**
 * Reads the fields of a metric's own type from its body. `readReference` reads what stands where a metric is
 * named, with the key it stands under.
 */
export function fieldReader(
  body: MapNode | undefined,
  readReference: (key: ScalarNode, node: YamlNode) => MetricReference | undefined,
): FieldReader {
  return {
    word: (key) => wordAt(body, key),
    number: (key) => numberAt(body, key),
    expression: (key) => expressionAt(body, key),
    expressions: (key) => listedAt(body, key, (item) => expressionOf(item, key)),
    numbers: (key) => listedAt(body, key, numberOf),
    metric: (key) => {
      const entry = body?.get(key);
      return entry === undefined ? undefined : readReference(entry.key, entry.value);
    },
    parts: (key) => namedEntries(valueAt(body, key), readReference),
    steps: (key) => listedAt(body, key, readStep)?.items ?? [],
  };
}

function readStep(node: YamlNode): Step | undefined {
  if (node.kind !== 'map') return undefined;
  return {
    name: wordAt(node, 'name'),
    source: wordAt(node, 'source'),
    where: expressionsAt(node, 'where'),
    time: wordAt(node, 'time'),
    entity: expressionAt(node, 'entity'),
  };
}
