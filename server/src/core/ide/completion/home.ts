import type { ColumnInfo } from '../../check/checked.ts';
import type { Mode } from '../../check/expressions.ts';
import { sourceNameOf } from '../../model/metric-defaults.ts';
import type { Link, Metric } from '../../model/project.ts';
import { child, isMap, type Path, valueAtPath } from '../../schema/applicable.ts';
import type { IdeContext } from '../ide-context.ts';
import type { PlaceInFormat } from './item-context.ts';

/** On what the names at a place are read. */
export interface Home {
  /** Names must be known on all of them; empty where no source is known. */
  readonly sources: readonly string[];
  readonly mode: Mode;
  /** Whether `period_start` and the like are known. */
  readonly inMetric: boolean;
  /** Names that a formula gives to its parts. */
  readonly parts: readonly string[];
}

/** On what an expression or a column at a place is read, from what is written around it; half-typed definitions too. */
export function homeAt(context: IdeContext, { plain, path }: PlaceInFormat): Home {
  const home = (sources: readonly string[], mode: Mode = 'row'): Home => ({
    sources,
    mode,
    inMetric: path[0] === 'metrics',
    parts: [],
  });
  const given = path.lastIndexOf('given');
  if (given > 0 && path.length > given + 1) return home([String(path[given + 1])]);
  const [section, name] = path;
  if (section === 'sources') return sourceHome(plain, path, home);
  if (section === 'segments') {
    if (path[2] === 'by' && path.length > 3) return home([String(path[3])]);
    return home(textsOf(valueAtPath(plain, ['segments', String(name), 'source'])));
  }
  if (section !== 'metrics') return home([]);
  const sources = metricSources(context, plain, path);
  const key = path.findLast((step) => typeof step === 'string');
  const around = valueAtPath(plain, path.slice(0, path.lastIndexOf(key ?? '')));
  if (key === 'formula') {
    const parts = child(around, 'parts');
    // Aggregates read the formula's own source only, not those of the metrics that it names.
    return {
      ...home(ownSources(context, plain, path), 'formula'),
      parts: isMap(parts) ? Object.keys(parts) : [],
    };
  }
  const grouped = isMap(around) && around.per !== undefined && (key === 'value' || key === 'matching');
  return home(sources, grouped ? 'group' : 'row');
}

function sourceHome(
  plain: unknown,
  path: Path,
  home: (sources: readonly string[], mode?: Mode) => Home,
): Home {
  const [, name, part, entry, key] = path;
  if (part === 'union' && entry !== undefined) return home([String(entry)]);
  if (part === 'columns' && key === 'value') {
    const of = textsOf(valueAtPath(plain, [...path.slice(0, 4), 'of']));
    if (of.length > 0) return home(of, 'facts');
  }
  // The right side of `using: { mine: theirs }` names columns of the other source.
  if (part === 'links' && key === 'using' && path.length > 5) {
    return home(textsOf(valueAtPath(plain, [...path.slice(0, 4), 'to'])));
  }
  return home([String(name)]);
}

/** The sources of the metric around a path: written there, in the file's defaults, or those of what it is made of. */
function metricSources(context: IdeContext, plain: unknown, path: Path): readonly string[] {
  const { project } = context.checked;
  for (let length = path.length - 1; length >= 2; length--) {
    const around = valueAtPath(plain, path.slice(0, length));
    if (!isMap(around)) continue;
    const own = textsOf(around.source);
    if (own.length > 0) return own;
    const reused = typeof around.metric === 'string' ? project.metrics.get(around.metric) : undefined;
    if (reused !== undefined) return sourcesOf(context, reused);
  }
  const steps = valueAtPath(plain, [...path.slice(0, 2), 'steps']);
  const first = Array.isArray(steps) ? textsOf(child(steps[0], 'source')) : [];
  if (first.length > 0) return first;
  const common = textsOf(valueAtPath(plain, ['defaults', 'source']));
  if (common.length > 0) return common;
  const metric = project.metrics.get(String(path[1]));
  return metric === undefined ? [] : sourcesOf(context, metric);
}

/** The source that is written for the metric around a path, in it or in the file's defaults. */
function ownSources(context: IdeContext, plain: unknown, path: Path): readonly string[] {
  const { project } = context.checked;
  for (let length = path.length - 1; length >= 2; length--) {
    const own = textsOf(child(valueAtPath(plain, path.slice(0, length)), 'source'));
    if (own.length > 0) return own;
  }
  const common = textsOf(valueAtPath(plain, ['defaults', 'source']));
  const metric = project.metrics.get(String(path[1]));
  return common.length > 0 || metric === undefined ? common : textsOf(sourceNameOf(project, metric)?.text);
}

/** The sources whose rows a metric reads, by itself or through the metrics that it names. */
export function sourcesOf({ checked }: IdeContext, metric: Metric): readonly string[] {
  const found = new Set<string>();
  const seen = new Set<Metric>();
  const visit = (each: Metric): void => {
    if (seen.has(each)) return;
    seen.add(each);
    const kind = checked.kinds.get(each.type ?? '');
    const own = kind?.source?.(each.spec)?.text ?? sourceNameOf(checked.project, each)?.text;
    const references =
      each.reuse === undefined
        ? (checked.kinds.get(each.type ?? '')?.references(each.spec) ?? [])
        : [{ kind: 'name', word: each.reuse } as const];
    if (own !== undefined && references.length === 0) found.add(own);
    for (const reference of references) {
      const next =
        reference.kind === 'inline' ? reference.metric : checked.project.metrics.get(reference.word.text);
      if (next !== undefined) visit(next);
    }
    if (own !== undefined && found.size === 0) found.add(own);
  };
  visit(metric);
  return [...found];
}

/** The columns that all of the sources have, behind a chain of links. */
export function columnsBehind(
  { checked }: IdeContext,
  sources: readonly string[],
  chain: readonly string[],
): { readonly home: string; readonly columns: readonly ColumnInfo[]; readonly links: readonly Link[] } {
  const homes = sources.flatMap((source) => checked.follow(source, chain) ?? []);
  const [home = '', ...others] = homes;
  const known = (source: string) => checked.columns.get(source)?.columns;
  const links = [...(checked.project.sources.get(home)?.links.values() ?? [])];
  return {
    home,
    columns: [...(known(home)?.values() ?? [])].filter(({ name }) =>
      others.every((other) => known(other)?.has(name)),
    ),
    links: links.filter(({ name }) =>
      others.every((other) => checked.project.sources.get(other)?.links.has(name)),
    ),
  };
}

function textsOf(value: unknown): readonly string[] {
  return typeof value === 'string' && value !== '' ? [value] : [];
}
