import { didYouMean } from '../base/suggest.ts';
import type { AnyDefinition, Definition, Metric, MetricsFile, Project, Word } from '../model/project.ts';
import { wordOf } from '../model/words.ts';
import type { YamlNode } from '../syntax/yaml/tree.ts';
import type { MetricUse } from './metrics.ts';

/** What a name is looked up among. */
export type Namespace = 'source' | 'segment' | 'metric';

/** A word that names a definition. */
export interface NameUse {
  readonly word: Word;
  readonly namespace: Namespace;
  readonly definition: Definition;
  /** For `company_size.enterprise` the characters of the segment only. */
  readonly length: number;
}

/** The definitions of a namespace. */
export function namesIn(project: Project, namespace: Namespace): ReadonlyMap<string, Definition> {
  return namespace === 'source'
    ? project.sources
    : namespace === 'segment'
      ? project.segments
      : project.metrics;
}

/** ` Did you mean …?`, or what there is to choose from where nothing is near. */
export function hint(name: string, candidates: readonly string[]): string {
  const near = didYouMean(name, candidates);
  if (near !== '' || candidates.length === 0) return near;
  const shown = candidates.slice(0, 8).map((candidate) => `"${candidate}"`);
  const more = candidates.length > shown.length ? `, and ${candidates.length - shown.length} more` : '';
  return ` Known ${candidates.length === 1 ? 'is' : 'are'} ${shown.join(', ')}${more}.`;
}

/** Every word of files that names a source, a segment or a metric. `metrics` are those of the files, inline ones included. */
export function* nameUses(
  { files }: { readonly files: readonly Pick<MetricsFile, 'definitions'>[] },
  metrics: readonly Omit<MetricUse, 'sides'>[],
): Generator<NameUse> {
  const byDefault = new Set<Word>();
  for (const file of files) {
    for (const definition of file.definitions) {
      for (const use of usesOf(definition)) {
        // The source of `defaults:` is one word for all metrics of its file.
        if (byDefault.has(use.word)) continue;
        byDefault.add(use.word);
        yield use;
      }
    }
  }
  for (const { metric, outer, references, kind } of metrics) {
    for (const reference of references) {
      if (reference.kind === 'name') yield named(reference.word, 'metric', outer);
    }
    if (metric !== outer) yield* metricNames(metric, outer);
    const fields = kind?.expressions(metric.spec) ?? [];
    const steps = new Set(fields.flatMap(({ source }) => (source === undefined ? [] : [source])));
    for (const word of steps) yield named(word, 'source', outer);
  }
}

function named(word: Word, namespace: Namespace, definition: Definition, length = word.text.length): NameUse {
  return { word, namespace, definition, length };
}

function* usesOf(definition: AnyDefinition): Generator<NameUse> {
  const one = (word: Word | undefined, namespace: Namespace, length?: number): NameUse[] =>
    word === undefined ? [] : [named(word, namespace, definition, length)];
  switch (definition.definition) {
    case 'source':
      for (const { of } of definition.columns.values()) yield* one(of, 'source');
      for (const { to } of definition.links.values()) yield* one(to, 'source');
      for (const member of definition.union?.items ?? []) yield* one(member.source, 'source');
      return;
    case 'segment':
      yield* one(definition.source, 'source');
      if (definition.form.kind === 'by-source') {
        for (const word of keysOf(definition.node?.get('by')?.value)) yield* one(word, 'source');
      }
      return;
    case 'metric':
      yield* metricNames(definition, definition);
      return;
    case 'target':
      yield* one(definition.metric, 'metric');
      yield* one(definition.segment, 'segment', definition.segment?.segment.length);
      return;
    case 'journey':
      for (const { metrics } of definition.stages.values()) {
        for (const word of metrics) yield* one(word, 'metric');
      }
      // A journey may be that of a segment or of one of its groups.
      yield* one(definition.segment, 'segment', definition.segment?.text.split('.')[0]?.length);
  }
}

function* metricNames(metric: Metric, outer: Metric): Generator<NameUse> {
  if (metric.source !== undefined) yield named(metric.source, 'source', outer);
  for (const { segment } of metric.segments) yield named(segment, 'segment', outer);
  for (const word of metric.totalOver?.items ?? []) yield named(word, 'segment', outer);
  if (metric.deprecated?.use !== undefined) yield named(metric.deprecated.use, 'metric', outer);
  for (const { segment, given } of metric.examples) {
    if (segment !== undefined) yield named(segment, 'segment', outer, segment.segment.length);
    for (const { source } of given?.values() ?? []) yield named(source, 'source', outer);
  }
}

function keysOf(node: YamlNode | undefined): Word[] {
  if (node?.kind !== 'map') return [];
  return node.entries.flatMap(({ key }) => wordOf(key) ?? []);
}
