import { isMoved, isOtherHeadline } from './compare-series.ts';
import type { MetricEffect } from './project-diff.ts';

/** So many metrics that move in one way are told together. */
const TOGETHER = 3;

/** The metrics in their order, those together whose groups alone moved and for one reason: a segment that is cut otherwise moves many. */
export function tellTogether(metrics: readonly MetricEffect[]): readonly (readonly MetricEffect[])[] {
  const reasons = new Map<string, MetricEffect[]>();
  for (const effect of metrics) {
    const reason = reasonOfGroups(effect);
    if (reason !== undefined) reasons.set(reason, [...(reasons.get(reason) ?? []), effect]);
  }
  const told = new Set<string>();
  return metrics.flatMap((effect): readonly (readonly MetricEffect[])[] => {
    const reason = reasonOfGroups(effect);
    const alike = reason === undefined ? undefined : reasons.get(reason);
    if (reason === undefined || alike === undefined || alike.length < TOGETHER) return [[effect]];
    if (told.has(reason)) return [];
    told.add(reason);
    return [alike];
  });
}

/** Stands for why the groups of a metric moved, where nothing else of it did; `undefined` where something did. */
function reasonOfGroups({
  affected,
  headline,
  totals,
  moved,
  refused,
  lost,
  clauses,
  rows,
}: MetricEffect): string | undefined {
  const isMore = affected.own.length + affected.data.length + lost.length + clauses.length + rows.length > 0;
  if (isMore || moved === 0 || refused.before !== null || refused.after !== null) return undefined;
  if (
    isOtherHeadline(headline) ||
    totals.some(isMoved) ||
    affected.causes.some(({ reaches }) => reaches !== 'groups')
  )
    return undefined;
  return JSON.stringify(affected.causes.map(({ fact, through }) => [through, fact.path, fact.was, fact.is]));
}
