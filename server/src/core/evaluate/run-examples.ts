import { type Day, formatPeriod, type Period, parseDay, parsePeriod, periodAt } from '../base/period.ts';
import { grainOf, timeOf } from '../model/metric-defaults.ts';
import { dependenciesOf } from '../model/metric-references.ts';
import type { Example, Metric } from '../model/project.ts';
import { breakdownOf } from '../plan/breakdown.ts';
import { cohortEnd, timeEnd } from '../plan/follow/cohort-time.ts';
import { type Estimate, type MeasurePlan, type MetricPlan, measuresOf } from '../plan/metric-plan.ts';
import { planCountedRows } from '../plan/plan-counted-rows.ts';
import { planMetric } from '../plan/plan-metric.ts';
import { Refusal } from '../plan/refusal.ts';
import { sourceRows } from '../plan/source-rows.ts';
import { agrees } from './agrees.ts';
import { type EvaluationOptions, type Evaluator, runContext } from './evaluate.ts';
import { readExtents, type SourceExtents } from './extents.ts';
import { givenStorage } from './given-rows.ts';
import { arrivesAtOne } from './links.ts';
import { rowPlaces } from './row-words.ts';
import { type Answer, type RunContext, runDemands, runSelect } from './run-demands.ts';
import { findPeriod } from './series.ts';

/** An example of a metric and what came of it. */
export interface ExampleResult {
  readonly metric: Metric;
  /** Its place among the metric's examples, from 0. */
  readonly index: number;
  readonly example: Example;
  readonly passed: boolean;
  /** `null` where "no data" is expected. */
  readonly expected: number | null;
  readonly computed: Estimate | undefined;
  /**
   * The rows that counted, by source: their 1-based numbers in `given` or in the data, at most `MAX_ROWS` of them. Of an
   * example on the data they are looked up only where it fails.
   */
  readonly counted: readonly { readonly source: string; readonly rows: readonly number[] }[];
  /** Why it could not be computed, in words for users. */
  readonly refused: string | undefined;
}

/** So many row numbers are listed for an example. */
export const MAX_ROWS = 20;

/** The period of an example that names none. */
const DEFAULT_DAY = parseDay('2025-01-01') ?? 0;

/** Behind every day that an example will give. */
const LAST_DAY = parseDay('9999-12-30') ?? 0;

export interface ExamplesOptions extends EvaluationOptions {
  /** Leaves out examples; all are run where absent. */
  readonly only?: (metric: Metric, index: number) => boolean;
  /** Whether to look up the rows that counted; default true. */
  readonly rows?: boolean;
  /** Called with each result as soon as it is there. */
  readonly each?: (result: ExampleResult) => void;
}

/** Runs the examples of metrics, on the rows that they give or on the loaded data. Those on the data share their scans. */
export async function runExamples(
  evaluator: Evaluator,
  metrics: readonly Metric[],
  options: ExamplesOptions = {},
): Promise<readonly ExampleResult[]> {
  const context = runContext(evaluator, options.signal === undefined ? {} : { signal: options.signal });
  const { only = () => true } = options;
  const drafts = metrics
    .flatMap((metric) => draftExamples(context, evaluator, metric))
    .filter(({ metric, index }) => only(metric, index));
  const onData = drafts.filter((draft) => draft.kind === 'ready' && draft.context === context);
  const answers = await runDemands(context, onData.map(demandOf));
  const results: ExampleResult[] = [];
  for (const draft of drafts) {
    const shared = draft.kind === 'ready' ? answers[onData.indexOf(draft)] : undefined;
    const result = await resultOf(draft, shared, options.rows ?? true);
    results.push(result);
    options.each?.(result);
    options.progress?.(results.length, drafts.length);
  }
  return results;
}

/** Runs one example, which need not be one of the metric's own; the rows that counted are not looked up. */
export async function runExample(
  evaluator: Evaluator,
  metric: Metric,
  example: Example,
  options: EvaluationOptions = {},
): Promise<ExampleResult> {
  const context = runContext(evaluator, options.signal === undefined ? {} : { signal: options.signal });
  const [draft] = draftExamples(context, evaluator, metric, [example]);
  if (draft === undefined) throw new Error('An example has one draft.');
  return resultOf(draft, undefined, false);
}

