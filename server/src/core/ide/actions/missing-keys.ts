import { parsePeriod } from '../../base/period.ts';
import type { Project } from '../../model/project.ts';
import { child, isMap, type Path, valueAtPath } from '../../schema/applicable.ts';
import { knownKeys } from '../../schema/describe.ts';
import { schemaOf } from '../../schema/json-schema.ts';
import { type MapEntry, type MapNode, toPlain, type YamlNode } from '../../syntax/yaml/tree.ts';
import { insertEntries, replaceValue } from '../yaml-edit.ts';
import { blockMap, flowMap, written, type YamlEntry, type YamlValue } from '../yaml-value.ts';
import { type ActionProvider, type ActionRequest, actionOf, type CodeAction } from './action.ts';
import { foundAt, pathTo } from './at-cursor.ts';
import { problemsAt } from './rule-fixes.ts';

/**
 * The keys that the schema requires of the innermost map at the cursor that lacks some, with values that are right in form and
 * near at hand: names of the project, columns of the source. They are to be looked at, so that the action is never sure.
 */
export const missingKeys: ActionProvider = (request) => {
  const found = foundAt(request);
  if (found === undefined) return [];
  const path = pathTo(found);
  for (let length = path.length; length > 0; length--) {
    const last = found.path[length - 1];
    const node =
      last === undefined ? undefined : 'entry' in last ? last.entry.value : last.in.items[last.index];
    const holder = last !== undefined && 'entry' in last ? { map: last.in, entry: last.entry } : undefined;
    const actions = node === undefined ? [] : addKeys(request, node, path.slice(0, length), holder);
    if (actions.length > 0) return actions;
  }
  return [];
};

interface Holder {
  readonly map: MapNode;
  readonly entry: MapEntry;
}

function addKeys(
  request: ActionRequest,
  node: YamlNode,
  path: Path,
  holder: Holder | undefined,
): readonly CodeAction[] {
  const { root } = request.file.tree;
  const isBlank = node.kind === 'scalar' && node.style === 'missing';
  if (node.kind !== 'map' && !isBlank) return [];
  const plain = toPlain(root);
  const keys = requiredKeys(plain, path);
  if (keys.length === 0) return [];
  const entries = keys.map((key): YamlEntry => [key, placeholderOf(request, plain, path, key)]);
  const file = request.file.file;
  const edit =
    node.kind === 'map'
      ? insertEntries(file, node, entries, LEADING)
      : holder && replaceValue(file, holder.map, holder.entry, blockMap(entries));
  const listed = keys.map((key) => `"${key}"`).join(', ');
  const [problem] = problemsAt(request.context, file.path, holder?.entry.key.span ?? node.span).filter(
    ({ code }) => code === 'missing-key' || code === 'missing-value',
  );
  return actionOf(
    {
      title: keys.length === 1 ? `Add the missing key ${listed}` : `Add the missing keys ${listed}`,
      kind: 'quickfix',
      ...(problem === undefined ? {} : { fixes: problem }),
    },
    [edit],
  );
}

/** By the schema, for which a value that is still to be written is a map without keys. */
function requiredKeys(plain: unknown, path: Path): readonly string[] {
  const holder = valueAtPath(plain, path.slice(0, -1));
  const last = path.at(-1);
  if (isMap(holder) && last !== undefined && !isMap(holder[last])) Object.assign(holder, { [last]: {} });
  return knownKeys(schemaOf('metrics'), plain, path).flatMap(({ key, required, present }) =>
    required && !present ? [key] : [],
  );
}

/** What a definition computes stands behind these, and before what is said about it. */
const LEADING = ['type', 'source', 'value', 'entity', 'metric'];

