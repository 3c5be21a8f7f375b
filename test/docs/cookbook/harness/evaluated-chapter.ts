import { evaluate, type MetricResult } from '../../../../server/src/core/evaluate/evaluate.ts';
import { findPeriod, type Series } from '../../../../server/src/core/evaluate/series.ts';
import type { Metric } from '../../../../server/src/core/model/project.ts';
import type { Estimate } from '../../../../server/src/core/plan/metric-plan.ts';
import type { QueryEngine } from '../../../../server/src/core/ports.ts';
import { readTables } from '../../../kit/csv-tables.ts';
import { type Outcome, outcomeOf } from '../../outcome.ts';
import type { Expectations, ExpectedPoint } from '../expectations.ts';
import type { Chapter } from './chapter.ts';

/** A chapter's values, as Plumbline and as plain code computes them. */
export interface Evaluated extends Pick<Outcome, 'refused'> {
  /** Problems that ask for something. Odd rows of the sample are its own affair. */
  readonly problems: Outcome['problems'];
  readonly metrics: readonly Metric[];
  /** What plain code finds, by metric. */
  readonly expected: ReadonlyMap<string, readonly ExpectedPoint[]>;
  /** In how many periods a metric has a value. */
  periodsOf(metric: string): number;
  /** The series of a metric, broken down by a segment or in total. */
  seriesOf(metric: string, segment: string | undefined): Series | undefined;
}

/** What the rows that are wrong on purpose in a sample come to, also where a recipe defines the source that they are in. */
const PLANTED: ReadonlySet<string> = new Set(['rows-set-aside', 'orphan-link']);

/** Checks and evaluates a chapter once, with the segments that its metrics list and that are expected of them. */
export async function evaluatedChapter(
  engine: QueryEngine,
  chapter: Chapter,
  expectations: Expectations,
): Promise<Evaluated> {
  const tables = readTables(chapter.folder);
  const expected = new Map(Object.entries(expectations).map(([name, of]) => [name, of(tables)]));
  const outcome = await outcomeOf(engine, chapter.files, ...chapter.recipes);
  const found = [...outcome.results, ...(await brokenDown(outcome, expected))];
  const seriesOf = (name: string, segment: string | undefined): Series | undefined => {
    const own = found.filter(({ metric }) => metric.name === name);
    if (segment === undefined) return own[0]?.total;
    const breakdowns = own.flatMap(({ breakdowns }) => breakdowns);
    return breakdowns.find(({ by }) => by.join() === segment)?.series;
  };
  return {
    problems: outcome.problems.filter(
      ({ isNote, isOfData, file, rule }) =>
        !isNote && (!isOfData || (chapter.recipes.includes(file) && !PLANTED.has(rule))),
    ),
    refused: outcome.refused,
    metrics: outcome.results.map(({ metric }) => metric).filter(({ name }) => chapter.metrics.includes(name)),
    expected,
    periodsOf: (name) => {
      const series = seriesOf(name, undefined);
      return series?.periods.filter((period) => series.at(period, []).value !== null).length ?? 0;
    },
    seriesOf,
  };
}

/** The value that belongs to an expected one; `undefined` where there is no such period or group. */
export function pointOf(
  { seriesOf }: Evaluated,
  metric: string,
  { period, group }: ExpectedPoint,
): Estimate | undefined {
  const [segment, ...label] = group?.split('.') ?? [];
  const series = seriesOf(metric, segment);
  const found = series === undefined ? undefined : findPeriod(series, period);
  if (series === undefined || found === undefined) return undefined;
  const labels = segment === undefined ? [] : [label.join('.')];
  const isThere = labels.length === 0 || series.groups.some(([only]) => only === labels[0]);
  return isThere ? series.at(found, labels) : undefined;
}

/** The metrics of which groups are expected that they do not list, by these segments. */
async function brokenDown(
  { evaluator, results }: Outcome,
  expected: ReadonlyMap<string, readonly ExpectedPoint[]>,
): Promise<readonly MetricResult[]> {
  if (evaluator === undefined) return [];
  const wanted = new Map<string, Metric[]>();
  for (const { metric, breakdowns } of results) {
    const groups = (expected.get(metric.name) ?? []).flatMap(({ group }) => group?.split('.')[0] ?? []);
    for (const segment of new Set(groups)) {
      if (breakdowns.some(({ by }) => by.join() === segment)) continue;
      wanted.set(segment, [...(wanted.get(segment) ?? []), metric]);
    }
  }
  const answers: MetricResult[] = [];
  for (const [segment, metrics] of wanted) {
    const request = { metrics, by: [segment], targets: [], findings: false };
    answers.push(...(await evaluate(evaluator, request)).metrics);
  }
  return answers;
}
