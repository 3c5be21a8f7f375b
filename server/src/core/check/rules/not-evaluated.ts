import type { Metric, Project, Source } from '../../model/project.ts';
import type { MetricUse } from '../metrics.ts';
import { page } from '../page.ts';
import { type Rule, type RuleContext, spotOf } from '../report.ts';

/** Constructs of the format that this version checks and does not compute yet. Lines go as evaluation learns them. */
const METRIC_CONSTRUCTS: readonly { readonly name: string; uses(metric: Metric): boolean }[] = [
  { name: 'window', uses: ({ window }) => window !== undefined },
  { name: 'at', uses: ({ at, type }) => at !== undefined && type !== 'tenure' },
  { name: 'at_per', uses: ({ atPer }) => atPer !== undefined },
  { name: 'per', uses: ({ per }) => per !== undefined },
  { name: 'once_per', uses: ({ oncePer }) => oncePer !== undefined },
  { name: 'total_over', uses: ({ totalOver }) => totalOver !== undefined },
  { name: 'via', uses: ({ segments }) => segments.some(({ via }) => via !== undefined) },
  { name: 'a filtered reuse of a metric', uses: ({ reuse }) => reuse !== undefined },
];

/** What decides which rows a source has, also where it is only linked to. */
const ROW_CONSTRUCTS: readonly { readonly name: string; uses(source: Source): boolean }[] = [
  { name: 'union', uses: ({ union }) => union !== undefined },
  { name: 'where', uses: ({ where }) => where.length > 0 },
  { name: 'one_per', uses: ({ onePer }) => onePer !== undefined },
];

const SOURCE_CONSTRUCTS: typeof ROW_CONSTRUCTS = [
  ...ROW_CONSTRUCTS,
  { name: 'sampled_by', uses: ({ sampledBy }) => sampledBy !== undefined },
];

/** Metrics that are checked in full and have no value yet. */
export const notEvaluated: Rule = {
  id: 'not-evaluated',
  severity: 'warning',
  summary: 'A metric is of a type, or uses a construct, that this version does not compute yet.',
  documentation: page({
    why: `
      The whole format is read and checked, so that definitions can be written, reviewed and compared today. Some of it has no
      values yet in this version. Such a metric shows none; a wrong one is never shown in its place. The message names
      what it is.`,
    wrong: `
      metrics:
        weekly_users: { type: count_distinct, source: events, value: user_id, window: 7 days }`,
    right: `
      metrics:
        weekly_users: { type: count_distinct, source: events, value: user_id, grain: week }`,
    mend: `
      Nothing is wrong with the definition. Keep it, and set the rule to \`off\` in \`plumbline.yaml\` if the warning is in the
      way; or write the metric in another way.`,
  }),
  check(context, report) {
    const constructs = new Map(context.metrics.map((use) => [use.metric, missingIn(context, use)]));
    for (const use of context.metrics) {
      if (use.metric !== use.outer) continue;
      const name = firstMissing(context, use.metric, constructs, new Set());
      if (name === undefined) continue;
      const spot = spotOf(use.metric.file, use.metric.typeNode ?? use.metric.nameNode);
      report(spot, `This version does not evaluate ${name} yet: the metric is checked, and has no value.`);
    }
  },
};

type Constructs = ReadonlyMap<Metric, string | undefined>;

/** What is missing for a metric itself, or for one that it is made of. */
function firstMissing(
  context: RuleContext,
  metric: Metric,
  constructs: Constructs,
  seen: Set<Metric>,
): string | undefined {
  if (seen.has(metric)) return undefined;
  seen.add(metric);
  const own = constructs.get(metric);
  if (own !== undefined) return own;
  for (const reference of context.book.references(metric)) {
    const part = context.book.target(reference);
    const found = part === undefined ? undefined : firstMissing(context, part, constructs, seen);
    if (found !== undefined && part !== undefined) {
      return reference.kind === 'name' ? `${found} (in "${part.name}")` : found;
    }
  }
  return undefined;
}

function missingIn(context: RuleContext, { metric, kind, sides }: MetricUse): string | undefined {
  if (kind !== undefined && !kind.evaluated) return `metrics of type ${kind.type}`;
  const construct = METRIC_CONSTRUCTS.find(({ uses }) => uses(metric));
  if (construct !== undefined) return quoted(construct.name);
  for (const { source, metric: side } of sides) {
    const found = side === metric ? missingInSource(context.project, source, SOURCE_CONSTRUCTS) : undefined;
    if (found !== undefined) return found;
  }
  return missingInNeeds(context, metric);
}

function quoted(name: string): string {
  return name.includes(' ') ? name : `"${name}"`;
}

function missingInSource(
  project: Project,
  name: string,
  constructs: typeof ROW_CONSTRUCTS,
): string | undefined {
  const source = project.sources.get(name);
  const found = source === undefined ? undefined : constructs.find(({ uses }) => uses(source));
  return found === undefined ? undefined : `"${found.name}" of the source "${name}"`;
}

/** Sources behind links count too, and so do columns that aggregate the rows of another source. */
function missingInNeeds(context: RuleContext, metric: Metric): string | undefined {
  const segments = metric.segments.flatMap(({ segment }) => context.project.segments.get(segment.text) ?? []);
  const needs = [
    context.needs.ofMetric(metric),
    ...segments.map((segment) => context.needs.ofSegment(segment)),
  ];
  for (const { sources, columns } of needs) {
    for (const source of sources) {
      const found = missingInSource(context.project, source, ROW_CONSTRUCTS);
      if (found !== undefined) return found;
    }
    for (const { source, column } of columns) {
      if (context.columns.get(source)?.columns.get(column)?.origin !== 'facts') continue;
      return `the column "${column}" of "${source}", which counts over other rows ("of"),`;
    }
  }
  return undefined;
}
