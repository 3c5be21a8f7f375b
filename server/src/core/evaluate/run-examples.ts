import { formatPeriod, type Period, parseDay, parsePeriod, periodAt } from '../base/period.ts';
import { grainOf, timeOf } from '../model/metric-defaults.ts';
import { dependenciesOf } from '../model/metric-references.ts';
import type { Example, Metric } from '../model/project.ts';
import { breakdownOf } from '../plan/breakdown.ts';
import type { Estimate, MeasurePlan, MetricPlan } from '../plan/metric-plan.ts';
import { measuresOf } from '../plan/metric-plan.ts';
import { planCountedRows } from '../plan/plan-counted-rows.ts';
import { planMetric } from '../plan/plan-metric.ts';
import { Refusal } from '../plan/refusal.ts';
import { renderSelect } from '../plan/render-select.ts';
import { type EvaluationOptions, type Evaluator, runContext } from './evaluate.ts';
import type { SourceExtents } from './extents.ts';
import { givenStorage } from './given-rows.ts';
import { arrivesAtOne } from './links.ts';
import { type RunContext, runDemands } from './run-demands.ts';
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
  /** The rows that counted, by source: their 1-based numbers in the data or in `given`, at most `MAX_ROWS` of them. */
  readonly counted: readonly { readonly source: string; readonly rows: readonly number[] }[];
  /** Why it could not be computed, in words for users. */
  readonly refused: string | undefined;
}

/** So many row numbers are listed for an example. */
export const MAX_ROWS = 20;

/** The period of an example that names none. */
const DEFAULT_DAY = parseDay('2025-01-01') ?? 0;

/** Runs the examples of metrics, on the rows that they give or on the loaded data. */
export async function runExamples(
  evaluator: Evaluator,
  metrics: readonly Metric[],
  options: EvaluationOptions = {},
): Promise<readonly ExampleResult[]> {
  const context = runContext(evaluator, options.signal === undefined ? {} : { signal: options.signal });
  const total = metrics.reduce((sum, { examples }) => sum + examples.length, 0);
  const results: ExampleResult[] = [];
  for (const metric of metrics) {
    const planned = planMetric(evaluator.checked, evaluator.kinds, metric);
    for (const [index, example] of metric.examples.entries()) {
      const outcome =
        planned.plan === undefined
          ? { refused: planned.refused }
          : await runExample(context, metric, planned.plan, example);
      results.push(judge(metric, index, example, outcome));
      options.progress?.(results.length, total);
    }
  }
  return results;
}

interface Outcome {
  readonly computed?: Estimate;
  readonly counted?: ExampleResult['counted'];
  readonly refused?: string;
}

async function runExample(
  context: RunContext,
  metric: Metric,
  plan: MetricPlan,
  example: Example,
): Promise<Outcome> {
  try {
    const period = periodOf(context, metric, plan, example);
    return await computeAt(contextOf(context, metric, example, period), metric, plan, example, period);
  } catch (error) {
    if (error instanceof Refusal) return { refused: error.message };
    throw error;
  }
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
function contextOf(context: RunContext, metric: Metric, example: Example, period: Period): RunContext {
  if (example.given === undefined) return context;
  const { checked } = context;
  const { project, kinds } = checked;
  const times = [metric, ...dependenciesOf(project, kinds, metric)].flatMap((one) => {
    const time = timeOf(project, one);
    return time === undefined ? [] : [time.text];
  });
  const extent =
    period.grain === 'all'
      ? { first: period.start, asOf: LAST_DAY }
      : { first: period.start, asOf: period.end - 1 };
  const extents: SourceExtents = {
    asOf: extent.asOf,
    extentOf: (rows) => (rows.mode === 'snapshot' ? undefined : extent),
  };
  const storage = givenStorage(checked, example.given, times, period);
  return {
    ...context,
    storage,
    extents: async () => extents,
    arrivesAtOne: (link) => arrivesAtOne(checked, storage, context.dialect, context.run, link),
  };
}

/** Behind every day that an example will give. */
const LAST_DAY = parseDay('9999-12-30') ?? 0;

async function computeAt(
  context: RunContext,
  metric: Metric,
  plan: MetricPlan,
  example: Example,
  period: Period,
): Promise<Outcome> {
  const by = example.segment === undefined ? [] : [example.segment.segment];
  const group = example.segment === undefined ? [] : [example.segment.group];
  const [answer] = await runDemands(context, [{ plan, grain: period.grain, by }]);
  if (answer?.series === undefined) return { refused: answer?.refused ?? 'It could not be computed.' };
  const found = findPeriod(answer.series, formatPeriod(period));
  if (found === undefined) {
    return { refused: `The data have no ${formatPeriod(period)}.` };
  }
  const counted: { source: string; rows: readonly number[] }[] = [];
  for (const measure of measuresOf(plan)) {
    counted.push({
      source: measure.source,
      rows: await countedRows(context, metric, measure, example, found),
    });
  }
  return { computed: answer.series.at(found, group), counted };
}

async function countedRows(
  context: RunContext,
  metric: Metric,
  measure: MeasurePlan,
  example: Example,
  period: Period,
): Promise<readonly number[]> {
  const { checked, storage } = context;
  const { source, rows } = measure;
  const extent = (await context.extents(source)).extentOf(rows);
  const breakdown =
    example.segment === undefined ? [] : [breakdownOf(checked, example.segment.segment, source, metric)];
  const scan = { source, rows, grain: period.grain, breakdown, extent };
  const groups = example.segment === undefined ? [] : [example.segment.group];
  const select = planCountedRows(checked, storage, scan, measure, period, groups, MAX_ROWS);
  const found = await context.run(renderSelect(select, context.dialect, checked.project.settings.timezone));
  return found.map((row) => Number(row.row)).sort((a, b) => a - b);
}

function judge(metric: Metric, index: number, example: Example, outcome: Outcome): ExampleResult {
  const { computed, counted = [], refused } = outcome;
  const expect = example.expect;
  const missing = expect === undefined ? 'It has no `expect`: write the value that is expected.' : undefined;
  return {
    metric,
    index,
    example,
    passed: computed !== undefined && expect !== undefined && agrees(computed.value, expect),
    expected: expect?.value ?? null,
    computed,
    counted,
    refused: refused ?? missing,
  };
}

/** Compares to the decimals written: `33.33` is met by 33.3333, `42%` by 0.4231. `null` expects no data. */
function agrees(computed: number | null, expect: NonNullable<Example['expect']> | null): boolean {
  if (expect === null || computed === null) return expect === null && computed === null;
  const decimals = expect.percent ? expect.decimals + 2 : expect.decimals;
  const tolerance = 0.5 * 10 ** -decimals;
  return Math.abs(computed - expect.value) <= tolerance * (1 + 1e-9) + 1e-12 * Math.abs(expect.value);
}
