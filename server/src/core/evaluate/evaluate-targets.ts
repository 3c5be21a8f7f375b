import { formatPeriod, GRAINS, type Grain, type Period, parsePeriod } from '../base/period.ts';
import { grainOf } from '../model/metric-defaults.ts';
import type { Metric, Target } from '../model/project.ts';
import type { Estimate, MetricPlan, PlanHook } from '../plan/metric-plan.ts';
import { planMetric } from '../plan/plan-metric.ts';
import { goalOn, periodsOnWay } from './goal-path.ts';
import { type Answer, type Demand, type RunContext, runDemands } from './run-demands.ts';
import { findPeriod, headlinePeriod, isPartial, isRunning, type Series } from './series.ts';
import {
  finishedStatus,
  type Goal,
  progressOf,
  runningStatus,
  shareOut,
  type TargetStatus,
} from './target-status.ts';

/** A target held against its metric in one period. */
export interface TargetCheck {
  readonly period: Period;
  readonly status: TargetStatus;
  /** The value that was judged: the period's, or of a running period that of its latest complete part. */
  readonly estimate: Estimate | undefined;
  /** What the value was held against: the goal, or the point of the path that should be reached by now. */
  readonly expected: Goal;
  /** (value − baseline) / (goal − baseline); null without a baseline. */
  readonly progress: number | null;
  /** Nothing of the period is complete yet: the value is that of the latest complete one before it. */
  readonly ahead?: true;
}

export interface TargetResult {
  readonly target: Target;
  readonly metric: Metric | undefined;
  readonly goal: Goal | undefined;
  /** Every period judged, oldest first; one for a target that is due once. */
  readonly checks: readonly TargetCheck[];
  /** The complete periods on the way from the baseline to the due one, oldest first, each held against the path at its end. */
  readonly way: readonly TargetCheck[];
  /** What the metric is in the period of the baseline; absent where there is none, it is not as long as the due one, or the data do not tell. */
  readonly baseline?: Estimate;
  /** The check that counts now: the running period's, else the latest finished one's. */
  readonly current: TargetCheck | undefined;
  /** Why the target could not be evaluated, in words for users. */
  readonly refused: string | undefined;
}

/** Holds targets against their metrics, each at the grain of its own period: section 6 of the format. */
export async function evaluateTargets(
  context: RunContext,
  kinds: ReadonlyMap<string, PlanHook<unknown>>,
  targets: readonly Target[],
): Promise<readonly TargetResult[]> {
  const drafts = targets.map((target) => draftTarget(context, kinds, target));
  const answers = await runDemands(
    context,
    drafts.flatMap((item) => (item.kind === 'draft' ? demandsOf(item) : [])),
  );
  let next = 0;
  const steps = drafts.map((item): Step => {
    if (item.kind !== 'draft') return item;
    const own = answers[next++];
    return judge(item, own, item.fine === undefined ? undefined : answers[next++]);
  });
  // The value of a running period's latest complete part needs a scan that ends with that part.
  const waiting = steps.filter((step) => step.kind === 'waiting');
  const parts = await runDemands(
    context,
    waiting.map(({ until }) => until),
  );
  return steps.map((step) => {
    if (step.kind === 'done') return step.result;
    const part = parts[waiting.indexOf(step)];
    if (part?.series === undefined)
      return refusal(step.target, part?.refused ?? 'It could not be evaluated.').result;
    return step.finish(part.series);
  });
}

/** How far a target has come: judged, or waiting for one more series. */
type Step = Done | Waiting;

interface Done {
  readonly kind: 'done';
  readonly result: TargetResult;
}

interface Waiting {
  readonly kind: 'waiting';
  readonly target: Target;
  readonly until: Demand;
  finish(part: Series): TargetResult;
}

function refusal(target: Target, refused: string): Done {
  const result = {
    target,
    metric: undefined,
    goal: goalOf(target),
    checks: [],
    way: [],
    current: undefined,
    refused,
  };
  return { kind: 'done', result };
}

interface TargetDraft {
  readonly kind: 'draft';
  readonly target: Target;
  readonly metric: Metric;
  readonly plan: MetricPlan;
  readonly goal: Goal;
  /** The grain of the target's own periods. */
  readonly grain: Grain;
  /** The one period that is due; `undefined` for a repeating target. */
  readonly due: Period | undefined;
  /** The metric's own grain, where it is finer and cuts the target's period into parts. */
  readonly fine: Grain | undefined;
  readonly additive: boolean;
}

