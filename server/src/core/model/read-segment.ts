import type { ScalarNode, YamlNode } from '../syntax/yaml/tree.ts';
import type { Group, GroupReference, Segment } from './project.ts';
import { type DefinitionEntry, readDefinition } from './read-definition.ts';
import {
  expressionAt,
  expressionOf,
  expressionsAt,
  mapAt,
  namedEntries,
  valueAt,
  wordAt,
  wordOf,
} from './words.ts';

/** Reads an entry of `segments:`. Where several forms are written, the first of `groups`, `by`, `where` counts. */
export function readSegment(entry: DefinitionEntry): Segment {
  return {
    ...readDefinition('segment', entry),
    source: wordAt(entry.body, 'source'),
    form: readForm(entry.body),
    persona: mapAt(entry.body, 'persona'),
  };
}

function readForm(body: YamlNode): Segment['form'] {
  const groups = mapAt(body, 'groups');
  if (groups !== undefined) return { kind: 'groups', groups: namedEntries(groups, readGroup) };
  const by = expressionAt(body, 'by');
  if (by !== undefined) return { kind: 'by', by };
  const bySource = mapAt(body, 'by');
  if (bySource !== undefined) {
    return { kind: 'by-source', by: namedEntries(bySource, (_, value) => expressionOf(value, 'by')) };
  }
  const where = expressionsAt(body, 'where');
  return where.length > 0 ? { kind: 'where', where } : { kind: 'none' };
}

/** A group keeps its name while its condition is still to be typed, so that references to it stay good. */
function readGroup(nameNode: ScalarNode, value: YamlNode): Group | undefined {
  if (value.kind !== 'scalar') return undefined;
  return { name: nameNode.text, nameNode, condition: { text: value.text, node: value, role: 'groups' } };
}

/**
 * `company_size.enterprise`: split at the first dot, all behind it being literal text. Without a dot the group is
 * the empty text.
 */
export function groupReferenceAt(node: YamlNode | undefined, key: string): GroupReference | undefined {
  const word = wordOf(valueAt(node, key));
  if (word === undefined) return undefined;
  const dot = word.text.indexOf('.');
  if (dot < 0) return { ...word, segment: word.text, group: '' };
  return { ...word, segment: word.text.slice(0, dot), group: word.text.slice(dot + 1) };
}
