import type { Metric } from '../model/project.ts';
import type { MetricBook, MetricUse } from './metrics.ts';
import type { RuleContext } from './report.ts';

/** What of each metric this version does not compute yet; metrics that it computes are not among them. */
export function unevaluatedOf({ book, metrics }: RuleContext): ReadonlyMap<Metric, string> {
  const own = new Map(metrics.map((use) => [use.metric, missingIn(use)]));
  const found = new Map<Metric, string>();
  for (const metric of book.order) {
    const missing = own.get(metric) ?? missingInParts(book, metric, found);
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
  book: MetricBook,
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

function missingIn({ kind }: MetricUse): string | undefined {
  return kind !== undefined && !kind.evaluated ? `metrics of type ${kind.type}` : undefined;
}