/** An example, with what it is to be computed on. */
type Draft = Ready | Refused;

interface Ready {
  readonly kind: 'ready';
  readonly metric: Metric;
  readonly index: number;
  readonly example: Example;
  readonly plan: MetricPlan;
  readonly period: Period;
  readonly context: RunContext;
}

interface Refused {
  readonly kind: 'refused';
  readonly metric: Metric;
  readonly index: number;
  readonly example: Example;
  readonly refused: string;
}

function draftExamples(
  context: RunContext,
  { checked, kinds }: Evaluator,
  metric: Metric,
  examples: readonly Example[] = metric.examples,
): readonly Draft[] {
  if (examples.length === 0) return [];
  const onData = planMetric(checked, kinds, metric);
  const onRows = planMetric(checked, kinds, metric, { rowsGiven: true });
  return examples.map((example, index): Draft => {
    const planned = example.given === undefined ? onData : onRows;
    const refuse = (refused: string): Refused => ({ kind: 'refused', metric, index, example, refused });
    if (planned.plan === undefined) return refuse(planned.refused);
    if (example.expect === undefined) return refuse('It has no `expect`: write the value that is expected.');
    try {
      const period = periodOf(context, metric, planned.plan, example);
      const own = contextOf(context, metric, example, period, planned.plan);
      return { kind: 'ready', metric, index, example, plan: planned.plan, period, context: own };
    } catch (error) {
      if (error instanceof Refusal) return refuse(error.message);
      throw error;
    }
  });
}

/** The example's period; by default the one of the metric's grain that holds 2025-01-01. */
function periodOf({ checked }: RunContext, metric: Metric, plan: MetricPlan, example: Example): Period {
  const written = example.period === undefined ? undefined : parsePeriod(example.period.text);
  if (example.period !== undefined && written === undefined) {
    throw new Refusal(`"${example.period.text}" is not a period.`);
  }
  if (written !== undefined && written.grain !== 'all') return written;
  const day = example.given === undefined ? undefined : DEFAULT_DAY;
  const snapshot = measuresOf(plan).every(({ rows }) => rows.mode === 'snapshot');
  const grain =
    snapshot || written?.grain === 'all' ? 'all' : grainOf(checked.project, checked.kinds, metric);
  if (grain === 'all') return { grain, start: day ?? 0, end: (day ?? 0) + 1 };
  if (day === undefined) throw new Refusal('It names no `period` of the data to look at.');
  return periodAt(grain, day);
}

/** On the loaded data as it is; with `given`, on those rows, whose data end with the period. */
function contextOf(
  context: RunContext,
  metric: Metric,
  example: Example,
  period: Period,
  plan: MetricPlan,
): RunContext {
  if (example.given === undefined) return context;
  const { checked } = context;
  const { project, kinds } = checked;
  const times = [metric, ...dependenciesOf(project, kinds, metric)].flatMap((one) => {
    const time = timeOf(project, one);
    return time === undefined ? [] : [time.text];
  });
  const asOf = period.grain === 'all' ? LAST_DAY : lastDay(plan, period);
  const storage = sourceRows(checked, givenStorage(checked, example.given, times, period));
  const read = async (name: string): Promise<SourceExtents | undefined> => {
    const source = project.sources.get(name);
    return source && readExtents(checked, storage, context.dialect, context.run, source);
  };
  return {
    ...context,
    storage,
    extents: async (name) => {
      const found = looksBack(plan) ? await read(name) : undefined;
      return {
        asOf,
        extentOf(rows) {
          if (rows.mode === 'snapshot') return undefined;
          return { first: Math.min(period.start, found?.extentOf(rows)?.first ?? period.start), asOf };
        },
      };
    },
    arrivesAtOne: (link) => arrivesAtOne(checked, storage, context.dialect, context.run, link),
  };
}

