import { touches } from '../../base/span.ts';
import { sourceNameOf, sourceOf, timeOf, whenOf, windowOf } from '../../model/metric-defaults.ts';
import type { Metric, Project } from '../../model/project.ts';
import type { MapEntry, MapNode } from '../../syntax/yaml/tree.ts';
import { fileAt, type IdeFile } from '../ide-context.ts';
import { layoutIn, replaceValue } from '../yaml-edit.ts';
import { isYamlMap, readValue, renderFlow, type YamlEntry, type YamlMap } from '../yaml-value.ts';
import { type ActionProvider, type ActionRequest, actionOf } from './action.ts';
import { metricAt, ownBody } from './at-cursor.ts';
import { usesOfMetric } from './metric-uses.ts';
import { removeDefinition } from './new-definition.ts';

/**
 * Puts the definition of a metric in the place of its name, above or below the line of a ratio. Its meaning stays: what the inline
 * metric would take from the metric around it is written out. Documentation and examples stay with the definition, which may
 * be removed where nothing else uses it; then they go, too.
 */
export const inlineMetric: ActionProvider = (request) => {
  const { context, span } = request;
  const outer = metricAt(request)?.at(-1);
  const body = outer === undefined ? undefined : ownBody(outer);
  if (outer?.type !== 'ratio' || body === undefined) return [];
  const entry = SIDES.map((side) => body.get(side)).find(
    (side) => side !== undefined && side.value.kind === 'scalar' && touches(side.span, span.start),
  );
  const metric =
    entry?.value.kind === 'scalar' ? context.checked.project.metrics.get(entry.value.text) : undefined;
  const home = metric && fileAt(context, metric.file);
  if (entry === undefined || metric === undefined || home === undefined || isInside(outer, metric)) return [];
  // What is wrong with it would be wrong in two places.
  if (context.checked.blocking(metric) !== undefined) return [];
  const map = inlineBody(context.checked.project, outer, metric, home);
  if (map === undefined) return [];
  const replaced = replaceValue(request.file.file, body, entry, laidOut(request, body, entry, map));
  const inlined = actionOf({ title: `Inline the metric "${metric.name}"`, kind: 'refactor.inline' }, [
    replaced,
  ]);
  if (inlined.length === 0 || usesOfMetric(context, metric.name) > 1) return inlined;
  return [
    ...inlined,
    ...actionOf(
      { title: `Inline the metric "${metric.name}" and remove its definition`, kind: 'refactor.inline' },
      [replaced, removeDefinition(home, metric)],
    ),
  ];
};

const SIDES = ['numerator', 'denominator'] as const;

/** What an inline metric may not have, or what means nothing there: a part takes the grain and the breakdowns of the whole. */
const LEFT_BEHIND: ReadonlySet<string> = new Set([
  'why',
  'owner',
  'tags',
  'version',
  'changes',
  'status',
  'deprecated',
  'benchmarks',
  'examples',
  'grain',
  'segments',
]);

/** The inline metric that means what the named one means; `undefined` where there is none. */
function inlineBody(project: Project, outer: Metric, metric: Metric, home: IdeFile): YamlMap | undefined {
  const node = ownBody(metric);
  const value = node && readValue(node, home.file.text);
  const timing = timingFields(project, outer, metric);
  if (!isYamlMap(value) || timing === undefined) return undefined;
  const kept = value.entries.filter(([key]) => typeof key !== 'string' || !LEFT_BEHIND.has(key));
  const source = sourceField(project, outer, metric);
  const repeats = redundantFields(project, outer, metric);
  const fields = kept.filter(([key]) => key !== 'source' && !repeats.has(String(key)));
  const [type, ...others] = [
    ...fields.filter(([key]) => key === 'type'),
    ...fields.filter(([key]) => key !== 'type'),
  ];
  return type === undefined ? undefined : { entries: [type, ...source, ...timing, ...others], flow: true };
}

/** `source`, where the metric around has another one; and none where neither has. */
function sourceField(project: Project, outer: Metric, metric: Metric): readonly YamlEntry[] {
  const name = sourceNameOf(project, metric)?.text;
  return name === undefined || name === sourceNameOf(project, outer)?.text ? [] : [['source', name]];
}

/** Fields that it would take from the metric around it with the same words. */
function redundantFields(project: Project, outer: Metric, metric: Metric): ReadonlySet<string> {
  const same = [
    ['time', metric.time?.text, ownTime(outer)],
    ['when', metric.when?.text, whenOf(project, outer)?.text],
    ['window', metric.window?.text, windowOf(project, outer)?.text],
  ] as const;
  return new Set(same.flatMap(([key, own, around]) => (own !== undefined && own === around ? [key] : [])));
}

/**
 * What must be written so that nothing is taken from the metric around that the named metric does not have; `undefined` where
 * that cannot be written: there is no word for "no window".
 */
function timingFields(project: Project, outer: Metric, metric: Metric): readonly YamlEntry[] | undefined {
  if (windowOf(project, metric) === undefined && windowOf(project, outer) !== undefined) return undefined;
  const spells = sourceOf(project, metric)?.lifespan !== undefined || isMadeOfOthers(metric);
  if (whenOf(project, metric) === undefined && whenOf(project, outer) !== undefined && spells)
    return undefined;
  const inherited = ownTime(outer);
  if (metric.time !== undefined || inherited === undefined) return [];
  const time = timeOf(project, metric)?.text;
  if (time === undefined || isMadeOfOthers(metric)) return undefined;
  return time === inherited ? [] : [['time', time]];
}

/** The `time` that a metric's parts take: its own word or that of a metric around it. */
function ownTime(metric: Metric): string | undefined {
  return metric.time?.text ?? (metric.parent && ownTime(metric.parent));
}

function isMadeOfOthers({ type }: Metric): boolean {
  return type === 'ratio' || type === 'formula';
}

/** Whether a metric is one of those around another, or that itself. */
function isInside(metric: Metric, outer: Metric): boolean {
  return metric === outer || (metric.parent !== undefined && isInside(metric.parent, outer));
}

/** On one line where it fits, else in block style. */
function laidOut(request: ActionRequest, body: MapNode, entry: MapEntry, map: YamlMap): YamlMap {
  const indent = layoutIn(request.file.file, body)?.indent.length ?? 0;
  const width = indent + entry.key.text.length + 2 + renderFlow(map).length;
  return { ...map, flow: body.flow || width <= MAX_WIDTH };
}

const MAX_WIDTH = 110;
