import type { Problem } from '../base/problem.ts';
import type { Span } from '../base/span.ts';
import type { Metric, Project, Source } from '../model/project.ts';
import type { MapNode } from '../syntax/yaml/tree.ts';
import { spanOfDefinition } from './inside.ts';
import type { MetricBook } from './metrics.ts';
import type { NeedsBook } from './needs.ts';
import { filesOfUnknownVersion } from './rules/unknown-version.ts';

/** Fields of a metric that its value does not depend on. */
const BESIDE: ReadonlySet<string> = new Set([
  'label',
  'description',
  'why',
  'owner',
  'tags',
  'segments',
  'total_over',
  'better',
  'version',
  'changes',
  'status',
  'deprecated',
  'benchmarks',
  'examples',
]);

/**
 * Finds what keeps metrics from being evaluated: the first error in the metric's own definition, in a metric that it is made
 * of, or in the parts of sources that it uses. `errors` are errors of any floor.
 */
export function blockingOf(
  project: Project,
  book: MetricBook,
  needs: NeedsBook,
  errors: readonly Problem[],
): (metric: Metric) => Problem | undefined {
  const byFile = new Map<string, Problem[]>();
  for (const error of errors) {
    const inFile = byFile.get(error.file);
    if (inFile === undefined) byFile.set(error.file, [error]);
    else inFile.push(error);
  }
  for (const list of byFile.values()) list.sort((a, b) => a.span.start - b.span.start);
  const unread = filesOfUnknownVersion(project);
  const found = new Map<Metric, Problem | undefined>();

  const first = (file: string, span: Span, except: readonly Span[] = []): Problem | undefined => {
    const list = byFile.get(file) ?? [];
    if (unread.has(file) && list.length > 0) return list[0];
    for (let index = lowerBound(list, span.start); index < list.length; index++) {
      const problem = list[index];
      if (problem === undefined || problem.span.start > span.end) return undefined;
      if (!except.some((part) => contains(part, problem.span)) && contains(span, problem.span))
        return problem;
    }
    return undefined;
  };
  const ofSource = (source: Source, metric: Metric): Problem | undefined => {
    const { columns, links } = needs.ofMetric(metric);
    const columnMap = mapAt(source.node, 'columns');
    const linkMap = mapAt(source.node, 'links');
    const used = [
      ...columns.flatMap((use) => (use.source === source.name ? spanOf(columnMap, use.column) : [])),
      ...links.flatMap((use) => (use.source === source.name ? spanOf(linkMap, use.link) : [])),
    ];
    const parts = [columnMap, linkMap].flatMap((map) => (map === undefined ? [] : [map.span]));
    return (
      first(source.file, spanOfDefinition(source), parts) ??
      used.map((span) => first(source.file, span)).find((problem) => problem !== undefined)
    );
  };
  for (const metric of book.order) {
    const beside = (metric.node?.entries ?? []).flatMap(({ key, span }) =>
      BESIDE.has(key.text) ? [span] : [],
    );
    let problem = first(metric.file, spanOfDefinition(metric), beside);
    // A source that `defaults:` gives stands outside of the metric.
    problem ??= metric.source && first(metric.file, metric.source.node.span);
    for (const name of problem === undefined ? needs.ofMetric(metric).sources : []) {
      const source = project.sources.get(name);
      problem ??= source && ofSource(source, metric);
    }
    for (const reference of book.references(metric)) {
      const part = book.target(reference);
      problem ??= part && found.get(part);
    }
    found.set(metric, problem);
  }
  return (metric) => found.get(metric);
}

function contains(outer: Span, inner: Span): boolean {
  return outer.start <= inner.start && inner.end <= outer.end;
}

function mapAt(node: MapNode | undefined, key: string): MapNode | undefined {
  const value = node?.get(key)?.value;
  return value?.kind === 'map' ? value : undefined;
}

function spanOf(map: MapNode | undefined, key: string): Span[] {
  const entry = map?.get(key);
  return entry === undefined ? [] : [entry.span];
}

/** Index of the first problem that starts at `start` or behind it. */
function lowerBound(sorted: readonly Problem[], start: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle]?.span.start ?? 0) < start) low = middle + 1;
    else high = middle;
  }
  return low;
}
