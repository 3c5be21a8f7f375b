import type { Span } from '../../base/span.ts';
import type { Checked } from '../../check/checked.ts';
import { sourceOf } from '../../model/metric-defaults.ts';
import type { Metric } from '../../model/project.ts';
import type { MapNode, YamlNode } from '../../syntax/yaml/tree.ts';
import { ownEntries, replaceValue } from '../yaml-edit.ts';
import { isYamlMap, readValue, type YamlEntry, type YamlMap, type YamlValue } from '../yaml-value.ts';
import { type ActionProvider, type ActionRequest, actionOf } from './action.ts';
import { type MetricChain, metricAt, ownBody } from './at-cursor.ts';
import { freeName, insertDefinition } from './new-definition.ts';

/**
 * Makes the inline metric at the cursor a metric of its own, behind the one that holds it. What it took from the metric around
 * it (section 5.2 of the format) is written out, so that its value stays. A filtered reuse is not offered: a named metric
 * cannot be one.
 */
export const extractMetric: ActionProvider = (request) => {
  const chain = metricAt(request);
  const metric = chain?.at(-1);
  if (chain === undefined || metric?.parent === undefined || metric.reuse !== undefined) return [];
  const { file } = request.file;
  const [outer] = chain;
  const place = placeOf(metric);
  const body = bodyOf(request, chain, metric);
  if (place === undefined || body === undefined) return [];
  const wish = metric.name.replaceAll('.', '_').replace(/[^a-z0-9_]/g, '_');
  const name = freeName(wish, request.context.checked.project.metrics);
  const isPart = metric.parent.type === 'formula';
  const reference: YamlValue = isPart ? { entries: [['metric', name]], flow: true } : name;
  return actionOf({ title: `Extract into the metric "${name}"`, kind: 'refactor.extract' }, [
    replaceValue(file, place.map, place.entry, reference),
    insertDefinition(request.file, outer, name, body),
  ]);
};

/** The entry whose value an inline metric is, in the metric around it (or in `parts` of that). */
function placeOf(
  metric: Metric,
): { readonly map: MapNode; readonly entry: MapNode['entries'][number] } | undefined {
  const body = metric.parent === undefined ? undefined : ownBody(metric.parent);
  const parts = body?.get('parts')?.value;
  for (const map of [body, parts]) {
    if (map?.kind !== 'map') continue;
    const entry = ownEntries(map).find(({ value }) => value === metric.node);
    if (entry !== undefined) return { map, entry };
  }
  return undefined;
}

/** The metric's own fields, `type` first, and those that it inherits; `undefined` where some of it cannot be moved. */
function bodyOf(request: ActionRequest, chain: MetricChain, metric: Metric): YamlMap | undefined {
  const { text, comments } = request.file.file;
  const node = ownBody(metric);
  const own = node && readValue(node, text);
  if (node === undefined || !isYamlMap(own) || comments.some(({ span }) => isWithin(span, node.span)))
    return undefined;
  const around = chain.slice(0, -1).reverse();
  const inherit = (keys: readonly string[]): readonly YamlEntry[] | undefined => {
    const nodes = keys.flatMap((key) => {
      const value = node.get(key) === undefined ? inheritedNode(request, around, key, metric) : undefined;
      return value === undefined ? [] : [{ key, value: readValue(value, text) }];
    });
    const entries = nodes.flatMap(({ key, value }) => (value === undefined ? [] : [[key, value] as const]));
    return entries.length < nodes.length ? undefined : entries;
  };
  // A metric of its own needs an owner, too.
  const leading = inherit(['source', 'time', 'when', 'window', 'grain', 'owner']);
  const trailing = inherit(['segments']);
  if (leading === undefined || trailing === undefined) return undefined;
  const type = own.entries.filter(([key]) => key === 'type');
  const others = own.entries.filter(([key]) => key !== 'type');
  return { entries: [...type, ...leading, ...others, ...trailing], flow: chain[0].node?.flow === true };
}

/** The value of a key that an inline metric takes from the nearest one around it that writes it. */
function inheritedNode(
  { context }: ActionRequest,
  around: readonly Metric[],
  key: string,
  metric: Metric,
): YamlNode | undefined {
  const holder = around.find(({ node }) => node?.get(key) !== undefined);
  // Breakdowns of the whole need not be reached by a part with a source of its own, or by the part below the line.
  if (key === 'segments' && (metric.source !== undefined || holder?.totalOver !== undefined))
    return undefined;
  // Inherited it is let pass where it says nothing; written there it would be a problem.
  if (key === 'when' && !takesWhen(context.checked, metric)) return undefined;
  return holder?.node?.get(key)?.value;
}

function takesWhen({ project, kinds }: Checked, metric: Metric): boolean {
  const spells = sourceOf(project, metric)?.lifespan !== undefined;
  return spells && kinds.get(metric.type ?? '')?.followsSpells !== true;
}

function isWithin(span: Span, other: Span): boolean {
  return other.start <= span.start && span.start < other.end;
}
