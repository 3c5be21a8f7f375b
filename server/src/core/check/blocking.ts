import type { Problem } from '../base/problem.ts';
import type { Span } from '../base/span.ts';
import type { Metric, Project, Source } from '../model/project.ts';
import { mapAt } from '../model/words.ts';
import type { MapNode } from '../syntax/yaml/tree.ts';
import type { SourceColumns } from './checked.ts';
import { type ErrorIndex, errorIndex } from './error-index.ts';
import { spanOfDefinition } from './inside.ts';
import type { MetricBook } from './metrics.ts';
import type { Needs, NeedsBook } from './needs.ts';
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
 * of, or in the parts of sources that it uses.
 *
 * @param errors errors of any floor that are said
 * @param explained errors that are not, as others explain them; a definition is blocked by one of these where none of the others does
 */
export function blockingOf(
  project: Project,
  book: MetricBook,
  needs: NeedsBook,
  columns: ReadonlyMap<string, SourceColumns>,
  errors: readonly Problem[],
  explained: readonly Problem[],
): (metric: Metric) => Problem | undefined {
  const unread = filesOfUnknownVersion(project);
  const index = eitherOf(errorIndex(errors, unread), errorIndex(explained, unread));
  const found = new Map<Metric, Problem | undefined>();
  for (const metric of book.order) {
    let problem = ofMetric(index, metric);
    const used = needs.ofMetric(metric);
    for (const name of problem === undefined ? used.sources : []) {
      const source = project.sources.get(name);
      problem ??= source && ofSource(index, source, used, columns.get(name));
    }
    for (const reference of book.references(metric)) {
      const part = book.target(reference);
      problem ??= part && found.get(part);
    }
    found.set(metric, problem);
  }
  return (metric) => found.get(metric);
}

/** What is said comes first, wherever it stands: somebody finds it among the problems. */
function eitherOf(said: ErrorIndex, explained: ErrorIndex): ErrorIndex {
  return { first: (...where) => said.first(...where) ?? explained.first(...where) };
}

function ofMetric(index: ErrorIndex, metric: Metric): Problem | undefined {
  const entries = metric.node?.entries ?? [];
  const beside = entries.flatMap(({ key, span }) => (BESIDE.has(key.text) ? [span] : []));
  const own = index.first(metric.file, spanOfDefinition(metric), beside);
  // A source that `defaults:` gives stands outside of the metric.
  return own ?? (metric.source && index.first(metric.file, metric.source.node.span));
}

/**
 * Of the columns and links of a source, only those that are used can be in the way; all of them where one is used that is not there,
 * as it may have been lost in what could not be read.
 */
function ofSource(
  index: ErrorIndex,
  source: Source,
  { columns, links }: Needs,
  known: SourceColumns | undefined,
): Problem | undefined {
  const columnMap = mapAt(source.node, 'columns');
  const linkMap = mapAt(source.node, 'links');
  const isLost =
    columns.some((use) => use.source === source.name && known?.columns.has(use.column) !== true) ||
    links.some((use) => use.source === source.name && !source.links.has(use.link));
  const parts = [columnMap, linkMap].flatMap((map) => (map === undefined || isLost ? [] : [map.span]));
  const used = [
    ...columns.flatMap((use) => (use.source === source.name ? spanOf(columnMap, use.column) : [])),
    ...links.flatMap((use) => (use.source === source.name ? spanOf(linkMap, use.link) : [])),
  ];
  return (
    index.first(source.file, spanOfDefinition(source), parts) ??
    used.map((span) => index.first(source.file, span)).find((problem) => problem !== undefined)
  );
}

function spanOf(map: MapNode | undefined, key: string): Span[] {
  const entry = map?.get(key);
  return entry === undefined ? [] : [entry.span];
}
