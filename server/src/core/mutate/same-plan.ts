import type { Evaluator } from '../evaluate/evaluate.ts';
import { planMetric } from '../plan/plan-metric.ts';

/** Whether a metric is computed just alike in two states of a project: then what differs in their texts says nothing. */
export function hasSamePlan(one: Evaluator, other: Evaluator, metric: string): boolean {
  const plan = planText(one, metric);
  return plan !== undefined && plan === planText(other, metric);
}

/** A plan as text, with the fields of the metric's type, which a plan may also keep in functions; without places in files. */
function planText({ checked, kinds }: Evaluator, name: string): string | undefined {
  const metric = checked.project.metrics.get(name);
  if (metric === undefined) return undefined;
  const { plan } = planMetric(checked, kinds, metric, { rowsGiven: true });
  if (plan === undefined) return undefined;
  const spec = JSON.stringify(metric.spec, (key, value: unknown) => plain(NODES, key, value));
  return `${JSON.stringify(plan, (key, value: unknown) => plain(WORDS, key, value))} ${spec}`;
}

function plain(left: ReadonlySet<string>, key: string, value: unknown): unknown {
  if (left.has(key)) return undefined;
  return value instanceof Map || value instanceof Set ? [...value] : value;
}

/** The definitions and words that a plan was made from. */
const WORDS: ReadonlySet<string> = new Set(['metric', 'clauses', 'segments']);

const NODES: ReadonlySet<string> = new Set(['node', 'nameNode', 'typeNode', 'parent', 'file', 'examples']);
