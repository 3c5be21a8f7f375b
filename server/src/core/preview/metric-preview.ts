import type { Cancel } from '../base/cancel.ts';
import type { Grain } from '../base/period.ts';
import type { Checked } from '../check/checked.ts';
import { lineageOf, placeLineage } from '../check/lineage.ts';
import { type Evaluation, type Evaluator, evaluate, type MetricResult } from '../evaluate/evaluate.ts';
import { metricFunnel } from '../evaluate/funnel.ts';
import { metricFormat } from '../evaluate/metric-format.ts';
import { metricSql } from '../evaluate/metric-sql.ts';
import { countingRows } from '../evaluate/preview-rows.ts';
import { resultDocument } from '../evaluate/result.ts';
import { type GroupLabels, headlinePeriod, type Series } from '../evaluate/series.ts';
import { describeMetric } from '../ide/describe/metric.ts';
import { benchmarkWords } from '../ide/hover/benchmarks.ts';
import { plainWords } from '../ide/prose/plain.ts';
import { labelOf } from '../model/label-of.ts';
import { grainOf, segmentsOf } from '../model/metric-defaults.ts';
import type { Metric } from '../model/project.ts';
import { Refusal } from '../plan/refusal.ts';
import { aboutOf } from './about.ts';
import { explanationsOf } from './explanations.ts';
import { metricChoices, possibleGrains } from './metric-choices.ts';
import { funnelDocument, rowsDocument } from './metric-documents.ts';
import { pictureOf } from './pictures/picture-of.ts';
import type { BenchmarkLine, MetricBreakdown, MetricPreview } from './preview.ts';
import { inSections, orRefused, type PreviewWork } from './preview-work.ts';
import { restsOn } from './rests-on.ts';
import { targetPath } from './target-path.ts';
import { valueShape } from './value-shape.ts';

/** What of a metric is to be shown. */
export interface MetricChoice {
  /** A segment or column path to break down by; null for none, its first own segment where absent. */
  readonly by?: string | null;
  /** In place of the metric's own. */
  readonly grain?: Grain;
  /** How many rows that count, and as many that do not; default 20, at most 200. */
  readonly rows?: number;
  /** Whether what stands in single rows is left out, for a preview that leaves the house. */
  readonly withoutRows?: boolean;
  /** Values that are there already: an evaluation that the metric is in, broken down by each of its own segments. */
  readonly evaluated?: Evaluation;
}

const SECTIONS = 6;
const MAX_ROWS = 200;
/** Of a breakdown with more groups the largest are shown: nobody reads thousands, and a message would grow with them. */
const MAX_GROUPS = 100;
/** Of many periods, such as the days of years, fewer groups have so many values, but never fewer than can be drawn and compared. */
const MAX_VALUES = 20_000;
const FEWEST_GROUPS = 10;

/**
 * Everything that a preview of a metric shows. A metric that cannot be evaluated has its words, its lineage and the reason. Rejects
 * with `Cancelled`.
 */
export async function metricPreview<At>(
  work: PreviewWork<At>,
  metric: Metric,
  choice: MetricChoice = {},
): Promise<MetricPreview<At>> {
  return inSections<At, MetricPreview<At>>(
    work,
    metricOutline(work, metric, choice),
    SECTIONS,
    async (evaluator, add) => {
      const now = evaluator.checked.project.metrics.get(metric.name);
      if (now === undefined) throw new Refusal(`There is no metric "${metric.name}".`);
      await fill(work, evaluator, now, choice, add);
    },
  );
}

/** What is known without data. */
function metricOutline<At>(
  { context: { checked }, kinds, at }: PreviewWork<At>,
  metric: Metric,
  { by, grain }: MetricChoice,
): MetricPreview<At> {
  const why = checked.blocking(metric)?.message ?? null;
  return {
    kind: 'metric',
    about: aboutOf(metric, describeMetric(checked, metric), at, why),
    type: metric.type ?? null,
    status: metric.status,
    shape: valueShape(checked, metric),
    restsOn: restsOn(checked, kinds, metric),
    choices: metricChoices(checked, kinds, metric),
    by: by === undefined ? firstSegment(checked, metric) : by,
    grain: grain ?? grainOf(checked.project, checked.kinds, metric),
    benchmarks: benchmarkLines(checked, metric, undefined),
    lineage: placeLineage(lineageOf(checked, metric), at),
  };
}

function firstSegment({ project }: Checked, metric: Metric): string | null {
  return segmentsOf(project, metric)[0]?.segment.text ?? null;
}

