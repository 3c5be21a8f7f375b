import type { Grain } from '../base/period.ts';
import { isWholePeriods } from '../base/period-before.ts';
import type { Window } from '../base/window.ts';
import type { Metric, MetricReference } from '../model/project.ts';
import { mapAggregates, mapNames, type NameRef, type Scalar } from '../syntax/expression/scalar.ts';
import type {
  AggregateValue,
  Estimate,
  FormulaName,
  FormulaPlan,
  Measure,
  MetricPlan,
} from './metric-plan.ts';
import { Refusal } from './refusal.ts';
import { cast, isNotNull, nameOf } from './scalars.ts';

/** What planning a formula asks of the planner. */
export interface FormulaPlanner {
  /** The window of the formula itself, which its bounds of the period are those of. */
  readonly window: Window | undefined;
  /** The plan of a metric that the formula names. */
  metric(reference: MetricReference): MetricPlan;
  /** The plan of a measure over the rows of the formula's own source. */
  own(measure: Measure, auxiliary: boolean): MetricPlan;
  /** The breakdowns that leave a part whole. */
  whole(plan: MetricPlan): ReadonlySet<string>;
}

/**
 * Plans arithmetic on metrics: each becomes a part of its own, and so does each aggregate of the formula's own source. Refuses
 * aggregates that are neither numbers nor truth values, as only numbers are combined.
 */
export function planFormula(
  metric: Metric,
  value: Scalar<NameRef>,
  named: ReadonlyMap<string, MetricReference>,
  planner: FormulaPlanner,
): FormulaPlan {
  const aggregates: MetricPlan[] = [];
  const metrics = new Map<string, MetricPlan>();
  /** Aggregates come first, so that a metric's place is known when all of them are. */
  const names: { readonly text: string; readonly name: { part: number } }[] = [];
  const planned = mapAggregates<NameRef, FormulaName>(
    value,
    (node) => {
      const part = aggregates.push(planner.own(aggregateMeasure(node), aggregates.length > 0)) - 1;
      return nameOf<FormulaName>({ at: 'part', part, back: null }, 'number');
    },
    ({ ref, type }) => {
      if (ref.at === 'period') return nameOf<FormulaName>(ref, type);
      if (ref.at !== 'metric')
        throw new Refusal('A formula is made of metrics, and of columns inside aggregates.');
      const reference = named.get(ref.metric) ?? byName(metric, ref.metric);
      if (!metrics.has(ref.metric)) metrics.set(ref.metric, planner.metric(reference));
      const name = { at: 'part' as const, part: 0, back: ref.back ?? null };
      names.push({ text: ref.metric, name });
      return nameOf<FormulaName>(name, 'number');
    },
  );
  const order = [...metrics.keys()];
  for (const { text, name } of names) name.part = aggregates.length + order.indexOf(text);
  const parts = [...aggregates, ...metrics.values()].map((plan) => ({ plan, whole: planner.whole(plan) }));
  if (parts.length === 0) throw new Refusal('Its formula names no metric.');
  const { window } = planner;
  return { kind: 'formula', metric, parts, value: planned, ...(window === undefined ? {} : { window }) };
}

function byName(metric: Metric, text: string): MetricReference {
  return { kind: 'name', word: { text, node: metric.nameNode } };
}

/** An aggregate of a formula over the rows of its source: over no rows 0 for counts and sums, else null. */
function aggregateMeasure({ fn, distinct, arg, type }: Extract<Scalar, { kind: 'aggregate' }>): Measure {
  if (type === 'date' || type === 'timestamp' || type === 'text') {
    throw new Refusal(
      `A formula can only calculate with numbers, and ${fn}() gives a ${type} here: use it inside a function that gives a number in the metric of its own.`,
    );
  }
  const number = arg === null ? undefined : fn === 'sum' ? cast(arg, 'number') : arg;
  const args = number === undefined ? [] : [number];
  const main = { fn: distinct ? ('count_distinct' as const) : fn, args };
  const counted = number === undefined || fn === 'count_if' ? [] : [isNotNull(number)];
  return {
    aggregates: [
      main,
      { fn: 'count', args: [] },
      counted.length === 0 ? { fn: 'count', args: [] } : { fn: 'count_if', args: counted },
    ],
    finish: ([value, rows, n]) => estimate(fn === 'sum' && rows === 0 ? 0 : value, n),
  };
}

function estimate(value: AggregateValue | undefined, n: AggregateValue | undefined): Estimate {
  return { value: value ?? null, n: n ?? 0, low: null, high: null };
}

/**
 * Refuses a plan that looks back by what is no whole number of periods of a grain. A formula is checked at its own grain, and meets another
 * inside a metric of that grain, or in a target's period. Over all time there is nothing before, and no need to refuse.
 */
export function refuseUnevenIntervals(plan: MetricPlan, grain: Grain): void {
  if (plan.kind === 'measure' || grain === 'all') return;
  for (const part of plan.parts) refuseUnevenIntervals(part.plan, grain);
  if (plan.kind !== 'formula') return;
  mapNames<FormulaName, FormulaName>(plan.value, (name) => {
    const back = name.ref.at === 'part' ? name.ref.back : null;
    if (back !== null && back !== 'period' && !isWholePeriods(back, grain)) {
      const interval = `${back.count} ${back.unit}${back.count === 1 ? '' : 's'}`;
      throw new Refusal(
        `Its formula${plan.metric.name === '' ? '' : ` "${plan.metric.name}"`} goes back by ${interval}, which is no whole number of periods of the grain ${grain}: choose a finer grain, or another interval.`,
      );
    }
    return { kind: 'name', ...name };
  });
}
