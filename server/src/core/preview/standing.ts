import { type Day, formatPeriod } from '../base/period.ts';
import type { Place } from '../base/span.ts';
import type { MetricResult } from '../evaluate/evaluate.ts';
import type { Known, Numbers } from '../evaluate/numbers.ts';
import { numbersAt } from '../evaluate/result.ts';
import { type GroupLabels, headlinePeriod, type Series } from '../evaluate/series.ts';
import { isSmallSample } from '../evaluate/small-sample.ts';
import { statusRank } from '../evaluate/target-status.ts';
import { trendOf } from '../evaluate/trend.ts';
import type { IdeContext } from '../ide/ide-context.ts';
import { targetsOf } from '../ide/targets-of.ts';
import { labelOf } from '../model/label-of.ts';
import type { Metric, Project } from '../model/project.ts';
import { pathOf } from '../syntax/units/unit-id.ts';
import { relativeTo } from '../workspace/paths.ts';
import { named } from './about.ts';
import type { ScorecardRow } from './preview.ts';
import { restsOnOf } from './rests-on.ts';
import { valueShape } from './value-shape.ts';

/** How far numbers have come: none are to be had, some are still being computed, or all that can be are there. */
export type Stage = 'none' | 'coming' | 'there';

/** A group of a metric, which may stand in place of its total. */
export interface OfGroup {
  readonly series: Series;
  readonly labels: GroupLabels;
}

/**
 * Where a metric stands, as far as its numbers are known. A number from before the last change is not shown.
 *
 * @param group whose numbers are shown in place of the total's
 */
export function standingOf<At>(
  context: IdeContext,
  metric: Metric,
  stage: Stage,
  at: (place: Place) => At,
  group?: OfGroup,
): ScorecardRow<At> {
  const { checked, numbers } = context;
  const { project } = checked;
  const known = currentNumber(numbers, metric);
  const series = group?.series ?? known?.total;
  const shape = valueShape(checked, metric);
  return {
    ...named(metric, at),
    owner: metric.owner ?? null,
    file: fileOf(project, metric),
    stages: stagesOf(project).get(metric.name) ?? [],
    tags: metric.tags,
    status: metric.status,
    shape,
    restsOn: restsOnOf(known?.plan),
    headline: series === undefined ? null : headlineOf(series, group?.labels ?? [], shape.unit),
    trend: series === undefined ? [] : trendOf(series, group?.labels),
    targets: targetsOf(project, metric.name).flatMap((target) => {
      const judged = fresh(numbers?.target(target.name));
      if (judged === undefined) return [];
      const status = judged.current?.status ?? 'no_data';
      return [{ name: target.name, label: labelOf(target), status }];
    }),
    error: errorOf(context, metric, known, stage),
  };
}

/** The last day counted in a metric's number; `undefined` where that is not known. */
export function lastDayOf({ numbers }: IdeContext, metric: Metric): Day | undefined {
  return currentNumber(numbers, metric)?.total?.asOf;
}

/** Where somebody has to look first, least first: the worst of a metric's targets. One without targets comes last. */
export function urgencyOf({ targets }: Pick<ScorecardRow<unknown>, 'targets'>): number {
  return Math.min(Number.MAX_SAFE_INTEGER, ...targets.map(({ status }) => statusRank(status)));
}

/** The path of the file in which a metric stands, from the root of the project. */
export function fileOf({ folder }: Project, { file }: Pick<Metric, 'file'>): string {
  return relativeTo(folder, pathOf(file)) ?? pathOf(file);
}

function currentNumber(numbers: Numbers | undefined, { name }: Metric): MetricResult | undefined {
  return fresh(numbers?.metric(name));
}

function fresh<T>(known: Known<T> | undefined): T | undefined {
  return known?.stale === false ? known.value : undefined;
}

function headlineOf(series: Series, labels: GroupLabels, unit: string): ScorecardRow['headline'] {
  const period = headlinePeriod(series);
  if (period === undefined) return null;
  const numbers = numbersAt(series, period, labels);
  return { ...numbers, period: formatPeriod(period), small: isSmallSample(numbers, unit) };
}

function errorOf(
  { checked }: IdeContext,
  metric: Metric,
  known: MetricResult | undefined,
  stage: Stage,
): string | null {
  if (known !== undefined) return known.total === undefined ? (known.refused ?? NOT_COMPUTED) : null;
  if (stage === 'coming') return null;
  const why = checked.blocking(metric)?.message;
  return why ?? (stage === 'there' ? NOT_COMPUTED : null);
}

const NOT_COMPUTED = 'It could not be computed; the log of the server says why.';

const stages = new WeakMap<Project, ReadonlyMap<string, readonly string[]>>();

/** By metric the stages of journeys in which it is shown. They are sorted out once for a project, since every metric asks. */
function stagesOf(project: Project): ReadonlyMap<string, readonly string[]> {
  const known = stages.get(project);
  if (known !== undefined) return known;
  const found = new Map<string, string[]>();
  for (const journey of project.journeys.values()) {
    for (const stage of journey.stages.values()) {
      for (const { text } of stage.metrics) {
        found.set(text, [...(found.get(text) ?? []), `${labelOf(journey)} / ${labelOf(stage)}`]);
      }
    }
  }
  stages.set(project, found);
  return found;
}
