import type { Checked } from '../../check/checked.ts';
import { readsRows } from '../../check/metrics.ts';
import { homesOf } from '../../check/reach.ts';
import { sourceNameOf } from '../../model/metric-defaults.ts';
import { dependenciesOf, referencesOf } from '../../model/metric-references.ts';
import type { Definition, Metric } from '../../model/project.ts';
import { inlineMetrics } from '../parts.ts';
import { type Block, enumerateSome, paragraph, type Words } from '../prose/prose.ts';

/** Names listed at most; the references of the editor have them all. */
const MOST = 8;

/** What a metric rests on beyond what it names itself, and what uses it. */
export function metricLineage(checked: Checked, metric: Metric): readonly Block[] {
  const { project, kinds } = checked;
  const parts = [metric, ...dependenciesOf(project, kinds, metric)];
  const sources = new Set(parts.flatMap((part) => readSource(checked, part) ?? []));
  const named = parts.filter((part) => part !== metric && part.parent === undefined);
  const users = [
    ...[...project.metrics.values()].filter(
      (other) => other !== metric && names(checked, other, metric.name),
    ),
    ...[...project.targets.values()].filter((target) => target.metric?.text === metric.name),
    ...[...project.journeys.values()].filter(({ stages }) =>
      [...stages.values()].some(({ metrics }) => metrics.some(({ text }) => text === metric.name)),
    ),
  ];
  return [
    ...namesBlock('Rests on', [
      ...named.map(({ name }) => nameWords(name)),
      ...[...sources].map((name) => nameWords(name, 'source')),
    ]),
    ...(metric.parent === undefined ? usersBlock(users) : []),
  ];
}

/** What uses a source, in words. */
export function sourceUsers(checked: Checked, name: string): readonly Block[] {
  return usersBlock(usersOfSource(checked, name));
}

/** What uses a source: what is computed from its rows, and what links to it. */
export function usersOfSource(checked: Checked, name: string): readonly Definition[] {
  const { project } = checked;
  return [
    ...[...project.metrics.values()].filter((metric) =>
      [metric, ...inlineMetrics(checked, metric)].some((part) => readSource(checked, part) === name),
    ),
    ...[...project.segments.values()].filter((segment) => homesOf(segment).includes(name)),
    ...[...project.sources.values()].filter(
      ({ links, union }) =>
        [...links.values()].some(({ to }) => to?.text === name) ||
        (union?.items ?? []).some(({ source }) => source.text === name),
    ),
  ];
}

/** What uses a segment, or one of its groups, in words. */
export function segmentUsers(checked: Checked, name: string, group?: string): readonly Block[] {
  return usersBlock(usersOfSegment(checked, name, group));
}

/** What uses a segment, or one of its groups. */
export function usersOfSegment({ project }: Checked, name: string, group?: string): readonly Definition[] {
  const fits = (use: { readonly segment: string; readonly group: string } | undefined): boolean =>
    use?.segment === name && (group === undefined || use.group === group);
  const uses = (metric: Metric): boolean =>
    group === undefined &&
    (metric.segments.some(({ segment }) => segment.text === name) ||
      (metric.totalOver?.items ?? []).some(({ text }) => text === name));
  return [
    ...[...project.metrics.values()].filter(
      (metric) => uses(metric) || metric.examples.some(({ segment }) => fits(segment)),
    ),
    ...[...project.targets.values()].filter(({ segment }) => fits(segment)),
    ...[...project.journeys.values()].filter(
      ({ segment }) => segment?.text === (group === undefined ? name : `${name}.${group}`),
    ),
  ];
}

/** The source whose rows a metric reads itself; a ratio has none, whatever the defaults of its file say. */
function readSource({ kinds, project }: Checked, metric: Metric): string | undefined {
  const kind = kinds.get(metric.type ?? '');
  if (!readsRows(metric, kind)) return undefined;
  return (kind?.source?.(metric.spec) ?? sourceNameOf(project, metric))?.text;
}

/** Whether a metric, or one inside of it, names another. */
function names(checked: Checked, metric: Metric, name: string): boolean {
  return referencesOf(checked.kinds, metric).some((reference) =>
    reference.kind === 'name' ? reference.word.text === name : names(checked, reference.metric, name),
  );
}

function usersBlock(users: readonly Definition[]): readonly Block[] {
  return namesBlock(
    'Used by',
    users.map(({ name, definition }) => nameWords(name, definition)),
  );
}

/** A name, and of what kind it is where it is no metric. */
function nameWords(name: string, kind: Definition['definition'] = 'metric'): Words {
  return kind === 'metric' ? [{ code: name }] : [{ code: name }, ` (${kind})`];
}

function namesBlock(title: string, names: readonly Words[]): readonly Block[] {
  return names.length === 0 ? [] : [paragraph(`${title} `, ...enumerateSome(names, MOST), '.')];
}
