import type { Definition } from '../../model/project.ts';
import { isMap, valueAtPath } from '../../schema/applicable.ts';
import type { IdeContext } from '../ide-context.ts';
import { knownValues, rowsText } from './columns.ts';
import { homeAt, sourcesOf } from './home.ts';
import type { Candidate } from './item.ts';
import type { PlaceInFormat } from './item-context.ts';

/** The sources of the project. */
export function sourceNames({ checked }: IdeContext): Candidate[] {
  return [...checked.project.sources.values()].map((source) => ({
    label: source.name,
    kind: 'source',
    detail: source.label,
    data: { of: 'source', name: source.name },
  }));
}

/** The metrics of the project, but the one in which the cursor is. */
export function metricNames({ checked }: IdeContext, { path }: PlaceInFormat): Candidate[] {
  const own = path[0] === 'metrics' ? path[1] : undefined;
  return [...checked.project.metrics.values()]
    .filter(({ name }) => name !== own)
    .map((metric) => ({
      label: metric.name,
      kind: 'metric',
      detail: metric.type,
      deprecated: metric.status === 'deprecated' || metric.deprecated !== undefined,
      data: { of: 'metric', name: metric.name },
    }));
}

/** The segments of the project; those that reach the metric's source come first. Those of the same list are left out. */
export function segmentNames(context: IdeContext, place: PlaceInFormat): Candidate[] {
  const { checked } = context;
  const sources = place.path[0] === 'metrics' ? homeAt(context, place).sources : [];
  const listed = place.isItem ? valueAtPath(place.plain, place.path.slice(0, -1)) : undefined;
  const index = place.path.at(-1);
  const taken = new Set(
    Array.isArray(listed)
      ? listed.flatMap((each, at) =>
          at === index ? [] : isMap(each) ? [String(each.segment)] : [String(each)],
        )
      : [],
  );
  return [...checked.project.segments.values()]
    .filter(({ name }) => !taken.has(name))
    .map((segment) => {
      const homes =
        segment.form.kind === 'by-source' ? [...segment.form.by.keys()] : [segment.source?.text ?? ''];
      const reaches = sources.every((source) =>
        homes.some((home) => home === source || checked.paths(source, home).length > 0),
      );
      return {
        label: segment.name,
        kind: 'segment',
        detail: segment.label,
        rank: reaches ? 4 : 6,
        data: { of: 'segment', name: segment.name },
      };
    });
}

/** The groups of a segment, by their names: declared, from the data, or declared for the column that makes them. */
export function groupNames(context: IdeContext, name: string): Candidate[] {
  const segment = context.checked.project.segments.get(name);
  if (segment === undefined) return [];
  const { form } = segment;
  const sizes = context.numbers?.segment(name)?.value.groups;
  const found = new Map<string, number | undefined>(sizes?.map(({ label, rows }) => [label, rows]));
  const add = (label: string): void => {
    if (!found.has(label)) found.set(label, undefined);
  };
  if (form.kind === 'groups') for (const group of form.groups.keys()) add(group);
  if (form.kind === 'where') for (const group of ['in', 'out']) add(group);
  if (form.kind === 'by' && segment.source !== undefined) {
    for (const { value } of knownValues(context, segment.source.text, form.by.text.trim())) add(value);
  }
  return [...found]
    .filter(([label]) => !/[\r\n]/.test(label))
    .map(([label, rows]) => ({
      label: `${name}.${label}`,
      kind: 'group',
      detail: rowsText(rows),
    }));
}

/** The chains of links by which a segment's source is reached from the metric's. */
export function viaChains(context: IdeContext, place: PlaceInFormat): Candidate[] {
  const { checked } = context;
  const use = valueAtPath(place.plain, place.path.slice(0, -1));
  const segment = checked.project.segments.get(isMap(use) ? String(use.segment) : '');
  const [source] = homeAt(context, place).sources;
  const target = segment?.source?.text;
  if (source === undefined || target === undefined) return [];
  return checked
    .paths(source, target)
    .filter((chain) => chain.length > 0)
    .map((chain) => ({ label: chain.join('.'), kind: 'link', detail: `to ${target}` }));
}

/** Whether a definition's texts are worth offering elsewhere: who owns what, and how things are grouped. */
export function wordsInUse(context: IdeContext, of: 'owner' | 'tags' | 'unit'): Candidate[] {
  const counts = new Map<string, number>();
  const { sources, segments, metrics, targets, journeys } = context.checked.project;
  const all: Iterable<Definition>[] = [
    sources.values(),
    segments.values(),
    metrics.values(),
    targets.values(),
    journeys.values(),
  ];
  const add = (word: string | undefined): void => {
    if (word !== undefined && word !== '') counts.set(word, (counts.get(word) ?? 0) + 1);
  };
  if (of === 'unit') for (const { unit } of metrics.values()) add(unit?.text);
  else {
    for (const definitions of all) {
      for (const { owner, tags } of definitions) {
        if (of === 'owner') add(owner);
        else for (const tag of tags) add(tag);
      }
    }
  }
  return [...counts]
    .sort(([, one], [, other]) => other - one)
    .map(([label, uses]) => ({
      label,
      kind: 'text',
      detail: uses === 1 ? 'used once' : `used ${uses} times`,
    }));
}

/** The sources of the metric with a name. */
export function sourcesOfMetric(context: IdeContext, name: string): readonly string[] {
  const metric = context.checked.project.metrics.get(name);
  return metric === undefined ? [] : sourcesOf(context, metric);
}
