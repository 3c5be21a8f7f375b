import { type Span, touches } from '../../base/span.ts';
import { spanOfDefinition } from '../../check/inside.ts';
import { referencesOf } from '../../model/metric-references.ts';
import type { AnyDefinition, Metric, MetricReference } from '../../model/project.ts';
import type { Path } from '../../schema/applicable.ts';
import type { MapEntry, MapNode, YamlNode } from '../../syntax/yaml/tree.ts';
import { type Found, nodeAt } from '../../syntax/yaml/walk.ts';
import type { ActionRequest } from './action.ts';

/** The definition in which the request's span begins. */
export function definitionAt({ file, span }: ActionRequest): AnyDefinition | undefined {
  return file.file.definitions.find((definition) => touches(spanOfDefinition(definition), span.start));
}

/** A metric with the way to it from the named one that holds it; the last is the metric itself. */
export type MetricChain = readonly [outer: Metric, ...inner: Metric[]];

/** The innermost metric in which the span begins, or on the key of which, behind those in which it stands inline. */
export function metricAt(request: ActionRequest): MetricChain | undefined {
  const outer = definitionAt(request);
  if (outer?.definition !== 'metric') return undefined;
  const chain: [Metric, ...Metric[]] = [outer];
  for (;;) {
    const inner: Metric | undefined = inlineMetrics(request, chain.at(-1) ?? outer).find(
      ({ node, nameNode }) =>
        node !== undefined &&
        node.origin === undefined &&
        (touches(node.span, request.span.start) || touches(nameNode.span, request.span.start)),
    );
    if (inner === undefined) return chain;
    chain.push(inner);
  }
}

/** The references of a metric to others, where the words that make them are written in it. */
export function referencesIn({ context }: ActionRequest, metric: Metric): readonly MetricReference[] {
  return referencesOf(context.checked.kinds, metric);
}

function inlineMetrics(request: ActionRequest, metric: Metric): readonly Metric[] {
  return referencesIn(request, metric).flatMap((reference) =>
    reference.kind === 'inline' ? [reference.metric] : [],
  );
}

/** The node at which the span begins, with the steps to it. */
export function foundAt({ file, span }: ActionRequest): Found | undefined {
  return nodeAt(file.tree, span.start);
}

/** The keys and indexes of the first steps of a way through the tree. */
export function pathTo(found: Found, length = found.path.length): Path {
  return found.path.slice(0, length).map((step) => ('entry' in step ? step.entry.key.text : step.index));
}

/** Whether a span begins on a key or inside of its value. */
export function isOn(span: Span, entry: MapEntry | undefined): boolean {
  return entry !== undefined && entry.key.origin === undefined && touches(entry.span, span.start);
}

/** The section (`metrics:` and so on) that holds a definition, with the definition's entry in it. */
export function sectionOf(
  root: YamlNode | undefined,
  definition: AnyDefinition,
): { readonly section: MapEntry; readonly map: MapNode; readonly entry: MapEntry } | undefined {
  if (root?.kind !== 'map') return undefined;
  for (const section of root.entries) {
    const map = section.value;
    if (map.kind !== 'map' || map.origin !== undefined) continue;
    const entry = map.entries.find(({ key }) => key === definition.nameNode);
    if (entry !== undefined) return { section, map, entry };
  }
  return undefined;
}

/** The body of a definition where it is written there, and not an alias of another. */
export function ownBody({ node }: { readonly node: MapNode | undefined }): MapNode | undefined {
  return node === undefined || node.origin !== undefined ? undefined : node;
}
