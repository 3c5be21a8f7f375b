import type { Place } from '../base/span.ts';
import { spanOfDefinition } from '../check/inside.ts';
import type { MetricUse } from '../check/metrics.ts';
import { type Namespace, type NameUse, nameUses } from '../check/names.ts';
import { referencesOf } from '../model/metric-references.ts';
import type { AnyDefinition, DefinitionKind, Metric, Project } from '../model/project.ts';
import type { IdeContext } from './ide-context.ts';

/** A definition that is made of another, with the first place in it that names that one. */
export interface Dependant {
  readonly definition: AnyDefinition;
  readonly place: Place;
}

type Kinds = IdeContext['checked']['kinds'];
type Index = ReadonlyMap<string, readonly Dependant[]>;
type Use = { readonly key: string; readonly dependant: Dependant };

/** Sorted out once for a project, since every definition of a file asks; and of definitions that are still the same, not again. */
const indexes = new WeakMap<Project, Index>();
const uses = new WeakMap<AnyDefinition, readonly Use[]>();

/**
 * The definitions that change with a source, a segment or a metric, each once: metrics, segments, sources, targets and journeys.
 * What is written about its successor in a deprecated metric does not make that one a part of it.
 */
export function dependantsOf(
  { checked }: IdeContext,
  namespace: Namespace,
  name: string,
): readonly Dependant[] {
  const { project, kinds } = checked;
  const index = indexes.get(project) ?? indexOf(project, kinds);
  indexes.set(project, index);
  return index.get(keyOf(namespace, name)) ?? [];
}

function keyOf(namespace: DefinitionKind, name: string): string {
  return `${namespace} ${name}`;
}

function indexOf({ sources, segments, metrics, targets, journeys }: Project, kinds: Kinds): Index {
  const index = new Map<string, Dependant[]>();
  for (const definitions of [sources, segments, metrics, targets, journeys]) {
    for (const definition of definitions.values()) {
      const own = uses.get(definition) ?? usesOf(kinds, definition);
      uses.set(definition, own);
      for (const { key, dependant } of own) {
        const others = index.get(key);
        if (others === undefined) index.set(key, [dependant]);
        else others.push(dependant);
      }
    }
  }
  return index;
}

/** What a definition names, each definition once, itself left out. */
function usesOf(kinds: Kinds, definition: AnyDefinition): readonly Use[] {
  const metrics = definition.definition === 'metric' ? metricUses(kinds, definition, definition) : [];
  const successor = definition.definition === 'metric' ? definition.deprecated?.use : undefined;
  const own = keyOf(definition.definition, definition.name);
  const found = new Map<string, Use>();
  for (const use of nameUses({ files: [{ definitions: [definition] }] }, metrics)) {
    const key = keyOf(use.namespace, use.word.text.slice(0, use.length));
    if (use.word === successor || key === own || found.has(key)) continue;
    found.set(key, { key, dependant: { definition, place: placeOf(definition, use) } });
  }
  return [...found.values()];
}

/** A metric and those that stand inside it, as `nameUses` takes them. */
function metricUses(kinds: Kinds, metric: Metric, outer: Metric): readonly Omit<MetricUse, 'sides'>[] {
  const references = referencesOf(kinds, metric);
  const inline = references.flatMap((part) =>
    part.kind === 'inline' ? metricUses(kinds, part.metric, outer) : [],
  );
  return [{ metric, kind: kinds.get(metric.type ?? ''), outer, references }, ...inline];
}

/** The word; the name of the definition where the word stands elsewhere, as a source from the `defaults:` of a file does. */
function placeOf(definition: AnyDefinition, { word, length }: NameUse): Place {
  const { file, nameNode } = definition;
  const { start, end } = spanOfDefinition(definition);
  const { span, origin } = word.node;
  if (span.start < start || span.end > end) return { file, span: nameNode.span };
  if (origin !== undefined) return { file, span };
  return { file, span: { start: word.node.offsetAt(0), end: word.node.offsetAt(length) } };
}
