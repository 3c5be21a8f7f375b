import { formatPeriod, type Grain, type Period } from '../base/period.ts';
import { referencesOf } from '../model/metric-references.ts';
import type { Metric, Project } from '../model/project.ts';
import type { AggregateValue, Estimate, MetricPlan } from '../plan/metric-plan.ts';
import { Refusal } from '../plan/refusal.ts';
import {
  type EvaluationOptions,
  type Evaluator,
  evaluate,
  type MetricResult,
  runContext,
} from './evaluate.ts';
import { type NumberDocument, numbersAt } from './result.ts';
import { runDemands } from './run-demands.ts';
import { findPeriod, headlinePeriod, isPartial, previousPeriod, type Series } from './series.ts';
import { type Effect, kitagawa, type Standing } from './statistics/kitagawa.ts';

/** Why a metric moved from one period to the next, by the groups of a segment. */
export interface Explanation {
  readonly metric: string;
  readonly period: string;
  /** The period before. */
  readonly before: string;
  readonly total: NumberDocument;
  readonly by: string;
  /** How the change was split: into rate and mix of each group, or into what each group adds. */
  readonly split: 'rate_and_mix' | 'contributions';
  /** In the order of the segment. */
  readonly groups: readonly ExplainedGroup[];
  /** The change less all that the groups explain: near 0, but where groups overlap or leave rows out. */
  readonly rest: number;
}

export interface ExplainedGroup {
  readonly group: string;
  readonly value: number | null;
  readonly previous: number | null;
  /** The group's part of all that the metric rests on, from 0 to 1; null where only contributions are told. */
  readonly weight: number | null;
  readonly previous_weight: number | null;
  readonly rate: number | null;
  readonly mix: number | null;
  /** What the group did to the change in all, in the unit of the metric. */
  readonly effect: number;
}

/** What to explain. */
export interface ExplainRequest {
  /** A segment or a column path. */
  readonly by: string;
  /** A complete period as the format writes it; the headline's where absent. */
  readonly period?: string;
  readonly grain?: Grain;
  /** Values of the metric that are there already, at that grain and by that breakdown: they are computed where absent. */
  readonly known?: MetricResult;
}

/** Types whose total is the mean of its groups, weighted by their `n` or by what their measure says. */
const MEANS: ReadonlySet<string> = new Set([
  'share',
  'average',
  'nps',
  'csat',
  'ces',
  'ratio',
  'retention',
  'churn',
  'cohort_retention',
  'conversion',
  'lifetime_value',
]);
/** Types whose total is the sum of its groups. */
const SUMS: ReadonlySet<string> = new Set(['count', 'sum', 'movement']);

/**
 * Splits the change of a metric from the period before by the groups of a segment. Rejects with `Refusal` where it has no such
 * explanation, with `EngineFailure` and `Cancelled`.
 */
export async function explain(
  evaluator: Evaluator,
  metric: Metric,
  { by, period: asked, grain, known }: ExplainRequest,
  options: EvaluationOptions = {},
): Promise<Explanation> {
  const type = typeOf(evaluator.checked.project, metric);
  if (!isExplained(type)) throw new Refusal(unsplitWords(evaluator, metric, type, by));
  const request = { metrics: [metric], by: [by], targets: [], findings: false, ...(grain && { grain }) };
  const result = known ?? (await evaluate(evaluator, request, options)).metrics[0];
  const isBy = (each: { readonly by: readonly string[] }): boolean => each.by.join() === by;
  const series = result?.breakdowns.find(isBy)?.series;
  if (result?.plan === undefined || result.total === undefined || series === undefined)
    throw new Refusal(result?.refused ?? result?.refusedBreakdowns.find(isBy)?.refused ?? 'It has no value.');
  const { period, before } = periodsOf(result.total, asked);
  const parts = { series, total: result.total, period, before };
  const total = numbersAt(result.total, period, []);
  const isSum = SUMS.has(type) || isOverWhole(result.plan, by);
  const groups = isSum
    ? contributions(parts)
    : ratesAndMix(parts, await weightsOf(evaluator, result.plan, { by, grain: result.grain }, options));
  const explained = groups.reduce((sum, group) => sum + group.effect, 0);
  return {
    metric: metric.name,
    period: formatPeriod(period),
    before: formatPeriod(before),
    total,
    by,
    split: isSum ? 'contributions' : 'rate_and_mix',
    groups,
    rest: (total.change ?? 0) - explained,
  };
}