function draftTarget(
  { checked }: RunContext,
  kinds: ReadonlyMap<string, PlanHook<unknown>>,
  target: Target,
): TargetDraft | Done {
  const refuse = (refused: string): Done => refusal(target, refused);
  const metric = checked.project.metrics.get(target.metric?.text ?? '');
  if (metric === undefined) return refuse(`There is no metric "${target.metric?.text ?? ''}".`);
  const goal = goalOf(target);
  if (goal === undefined) return refuse('It has no goal: write `at_least`, `at_most` or `between`.');
  if (goal.kind === 'between' && goal.low > goal.high)
    return refuse('Its goal lies between a higher and a lower number: write the lower one first.');
  const planned = planMetric(checked, kinds, metric);
  if (planned.refused !== undefined) return refuse(planned.refused);
  const due = target.due === undefined ? undefined : parsePeriod(target.due.text);
  const grain = due?.grain ?? GRAINS.find((known) => known === target.each?.text);
  if (grain === undefined) return refuse('It has no period: write `due` or `each`.');
  const own = grainOf(checked.project, checked.kinds, metric);
  const additive = addsUp(planned.plan, kinds.get(metric.type ?? '')?.additive ?? false);
  return {
    kind: 'draft',
    target,
    metric,
    plan: planned.plan,
    goal,
    grain,
    due,
    fine: isFiner(own, grain) ? own : undefined,
    additive,
  };
}

/**
 * Whether values grow from nothing over a period: of an additive kind where rows fall in one period each, a window being several, and of a
 * movement what happens in the period. What is alive at a moment is a level, and does not add up over time.
 */
function addsUp(plan: MetricPlan, isAdditive: boolean): boolean {
  if (plan.kind !== 'measure' || plan.view.window !== undefined) return false;
  if (plan.measure.level !== undefined) return !plan.measure.level;
  if (!isAdditive) return false;
  return plan.rows.mode === 'event' || plan.rows.mode === 'started' || plan.rows.mode === 'ended';
}

function goalOf({ goal }: Target): Goal | undefined {
  if (goal === undefined) return undefined;
  if (goal.kind === 'between') return { kind: 'between', low: goal.low.value, high: goal.high.value };
  return { kind: goal.kind, value: goal.value.value };
}

/** Whether periods of `fine` cut periods of `grain` into parts. Weeks cut nothing but all of time. */
function isFiner(fine: Grain, grain: Grain): boolean {
  if (fine === 'week' || grain === 'week') return fine === 'day' && grain === 'week';
  return GRAINS.indexOf(fine) < GRAINS.indexOf(grain) && grain !== 'all';
}

function demandsOf({ plan, grain, fine, target }: TargetDraft): readonly Demand[] {
  const by = target.segment === undefined ? [] : [target.segment.segment];
  return [{ plan, grain, by }, ...(fine === undefined ? [] : [{ plan, grain: fine, by: [] }])];
}

/** Judges what the target's own series tells; asks for the latest complete part of the running period where there is one. */
function judge(draft: TargetDraft, own: Answer | undefined, fine: Answer | undefined): Step {
  const { target, plan, grain, due } = draft;
  if (own?.series === undefined) return refusal(target, own?.refused ?? 'It could not be evaluated.');
  const { series } = own;
  const way = checkWay(draft, series);
  const baseline = baselineIn(draft, series);
  const done = (finished: readonly TargetCheck[], running: TargetCheck | undefined): Done => ({
    kind: 'done',
    result: resultOf(draft, { finished, way, running, baseline }),
  });
  const finished = (due === undefined ? series.periods : [findDue(series, due)])
    .filter((period) => period !== undefined)
    .filter((period) => !isPartial(series, period))
    .map((period) => checkFinished(draft, series, period));
  if (due !== undefined && finished.length > 0) return done(finished, undefined);
  if (due !== undefined && series.asOf !== undefined && due.end <= series.asOf + 1) {
    return done([checkMissing(draft, due)], undefined);
  }
  const running = due ?? series.periods.find((period) => isRunning(series, period));
  if (running === undefined) return done(finished, undefined);
  const part = fine?.series === undefined ? undefined : latestPart(fine.series, running);
  if (part === undefined) return done(finished, checkBefore(draft, series, running));
  const by = target.segment === undefined ? [] : [target.segment.segment];
  return {
    kind: 'waiting',
    target,
    until: { plan, grain, by, until: part.end - 1 },
    finish: (upTo) =>
      resultOf(draft, { finished, way, running: checkPart(draft, upTo, running, part), baseline }),
  };
}

