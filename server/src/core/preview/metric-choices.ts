import { GRAINS, type Grain } from '../base/period.ts';
import type { Checked, ColumnInfo } from '../check/checked.ts';
import { type Evaluator, runContext } from '../evaluate/evaluate.ts';
import { isSnapshot } from '../evaluate/planned-scans.ts';
import { allowsGrain } from '../evaluate/run-demands.ts';
import { labelOf } from '../model/label-of.ts';
import { grainOf, segmentsOf } from '../model/metric-defaults.ts';
import type { Metric, Segment, Source } from '../model/project.ts';
import { breakdownOf } from '../plan/breakdown.ts';
import { type MeasurePlan, measuresOf, type PlanHook } from '../plan/metric-plan.ts';
import { planMetric } from '../plan/plan-metric.ts';
import { Refusal } from '../plan/refusal.ts';
import type { Choice, MetricPreview } from './preview.ts';

/** Of a survey with hundreds of questions the first are offered. */
const MAX_COLUMNS = 50;

/**
 * What a metric can be broken down by, its own segments first, and at which grains it can be had. Columns are those that tell groups
 * apart as far as is known without rows: with declared `values`, text or boolean, and no key.
 */
export function metricChoices(
  checked: Checked,
  kinds: ReadonlyMap<string, PlanHook<unknown>>,
  metric: Metric,
): MetricPreview['choices'] {
  const { project } = checked;
  const own = segmentsOf(project, metric).flatMap(({ segment }) => project.segments.get(segment.text) ?? []);
  const { plan } = planMetric(checked, kinds, metric);
  if (plan === undefined) {
    return { by: own.map(segmentChoice), grains: [grainOf(project, checked.kinds, metric)] };
  }
  const measures = measuresOf(plan);
  const segments = new Set([...own, ...project.segments.values()]);
  const usable = [...segments].filter(({ name }) => isUsable(checked, measures, name));
  const source = project.sources.get(measures[0]?.source ?? '');
  const columns = source === undefined ? [] : columnsOf(checked, source);
  return {
    by: [
      ...usable.map(segmentChoice),
      ...columns
        .filter(({ name }) => !project.segments.has(name) && isUsable(checked, measures, name))
        .slice(0, MAX_COLUMNS)
        .map(columnChoice),
    ],
    grains: isSnapshot(plan) ? ['all'] : GRAINS,
  };
}

/** The grains at which the data of a metric have not too many periods. */
export async function possibleGrains(
  evaluator: Evaluator,
  metric: Metric,
  grains: readonly Grain[],
): Promise<readonly Grain[]> {
  const { plan } = planMetric(evaluator.checked, evaluator.kinds, metric);
  const context = runContext(evaluator);
  let possible = grains;
  for (const { source, rows } of plan === undefined ? [] : measuresOf(plan)) {
    if (rows.mode === 'snapshot') continue;
    const extent = (await context.extents(source)).extentOf(rows);
    possible = possible.filter((grain) => extent === undefined || allowsGrain(grain, extent));
  }
  return possible;
}

/** Whether every side of a metric falls in the groups of `by`. */
function isUsable(checked: Checked, measures: readonly MeasurePlan[], by: string): boolean {
  try {
    for (const { source, metric } of measures) breakdownOf(checked, by, source, metric);
    return true;
  } catch (error) {
    if (error instanceof Refusal) return false;
    throw error;
  }
}

function columnsOf(checked: Checked, { name, key, time, links }: Source): readonly ColumnInfo[] {
  const keys = new Set([
    ...(key?.items ?? []).map(({ text }) => text),
    ...[...links.values()].flatMap(({ using }) => using.map(({ mine }) => mine.text)),
    ...(time === undefined ? [] : [time.text]),
  ]);
  return [...(checked.columns.get(name)?.columns.values() ?? [])].filter(
    (column) => !keys.has(column.name) && column.origin !== 'facts' && tellsGroups(column),
  );
}

function tellsGroups({ type, declared }: ColumnInfo): boolean {
  return type === 'boolean' || type === 'text' || (declared?.values ?? []).length > 0;
}

function segmentChoice(segment: Segment): Choice {
  return { key: segment.name, label: labelOf(segment), kind: 'segment' };
}

function columnChoice({ name }: ColumnInfo): Choice {
  return { key: name, label: labelOf({ name, label: undefined }), kind: 'column' };
}