/** A value of the right form. Unknown keys get a text that says that it is to be replaced. */
function placeholderOf(request: ActionRequest, plain: unknown, path: Path, key: string): YamlValue {
  const { context, today } = request;
  const { project } = context.checked;
  const own = PLACEHOLDERS[key];
  if (own !== undefined) return own;
  const columns = columnsFor(request, plain, path);
  switch (key) {
    case 'source':
    case 'to':
      return first(project.sources) ?? 'source';
    case 'metric':
    case 'numerator':
    case 'denominator':
      return metricName(project, path) ?? flowMap([['type', 'count']]);
    case 'due':
      return written(quarterOf(today));
    case 'period':
      return written(today.slice(0, 4));
    case 'data':
      return `data/${String(path.at(-1) ?? 'rows')}.csv`;
    case 'version':
      return versionOf(plain, path);
    case 'value':
      return isNumberKey(path) ? 0 : (columns.number ?? columns.any ?? '1');
    case 'matching':
      return columns.flag ?? (columns.any === undefined ? 'true' : `${columns.any} is not null`);
    case 'entity':
    case 'using':
    case 'key':
    case 'by':
      return columns.key ?? columns.any ?? 'id';
    case 'start':
    case 'end':
      return columns.time ?? `${key}ed_on`;
    default:
      return 'to be written';
  }
}

const PLACEHOLDERS: Readonly<Record<string, YamlValue>> = {
  plumbline: 1,
  type: 'count',
  formula: '0',
  p: 0.9,
  of: 'new',
  expansion: 'exclude',
  horizon: '12 months',
  at: '12 months',
  after: '3 months',
  within: '14 days',
  duration: '0',
  ended: 'false',
  at_least: 0,
  expect: 0,
  keep: 'last',
  note: 'Say what changed.',
  citation: 'Say where the number is published.',
  name: 'step',
  file: 'data/rows.csv',
  stages: blockMap([['first', blockMap([['metrics', []]])]]),
  steps: [flowMap([['name', 'first']]), flowMap([['name', 'second']])],
};

/** Whether `value` is a number here, and not an expression: of benchmarks and baselines. */
function isNumberKey(path: Path): boolean {
  return path.includes('benchmarks') || path.includes('baseline');
}

interface Columns {
  readonly any: string | undefined;
  readonly key: string | undefined;
  readonly number: string | undefined;
  readonly flag: string | undefined;
  readonly time: string | undefined;
}

/** Columns to begin with, of the source in which or of which the map at a path speaks. */
function columnsFor({ context, file }: ActionRequest, plain: unknown, path: Path): Columns {
  const { checked } = context;
  const [section, name] = path;
  const definition = file.file.definitions.find(
    (each) => `${each.definition}s` === section && each.name === name,
  );
  const written =
    child(valueAtPath(plain, path), 'source') ?? child(valueAtPath(plain, path.slice(0, 2)), 'source');
  const byDefault = definition?.definition === 'metric' ? definition.source?.text : undefined;
  const source = section === 'sources' ? name : (written ?? byDefault ?? first(checked.project.sources));
  const columns = [...(checked.columns.get(String(source))?.columns.values() ?? [])].filter(
    ({ name: each }) => /^[a-z][a-z0-9_]*$/.test(each),
  );
  const typed = (...types: readonly string[]): string | undefined =>
    columns.find(({ type }) => types.includes(type))?.name;
  return {
    any: columns[0]?.name,
    key: checked.project.sources.get(String(source))?.key?.items[0]?.text,
    number: typed('number') ?? typed('integer'),
    flag: typed('boolean'),
    time: typed('date', 'timestamp'),
  };
}

/** A metric to point to that is not the one in which it is named, so that there is no circle. */
function metricName(project: Project, path: Path): string | undefined {
  for (const [name, { type }] of project.metrics) {
    if (!path.includes(name) && type !== 'ratio' && type !== 'formula') return name;
  }
  return undefined;
}

function first(names: ReadonlyMap<string, unknown>): string | undefined {
  return names.keys().next().value;
}

function quarterOf(today: string): string {
  const month = parsePeriod(today) === undefined ? 12 : Number(today.slice(5, 7));
  return `${today.slice(0, 4)}-Q${Math.ceil(month / 3)}`;
}

/** The version that the definition has now: an entry of `changes` without one is most likely about it. */
function versionOf(plain: unknown, path: Path): number {
  const own = child(valueAtPath(plain, path.slice(0, 2)), 'version');
  return typeof own === 'number' && own >= 1 ? own : 1;
}