/** What the metric is in the period of the baseline, where that is complete. */
function baselineIn(draft: TargetDraft, series: Series): Estimate | undefined {
  const written = parsePeriod(draft.target.baseline?.period.text ?? '');
  const period = written === undefined ? undefined : findDue(series, written);
  if (period === undefined || isPartial(series, period)) return undefined;
  return estimateAt(draft, series, period);
}

function findDue(series: Series, due: Period): Period | undefined {
  return findPeriod(series, formatPeriod(due));
}

/** The last complete period of the metric's own grain inside a running one. */
function latestPart(fine: Series, running: Period): Period | undefined {
  const part = headlinePeriod(fine);
  return part !== undefined && part.start >= running.start && part.end <= running.end ? part : undefined;
}

function estimateAt({ target }: TargetDraft, series: Series, period: Period): Estimate {
  return series.at(period, target.segment === undefined ? [] : [target.segment.group]);
}

function checkFinished(draft: TargetDraft, series: Series, period: Period): TargetCheck {
  const estimate = estimateAt(draft, series, period);
  const status = finishedStatus(draft.goal, estimate);
  return { period, status, estimate, expected: draft.goal, progress: progress(draft, estimate.value) };
}

/** A period that is over, and of which the data know nothing. */
function checkMissing({ goal }: TargetDraft, period: Period): TargetCheck {
  return { period, status: 'no_data', estimate: undefined, expected: goal, progress: null };
}

/**
 * Inside the running period: its rows up to the end of its latest complete part. Values that add up grow from nothing over the
 * period, so that they are held against the share of the goal for the days passed; others against the path.
 */
function checkPart(draft: TargetDraft, upTo: Series, running: Period, part: Period): TargetCheck {
  const period = findDue(upTo, running);
  const estimate = period === undefined ? undefined : estimateAt(draft, upTo, period);
  const elapsed = (part.end - running.start) / (running.end - running.start);
  const expected = draft.additive
    ? shareOut(draft.goal, elapsed)
    : goalOn(draft.goal, draft.target, running, part.end);
  return checkRunning(draft, running, estimate, expected);
}

/** Before any part of the due period is complete: the latest complete period of the same length. */
function checkBefore(draft: TargetDraft, series: Series, running: Period): TargetCheck {
  const latest = headlinePeriod(series);
  const estimate = latest === undefined ? undefined : estimateAt(draft, series, latest);
  const expected = goalOn(draft.goal, draft.target, running, latest?.end ?? running.end);
  return { ...checkRunning(draft, running, estimate, expected), ahead: true };
}

/** Each complete period before the due one, as `checkBefore` judges the latest of them. */
function checkWay(draft: TargetDraft, series: Series): readonly TargetCheck[] {
  const { target, goal, due } = draft;
  if (due === undefined) return [];
  return periodsOnWay(target, due).flatMap((planned) => {
    const period = findDue(series, planned);
    if (period === undefined || isPartial(series, period)) return [];
    const expected = goalOn(goal, target, due, period.end);
    return [checkRunning(draft, period, estimateAt(draft, series, period), expected)];
  });
}

function checkRunning(
  draft: TargetDraft,
  period: Period,
  estimate: Estimate | undefined,
  expected: Goal,
): TargetCheck {
  const value = estimate?.value ?? null;
  const status = runningStatus(expected, value, draft.target.tolerance?.value ?? 0);
  return { period, status, estimate, expected, progress: progress(draft, value) };
}

function progress({ goal, target }: TargetDraft, value: number | null): number | null {
  return target.baseline === undefined || value === null
    ? null
    : progressOf(goal, target.baseline.value.value, value);
}

function resultOf(
  { target, metric, goal }: TargetDraft,
  { finished, way, running, baseline }: Judged,
): TargetResult {
  const checks = running === undefined ? finished : [...finished, running];
  const counted = running === undefined || running.status === 'no_data' ? finished.at(-1) : running;
  const current = counted ?? running;
  return { target, metric, goal, checks, way, current, refused: undefined, ...(baseline && { baseline }) };
}

interface Judged {
  readonly finished: readonly TargetCheck[];
  readonly way: readonly TargetCheck[];
  readonly running: TargetCheck | undefined;
  readonly baseline: Estimate | undefined;
}
