import { formatDay, formatPeriod } from '../base/period.ts';
import type { Metric } from '../model/project.ts';
import { planFunnel, type StepsAt } from '../plan/plan-steps.ts';
import { Refusal } from '../plan/refusal.ts';
import { reachOf } from '../plan/rows-at.ts';
import { splitConditions } from '../plan/split-conditions.ts';
import { type Evaluator, runContext } from './evaluate.ts';
import { requireOneArrival } from './links.ts';
import type { Funnel, FunnelPart, Reach } from './numbers.ts';
import { type AtGrain, plannedScans, stepsIn } from './planned-scans.ts';
import { type RunContext, runSelect } from './run-demands.ts';

/** Whose rows are looked at. */
export interface FunnelRequest extends AtGrain {
  /** A period of the metric as the format writes it; the headline's where absent. */
  readonly period?: string;
  /** Whether each condition of an `and` is a clause of its own. */
  readonly byCondition?: boolean;
}

/**
 * The way of a metric's rows from its sources to its value in one period, one query for each measure. Rejects with `Refusal` where
 * the metric has no value or no such period, with `EngineFailure` and `Cancelled`.
 */
export async function metricFunnel(
  evaluator: Evaluator,
  metric: Metric,
  options: FunnelRequest = {},
): Promise<Funnel> {
  const context = runContext(evaluator, options);
  const planned = await plannedScans(evaluator, context, metric, options);
  const { period } = options;
  const at =
    period === undefined ? planned.headline : planned.periods.find((each) => formatPeriod(each) === period);
  if (at === undefined && period !== undefined) throw new Refusal(`It has no period ${period}.`);
  const steps = stepsIn(planned, at);
  const parts: FunnelPart[] = [];
  for (const step of steps) {
    const plan = options.byCondition === true ? splitConditions(step.plan) : step.plan;
    parts.push(await funnelPart(context, { ...step, plan }));
    options.progress?.(parts.length, steps.length);
  }
  return { parts };
}

async function funnelPart(context: RunContext, at: StepsAt): Promise<FunnelPart> {
  const { select, links } = planFunnel(context.checked, context.storage, at);
  await requireOneArrival(context, links);
  const [row] = await runSelect(context, select);
  const count = (column: string): number => Number(row?.[column] ?? 0);
  const { plan, period } = at;
  return {
    metric: plan.metric.name,
    source: plan.source,
    rows: count('rows'),
    timed: plan.rows.mode === 'snapshot' ? null : count('timed'),
    clauses: plan.clauses.map((word, index) => ({ word, kept: count(`clause_${index + 1}`) })),
    period: period === undefined ? null : formatPeriod(period),
    ...reachAt(at),
    ...horizonOf(at),
    inPeriod: count('in_period'),
    counted: count('counted'),
  };
}

/** The days whose rows tell of the period, where these are others than its own. */
export function reachAt({ scan, period }: StepsAt): { readonly reach?: Reach } {
  const span = period === undefined ? undefined : reachOf(scan, period);
  if (span === undefined) return {};
  const { from, to } = span;
  return { reach: { from: from === undefined ? null : formatDay(from), to: formatDay(to - 1) } };
}

function horizonOf({ plan: { view } }: StepsAt): { readonly horizon?: string } {
  const horizon = view.together?.kind === 'lifetime' ? view.together.horizon : undefined;
  if (horizon === undefined) return {};
  return { horizon: `${horizon.count} ${horizon.unit}${horizon.count === 1 ? '' : 's'}` };
}
