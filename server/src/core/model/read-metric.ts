import type { ScalarNode, YamlNode } from '../syntax/yaml/tree.ts';
import { fieldReader } from './field-reader.ts';
import type { Kinds, ReadHook } from './kind.ts';
import type { Metric, MetricReference, SegmentUse, Word } from './project.ts';
import { type DefinitionEntry, readDefinition } from './read-definition.ts';
import { readBenchmark, readExample } from './read-example.ts';
import {
  choiceAt,
  countAt,
  expressionAt,
  expressionsAt,
  listedAt,
  mapAt,
  mapOf,
  textAt,
  valueAt,
  wordAt,
  wordOf,
  wordsAt,
} from './words.ts';

/** What `defaults:` at the top of a file gives to its metrics that set none of their own. */
export interface FileDefaults {
  readonly owner: string | undefined;
  readonly source: Word | undefined;
  readonly grain: Word | undefined;
  readonly tags: readonly string[];
}

/** Reads the value of `defaults:`; empty where it is missing or no map. */
export function readDefaults(node: YamlNode | undefined): FileDefaults {
  return {
    owner: textAt(node, 'owner'),
    source: wordAt(node, 'source'),
    grain: wordAt(node, 'grain'),
    tags: wordsAt(node, 'tags').map((tag) => tag.text),
  };
}

/** Reads an entry of `metrics:`, its inline metrics included. */
export function readMetric(
  kinds: Kinds<ReadHook<unknown>>,
  entry: DefinitionEntry,
  defaults: FileDefaults,
): Metric {
  const draft = readFields(entry);
  draft.owner ??= defaults.owner;
  draft.source ??= defaults.source;
  draft.grain ??= defaults.grain;
  if (valueAt(entry.body, 'tags') === undefined) draft.tags = defaults.tags;
  return withSpec(kinds, draft);
}

/**
 * A place where a metric names another: a scalar is a name, a map an inline metric that is called by its path
 * (`tickets_per_account.numerator`). An inline map without `type` but with `metric:` is a filtered reuse.
 */
export function readMetricReference(
  kinds: Kinds<ReadHook<unknown>>,
  parent: Metric,
  key: ScalarNode,
  node: YamlNode | undefined,
): MetricReference | undefined {
  const body = mapOf(node);
  if (body === undefined) {
    const word = wordOf(node);
    return word === undefined ? undefined : { kind: 'name', word };
  }
  const draft = readFields({ file: parent.file, key, body });
  draft.name = `${parent.name}.${key.text}`;
  draft.parent = parent;
  if (draft.typeNode === undefined) draft.reuse = wordAt(body, 'metric');
  return { kind: 'inline', metric: withSpec(kinds, draft) };
}

/** A metric while it is read: inline metrics inside `spec` already point to it as their parent. */
type Draft = { -readonly [Field in keyof Metric]: Metric[Field] };

function withSpec(kinds: Kinds<ReadHook<unknown>>, draft: Draft): Metric {
  const hook = kinds.get(draft.typeNode?.text ?? '');
  if (hook === undefined) return draft;
  draft.type = hook.type;
  draft.spec = hook.read(
    fieldReader(draft.node, (key, node) => readMetricReference(kinds, draft, key, node)),
  );
  return draft;
}

/** One literal without spreads: with so many fields a spread makes reading many times as slow. */
function readFields(entry: DefinitionEntry): Draft {
  const { body } = entry;
  const common = readDefinition('metric', entry);
  return {
    definition: 'metric',
    name: common.name,
    file: common.file,
    nameNode: common.nameNode,
    node: common.node,
    label: common.label,
    description: common.description,
    owner: common.owner,
    why: common.why,
    tags: common.tags,
    version: common.version,
    changes: common.changes,
    type: undefined,
    typeNode: wordAt(body, 'type')?.node,
    parent: undefined,
    reuse: undefined,
    source: wordAt(body, 'source'),
    where: expressionsAt(body, 'where'),
    time: wordAt(body, 'time'),
    when: wordAt(body, 'when'),
    grain: wordAt(body, 'grain'),
    window: wordAt(body, 'window'),
    at: wordAt(body, 'at'),
    atPer: listedAt(body, 'at_per', wordOf),
    per: expressionAt(body, 'per'),
    oncePer: wordAt(body, 'once_per'),
    totalOver: listedAt(body, 'total_over', wordOf),
    segments: listedAt(body, 'segments', readSegmentUse)?.items ?? [],
    unit: wordAt(body, 'unit'),
    decimals: countAt(body, 'decimals', 0),
    better: choiceAt(body, 'better', ['higher', 'lower', 'neutral']),
    status: choiceAt(body, 'status', ['draft', 'active', 'deprecated']) ?? 'active',
    deprecated: readDeprecated(body),
    benchmarks: listedAt(body, 'benchmarks', readBenchmark)?.items ?? [],
    examples: listedAt(body, 'examples', readExample)?.items ?? [],
    spec: undefined,
  };
}

function readSegmentUse(node: YamlNode): SegmentUse | undefined {
  const segment = node.kind === 'map' ? wordAt(node, 'segment') : wordOf(node);
  return segment === undefined ? undefined : { segment, via: wordAt(node, 'via') };
}

function readDeprecated(body: YamlNode): Metric['deprecated'] {
  const node = mapAt(body, 'deprecated');
  return node === undefined ? undefined : { since: textAt(node, 'since'), use: wordAt(node, 'use') };
}