async function fill<At>(
  { signal, at }: PreviewWork<At>,
  evaluator: Evaluator,
  metric: Metric,
  choice: MetricChoice,
  add: (section: Partial<MetricPreview<At>>) => void,
): Promise<void> {
  const { checked } = evaluator;
  const options = {
    ...(signal === undefined ? {} : { signal }),
    ...(choice.grain === undefined ? {} : { grain: choice.grain }),
  };
  const shown = choice.by === undefined ? firstSegment(checked, metric) : choice.by;
  const by = shown === null ? [] : [shown];
  const values = await valuesOf(evaluator, metric, choice, by, options);
  add({
    // Of the state that was evaluated: what kept it from being so a moment ago may be mended by now.
    about: aboutOf(metric, describeMetric(checked, metric), at, values.refused),
    ...values.sections,
  });
  const { grain, breakdowns } = values.whole;
  const picture = await orRefused(pictureOf({ evaluator, options }, metric, grain));
  add({ picture: picture ?? null });
  add({ explanations: await explanationsOf(evaluator, values.whole, signal) });
  const funnel = await orRefused(metricFunnel(evaluator, metric, options));
  add({ funnel: funnel === undefined ? null : funnelDocument(checked, metric, funnel, at) });
  if (choice.withoutRows !== true) {
    const limit = Math.min(MAX_ROWS, Math.max(0, Math.floor(choice.rows ?? 20)));
    const rows = await orRefused(countingRows(evaluator, metric, limit, options));
    add({ rows: (rows ?? []).map(rowsDocument) });
  }
  const isBroken = breakdowns.length > 0 && choice.evaluated === undefined;
  const sql = await orRefused(metricSql(evaluator, metric, { ...options, by: isBroken ? by : [] }));
  add({ sql: sql ?? [] });
}

/** The sections that are made of a metric's values. */
interface Values {
  readonly refused: string | null;
  /** All of them, also those of groups that are not shown. */
  readonly whole: MetricResult;
  readonly sections: Partial<MetricPreview<never>>;
}

async function valuesOf(
  evaluator: Evaluator,
  metric: Metric,
  { evaluated }: MetricChoice,
  by: readonly string[],
  options: { readonly signal?: Cancel; readonly grain?: Grain },
): Promise<Values> {
  const { checked } = evaluator;
  const { signal, ...grain } = options;
  const request = { metrics: [metric], by, ...grain, findings: false };
  const evaluation =
    evaluated ?? (await evaluate(evaluator, request, signal === undefined ? {} : { signal }));
  const whole = evaluation.metrics.find((each) => each.metric.name === metric.name);
  if (whole === undefined) throw new Error('A metric that was asked for has no result.');
  const { result, omitted } = largestGroups(whole);
  const targets = evaluation.targets.filter(({ target }) => target.metric?.text === metric.name);
  const [document] = resultDocument(checked, { ...evaluation, metrics: [result], targets }).metrics;
  if (document === undefined) throw new Error('A result has no document.');
  const choices = metricChoices(checked, evaluator.kinds, metric);
  const grains = await orRefused(possibleGrains(evaluator, metric, choices.grains));
  return {
    refused: result.refused ?? null,
    whole,
    sections: {
      choices: { ...choices, grains: grains ?? choices.grains },
      grain: result.grain,
      result: document,
      ...(evaluated === undefined ? {} : { breakdowns: breakdownsOf(checked, whole, omitted) }),
      ...(evaluated === undefined && omitted.size > 0 ? { omittedGroups: sumOf(omitted.values()) } : {}),
      targets: targets.map(targetPath),
      benchmarks: benchmarkLines(checked, metric, result.total),
    },
  };
}

/** Each of a metric's own segments, as far as its values were asked for. */
function breakdownsOf(
  { project }: Checked,
  { breakdowns, refusedBreakdowns }: MetricResult,
  omitted: ReadonlyMap<string, number>,
): readonly MetricBreakdown[] {
  const named = ([by = '']: readonly string[]): Pick<MetricBreakdown, 'by' | 'label'> => {
    const segment = project.segments.get(by);
    return { by, label: segment === undefined ? by : labelOf(segment) };
  };
  return [
    ...breakdowns.map(({ by }): MetricBreakdown => {
      const left = omitted.get(by.join()) ?? 0;
      return { ...named(by), refused: null, ...(left === 0 ? {} : { omittedGroups: left }) };
    }),
    ...refusedBreakdowns.map(({ by, refused }): MetricBreakdown => ({ ...named(by), refused })),
  ];
}

function sumOf(numbers: Iterable<number>): number {
  return [...numbers].reduce((sum, each) => sum + each, 0);
}

/** The breakdowns with no more groups than can be shown, and how many are left out of those that have more. */
function largestGroups(result: MetricResult): {
  readonly result: MetricResult;
  readonly omitted: ReadonlyMap<string, number>;
} {
  const omitted = new Map<string, number>();
  const breakdowns = result.breakdowns.map(({ by, series }) => {
    const groups = largest(series);
    const left = series.groups.length - groups.length;
    if (left > 0) omitted.set(by.join(), left);
    return { by, series: { ...series, groups } };
  });
  return { result: { ...result, breakdowns }, omitted };
}

function largest(series: Series): readonly GroupLabels[] {
  const period = headlinePeriod(series);
  const fitting = Math.floor(MAX_VALUES / Math.max(1, series.periods.length));
  const most = Math.min(MAX_GROUPS, Math.max(FEWEST_GROUPS, fitting));
  if (series.groups.length <= most || period === undefined) return series.groups.slice(0, most);
  const kept = new Set(
    [...series.groups].sort((a, b) => series.at(period, b).n - series.at(period, a).n).slice(0, most),
  );
  return series.groups.filter((labels) => kept.has(labels));
}

function benchmarkLines(
  checked: Checked,
  metric: Metric,
  series: Series | undefined,
): readonly BenchmarkLine[] {
  const format = metricFormat(checked, metric);
  return metric.benchmarks.flatMap((benchmark) => {
    const { value, citation, asOf } = benchmark;
    if (value === undefined) return [];
    const words = plainWords(benchmarkWords(benchmark, series, format));
    return [{ value: value.value, citation: citation ?? null, as_of: asOf ?? null, words }];
  });
}