/** Why the change of a metric cannot be split among groups, and what can. */
function unsplitWords({ checked }: Evaluator, metric: Metric, type: string, by: string): string {
  if (type === 'tenure')
    return 'Its type is `tenure`: it is read off the curve of how many still last, which each group has of its own, so that its total is neither the sum nor the mean of its groups. Show the groups beside one another with `plumbline eval --by`, or explain the `churn` of the same entities.';
  if (type === 'formula') {
    const named = referencesOf(checked.kinds, metric).flatMap((reference) =>
      reference.kind === 'name' ? (checked.project.metrics.get(reference.word.text) ?? []) : [],
    );
    const parts = named.filter((part) => hasExplanation(checked.project, part)).map(({ name }) => name);
    const instead =
      parts.length === 0
        ? 'Show the groups beside one another with `plumbline eval --by`'
        : `Explain what it is made of: ${[...new Set(parts)].map((name) => `\`plumbline explain ${name} --by ${by}\``).join(', ')}`;
    return `Its type is \`formula\`, whose value need be neither the sum nor the mean of those of its groups. ${instead}; where it is one metric divided by another, write it as a \`ratio\`, which can be explained.`;
  }
  return `Its type is \`${type}\`, and the total of such a metric is neither the sum nor the mean of its groups, so that its change cannot be split among them. Explain a count, sum, average, share, survey score, ratio, or a metric of customers over time other than \`tenure\`.`;
}

/** Whether changes of a metric can be split among groups: whether its total is the sum or the mean of them. */
export function hasExplanation(project: Project, metric: Metric): boolean {
  return isExplained(typeOf(project, metric));
}

function isExplained(type: string): boolean {
  return SUMS.has(type) || MEANS.has(type);
}

/** The type, of a filtered reuse that of what it reuses. */
function typeOf(project: Project, { type, reuse }: Metric): string {
  const reused = reuse && project.metrics.get(reuse.text);
  return reused === undefined ? (type ?? '') : typeOf(project, reused);
}

function periodsOf(total: Series, asked: string | undefined): { period: Period; before: Period } {
  const period = asked === undefined ? headlinePeriod(total) : findPeriod(total, asked);
  if (period === undefined) {
    const [first, last] = [total.periods[0], total.periods.at(-1)];
    if (first === undefined || last === undefined) throw new Refusal('There are no data.');
    throw new Refusal(
      asked === undefined
        ? 'No period is complete yet.'
        : `It has no period ${asked}; its periods run from ${formatPeriod(first)} to ${formatPeriod(last)}.`,
    );
  }
  if (isPartial(total, period))
    throw new Refusal(
      `${formatPeriod(period)} is not complete, and a part is not compared with a whole period.`,
    );
  const before = previousPeriod(total, period);
  if (before === undefined || isPartial(total, before))
    throw new Refusal(`There is no complete period before ${formatPeriod(period)} to compare it with.`);
  if (total.at(period, []).value === null || total.at(before, []).value === null)
    throw new Refusal(`It has no value in ${formatPeriod(period)} or in ${formatPeriod(before)}.`);
  return { period, before };
}

interface Parts {
  readonly series: Series;
  readonly total: Series;
  readonly period: Period;
  readonly before: Period;
}

function contributions({ series, period, before }: Parts): readonly ExplainedGroup[] {
  return series.groups.map((labels): ExplainedGroup => {
    const [value, previous] = [series.at(period, labels).value, series.at(before, labels).value];
    return {
      group: labels.join(', '),
      value,
      previous,
      weight: null,
      previous_weight: null,
      rate: null,
      mix: null,
      effect: (value ?? 0) - (previous ?? 0),
    };
  });
}

