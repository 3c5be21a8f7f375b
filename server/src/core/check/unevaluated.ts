import type { Metric, Project, Source } from '../model/project.ts';
import type { MetricUse } from './metrics.ts';
import type { RuleContext } from './report.ts';

/** Constructs of the format that this version checks and does not compute yet. Lines go as evaluation learns them. */
const SOURCE_CONSTRUCTS: readonly { readonly name: string; uses(source: Source): boolean }[] = [
  { name: 'sampled_by', uses: ({ sampledBy }) => sampledBy !== undefined },
];

/** What of each metric this version does not compute yet; metrics that it computes are not among them. */
export function unevaluatedOf(context: RuleContext): ReadonlyMap<Metric, string> {
  const { book, metrics } = context;
  const own = new Map(metrics.map((use) => [use.metric, missingIn(context, use)]));
  const found = new Map<Metric, string>();
  for (const metric of book.order) {
    const missing = own.get(metric) ?? missingInParts(context, metric, found);
    if (missing !== undefined) found.set(metric, missing);
  }
  return found;
}

/** What is said of such a metric, wherever its value would stand. */
export function unevaluatedMessage(missing: string): string {
  return `This version does not evaluate ${missing} yet.`;
}

/** What is missing for a metric that it is made of, with the name of that one. */
function missingInParts(
  { book }: RuleContext,
  metric: Metric,
  found: ReadonlyMap<Metric, string>,
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
  for (const { source, metric: side } of sides) {
    const found = side === metric ? missingInSource(context.project, source) : undefined;
    if (found !== undefined) return found;
  }
  return undefined;
}

function missingInSource(project: Project, name: string): string | undefined {
  const source = project.sources.get(name);
  const found = source === undefined ? undefined : SOURCE_CONSTRUCTS.find(({ uses }) => uses(source));
  return found === undefined ? undefined : `"${found.name}" of the source "${name}"`;
}
