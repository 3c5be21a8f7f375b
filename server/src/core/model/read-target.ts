import type { YamlNode } from '../syntax/yaml/tree.ts';
import { numberAt, numberOf } from './number-word.ts';
import type { Target } from './project.ts';
import { type DefinitionEntry, readDefinition } from './read-definition.ts';
import { groupReferenceAt } from './read-segment.ts';
import { mapAt, textAt, valueAt, wordAt } from './words.ts';

/** Reads an entry of `targets:`. */
export function readTarget(entry: DefinitionEntry): Target {
  const { body } = entry;
  return {
    ...readDefinition('target', entry),
    metric: wordAt(body, 'metric'),
    segment: groupReferenceAt(body, 'segment'),
    goal: readGoal(body),
    due: wordAt(body, 'due'),
    each: wordAt(body, 'each'),
    baseline: readBaseline(body),
    tolerance: numberAt(body, 'tolerance'),
    ifMissed: textAt(body, 'if_missed'),
  };
}

/** Where several goals are written, the first of `at_least`, `at_most`, `between` counts; the schema refuses the rest. */
function readGoal(body: YamlNode): Target['goal'] {
  for (const kind of ['at_least', 'at_most'] as const) {
    const value = numberAt(body, kind);
    if (value !== undefined) return { kind, value };
  }
  const between = valueAt(body, 'between');
  if (between?.kind !== 'seq' || between.items.length !== 2) return undefined;
  const [low, high] = between.items.map(numberOf);
  return low === undefined || high === undefined ? undefined : { kind: 'between', low, high };
}

function readBaseline(body: YamlNode): Target['baseline'] {
  const node = mapAt(body, 'baseline');
  const period = wordAt(node, 'period');
  const value = numberAt(node, 'value');
  return period === undefined || value === undefined ? undefined : { period, value };
}
