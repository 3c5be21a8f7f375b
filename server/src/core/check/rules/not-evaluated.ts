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
  // Read from the text: a short form that was not read must not pass as if nothing were there.
  { name: 'one_per', uses: ({ onePer, node }) => onePer !== undefined || node?.get('one_per') !== undefined },
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
    const { book, metrics } = context;
    const own = new Map(metrics.map((use) => [use.metric, missingIn(context, use)]));
    const found = new Map<Metric, string | undefined>();
    for (const metric of book.order)
      found.set(metric, own.get(metric) ?? missingInParts(context, metric, found));
    for (const { metric, outer } of metrics) {
      const name = metric === outer ? found.get(metric) : undefined;
      if (name === undefined) continue;
      const spot = spotOf(metric.file, metric.typeNode ?? metric.nameNode);
      report(spot, `This version does not evaluate ${name} yet: the metric is checked, and has no value.`);
    }
  },
};

/** What is missing for a metric that it is made of, with the name of that one. */
function missingInParts(
  { book }: RuleContext,
  metric: Metric,
  found: ReadonlyMap<Metric, string | undefined>,
): string | undefined {
  for (const reference of book.references(metric)) {
    const part = book.target(reference);
    const missing = part === undefined ? undefined : found.get(part);
    if (missing === undefined || part === undefined) continue;
    return reference.kind === 'inline' || missing.includes('(in ')
      ? missing
      : `${missing} (in "${part.name}")`;
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
