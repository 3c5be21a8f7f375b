import type { Evaluator } from '../evaluate/evaluate.ts';
import { planMetric } from '../plan/plan-metric.ts';

/** Whether a metric is computed just alike in two states of a project: then what differs in their texts says nothing. */
export function hasSamePlan(one: Evaluator, other: Evaluator, metric: string): boolean {
  const plan = planText(one, metric);
  return plan !== undefined && plan === planText(other, metric);
}

/** A plan as text, without the definitions and words that it was made from. */
function planText({ checked, kinds }: Evaluator, name: string): string | undefined {
  const metric = checked.project.metrics.get(name);
  const { plan } = metric === undefined ? {} : planMetric(checked, kinds, metric, { rowsGiven: true });
  return plan && JSON.stringify(plan, (key, value: unknown) => (WORDS.has(key) ? undefined : value));
}

const WORDS: ReadonlySet<string> = new Set(['metric', 'clauses', 'segments']);