/** A ratio of what does not add up, such as distinct customers, is no mean of its groups: they can have any rates whatever the whole has. */
function refuseUnlessMean(groups: readonly Standing[], whole: number | null, at: Period): void {
  const weight = groups.reduce((sum, group) => sum + group.weight, 0);
  const parts = groups.map((group) => (weight === 0 ? 0 : (group.weight / weight) * (group.rate ?? 0)));
  const mean = parts.reduce((sum, part) => sum + part, 0);
  const size = parts.reduce((sum, part) => sum + Math.abs(part), 1e-6);
  if (whole !== null && Math.abs(mean - whole) > 1e-9 * size)
    throw new Refusal(
      `In ${formatPeriod(at)} its value is not the mean of its groups, as with a ratio whose numerator does not add up over groups (distinct values, means, medians), or groups that share what is counted: such a change cannot be split among them.`,
    );
}

type WeightAt = (period: Period, labels: readonly string[]) => number;

function ratesAndMix(
  { series, total, period, before }: Parts,
  weightAt: WeightAt | undefined,
): readonly ExplainedGroup[] {
  const standing = (at: Period, labels: readonly string[]): Standing => {
    const { value, n } = series.at(at, labels);
    return { rate: value, weight: value === null ? 0 : (weightAt?.(at, labels) ?? n) };
  };
  const groups = series.groups.map((labels) => ({
    labels,
    before: standing(before, labels),
    after: standing(period, labels),
  }));
  const all = (when: 'before' | 'after'): number =>
    groups.reduce((sum, group) => sum + group[when].weight, 0);
  const [now, then] = [all('after'), all('before')];
  for (const [at, weight] of [
    [period, now],
    [before, then],
  ] as const) {
    const whole = weightAt?.(at, []) ?? total.at(at, []).n;
    if (Math.abs(weight - whole) > 1e-9 * Math.max(1, Math.abs(whole)))
      throw new Refusal(
        `In ${formatPeriod(at)} its groups weigh ${weight} together and the whole ${whole}, as something is in several of them or in none: such a change cannot be split among them.`,
      );
  }
  for (const [at, when] of [
    [period, 'after'],
    [before, 'before'],
  ] as const)
    refuseUnlessMean(
      groups.map((group) => group[when]),
      total.at(at, []).value,
      at,
    );
  const effects = kitagawa(groups);
  return groups.map((group, index): ExplainedGroup => {
    const { rate, mix }: Effect = effects[index] ?? { rate: 0, mix: 0 };
    return {
      group: group.labels.join(', '),
      value: group.after.rate,
      previous: group.before.rate,
      weight: now === 0 ? 0 : group.after.weight / now,
      previous_weight: then === 0 ? 0 : group.before.weight / then,
      rate,
      mix,
      effect: rate + mix,
    };
  });
}

/** What groups weigh where that is not the number that they rest on; `undefined` where it is. */
async function weightsOf(
  evaluator: Evaluator,
  plan: MetricPlan,
  { by, grain }: { readonly by: string; readonly grain: Grain },
  options: EvaluationOptions,
): Promise<WeightAt | undefined> {
  const weighing = weighingPlan(plan);
  if (weighing === undefined) return undefined;
  const context = runContext(evaluator, options);
  const answers = await runDemands(
    context,
    [[], [by]].map((keys) => ({ plan: weighing, grain, by: keys })),
  );
  const [whole, split] = answers.map(({ series }) => series);
  if (whole === undefined || split === undefined)
    throw new Refusal(
      answers.find(({ refused }) => refused !== undefined)?.refused ?? 'Its denominator has no value.',
    );
  return (period, labels) => (labels.length === 0 ? whole : split).at(period, labels).value ?? 0;
}

/** A metric whose values are the weights: the denominator of a ratio, or what retention and churn of a value are a part of. */
function weighingPlan(plan: MetricPlan): MetricPlan | undefined {
  if (plan.kind === 'measure') {
    const { weight } = plan.measure;
    if (weight === undefined) return undefined;
    const finish = (values: readonly AggregateValue[]): Estimate => {
      return { value: weight(values), n: 0, low: null, high: null };
    };
    return { ...plan, measure: { ...plan.measure, finish } };
  }
  return plan.parts[1]?.plan;
}

/** Whether the groups are parts of one whole: those of a ratio's numerator over one denominator (`total_over`) add up to its value. */
function isOverWhole(plan: MetricPlan, by: string): boolean {
  return plan.kind !== 'measure' && plan.parts[1]?.whole.has(by) === true;
}