/** Whether the value of a period depends on those before it, so that the rows of an example tell where its data begin. */
function looksBack(plan: MetricPlan): boolean {
  if (plan.kind === 'measure') return plan.view.window?.kind === 'all-time';
  return plan.kind === 'formula' || plan.parts.some((part) => looksBack(part.plan));
}

/** The last day of the period, of the time at which a cohort that joined in it is looked at, or of that which its first steps have. */
function lastDay(plan: MetricPlan, period: Period): Day {
  const days = measuresOf(plan).flatMap(({ view: { together } }) => {
    if (together?.kind === 'conversion') return [timeEnd(together.within, period) - 1];
    return together?.kind === 'cohort' ? [cohortEnd(together.after, period) - 1] : [];
  });
  return Math.max(period.end - 1, ...days);
}

function demandOf(draft: Draft): { plan: MetricPlan; grain: Period['grain']; by: readonly string[] } {
  if (draft.kind === 'refused') throw new Error('A refused example has no demand.');
  const { plan, period, example } = draft;
  return { plan, grain: period.grain, by: example.segment === undefined ? [] : [example.segment.segment] };
}

async function resultOf(draft: Draft, shared: Answer | undefined, rows: boolean): Promise<ExampleResult> {
  const { metric, index, example } = draft;
  const expected = example.expect?.value ?? null;
  const none = { metric, index, example, passed: false, expected, computed: undefined, counted: [] };
  if (draft.kind === 'refused') return { ...none, refused: draft.refused };
  const [answer = shared] = shared === undefined ? await runDemands(draft.context, [demandOf(draft)]) : [];
  if (answer?.series === undefined) {
    return { ...none, refused: answer?.refused ?? 'It could not be computed.' };
  }
  const period = findPeriod(answer.series, formatPeriod(draft.period));
  if (period === undefined) return { ...none, refused: `The data have no ${formatPeriod(draft.period)}.` };
  const computed = answer.series.at(period, example.segment === undefined ? [] : [example.segment.group]);
  const passed = example.expect !== undefined && agrees(computed.value, example.expect);
  const looked = rows && (example.given !== undefined || !passed);
  const counted = looked ? await countedRows(draft, period) : [];
  return { ...none, passed, computed, counted, refused: undefined };
}

async function countedRows(draft: Ready, period: Period): Promise<ExampleResult['counted']> {
  const counted: { source: string; rows: readonly number[] }[] = [];
  for (const measure of measuresOf(draft.plan).filter(({ auxiliary }) => auxiliary !== true)) {
    counted.push(...byMember(draft.context, measure.source, await rowsOf(draft, measure, period)));
  }
  return counted;
}

/** The rows of a stack by the sources in whose data they stand. */
function byMember(
  context: RunContext,
  source: string,
  numbers: readonly number[],
): readonly { source: string; rows: readonly number[] }[] {
  const found = new Map<string, number[]>();
  for (const { row, member = source } of rowPlaces(context, source, numbers)) {
    const rows = found.get(member);
    if (rows === undefined) found.set(member, [row]);
    else rows.push(row);
  }
  if (found.size === 0) return [{ source, rows: [] }];
  return [...found].map(([name, rows]) => ({ source: name, rows }));
}

async function rowsOf(
  { context, example, metric }: Ready,
  measure: MeasurePlan,
  period: Period,
): Promise<readonly number[]> {
  const { checked, storage } = context;
  const { source, rows } = measure;
  const extent = (await context.extents(source)).extentOf(rows);
  const breakdown =
    example.segment === undefined ? [] : [breakdownOf(checked, example.segment.segment, source, metric)];
  const scan = { source, rows, view: measure.view, grain: period.grain, breakdown, extent };
  const groups = example.segment === undefined ? [] : [example.segment.group];
  const select = planCountedRows(checked, storage, scan, measure, period, groups, MAX_ROWS);
  const found = await runSelect(context, select);
  return found.map((row) => Number(row.row)).sort((a, b) => a - b);
}
