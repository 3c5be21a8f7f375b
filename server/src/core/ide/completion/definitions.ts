import type { DefinitionKind } from '../../model/project.ts';
import { isMap, type Path, valueAtPath } from '../../schema/applicable.ts';
import { metricBranches } from '../../schema/json-schema.ts';
import type { Candidate, Insert } from './item.ts';
import { blockMap, flowMap, type Given, type Writing, withValue } from './skeleton.ts';

/** A way to begin a definition: what it is called in the list, and the keys that it begins with. */
interface Beginning {
  readonly label: string;
  readonly detail: string;
  readonly given: Given;
}

/** Whole definitions for a section such as `metrics:`, each with all that the format asks for. */
export function definitionCandidates(writing: Writing, path: Path): Candidate[] {
  const [section] = path;
  const names = namesIn(writing, String(section));
  if (names === undefined) return [];
  return beginnings(writing, String(section)).map(({ label, detail, given }) => {
    const name = freeName(`new_${label.split(' ')[0]}`, names);
    const at = [...path, name];
    const plain = withValue(writing.plain, at, given);
    const inner: Writing = { ...writing, plain, column: writing.column + 2 };
    const body: Insert = writing.flow
      ? [' ', ...flowMap(inner, at, given)]
      : [writing.lineBreak, ...blockMap(inner, at, given)];
    return {
      label,
      kind: 'definition',
      detail,
      insert: [{ hole: name }, ':', ...body],
      rank: 5,
      ...(section === 'metrics' ? { data: { of: 'type', name: label } as const } : {}),
    };
  });
}

const SECTIONS: Readonly<Record<string, DefinitionKind>> = {
  sources: 'source',
  segments: 'segment',
  metrics: 'metric',
  targets: 'target',
  journeys: 'journey',
};

/** Names that are taken in a section of the whole project and in this text. */
function namesIn({ context, plain }: Writing, section: string): ReadonlySet<string> | undefined {
  const { project } = context.checked;
  if (!Object.hasOwn(SECTIONS, section)) return undefined;
  const here = valueAtPath(plain, [section]);
  const there = project[section as 'sources' | 'segments' | 'metrics' | 'targets' | 'journeys'];
  return new Set([...there.keys(), ...Object.keys(isMap(here) ? here : {})]);
}

function freeName(wanted: string, taken: ReadonlySet<string>): string {
  let name = wanted;
  for (let number = 2; taken.has(name); number++) name = `${wanted}_${number}`;
  return name;
}

function beginnings(writing: Writing, section: string): Beginning[] {
  switch (section) {
    case 'metrics':
      return metricBeginnings(writing);
    case 'sources':
      return [
        { label: 'source', detail: 'a file of data', given: { data: '', key: '', time: '' } },
        { label: 'union', detail: 'a stack of other sources', given: { union: '' } },
      ];
    case 'segments':
      return [
        { label: 'groups', detail: 'named groups with conditions', given: { source: '', groups: '' } },
        { label: 'by', detail: 'one group per value', given: { source: '', by: '' } },
        { label: 'where', detail: 'rows that are in or out', given: { source: '', where: '' } },
      ];
    case 'targets':
      return [
        { label: 'target', detail: 'a goal for one period', given: { metric: '', at_least: '', due: '' } },
        { label: 'each', detail: 'a goal for every period', given: { metric: '', at_least: '', each: '' } },
      ];
    default:
      return [{ label: 'journey', detail: 'stages with their metrics', given: {} }];
  }
}

/** One beginning for each type of metric; the source is asked for where the file has no default and the type reads rows. */
function metricBeginnings({ context, plain }: Writing): Beginning[] {
  const hasDefault = typeof valueAtPath(plain, ['defaults', 'source']) === 'string';
  return metricBranches()
    .filter(({ type }) => context.checked.kinds.has(type))
    .map(({ type, schema }) => {
      const ofMetrics = type === 'formula' || type === 'ratio';
      const source: Record<string, string> = hasDefault || ofMetrics ? {} : { source: '' };
      return { label: type, detail: schema.title ?? type, given: { type, ...source } };
    });
}
